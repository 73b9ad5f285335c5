import { describe, expect, test } from '@jest/globals';
import { knownTriple } from '../../platform/known.js';
import { aTempFolder } from '../../testkit/temp.js';
import { aZigRig } from '../../testkit/zig-rig.js';
import { canDoWithoutRuntime, NO_RUNTIME } from './no-runtime.js';
import { NO_CHECKS } from './script.js';

const root = aTempFolder('no runtime');
const gnu = aZigRig(root, 'aarch64-unknown-linux-gnu');
const macos = aZigRig(root, 'aarch64-apple-darwin');
const OWN = `-T${gnu.directory}/own-debug.ld`;
const LACKS = 'error: ld.lld: undefined symbol: __muloti4';

describe("zig's runtime library", () => {
  const told = (words: readonly string[], env: Readonly<Record<string, string>> = {}, rig = gnu) => rig.run('clang', words, { env });

  test.each([[['a.o']], [['a.o', '-lc', '-lgcc_s', '-Wl,-Bstatic', '-o', 'a b']], [['-nodefaultlibs', '-pie', 'a.o']]])('is left out of a link of %j', (words) => {
    expect(told(words).argv?.slice(3, 5)).toEqual([NO_CHECKS, NO_RUNTIME]);
  });

  test('is left out of a program for macOS', () => {
    expect(told(['a.o', '-lSystem', '-liconv', '-lm'], {}, macos).argv).toContain(NO_RUNTIME);
  });

  test('is linked where something asks for it, and nothing is said of that', () => {
    const { argv, stderr, status } = told(['a.o'], { FAKE_RUNTIME_SAYS: LACKS });
    expect([argv, stderr, status]).toEqual([['cc', '-target', 'aarch64-linux-gnu.2.17', NO_CHECKS, 'a.o', OWN], '', 0]);
  });

  test('is not what another failure is about, which is said as it is', () => {
    expect(told(['a.o'], { FAKE_RUNTIME_SAYS: 'error: no space left on device' })).toMatchObject({ argv: undefined, stderr: 'error: no space left on device\n', status: 1 });
  });

  test('is not what a symbol is lacking for that nobody has', () => {
    const says = 'error: ld.lld: undefined symbol: foo';
    expect(told(['a.o'], { FAKE_RUNTIME_SAYS: says, FAKE_LINK_SAYS: says })).toMatchObject({ argv: undefined, stderr: `${says}\n`, status: 1 });
  });

  test.each([
    ['-shared'],
    ['-r'],
    ['-Wl,--unresolved-symbols=ignore-all'],
    ['-Wl,-z,undefs'],
    ['-Wl,--allow-shlib-undefined'],
    ['-lcompiler_rt'],
    ['-rtlib=compiler-rt'],
    ['-lmine'],
    ['lib/libmine.so'],
    ['lib/libmine.so.1'],
    ['a.c'],
    ['-fsanitize=undefined'],
    ['-c'],
  ])('is in a link with %s, as it always was', (word) => {
    expect(told(['a.o', word]).argv).not.toContain(NO_RUNTIME);
  });

  test.each([['-dynamiclib'], ['-Wl,-undefined,dynamic_lookup'], ['lib/libmine.dylib']])('is in a link for macOS with %s', (word) => {
    expect(told(['a.o', word], {}, macos).argv).not.toContain(NO_RUNTIME);
  });

  test('is in a link whose words are in a file', () => {
    const file = gnu.responseFile('linker-arguments', 'a.o\n-lmine\n');
    expect(told([`@${file}`]).argv).not.toContain(NO_RUNTIME);
  });

  test.each([
    ['aarch64-unknown-linux-gnu', '0.16.0', true],
    ['x86_64-apple-darwin', '0.16.0', true],
    ['aarch64-unknown-linux-gnu', '0.15.2', false],
    ['x86_64-unknown-linux-musl', '0.16.0', false],
    ['x86_64-pc-windows-gnu', '0.16.0', false],
    ['x86_64-unknown-freebsd', '0.16.0', false],
  ])('of %s by zig %s can be left out: %p', (name, version, can) => {
    const facts = knownTriple(name);
    expect(facts && canDoWithoutRuntime(facts, version)).toBe(can);
  });
});
