import { describe, expect, test } from '@jest/globals';
import { knownTriples } from '../platform/known.js';
import { aTriple } from '../testkit/builders.js';
import type { CcTools } from './cc-env.js';
import { cmakeProcessor, cmakeSystem, cmakeToolchainFile } from './cmake-toolchain.js';

const tools: CcTools = { linker: '/t/cc', cc: '/t/cc', cxx: '/t/c++', ar: '/t/ar', ranlib: '/t/ranlib', pkgConfig: 'closed' };
const fileOf = (triple: string, more: Partial<CcTools> = {}, roots: readonly string[] = ['/t']) =>
  cmakeToolchainFile(aTriple(triple).facts, { ...tools, ...more }, { file: `/t/${triple}.cmake`, roots });

test.each([
  ['x86_64-unknown-linux-musl', 'Linux', 'x86_64'],
  ['i686-unknown-linux-gnu', 'Linux', 'i686'],
  ['aarch64-unknown-linux-gnu', 'Linux', 'aarch64'],
  ['arm-unknown-linux-musleabihf', 'Linux', 'armv6l'],
  ['armv7-unknown-linux-gnueabihf', 'Linux', 'armv7l'],
  ['thumbv7neon-unknown-linux-gnueabihf', 'Linux', 'armv7l'],
  ['armv5te-unknown-linux-gnueabi', 'Linux', 'armv5te'],
  ['riscv64gc-unknown-linux-gnu', 'Linux', 'riscv64'],
  ['powerpc64le-unknown-linux-gnu', 'Linux', 'ppc64le'],
  ['powerpc64-unknown-linux-gnu', 'Linux', 'ppc64'],
  ['powerpc-unknown-linux-gnu', 'Linux', 'ppc'],
  ['s390x-unknown-linux-gnu', 'Linux', 's390x'],
  ['x86_64-pc-windows-gnu', 'Windows', 'AMD64'],
  ['i686-pc-windows-gnu', 'Windows', 'X86'],
  ['aarch64-pc-windows-gnullvm', 'Windows', 'ARM64'],
  ['aarch64-apple-darwin', 'Darwin', 'arm64'],
  ['x86_64-apple-darwin', 'Darwin', 'x86_64'],
  ['aarch64-linux-android', 'Android', 'aarch64'],
  ['x86_64-unknown-freebsd', 'FreeBSD', 'x86_64'],
  ['wasm32-wasip1', 'WASI', 'wasm32'],
  ['wasm32-unknown-unknown', 'Generic', 'wasm32'],
])('CMake knows %s as %s on %s', (triple, system, processor) => {
  const { facts } = aTriple(triple);
  expect([cmakeSystem(facts), cmakeProcessor(facts)]).toEqual([system, processor]);
});

test.each(knownTriples().map((facts) => [facts.triple, facts] as const))('CMake has a processor without blanks for %s', (_, facts) => {
  expect(cmakeProcessor(facts)).toMatch(/^\w+$/);
});

describe('the toolchain file', () => {
  test('names the tools, and looks for the target’s libraries nowhere but in its own folders', () => {
    const { path, text } = fileOf('aarch64-unknown-linux-gnu');
    expect(path).toBe('aarch64-unknown-linux-gnu.cmake');
    expect(text).toContain('set(CMAKE_C_COMPILER "/t/cc")\nset(CMAKE_CXX_COMPILER "/t/c++")\nset(CMAKE_ASM_COMPILER "/t/cc")\nset(CMAKE_AR "/t/ar")\nset(CMAKE_RANLIB "/t/ranlib")\n');
    expect(text).toContain('set(CMAKE_FIND_ROOT_PATH "/t" ${CMAKE_PREFIX_PATH}');
    expect(text).toContain('set(ENV{PKG_CONFIG_LIBDIR} "/nonexistent")');
    expect(text).not.toContain('CMAKE_STRIP');
  });

  test("prefers GNU's resource compiler, which CMake's flags for Windows are written for", () => {
    expect(fileOf('x86_64-pc-windows-gnu', { rc: '/t/rc', windres: '/t/windres' }).text).toContain('set(CMAKE_RC_COMPILER "/t/windres" CACHE FILEPATH "" FORCE)');
    expect(fileOf('x86_64-pc-windows-gnu', { rc: '/t/rc' }).text).toContain('set(CMAKE_RC_COMPILER "/t/rc" CACHE FILEPATH "" FORCE)');
  });

  test('lets a path be what it is', () => {
    expect(fileOf('aarch64-apple-darwin', { cc: '/my "$HOME"\\cc' }).text).toContain('set(CMAKE_C_COMPILER "/my \\"\\$HOME\\"\\\\cc")');
  });

  test("opens pkg-config for the target's folders", () => {
    expect(fileOf('aarch64-unknown-linux-gnu', { pkgConfig: { libdir: ['/a', '/b'] } }).text).toContain('set(ENV{PKG_CONFIG_LIBDIR} "/a:/b")');
  });
});
