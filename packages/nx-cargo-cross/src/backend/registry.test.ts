import { describe, expect, test } from '@jest/globals';
import { BACKEND_IDS } from '../config/backend-id.js';
import { knownTriples } from '../platform/known.js';
import { LINUX, MAC, aTriple } from '../testkit/builders.js';
import { backendOf, backendsFor } from './registry.js';

describe('the registry', () => {
  test.each(BACKEND_IDS)('has backend %s under its own id', (id) => {
    expect(backendOf(id).id).toBe(id);
  });

  test.each([
    ['aarch64-unknown-linux-gnu', LINUX, ['zig', 'gcc']],
    ['aarch64-unknown-linux-musl', LINUX, ['zig', 'gcc', 'lld']],
    ['powerpc64-unknown-linux-gnu', LINUX, ['gcc']],
    ['aarch64-apple-darwin', LINUX, ['zig', 'osxcross']],
    ['aarch64-apple-darwin', MAC, ['native', 'zig', 'osxcross']],
    ['x86_64-pc-windows-gnu', LINUX, ['zig', 'gcc']],
    ['x86_64-pc-windows-gnullvm', LINUX, ['zig']],
    ['x86_64-unknown-linux-gnu', LINUX, ['native', 'zig', 'gcc']],
    ['aarch64-linux-android', LINUX, ['ndk']],
    ['x86_64-pc-windows-msvc', LINUX, ['xwin']],
  ])('has for %s on %j: %j', (triple, host, ids) => {
    expect(backendsFor(aTriple(triple), host)).toEqual(ids);
  });

  test.each(knownTriples().map(({ triple }) => triple))('says for %s either that it serves or why not, in a sentence', (triple) => {
    for (const id of BACKEND_IDS) expect(backendOf(id).refuses(aTriple(triple), LINUX) ?? 'It is served.').toMatch(/^\S.*\S\.$/);
  });
});
