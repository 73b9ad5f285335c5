import { describe, expect, test } from '@jest/globals';
import { LINUX, aSetUp, aTriple } from '../../testkit/builders.js';
import { aTempFolder } from '../../testkit/temp.js';
import { aZigRig, type ZigCall } from '../../testkit/zig-rig.js';
import { zig } from '../zig.js';
import { LINK_WORDS } from './link-words.js';
import { linksStd } from './std-link.js';

const MUSL = 'aarch64-unknown-linux-musl';
const RUSTUP = 'rustc 1.95.0 (59807616e 2026-04-14)';
const STD = '/std of rust/lib/self-contained';
/** What rustc 1.95 names of std's own, around everything else. */
const STARTS = [`${STD}/crt1.o`, `${STD}/crti.o`];
const ENDS = [`${STD}/crtend.o`];
const LLD = ['ld.lld', '-static', '-z', 'stack-size=16777216'];

const rig = aZigRig(aTempFolder('std link'), MUSL);
const i686 = aZigRig(aTempFolder('std link of i686'), 'i686-unknown-linux-musl');
const arm = aZigRig(aTempFolder('std link of arm'), 'armv7-unknown-linux-musleabihf');

function link(words: readonly string[], lldSays = ''): ZigCall {
  return rig.run('clang', [...STARTS, ...words, ...ENDS], { env: { FAKE_LLD_SAYS: lldSays } });
}

/** What lld gets of some words; undefined where zig links. */
function forLld(words: readonly string[]): readonly string[] | undefined {
  const argv = link(words).argv ?? [];
  if (argv[0] !== 'ld.lld') return undefined;
  expect(argv).toEqual([...LLD, ...STARTS, ...argv.slice(LLD.length + STARTS.length, -ENDS.length), ...ENDS]);
  return argv.slice(LLD.length + STARTS.length, -ENDS.length);
}

const ZIG = undefined;

/** By the ids of the table: words, and what lld gets of them. */
const CASES: Readonly<Record<string, readonly (readonly [words: readonly string[], lld: readonly string[] | undefined])[]>> = {
  two: [
    [['-o', 'out'], ['-o', 'out']],
    [['-L', '-Wl,odd', '-u', '-static', '-e', '@e', '-z', '-g', '-T', 'a.c'], ['-L', '-Wl,odd', '-u', '-static', '-e', '@e', '-z', '-g', '-T', 'a.c']],
  ],
  sources: ['a.c', 'a.cc', 'a.cpp', 'a.cxx', 'a.C', 'a.S', 'a.s', 'a.m', 'a.mm', '@words'].map((name) => [[name], ZIG] as const),
  'which-kind': [[['-static', '-Wl,-Bstatic', 'a.rlib', '-Wl,-Bdynamic'], ['a.rlib']]],
  place: [[['-no-pie', '-nopie'], ['--no-pie', '--no-pie']]],
  'static-pie': [[['-static-pie'], ['-pie', '--no-dynamic-linker', '-z', 'text']]],
  'drivers-own': [[['-nostartfiles', '-nodefaultlibs', '-nostdlib', '-m32', '-m64', '-pthread', '-O2', '-g', '-g0'], []]],
  'foreign-lld': [[['-fuse-ld=lld', '-B/x/gcc-ld', '--target=aarch64-unknown-linux-musl'], []]],
  emulation: [[['-Wl,-melf_i386'], []]],
  'dynamic-among': ['-Wl,-Bdynamic,-lfoo', '-Wl,--as-needed,-Bdynamic,-lfoo', '-Wl,-lfoo,-Bdynamic'].map((name) => [[name], ZIG] as const),
  'linker-words': [
    [['-Wl,-z,relro,-z,now'], ['-z', 'relro', '-z', 'now']],
    [['-Wl,--gc-sections', '-Wl,-O1', '-Wl,--fix-cortex-a53-843419'], ['--gc-sections', '-O1', '--fix-cortex-a53-843419']],
    [["-Wl,--defsym=a b*=$1,it's"], ['--defsym=a b*=$1', "it's"]],
  ],
  strip: [[['-s', '-Wl,--strip-debug'], ['--strip-all', '--strip-debug']]],
  'inside-musl': [[['-lm', '-lpthread', '-ldl', '-lrt', '-lutil', '-lcrypt', '-lresolv', '-lxnet'], []]],
  'compiler-runtime': [[['-lgcc', '-latomic', '-lcompiler_rt'], []]],
  unwinder: [[['-lgcc_s', '-lgcc_eh'], ['-lunwind', '-lunwind']]],
  cxx: ['-lc++', '-lc++abi', '-lstdc++', '-lsupc++'].map((name) => [[name], ZIG] as const),
  library: [[['-lsqlite3', '-l:libx.a', '-lc', '-lunwind', '-L/x y'], ['-lsqlite3', '-l:libx.a', '-lc', '-lunwind', '-L/x y']]],
  unknown: ['-shared', '-pie', '-flto', '-march=armv8-a', '-rdynamic', '-Tscript.ld', '-l', '-v'].map((name) => [[name], ZIG] as const),
};

describe('a word to the linker, where rustc names the start files of std', () => {
  test('of every kind has its cases here', () => {
    expect(Object.keys(CASES)).toEqual(LINK_WORDS.map(({ id }) => id));
  });

  test.each(Object.entries(CASES).flatMap(([id, cases]) => cases.map(([words, lld]) => [id, words, lld] as const)))('%s: %j is to lld %j', (_, words, lld) => {
    expect(forLld(words)).toEqual(lld);
  });

  test('that is a file is the same', () => {
    expect(forLld(['a b.o', "it's.rlib", '/x/*.a'])).toEqual(['a b.o', "it's.rlib", '/x/*.a']);
  });
});

describe('a link', () => {
  test("without them is all zig's", () => {
    expect(rig.run('clang', ['a.o', '-o', 'a']).argv?.[0]).toBe('cc');
  });

  test.each([
    'ld.lld: error: undefined symbol: __cxa_throw\n>>> referenced by a.o',
    'ld.lld: error: undefined hidden symbol: __ubsan_handle',
    'ld.lld: error: unable to find library -lssp_nonshared',
    'ld.lld: error: attempted static link of dynamic object libx.so',
  ])("that lacks what zig may have is zig's: %s", (says) => {
    const { argv, words, stderr, status } = link(['a.o', '-static', '-nostartfiles', '-lfoo'], says);
    expect([argv?.[0], words, stderr, status]).toEqual(['cc', ['a.o', '-static', '-lfoo', `-T${rig.directory}/own-debug.ld`], '', 0]);
  });

  test.each(['ld.lld: error: cannot open a.o: No such file or directory', 'ld.lld: error: failed to write output: No space left on device'])('that fails otherwise fails so, and is not tried again: %s', (says) => {
    expect(link(['a.o'], says)).toMatchObject({ argv: undefined, stderr: `${says}\n`, status: 1 });
  });

  test('takes the one function that std lacks on i686 along', () => {
    expect(i686.run('clang', [...STARTS, 'a.o']).argv).toEqual([...LLD, ...STARTS, 'a.o', `${i686.directory}/atomic.a`]);
  });

  test("for a machine whose programs nobody ran is all zig's", () => {
    expect(arm.run('clang', [...STARTS, 'a.o']).argv?.[0]).toBe('cc');
  });
});

describe('rustc is let name the start files of std', () => {
  test.each<[string, Parameters<typeof linksStd>[1], string | undefined, Readonly<Record<string, string>>, boolean]>([
    [MUSL, 'static', RUSTUP, {}, true],
    ['x86_64-unknown-linux-musl', 'static', RUSTUP, {}, true],
    ['i686-unknown-linux-musl', 'static', 'rustc 1.71.0 (8ede3aae2 2023-07-12)', {}, true],
    [MUSL, 'static', 'rustc 1.70.0 (90c541806 2023-05-31)', {}, false],
    [MUSL, 'static', 'rustc 1.96.0 (ac68faa20 2026-05-25) (built from a source tarball)', {}, false],
    [MUSL, 'static', undefined, {}, false],
    [MUSL, 'dynamic', RUSTUP, {}, false],
    [MUSL, undefined, RUSTUP, {}, false],
    [MUSL, 'static', RUSTUP, { CARGO_TARGET_AARCH64_UNKNOWN_LINUX_MUSL_LINKER: 'musl-gcc' }, false],
    [MUSL, 'static', RUSTUP, { CARGO_TARGET_AARCH64_UNKNOWN_LINUX_MUSL_LINKER: '', CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_LINKER: 'x' }, true],
    ['armv7-unknown-linux-musleabihf', 'static', RUSTUP, {}, false],
    ['x86_64-unknown-linux-gnu', 'static', RUSTUP, {}, false],
  ])('for %s, %s, with %s and %j: %j', (triple, linkage, rustc, user, expected) => {
    const host = { ...LINUX, ...(rustc === undefined ? {} : { rustc }) };
    expect(linksStd(aTriple(triple), linkage, host, user)).toBe(expected);
    if (triple === 'x86_64-unknown-linux-gnu') return;
    const setUp = zig.setUp(aSetUp(triple, { linkage, host, env: user }));
    expect(setUp.ok && [setUp.value.linksStd ?? false, setUp.value.rustflags.includes('-Clink-self-contained=no')]).toEqual([expected, !expected]);
  });
});
