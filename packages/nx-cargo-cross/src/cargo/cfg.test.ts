import { describe, expect, test } from '@jest/globals';
import { knownTriple } from '../platform/known.js';
import { matchesCfg, mayMatchCfg } from './cfg.js';

describe('a cfg expression', () => {
  test.each([
    ['cfg(unix)', 'aarch64-unknown-linux-gnu', true],
    ['cfg(unix)', 'x86_64-pc-windows-gnu', false],
    ['cfg(windows)', 'x86_64-pc-windows-msvc', true],
    ['cfg(target_os = "macos")', 'aarch64-apple-darwin', true],
    ['cfg(target_os="android")', 'aarch64-linux-android', true],
    ['cfg(target_arch = "x86")', 'i686-unknown-linux-gnu', true],
    ['cfg(target_arch = "arm")', 'armv7-unknown-linux-gnueabihf', true],
    ['cfg(target_env = "gnu")', 'armv7-unknown-linux-gnueabihf', true],
    ['cfg(target_abi = "eabihf")', 'armv7-unknown-linux-gnueabihf', true],
    ['cfg(target_abi = "llvm")', 'x86_64-pc-windows-gnullvm', true],
    ['cfg(target_env = "")', 'x86_64-unknown-freebsd', true],
    ['cfg(target_vendor = "apple")', 'x86_64-apple-darwin', true],
    ['cfg(target_family = "wasm")', 'wasm32-wasip1', true],
    ['cfg(target_pointer_width = "32")', 'wasm32-unknown-unknown', true],
    ['cfg(target_endian = "big")', 's390x-unknown-linux-gnu', true],
    ['cfg(all(unix, not(target_os = "macos")))', 'x86_64-unknown-linux-musl', true],
    ['cfg(any(windows, target_env = "musl",))', 'x86_64-unknown-linux-musl', true],
    ['cfg(all())', 'x86_64-unknown-linux-musl', true],
    ['cfg(any())', 'x86_64-unknown-linux-musl', false],
    ['cfg(feature = "x")', 'x86_64-unknown-linux-musl', false],
    ['cfg(debug_assertions)', 'x86_64-unknown-linux-musl', false],
    ['cfg(unix', 'x86_64-unknown-linux-musl', false],
    ['cfg(unix) junk', 'x86_64-unknown-linux-musl', false],
    ['cfg(not(unix, windows))', 'x86_64-unknown-linux-musl', false],
    ['cfg(target_os = linux)', 'x86_64-unknown-linux-musl', false],
    ['', 'x86_64-unknown-linux-musl', false],
  ])('%s for %s: %s', (text, triple, expected) => {
    const facts = knownTriple(triple);
    expect(facts && matchesCfg(text, facts)).toBe(expected);
  });
});

describe('a cfg expression that a triple may leave open', () => {
  test.each([
    ['cfg(unix)', true],
    ['cfg(windows)', false],
    ['cfg(any(windows, wasm))', false],
    ['cfg(not(unix))', false],
    ['cfg(target_os = "macos")', false],
    ['cfg(feature = "x")', true],
    ['cfg(not(debug_assertions))', true],
    ['cfg(all(windows, debug_assertions))', false],
    ['cfg(any(windows, tokio_unstable))', true],
    ['cfg(all(unix, target_feature = "sse2"))', true],
    ['cfg(false)', false],
    ['cfg(unix', true],
  ])('%s on Linux: %s', (text, expected) => {
    const facts = knownTriple('x86_64-unknown-linux-musl');
    expect(facts && mayMatchCfg(text, facts)).toBe(expected);
  });
});
