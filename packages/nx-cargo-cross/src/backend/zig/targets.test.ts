import { describe, expect, test } from '@jest/globals';
import { knownTriples } from '../../platform/known.js';
import { parseGlibc } from '../../platform/glibc.js';
import { aTriple } from '../../testkit/builders.js';
import { gnuTriple, zigRow, zigTarget, type ZigRow } from './targets.js';

const rowOf = (triple: string): ZigRow => zigRow(triple) ?? { base: 'none', abi: 'none' };
const served = knownTriples().filter(({ triple }) => zigRow(triple));

/** Every triple that zig serves: its target where nothing is asked for, and the processor that keeps C code within what the triple promises. */
const TABLE: Readonly<Record<string, string>> = {
  'x86_64-unknown-linux-gnu': 'x86_64-linux-gnu.2.17',
  'i686-unknown-linux-gnu': 'x86-linux-gnu.2.17 pentium4',
  'i586-unknown-linux-gnu': 'x86-linux-gnu.2.17 pentium',
  'aarch64-unknown-linux-gnu': 'aarch64-linux-gnu.2.17',
  'armv7-unknown-linux-gnueabihf': 'arm-linux-gnueabihf.2.17 generic+v7a+vfp3-d32+thumb2-neon',
  'armv7-unknown-linux-gnueabi': 'arm-linux-gnueabi.2.17 generic+v7a+thumb2-neon+soft_float',
  'thumbv7neon-unknown-linux-gnueabihf': 'arm-linux-gnueabihf.2.17 generic+v7a+thumb2+neon',
  'arm-unknown-linux-gnueabihf': 'arm-linux-gnueabihf.2.17 generic+v6+strict_align+vfp2-d32',
  'arm-unknown-linux-gnueabi': 'arm-linux-gnueabi.2.17 generic+v6+strict_align',
  'armv5te-unknown-linux-gnueabi': 'arm-linux-gnueabi.2.17 generic+v5te+soft_float+strict_align',
  'riscv64gc-unknown-linux-gnu': 'riscv64-linux-gnu.2.27 generic_rv64+m+a+f+d+c',
  'powerpc64le-unknown-linux-gnu': 'powerpc64le-linux-gnu.2.19',
  'powerpc-unknown-linux-gnu': 'powerpc-linux-gnueabihf.2.17',
  's390x-unknown-linux-gnu': 's390x-linux-gnu.2.17 z10-vector',
  'loongarch64-unknown-linux-gnu': 'loongarch64-linux-gnu.2.36',
  'x86_64-unknown-linux-musl': 'x86_64-linux-musl',
  'i686-unknown-linux-musl': 'x86-linux-musl pentium4',
  'i586-unknown-linux-musl': 'x86-linux-musl pentium',
  'aarch64-unknown-linux-musl': 'aarch64-linux-musl',
  'armv7-unknown-linux-musleabihf': 'arm-linux-musleabihf generic+v7a+vfp3-d32+thumb2-neon',
  'armv7-unknown-linux-musleabi': 'arm-linux-musleabi generic+v7a+thumb2-neon+soft_float',
  'arm-unknown-linux-musleabihf': 'arm-linux-musleabihf generic+v6+strict_align+vfp2-d32',
  'arm-unknown-linux-musleabi': 'arm-linux-musleabi generic+v6+strict_align',
  'armv5te-unknown-linux-musleabi': 'arm-linux-musleabi generic+v5te+soft_float+strict_align',
  'riscv64gc-unknown-linux-musl': 'riscv64-linux-musl generic_rv64+m+a+f+d+c',
  'powerpc64le-unknown-linux-musl': 'powerpc64le-linux-musl',
  's390x-unknown-linux-musl': 's390x-linux-musl z10-vector',
  'loongarch64-unknown-linux-musl': 'loongarch64-linux-musl',
  'x86_64-pc-windows-gnu': 'x86_64-windows-gnu',
  'i686-pc-windows-gnu': 'x86-windows-gnu',
  'x86_64-pc-windows-gnullvm': 'x86_64-windows-gnu',
  'i686-pc-windows-gnullvm': 'x86-windows-gnu',
  'aarch64-pc-windows-gnullvm': 'aarch64-windows-gnu',
  'x86_64-apple-darwin': 'x86_64-macos.10.12-none',
  'aarch64-apple-darwin': 'aarch64-macos.11.0-none',
  'x86_64-unknown-freebsd': 'x86_64-freebsd',
  'wasm32-wasip1': 'wasm32-wasi',
  'wasm32-unknown-unknown': 'wasm32-freestanding',
};

test('zig serves these triples, each by this target and processor', () => {
  const said = served.map(({ triple }) => [triple, [zigTarget(aTriple(triple), rowOf(triple), undefined, undefined), rowOf(triple).cpu].filter(Boolean).join(' ')]);
  expect(Object.fromEntries(said)).toEqual(TABLE);
});

describe("zig's target", () => {
  test.each<readonly [string, string | undefined, string | undefined, string]>([
    ['x86_64-unknown-linux-gnu', undefined, undefined, 'x86_64-linux-gnu.2.17'],
    ['aarch64-unknown-linux-gnu', '2.28', undefined, 'aarch64-linux-gnu.2.28'],
    ['riscv64gc-unknown-linux-gnu', undefined, undefined, 'riscv64-linux-gnu.2.27'],
    ['armv7-unknown-linux-gnueabihf', undefined, undefined, 'arm-linux-gnueabihf.2.17'],
    ['i686-unknown-linux-gnu', undefined, undefined, 'x86-linux-gnu.2.17'],
    ['powerpc-unknown-linux-gnu', undefined, undefined, 'powerpc-linux-gnueabihf.2.17'],
    ['aarch64-unknown-linux-musl', undefined, undefined, 'aarch64-linux-musl'],
    ['armv7-unknown-linux-musleabihf', undefined, undefined, 'arm-linux-musleabihf'],
    ['x86_64-pc-windows-gnu', undefined, undefined, 'x86_64-windows-gnu'],
    ['aarch64-pc-windows-gnullvm', undefined, undefined, 'aarch64-windows-gnu'],
    ['aarch64-apple-darwin', undefined, undefined, 'aarch64-macos.11.0-none'],
    ['x86_64-apple-darwin', undefined, undefined, 'x86_64-macos.10.12-none'],
    ['aarch64-apple-darwin', undefined, '13.0', 'aarch64-macos.13.0-none'],
    ['x86_64-unknown-freebsd', undefined, undefined, 'x86_64-freebsd'],
  ])('of %s with glibc %s and macOS %s is %s', (triple, glibc, minOs, target) => {
    expect(zigTarget(aTriple(triple), rowOf(triple), glibc === undefined ? undefined : parseGlibc(glibc), minOs)).toBe(target);
  });

  test.each(served.filter(({ libc, os }) => libc === 'glibc' || os === 'macos').map((facts) => [facts.triple, facts] as const))(
    "of %s always has a version, since zig's own choice is newer than what Rust promises",
    (triple, { glibcMin, minOs }) => {
      expect(zigTarget(aTriple(triple), rowOf(triple), undefined, undefined)).toContain(`.${glibcMin ?? minOs}`);
    },
  );
});

describe('the table of zig', () => {
  test.each(['powerpc64-unknown-linux-gnu', 'sparc64-unknown-linux-gnu', 'aarch64-linux-android', 'x86_64-pc-windows-msvc'])('has no row for %s', (triple) => {
    expect(zigRow(triple)).toBeUndefined();
  });

  test.each(served.map((facts) => [facts.triple, facts] as const))('has for %s the right family of processor, system and library', (triple, facts) => {
    const { base, abi } = rowOf(triple);
    const [arch, os] = base.split('-');
    const families: Readonly<Record<string, string>> = { i386: 'x86', powerpc64: 'powerpc64le' };
    expect([arch, os]).toEqual([families[facts.machine] ?? facts.machine, facts.os === 'none' ? 'freestanding' : facts.os]);
    if (facts.libc === 'musl') expect(abi.startsWith('musl')).toBe(true);
    if (facts.libc === 'glibc' || facts.libc === 'mingw') expect(abi.startsWith('gnu')).toBe(true);
    if (facts.machine === 'arm') expect(abi.endsWith('eabihf')).toBe(facts.floatAbi === 'hard');
  });

  test.each(served.filter(({ machine }) => machine === 'arm' || machine === 'i386' || machine === 'riscv64').filter(({ os }) => os === 'linux').map(({ triple }) => triple))(
    'says for %s which processor, lest C code use instructions that the triple does not promise',
    (triple) => {
      expect(rowOf(triple).cpu).toMatch(/^(generic|pentium)/);
    },
  );

  test('has soft floats where the triple has', () => {
    const soft = served.filter(({ floatAbi, arch }) => floatAbi === 'soft' && arch !== 'arm');
    for (const { triple } of soft) expect(rowOf(triple).cpu).toContain('+soft_float');
  });
});

test.each([
  ['aarch64-unknown-linux-gnu', 'aarch64-linux-gnu'],
  ['i686-unknown-linux-gnu', 'i686-linux-gnu'],
  ['x86_64-unknown-linux-musl', 'x86_64-linux-musl'],
  ['armv7-unknown-linux-gnueabihf', 'arm-linux-gnueabihf'],
  ['riscv64gc-unknown-linux-gnu', 'riscv64-linux-gnu'],
  ['x86_64-pc-windows-gnu', 'x86_64-w64-mingw32'],
  ['i686-pc-windows-gnu', 'i686-w64-mingw32'],
  ['aarch64-pc-windows-gnullvm', 'aarch64-w64-mingw32'],
  ['aarch64-apple-darwin', 'arm64-apple-darwin'],
  ['x86_64-apple-darwin', 'x86_64-apple-darwin'],
  ['x86_64-unknown-freebsd', 'x86_64-freebsd'],
])('GNU build systems know %s as %s', (triple, name) => {
  expect(gnuTriple(aTriple(triple), rowOf(triple))).toBe(name);
});
