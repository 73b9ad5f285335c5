import { describe, expect, test } from '@jest/globals';
import { aPlatform } from '../testkit/builders.js';
import { chooseBackend, matchesPlatform, type BackendWishes } from './backend-choice.js';

const NOTHING: BackendWishes = { own: undefined, globs: [], linker: undefined };
const OWN: BackendWishes['own'] = { id: 'native', file: 'Cargo.toml' };
const GLOBS: BackendWishes['globs'] = [
  { glob: '*-musl*', id: 'gcc', file: 'nx.json' },
  { glob: '*', id: 'zig', file: 'nx.json' },
];
const LINKER: BackendWishes['linker'] = { value: 'my-ld', file: '.cargo/config.toml' };

describe('the backend of a platform', () => {
  test.each<[string, BackendWishes, string, string]>([
    ['its own `backend`, before all else', { own: OWN, globs: GLOBS, linker: LINKER }, 'native', 'Cargo.toml: "backend"'],
    ['the first glob that matches', { own: undefined, globs: GLOBS, linker: LINKER }, 'gcc', 'nx.json: "backends" "*-musl*"'],
    ['cargo-config for a configured linker', { own: undefined, globs: [], linker: LINKER }, 'cargo-config', '.cargo/config.toml: linker "my-ld"'],
    ["the table's, where nobody said anything", NOTHING, 'zig', 'default for linux-musl'],
  ])('is %s', (_, wishes, id, reason) => {
    expect(chooseBackend(aPlatform('x86_64-linux-musl'), wishes)).toEqual({ id, reason });
  });

  test.each([
    ['aarch64-linux', 'zig'],
    ['x86_64-windows', 'zig'],
    ['aarch64-windows-gnullvm', 'zig'],
    ['aarch64-macos', 'zig'],
    ['x86_64-freebsd', 'zig'],
    ['powerpc64-linux', 'gcc'],
    ['sparc64-linux', 'gcc'],
    ['aarch64-android', 'ndk'],
    ['x86_64-windows-msvc', 'xwin'],
    ['wasm32-wasip1', 'lld'],
    ['wasm32-unknown-unknown', 'lld'],
  ])('is for %s by default %s', (platform, id) => {
    expect(chooseBackend(aPlatform(platform), NOTHING)).toMatchObject({ id });
  });
});

describe('a glob of backends', () => {
  test.each([
    ['*', true],
    ['aarch64-*', true],
    ['*-linux-gnu*', true],
    ['aarch64-linux', true],
    ['aarch64-unknown-linux-gnu', true],
    ['*-musl', false],
    ['linux', false],
    ['{x86_64,aarch64}-unknown-linux-gnu', true],
  ])('%s matches aarch64-linux by triple or name: %s', (glob, expected) => {
    expect(matchesPlatform(glob, aPlatform('aarch64-linux'))).toBe(expected);
  });
});
