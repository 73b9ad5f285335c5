import { describe, expect, test } from '@jest/globals';
import type { Linkage, PlatformBuild } from '../config/resolved.js';
import { aBuild, aTriple, anArtifact } from '../testkit/builders.js';
import { effectiveLinkage, makeSteps, nameTakenTwice, type Step } from './steps.js';

const BIN = anArtifact('bin', 'my-app');
const CDYLIB = anArtifact('cdylib', 'my-lib');
const STATICLIB = anArtifact('staticlib', 'my-lib');

/** `dynamic: --bins --lib = a b`. */
const say = ({ linkage, bins, lib, expected }: Step): string =>
  `${linkage ?? 'default'}: ${[...(bins === 'all' ? ['--bins'] : bins), ...(lib ? ['--lib'] : [])].join(' ')} = ${expected.map(({ fileName }) => fileName).join(' ')}`;

const stepsOf = (platform: string, artifacts: Parameters<typeof makeSteps>[0], more: Partial<PlatformBuild> = {}): string[] => makeSteps(artifacts, aBuild(platform, more)).map(say);

describe('the calls for a crate', () => {
  test.each<readonly [string, string, Parameters<typeof makeSteps>[0], Partial<PlatformBuild>, readonly string[]]>([
    ['a program', 'aarch64-linux', [BIN], {}, ['dynamic: --bins = my-app']],
    ['everything at once', 'aarch64-linux', [BIN, CDYLIB, STATICLIB], {}, ['dynamic: --bins --lib = my-app libmy_lib.so libmy_lib.a']],
    ['nothing', 'aarch64-linux', [], {}, []],
    ['a musl program', 'aarch64-linux-musl', [BIN], {}, ['static: --bins = my-app']],
    ['a musl program and archive', 'aarch64-linux-musl', [BIN, STATICLIB], {}, ['static: --bins --lib = my-app libmy_lib.a']],
    ['a musl program and shared library: two', 'aarch64-linux-musl', [BIN, CDYLIB], {}, ['dynamic: --lib = libmy_lib.so', 'static: --bins = my-app']],
    ['a musl shared library alone: one, dynamic', 'aarch64-linux-musl', [CDYLIB], {}, ['dynamic: --lib = libmy_lib.so']],
    ['both kinds of musl library: the archive last, lest the other call make it', 'x86_64-linux-musl', [CDYLIB, STATICLIB], {}, ['dynamic: --lib = libmy_lib.so', 'static: --lib = libmy_lib.a']],
    ['musl asked dynamic: one', 'aarch64-linux-musl', [BIN, CDYLIB], { linkage: 'dynamic' }, ['dynamic: --bins --lib = my-app libmy_lib.so']],
    ['musl that Rust would link dynamically', 'riscv64-linux-musl', [BIN, CDYLIB], {}, ['dynamic: --lib = libmy_lib.so', 'static: --bins = my-app']],
    ['Android asked static: two, as for musl', 'aarch64-android', [BIN, CDYLIB], { linkage: 'static' }, ['dynamic: --lib = libmy_lib.so', 'static: --bins = my-app']],
    ['Android: one', 'aarch64-android', [BIN, CDYLIB], {}, ['default: --bins --lib = my-app libmy_lib.so']],
    ['glibc asked static: one, for it can have both', 'aarch64-linux', [BIN, CDYLIB], { linkage: 'static' }, ['static: --bins --lib = my-app libmy_lib.so']],
    ['chosen programs', 'aarch64-linux', [BIN, anArtifact('bin', 'other'), anArtifact('bin', 'third')], { bins: ['third', 'my-app'] }, ['dynamic: my-app third = my-app third']],
    ['no chosen program, but the library', 'aarch64-linux', [BIN, CDYLIB], { bins: [] }, ['dynamic: --lib = libmy_lib.so']],
    ['no chosen program at all', 'aarch64-linux', [BIN], { bins: [] }, []],
    ['a chosen musl program', 'aarch64-linux-musl', [BIN, CDYLIB], { bins: ['my-app'] }, ['dynamic: --lib = libmy_lib.so', 'static: my-app = my-app']],
  ])('with %s', (_, platform, artifacts, more, steps) => {
    expect(stepsOf(platform, artifacts, more)).toEqual(steps);
  });
});

describe('the names of artifacts', () => {
  test.each([
    ['x86_64-linux', 'my-app libmy_lib.so libmy_lib.a'],
    ['x86_64-freebsd', 'my-app libmy_lib.so libmy_lib.a'],
    ['aarch64-android', 'my-app libmy_lib.so libmy_lib.a'],
    ['aarch64-macos', 'my-app libmy_lib.dylib libmy_lib.a'],
    ['x86_64-windows', 'my-app.exe my_lib.dll libmy_lib.a'],
    ['x86_64-windows-gnullvm', 'my-app.exe my_lib.dll libmy_lib.a'],
    ['x86_64-windows-msvc', 'my-app.exe my_lib.dll my_lib.lib'],
    ['wasm32-wasip1', 'my-app.wasm my_lib.wasm libmy_lib.a'],
    ['wasm32-unknown-unknown', 'my-app.wasm my_lib.wasm libmy_lib.a'],
  ])('on %s are %s', (platform, names) => {
    const [step] = makeSteps([BIN, CDYLIB, STATICLIB], aBuild(platform));
    expect(step?.expected.map(({ fileName }) => fileName).join(' ')).toBe(names);
  });

  test('are kept beside what cargo calls them', () => {
    const [step] = makeSteps([CDYLIB], aBuild('aarch64-linux'));
    expect(step?.expected).toEqual([{ kind: 'cdylib', target: 'my-lib', fileName: 'libmy_lib.so', certain: true }]);
  });
});

describe('a program that needs features', () => {
  const needy = anArtifact('bin', 'extra', ['x']);

  test('may fail to come, for cargo passes over it', () => {
    expect(makeSteps([BIN, needy], aBuild())[0]?.expected.map(({ certain }) => certain)).toEqual([true, false]);
  });

  test('must come when it was asked for by name', () => {
    expect(makeSteps([BIN, needy], aBuild('aarch64-linux', { bins: ['extra'] }))[0]?.expected).toMatchObject([{ fileName: 'extra', certain: true }]);
  });
});

test.each<readonly [string, Linkage | undefined, Linkage | undefined]>([
  ['x86_64-unknown-linux-gnu', undefined, 'dynamic'],
  ['x86_64-unknown-linux-gnu', 'static', 'static'],
  ['x86_64-unknown-linux-musl', undefined, 'static'],
  ['riscv64gc-unknown-linux-musl', undefined, 'static'],
  ['x86_64-unknown-linux-musl', 'dynamic', 'dynamic'],
  ['aarch64-apple-darwin', undefined, undefined],
  ['x86_64-pc-windows-gnu', undefined, undefined],
  ['x86_64-pc-windows-gnu', 'static', 'static'],
])('programs for %s asked %s are linked %s', (triple, asked, linkage) => {
  expect(effectiveLinkage(aTriple(triple).facts, asked)).toBe(linkage);
});

describe('one name for two artifacts', () => {
  test.each([
    ['wasm32-wasip1', 'app', 'app', { fileName: 'app.wasm', artifacts: ['bin app', 'cdylib app'] }],
    ['wasm32-wasip1', 'app', 'parts', undefined],
    ['aarch64-linux', 'app', 'app', undefined],
    ['x86_64-windows', 'app', 'app', undefined],
  ])('on %s of program %s and library %s', (platform, bin, lib, taken) => {
    const steps = makeSteps([anArtifact('bin', bin), anArtifact('cdylib', lib)], aBuild(platform));
    expect(nameTakenTwice(steps.flatMap(({ expected }) => expected))).toEqual(taken);
  });
});
