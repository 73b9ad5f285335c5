import { describe, expect, test } from '@jest/globals';
import { aTriple } from '../testkit/builders.js';
import { knownTriples } from './known.js';
import { formatTriple, parseTriple, screamingTriple, snakeTriple } from './triple.js';

describe('a triple', () => {
  test.each(knownTriples().map(({ triple }) => triple))('%s is read back from what it is written as', (name) => {
    const triple = aTriple(name);
    expect(triple).toMatchObject({ name, glibc: undefined, facts: { triple: name } });
    expect(formatTriple(triple)).toBe(name);
  });

  test.each([
    ['aarch64-unknown-linux-gnu.2.17', 2, 17],
    ['aarch64-unknown-linux-gnu.2.31', 2, 31],
    ['x86_64-unknown-linux-gnu.2.17.1', 2, 17],
    ['riscv64gc-unknown-linux-gnu.2.27', 2, 27],
    ['loongarch64-unknown-linux-gnu.2.36', 2, 36],
  ])('%s carries its glibc floor', (text, major, minor) => {
    const triple = aTriple(text);
    expect(triple.glibc).toEqual({ major, minor });
    expect(triple.name).toBe(text.slice(0, text.indexOf('.')));
    expect(formatTriple(triple)).toBe(`${triple.name}.${major}.${minor}`);
  });

  test.each([
    ['', 'unknown', ''],
    ['aarch64-unknown-linux', 'unknown', 'aarch64-unknown-linux'],
    ['AARCH64-unknown-linux-gnu', 'unknown', 'AARCH64-unknown-linux-gnu'],
    ['aarch64-unknown-linux-gnu ', 'unknown', 'aarch64-unknown-linux-gnu '],
    ['pdp11-unknown-linux-gnu.2.17', 'unknown', 'pdp11-unknown-linux-gnu.2.17'],
    ['aarch64-unknown-linux-gnu.', 'bad-glibc', ''],
    ['aarch64-unknown-linux-gnu.2', 'bad-glibc', '2'],
    ['aarch64-unknown-linux-gnu.two.17', 'bad-glibc', 'two.17'],
    ['aarch64-unknown-linux-gnu.2.17.1.1', 'bad-glibc', '2.17.1.1'],
    ['aarch64-unknown-linux-musl.2.17', 'glibc-not-here', 'aarch64-unknown-linux-musl'],
    ['aarch64-apple-darwin.11.0', 'glibc-not-here', 'aarch64-apple-darwin'],
    ['x86_64-pc-windows-gnu.2.17', 'glibc-not-here', 'x86_64-pc-windows-gnu'],
    ['aarch64-linux-android.2.17', 'glibc-not-here', 'aarch64-linux-android'],
    ['aarch64-unknown-linux-gnu.2.16', 'glibc-too-old', '2.17'],
    ['aarch64-unknown-linux-gnu.2.4', 'glibc-too-old', '2.17'],
    ['riscv64gc-unknown-linux-gnu.2.26', 'glibc-too-old', '2.27'],
    ['powerpc64le-unknown-linux-gnu.2.18', 'glibc-too-old', '2.19'],
    ['loongarch64-unknown-linux-gnu.2.35', 'glibc-too-old', '2.36'],
    ['aarch64-unknown-linux-gnu.1.99', 'glibc-too-old', '2.17'],
  ])('"%s" is refused as %s', (text, problem, detail) => {
    expect(parseTriple(text)).toEqual({ ok: false, problem, detail });
  });

  test('the names of its variables have underscores alone', () => {
    const { name } = aTriple('armv7-unknown-linux-gnueabihf');
    expect(snakeTriple(name)).toBe('armv7_unknown_linux_gnueabihf');
    expect(screamingTriple(name)).toBe('ARMV7_UNKNOWN_LINUX_GNUEABIHF');
  });
});
