import { describe, expect, test } from '@jest/globals';
import { aTriple } from '../testkit/builders.js';
import { knownTriples } from './known.js';
import { parsePlatform, platformName, platformWords } from './platform.js';
import { formatTriple, type Triple } from './triple.js';

const none: ReadonlyMap<string, Triple> = new Map();

describe('the short name of a triple', () => {
  test.each([
    ['x86_64-unknown-linux-gnu', 'x86_64-linux'],
    ['aarch64-unknown-linux-musl', 'aarch64-linux-musl'],
    ['armv7-unknown-linux-musleabihf', 'armv7-linux-musleabihf'],
    ['armv7-unknown-linux-gnueabihf', 'armv7-linux-gnueabihf'],
    ['riscv64gc-unknown-linux-gnu', 'riscv64-linux'],
    ['x86_64-pc-windows-gnu', 'x86_64-windows'],
    ['x86_64-pc-windows-gnullvm', 'x86_64-windows-gnullvm'],
    ['x86_64-pc-windows-msvc', 'x86_64-windows-msvc'],
    ['aarch64-apple-darwin', 'aarch64-macos'],
    ['aarch64-linux-android', 'aarch64-android'],
    ['armv7-linux-androideabi', 'armv7-android'],
    ['x86_64-unknown-freebsd', 'x86_64-freebsd'],
    ['wasm32-wasip1', 'wasm32-wasip1'],
    ['wasm32-unknown-unknown', 'wasm32-unknown-unknown'],
  ])('of %s is %s', (triple, name) => {
    expect(platformName(aTriple(triple).facts)).toBe(name);
  });

  test('is a different one for each triple, and no other triple', () => {
    const names = knownTriples().map(platformName);
    expect(new Set(names).size).toBe(names.length);
    const triples = new Set(knownTriples().map(({ triple }) => triple));
    expect(knownTriples().filter((facts) => platformName(facts) !== facts.triple && triples.has(platformName(facts)))).toEqual([]);
  });

  test.each(knownTriples().map((facts) => [platformName(facts), facts.triple] as const))('%s is read back as %s', (name, triple) => {
    for (const written of [name, triple]) expect(parsePlatform(written, none)).toMatchObject({ ok: true, platform: { name, triple: { name: triple, glibc: undefined } } });
  });
});

describe('what a user writes for a platform', () => {
  test.each([
    ['aarch64-linux.2.17', 'aarch64-linux', 'aarch64-unknown-linux-gnu.2.17'],
    ['aarch64-unknown-linux-gnu.2.28', 'aarch64-linux', 'aarch64-unknown-linux-gnu.2.28'],
    ['riscv64-linux.2.31', 'riscv64-linux', 'riscv64gc-unknown-linux-gnu.2.31'],
  ])('%s has a floor and keeps the name %s', (text, name, triple) => {
    const parsed = parsePlatform(text, none);
    expect(parsed.ok && [parsed.platform.name, formatTriple(parsed.platform.triple)]).toEqual([name, triple]);
  });

  test.each([
    ['aarch64-linx', 'unknown'],
    ['', 'unknown'],
    ['darwin', 'unknown'],
    ['aarch64-linux.x', 'bad-glibc'],
    ['aarch64-linux-musl.2.17', 'glibc-not-here'],
    ['aarch64-macos.11.0', 'glibc-not-here'],
    ['aarch64-linux.2.5', 'glibc-too-old'],
  ])('"%s" is refused as %s', (text, problem) => {
    expect(parsePlatform(text, none)).toMatchObject({ ok: false, problem });
  });

  test("the words for 'did you mean' are all short names, then all triples", () => {
    const words = platformWords();
    expect(words.slice(0, 2)).toEqual(['x86_64-linux', 'i686-linux']);
    expect(words).toHaveLength(2 * knownTriples().length);
    for (const word of words) expect(parsePlatform(word, none).ok).toBe(true);
  });
});

describe("a workspace's own name", () => {
  const names = new Map([
    ['pi', aTriple('armv7-unknown-linux-musleabihf')],
    ['v1.0', aTriple('x86_64-unknown-linux-musl')],
    ['rhel9', aTriple('x86_64-unknown-linux-gnu.2.34')],
    ['arm-server', aTriple('aarch64-unknown-linux-gnu')],
  ]);

  test.each([
    ['pi', 'pi', 'armv7-unknown-linux-musleabihf'],
    ['armv7-linux-musleabihf', 'armv7-linux-musleabihf', 'armv7-unknown-linux-musleabihf'],
    ['armv7-unknown-linux-musleabihf', 'pi', 'armv7-unknown-linux-musleabihf'],
    ['v1.0', 'v1.0', 'x86_64-unknown-linux-musl'],
    ['rhel9', 'rhel9', 'x86_64-unknown-linux-gnu.2.34'],
    ['x86_64-linux.2.34', 'rhel9', 'x86_64-unknown-linux-gnu.2.34'],
    ['aarch64-linux.2.28', 'arm-server', 'aarch64-unknown-linux-gnu.2.28'],
    ['aarch64-linux-musl', 'aarch64-linux-musl', 'aarch64-unknown-linux-musl'],
  ])('%s is the platform %s, which is %s', (text, name, triple) => {
    const parsed = parsePlatform(text, names);
    expect(parsed.ok && [parsed.platform.name, formatTriple(parsed.platform.triple)]).toEqual([name, triple]);
  });

  test.each(['x86_64-linux', 'x86_64-linux.2.17', 'x86_64-unknown-linux-gnu'])('with a floor of its own is not given to %s, which has another', (text) => {
    expect(parsePlatform(text, names)).toMatchObject({ ok: true, platform: { name: 'x86_64-linux' } });
  });
});
