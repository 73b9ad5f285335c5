import { describe, expect, test } from '@jest/globals';
import { knownTriple, knownTriples } from './known.js';
import { parseGlibc } from './glibc.js';

const rows = knownTriples().map((facts) => [facts.triple, facts] as const);

describe('the table of triples', () => {
  test('has each triple once', () => {
    expect(new Set(rows.map(([triple]) => triple)).size).toBe(rows.length);
  });

  test('knows nothing but what it lists', () => {
    expect(knownTriple('x86_64-unknown-linux-gnux32')).toBeUndefined();
    expect(knownTriple('toString')).toBeUndefined();
  });

  test.each(rows)('%s says of itself what its name says', (triple, facts) => {
    expect(knownTriple(triple)).toBe(facts);
    expect(triple.startsWith(`${facts.arch}-`)).toBe(true);
    expect(triple.endsWith(facts.env)).toBe(true);
    expect(triple).toContain(facts.os === 'macos' ? 'darwin' : facts.os === 'wasi' ? 'wasip1' : facts.os === 'none' ? 'unknown' : facts.os);
  });

  test.each(rows.filter(([, { format }]) => format === 'elf'))('%s names the loader of its C library', (_, { interpreter, libc }) => {
    const folder = { musl: '/lib/ld-musl-', bionic: '/system/bin/linker', freebsd: '/libexec/', glibc: '/lib' }[libc as string];
    expect(folder).toBeDefined();
    expect(interpreter?.startsWith(folder ?? '-')).toBe(true);
  });

  test.each(rows.filter(([, { libc }]) => libc === 'glibc'))('%s has an oldest glibc that can be read', (_, { glibcMin }) => {
    expect(parseGlibc(glibcMin ?? '')).toBeDefined();
  });

  test.each(rows.filter(([, { machine }]) => machine === 'arm'))('%s says how floats travel, if not on Android', (_, { floatAbi, env, os }) => {
    if (os === 'android') expect(floatAbi).toBeUndefined();
    else expect(floatAbi).toBe(env.endsWith('hf') ? 'hard' : 'soft');
  });

  test('only platforms without a C library of their own have no loader', () => {
    expect(rows.filter(([, { interpreter }]) => interpreter === undefined).map(([, { format }]) => format)).not.toContain('elf');
  });

  test('64-bit machines have 64 bits, and all others 32', () => {
    const wide = /^(x86_64|aarch64|riscv64|powerpc64|s390x|loongarch64|sparc64|mips64)$/;
    expect(rows.filter(([, { machine, bits }]) => (bits === 64) !== wide.test(machine)).map(([triple]) => triple)).toEqual([]);
  });

  test('the big-endian ones are the ones that are', () => {
    const big = rows.filter(([, { endian }]) => endian === 'big').map(([, { arch }]) => arch);
    expect([...new Set(big)].sort()).toEqual(['powerpc', 'powerpc64', 's390x', 'sparc64']);
  });
});
