import { describe, expect, test } from '@jest/globals';
import { summaries } from '../testkit/repository.js';
import { aTree, type Files } from '../testkit/tree.js';
import { findToolchain, isExactChannel, parseToolchain } from './toolchain-file.js';

describe('a toolchain file', () => {
  test.each<[string, string, string, string | undefined, readonly string[]]>([
    ['TOML', 'rust-toolchain.toml', '[toolchain]\nchannel = "1.96.0"\ntargets = ["wasm32-wasip1"]', '1.96.0', ['wasm32-wasip1']],
    ['a bare channel in the old file', 'rust-toolchain', 'nightly-2026-01-01\n', 'nightly-2026-01-01', []],
    ['TOML in the old file', 'rust-toolchain', '[toolchain]\nchannel = "stable"', 'stable', []],
    ['a path', 'rust-toolchain.toml', '[toolchain]\npath = "/opt/rust"', undefined, []],
    ['a linked toolchain', 'rust-toolchain.toml', 'toolchain = { channel = "debian" }', 'debian', []],
  ])('may hold %s', (_, file, text, channel, targets) => {
    expect(parseToolchain(file, text)).toMatchObject({ ok: true, value: { file, channel, targets } });
  });

  test.each([
    ['characters that a shell reads', 'rust-toolchain.toml', '[toolchain]\nchannel = "stable; rm -rf /"', 'manifest-invalid rust-toolchain.toml:2'],
    ['an option for a channel', 'rust-toolchain.toml', '[toolchain]\nchannel = "-x"', 'manifest-invalid rust-toolchain.toml:2'],
    ['a bare channel that is none', 'rust-toolchain', '\n $(x)\n', 'manifest-invalid rust-toolchain:2'],
    ['no section', 'rust-toolchain.toml', 'channel = "stable"', 'manifest-invalid rust-toolchain.toml'],
    ['a channel that is a number', 'rust-toolchain.toml', '[toolchain]\nchannel = 1.96', 'manifest-invalid rust-toolchain.toml:2'],
    ['no TOML', 'rust-toolchain.toml', '[toolchain', 'manifest-syntax rust-toolchain.toml:1'],
  ])('with %s is refused', (_, file, text, expected) => {
    const parsed = parseToolchain(file, text);
    expect(parsed.ok ? [] : summaries(parsed.failures)).toEqual([expected]);
  });

  const toml = '[toolchain]\nchannel = "1.96.0"';
  test.each<[string, string, Files, string | undefined]>([
    ['the nearest', 'a/b', { 'rust-toolchain.toml': toml, 'a/rust-toolchain.toml': toml }, 'a/rust-toolchain.toml'],
    ['the old name first', '', { 'rust-toolchain.toml': toml, 'rust-toolchain': 'stable' }, 'rust-toolchain'],
    ['none below', '', { 'a/rust-toolchain.toml': toml }, undefined],
  ])('counts where it is %s', (_, directory, files, expected) => {
    const found = findToolchain(directory, aTree(files));
    expect(found.ok && found.value?.file).toBe(expected);
  });
});

describe('a channel', () => {
  test.each([
    ['1.96.0', true],
    ['1.96.0-x86_64-unknown-linux-gnu', true],
    ['nightly-2026-01-01', true],
    ['nightly-2026-01-01-aarch64-apple-darwin', true],
    ['1.97.0-beta.3', true],
    ['1.96', false],
    ['stable', false],
    ['nightly', false],
    ['stable-x86_64-unknown-linux-gnu', false],
    ['debian', false],
  ])('%s always means the same compiler: %s', (channel, expected) => {
    expect(isExactChannel(channel)).toBe(expected);
  });
});
