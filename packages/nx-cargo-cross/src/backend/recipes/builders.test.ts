import { describe, expect, test } from '@jest/globals';
import type { UsedPackage } from '../../cargo/tree.js';
import { aTriple, LINUX } from '../../testkit/builders.js';
import { BUILDERS_RECIPE, HARMLESS } from './builders.js';
import { recipeRefusals, type RecipeContext } from './recipe.js';

const aPackage = (name: string, part: UsedPackage['part'], ...usedBy: readonly string[]): UsedPackage => ({ name, version: '1.0.0', features: [], part, usedBy });
const matching = (pattern: RegExp): string => expect.stringMatching(pattern) as unknown as string;
const OWN: readonly UsedPackage[] = [aPackage('app', 'target'), aPackage('cc', 'host', 'app')];

function refused(used: readonly UsedPackage[], c = false, more: Partial<RecipeContext> = {}): readonly string[] {
  const context: RecipeContext = { triple: aTriple('x86_64-unknown-linux-musl'), host: LINUX, backend: 'lld', closure: [], used, env: {}, ...more };
  const failures = recipeRefusals([BUILDERS_RECIPE], context, { tools: {}, compiles: { c, cxx: c }, platform: 'x86_64-linux-musl', wanted: 'app' });
  return failures.map((failure) => (failure.code === 'crate-unbuildable' ? `${failure.crate}: ${failure.why}` : failure.code));
}

describe('a crate that no table lists', () => {
  test.each<readonly [string, readonly UsedPackage[], readonly string[]]>([
    ['the crate itself, whose build script uses cc', OWN, ['app 1.0.0: Its build script uses the crate "cc", which needs a C compiler for x86_64-unknown-linux-musl, and backend lld has none.']],
    ['who looks for a library of the system', [aPackage('udev-sys', 'target'), aPackage('pkg-config', 'host', 'udev-sys')], [matching(/^udev-sys 1\.0\.0: .*"pkg-config"/)]],
    ['the one of two that is part of the artifact', [aPackage('git-sys', 'host'), aPackage('some-sys', 'target'), aPackage('cc', 'host', 'git-sys', 'some-sys')], [matching(/^some-sys 1\.0\.0/)]],
    ['nobody, where only a build script has C in it', [aPackage('git-sys', 'host'), aPackage('cc', 'host', 'git-sys')], []],
    ['nobody, where builders build upon each other', [aPackage('cmake', 'target'), aPackage('cc', 'host', 'cmake')], []],
    ['nobody, where C is compiled for other systems only', [aPackage('backtrace', 'target'), aPackage('cc', 'host', 'backtrace')], []],
    ['nobody, where a crate is only called -sys', [aPackage('linux-raw-sys', 'target')], []],
  ])('is told: %s', (_, used, expected) => {
    expect(refused(used)).toEqual(expected);
  });

  test('is no concern of a backend that has a C compiler', () => {
    expect(refused(OWN, true)).toEqual([]);
  });

  test.each(['CC_x86_64_unknown_linux_musl', 'CC_x86_64-unknown-linux-musl', 'TARGET_CC', 'CC_FORCE_DISABLE'])('is left to the user who says %s', (name) => {
    expect(refused(OWN, false, { env: { [name]: '1' } })).toEqual([]);
  });

  test.each(['CC', 'HOST_CC'])("is told all the same where %s names the host's compiler", (name) => {
    expect(refused(OWN, false, { env: { [name]: 'gcc' } })).toHaveLength(1);
  });
});

test.each(Object.entries(HARMLESS))('%s is passed over for a reason', (_, why) => {
  expect(why).toMatch(/^only /);
});
