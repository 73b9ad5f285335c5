import { describe, expect, test } from '@jest/globals';
import { knownTriples } from '../platform/known.js';
import { parsePlatform, type Platform } from '../platform/platform.js';
import { forbiddenBy, isExpected } from './libraries.js';
import { promiseOf, type ArtifactKind, type ArtifactPromise, type PromiseOptions } from './promise.js';

function platform(text: string): Platform {
  const parsed = parsePlatform(text, new Map());
  if (!parsed.ok) throw new Error(parsed.detail);
  return parsed.platform;
}

const glibc = (minor: number): { readonly major: number; readonly minor: number } => ({ major: 2, minor });

describe('what a name promises', () => {
  test.each<[string, ArtifactKind, PromiseOptions, Partial<ArtifactPromise>]>([
    [
      'x86_64-linux-musl',
      'bin',
      {},
      { format: 'elf', kind: 'executable', machine: 'x86_64', bits: 64, linkage: 'static', interpreter: undefined, glibc: 'none' },
    ],
    ['x86_64-linux-musl', 'bin', { linkage: 'dynamic' }, { linkage: 'dynamic', interpreter: '/lib/ld-musl-x86_64.so.1', glibc: 'none' }],
    ['x86_64-linux-musl', 'cdylib', {}, { kind: 'library', linkage: 'dynamic', interpreter: undefined }],
    ['x86_64-linux-musl', 'staticlib', {}, { kind: 'archive', linkage: undefined, interpreter: undefined }],
    ['riscv64-linux-musl', 'bin', {}, { linkage: 'dynamic', interpreter: '/lib/ld-musl-riscv64.so.1', abi: 'lp64d' }],
    ['aarch64-linux', 'bin', {}, { linkage: 'dynamic', interpreter: '/lib/ld-linux-aarch64.so.1', glibc: undefined }],
    ['aarch64-linux.2.17', 'bin', {}, { glibc: glibc(17) }],
    ['aarch64-linux.2.17', 'bin', { glibc: glibc(28) }, { glibc: glibc(28) }],
    ['x86_64-linux', 'bin', { linkage: 'static' }, { linkage: 'static', interpreter: undefined }],
    ['armv7-linux-musleabihf', 'bin', {}, { machine: 'arm', bits: 32, floatAbi: 'hard', armCpuArchs: expect.arrayContaining([10]) as never }],
    ['arm-linux-musleabi', 'bin', {}, { floatAbi: 'soft', armCpuArchs: expect.not.arrayContaining([10, 8, 14]) as never }],
    ['powerpc64le-linux', 'bin', {}, { abi: 'elfv2', endian: 'little' }],
    ['powerpc64-unknown-linux-gnu', 'bin', {}, { abi: 'elfv1', endian: 'big' }],
    ['aarch64-android', 'bin', {}, { pie: true, interpreter: '/system/bin/linker64', glibc: 'none', pageSize: 0x4000, relro: 'whole pages', tlsAlign: 64, apiLevel: undefined }],
    ['aarch64-android', 'bin', { apiLevel: 24 }, { apiLevel: 24 }],
    ['armv7-linux-androideabi', 'cdylib', {}, { pageSize: 0x1000, relro: undefined, tlsAlign: undefined, soname: true }],
    ['aarch64-linux', 'bin', { interpreter: '/opt/ld.so', allow: ['pie'] }, { interpreter: '/opt/ld.so', allow: ['pie'], pageSize: 0x1000, largePages: 0x10000, relro: 'present' }],
    ['x86_64-windows', 'bin', {}, { crt: undefined, pageSize: undefined }],
    ['x86_64-windows-gnullvm', 'bin', {}, { crt: 'ucrt' }],
    ['x86_64-windows-msvc', 'bin', {}, { crt: 'ucrt' }],
    ['x86_64-windows-msvc', 'bin', { linkage: 'static' }, { crt: undefined }],
    ['aarch64-android', 'cdylib', {}, { pie: undefined, interpreter: undefined }],
    ['x86_64-windows', 'bin', {}, { format: 'pe', kind: 'executable', linkage: undefined, minOs: undefined }],
    ['x86_64-windows', 'import-library', {}, { format: 'pe', kind: 'archive', linkage: undefined, interpreter: undefined }],
    ['aarch64-macos', 'bin', {}, { format: 'macho', minOs: '11.0', signature: true, linkage: undefined }],
    ['x86_64-macos', 'cdylib', { minOs: '10.15' }, { minOs: '10.15', signature: undefined }],
    ['aarch64-macos', 'staticlib', {}, { kind: 'archive', signature: undefined }],
    ['wasm32-wasip1', 'bin', {}, { format: 'wasm', kind: 'module', imports: { names: ['wasi_snapshot_preview1.*'], others: false }, exports: ['_start', 'memory'] }],
    ['wasm32-unknown-unknown', 'cdylib', {}, { kind: 'module', imports: { names: ['env.proxy_*'], others: true }, exports: [] }],
    ['wasm32-wasip1', 'staticlib', {}, { kind: 'archive' }],
  ])('%s, %s, %j', (name, artifact, options, expected) => {
    expect(promiseOf(platform(name), artifact, options)).toMatchObject(expected);
  });

  test.each(knownTriples().map((facts) => facts.triple))('%s: plain data that survives JSON', (triple) => {
    const promise = promiseOf(platform(triple), 'bin');
    expect(JSON.parse(JSON.stringify(promise))).toEqual(promise);
    expect(promise).toMatchObject({ triple, platform: platform(triple).name });
  });
});

describe('libraries', () => {
  test.each<[string, string, boolean]>([
    ['x86_64-linux-musl', 'libc.so', false],
    ['x86_64-linux-musl', 'libc.so.6', true],
    ['x86_64-linux-musl', 'ld-linux-x86-64.so.2', true],
    ['x86_64-linux', 'libc.so.6', false],
    ['x86_64-linux', 'libgcc_s.so.1', false],
    ['x86_64-linux', 'libc.so', true],
    ['x86_64-linux', 'libc.musl-x86_64.so.1', true],
    ['aarch64-android', 'libc.so', false],
    ['aarch64-android', 'libc.so.6', true],
    ['x86_64-windows', 'KERNEL32.dll', false],
    ['x86_64-windows', 'msvcrt.dll', false],
    ['x86_64-windows', 'libgcc_s_seh-1.dll', true],
    ['x86_64-windows', 'LIBGCC_S_DW2-1.DLL', true],
    ['x86_64-windows', 'libstdc++-6.dll', true],
    ['x86_64-windows', 'libwinpthread-1.dll', true],
    ['x86_64-windows-gnullvm', 'libunwind.dll', true],
    ['x86_64-windows-gnullvm', 'libc++.dll', true],
    ['x86_64-windows', 'libatomic-1.dll', true],
    ['x86_64-windows-msvc', 'VCRUNTIME140.dll', false],
  ])('%s: %s forbidden %p', (name, library, forbidden) => {
    expect(forbiddenBy(promiseOf(platform(name), 'bin').libraries, library) !== undefined).toBe(forbidden);
  });

  test.each<[string, string, boolean]>([
    ['x86_64-linux', 'libgcc_s.so.1', true],
    ['x86_64-linux', 'ld-linux-x86-64.so.2', true],
    ['x86_64-linux', 'libssl.so.3', false],
    ['x86_64-linux', 'libstdc++.so.6', false],
    ['x86_64-linux-musl', 'libc.so', true],
    ['x86_64-linux-musl', 'libc.musl-x86_64.so.1', true],
    ['aarch64-android', 'liblog.so', true],
    ['aarch64-android', 'libcrypto.so', false],
    ['x86_64-windows', 'KERNEL32.dll', true],
    ['x86_64-windows', 'api-ms-win-core-synch-l1-2-0.dll', true],
    ['x86_64-windows', 'bcryptprimitives.dll', true],
    ['x86_64-windows', 'libssl-3-x64.dll', false],
    ['x86_64-windows-msvc', 'VCRUNTIME140.dll', true],
    ['aarch64-macos', '/System/Library/Frameworks/Security.framework/Versions/A/Security', true],
    ['aarch64-macos', '/opt/homebrew/lib/libssl.3.dylib', false],
    ['x86_64-freebsd', 'libc.so.7', true],
    ['wasm32-wasip1', 'whatever', true],
  ])('%s: every system has %s: %p', (name, library, expected) => {
    expect(isExpected(promiseOf(platform(name), 'bin').libraries, library)).toBe(expected);
  });

  test.each(['VCRUNTIME140_1.dll', 'api-ms-win-crt-heap-l1-1-0.dll', 'MSVCP140.dll'])('static msvc: %s', (library) => {
    expect(forbiddenBy(promiseOf(platform('x86_64-windows-msvc'), 'bin', { linkage: 'static' }).libraries, library)).toBeDefined();
  });
});
