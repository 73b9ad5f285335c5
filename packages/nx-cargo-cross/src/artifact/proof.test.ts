import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { describe as inWords } from '../diagnostics/describe.js';
import { parsePlatform } from '../platform/platform.js';
import { ar, ascii, coff, coffAnonymous, CPU, elf, fat, macho, pe, wasm, type ElfOptions, type MachoOptions } from '../testkit/binaries.js';
import { promiseOf, type ArtifactKind, type ArtifactPromise, type PromiseOptions } from './promise.js';
import { proveBytes } from './proof.js';

function promise(name: string, artifact: ArtifactKind = 'bin', options: PromiseOptions = {}): ArtifactPromise {
  const parsed = parsePlatform(name, new Map());
  if (!parsed.ok) throw new Error(parsed.detail);
  return promiseOf(parsed.platform, artifact, options);
}

/** `code: found` of every error. */
function errors(bytes: Uint8Array, promised: ArtifactPromise): readonly string[] {
  return proveBytes('app', bytes, promised, means).failures.flatMap((failure) =>
    failure.code === 'promise-broken' ? failure.findings.map((one) => `${one.code}: ${one.found}`) : [failure.code],
  );
}

const means = { sha256: (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest() };

const gnu: ElfOptions = {
  interpreter: '/lib/ld-linux-aarch64.so.1',
  needed: ['libgcc_s.so.1', 'libc.so.6'],
  versions: [{ library: 'libc.so.6', names: [{ version: 'GLIBC_2.17' }] }],
};
const muslStatic: ElfOptions = { machine: 62, type: 2, bare: true };
const armMusl: ElfOptions = { machine: 40, bits: 32, type: 2, bare: true, flags: 0x05000400 };
const mac: MachoOptions = { dylibs: ['/usr/lib/libSystem.B.dylib'], signature: true };
const windows = { imports: ['KERNEL32.dll', 'msvcrt.dll'] };

describe('kept promises', () => {
  test.each<[string, Uint8Array, ArtifactPromise]>([
    ['dynamic glibc program', elf(gnu), promise('aarch64-linux.2.17')],
    ['without a floor, any glibc', elf({ ...gnu, versions: [{ library: 'libc.so.6', names: [{ version: 'GLIBC_2.39' }] }] }), promise('aarch64-linux')],
    [
      'weak versions above the floor',
      elf({ ...gnu, versions: [{ library: 'libc.so.6', names: [{ version: 'GLIBC_2.34', weak: true }] }] }),
      promise('aarch64-linux.2.17'),
    ],
    ['glibc cdylib', elf({ needed: ['libc.so.6'] }), promise('aarch64-linux', 'cdylib')],
    ['static glibc program, asked for', elf({ flags1: 0x08000000 }), promise('aarch64-linux', 'bin', { linkage: 'static' })],
    ['static musl program', elf(muslStatic), promise('x86_64-linux-musl')],
    ['static PIE', elf({ machine: 62, flags1: 0x08000000 }), promise('x86_64-linux-musl')],
    ['musl cdylib that needs musl', elf({ machine: 62, needed: ['libc.so'] }), promise('x86_64-linux-musl', 'cdylib')],
    ['musl cdylib that needs nothing', elf({ machine: 62 }), promise('x86_64-linux-musl', 'cdylib')],
    [
      'dynamic musl program',
      elf({ machine: 62, interpreter: '/lib/ld-musl-x86_64.so.1', needed: ['libc.so'] }),
      promise('x86_64-linux-musl', 'bin', { linkage: 'dynamic' }),
    ],
    ['armv7 with flags', elf(armMusl), promise('armv7-linux-musleabihf')],
    ['armv7 with attributes only', elf({ ...armMusl, flags: 0x05000000, arm: { cpuArch: 10, vfpArgs: 1 } }), promise('armv7-linux-musleabihf')],
    ['armv7 that says nothing of floats', elf({ ...armMusl, flags: 0x05000000, arm: { cpuArch: 10 } }), promise('armv7-linux-musleabihf')],
    ['ARMv6 code on armv7', elf({ ...armMusl, arm: { cpuArch: 6 } }), promise('armv7-linux-musleabihf')],
    ['relative rpath', elf({ ...gnu, runpath: '$ORIGIN/../lib:${ORIGIN}' }), promise('aarch64-linux')],
    ['no stack note, where silence is harmless', elf({ ...gnu, stack: null }), promise('aarch64-linux')],
    ['android PIE', elf({ interpreter: '/system/bin/linker64', needed: ['libc.so', 'liblog.so'] }), promise('aarch64-android')],
    ['windows program', pe(windows), promise('x86_64-windows')],
    ['windows DLL', pe({ ...windows, dll: true, exports: ['greet'] }), promise('x86_64-windows', 'cdylib')],
    ['windows program on UCRT', pe({ imports: ['KERNEL32.dll', 'api-ms-win-crt-heap-l1-1-0.dll'] }), promise('x86_64-windows-gnullvm')],
    ['import library', ar({ 'k.dll': coffAnonymous(0x8664, 0), 'any.dll': coffAnonymous(0, 0) }), promise('x86_64-windows', 'import-library')],
    ['macOS program', macho(mac), promise('aarch64-macos')],
    ['macOS program for an older system', macho({ ...mac, cpuType: CPU.x86_64, versionMin: '10.9', signature: false }), promise('x86_64-macos')],
    [
      'macOS dylib',
      macho({ ...mac, fileType: 6, id: '@rpath/libgreet.dylib', rpaths: ['@loader_path', '/usr/lib/swift'] }),
      promise('aarch64-macos', 'cdylib'),
    ],
    ['universal program whose slices fit', fat([{ cpuType: CPU.arm64, bytes: macho(mac) }]), promise('aarch64-macos')],
    ['wasm command', wasm({ imports: ['wasi_snapshot_preview1.fd_write', 'env.memory'], exports: ['_start'] }), promise('wasm32-wasip1')],
    ['wasm for a host of its own', wasm({ imports: ['game.draw'] }), promise('wasm32-unknown-unknown', 'cdylib')],
    ['static library', ar({ 'a.o': elf({ type: 1 }), 'notes.txt': ascii('hi') }), promise('aarch64-linux', 'staticlib')],
    [
      'static library for ARM with code for newer CPUs',
      ar({ 'a.o': elf({ type: 1, machine: 40, bits: 32, arm: { cpuArch: 10 } }) }),
      promise('arm-linux-musleabi', 'staticlib'),
    ],
    ['static library for Windows', ar({ 'a.obj': coff() }), promise('x86_64-windows', 'staticlib')],
  ])('%s', (_, bytes, promised) => {
    expect(errors(bytes, promised)).toEqual([]);
  });
});

describe('broken promises', () => {
  const manyGlibc: ElfOptions = {
    ...gnu,
    versions: [
      {
        library: 'libc.so.6',
        names: [
          { version: 'GLIBC_2.17', symbols: ['memcpy'] },
          { version: 'GLIBC_2.34', symbols: ['a', 'b', 'c', 'd', 'e', 'f'] },
        ],
      },
      { library: 'libm.so.6', names: [{ version: 'GLIBC_2.29' }] },
    ],
  };
  test.each<[string, Uint8Array, ArtifactPromise, readonly string[]]>([
    ['other format', pe(windows), promise('aarch64-linux'), ['format: PE']],
    ['other machine', elf({ ...gnu, machine: 62 }), promise('aarch64-linux'), ['machine: x86_64']],
    ['other machine, of a number alone', elf({ ...gnu, machine: 164 }), promise('aarch64-linux'), ['machine: machine 0xa4']],
    ['x32', elf({ ...muslStatic, bits: 32 }), promise('x86_64-linux-musl'), ['bits: 32-bit']],
    ['big-endian', elf({ ...gnu, endian: 'big' }), promise('aarch64-linux'), ['byte-order: big-endian']],
    ['library for a program', elf({ needed: ['libc.so.6'] }), promise('aarch64-linux'), ['kind: shared library']],
    ['program for a library', elf(gnu), promise('aarch64-linux', 'cdylib'), ['kind: program']],
    ['object for a program', elf({ type: 1 }), promise('aarch64-linux'), ['kind: object file']],
    [
      'dynamic for static',
      elf({ ...gnu, machine: 62 }),
      promise('x86_64-linux-musl'),
      [
        'linkage: dynamic: its loader is /lib/ld-linux-aarch64.so.1, it needs libgcc_s.so.1, libc.so.6',
        'glibc: 2.17: GLIBC_2.17 of libc.so.6',
        'foreign-libc: libc.so.6',
      ],
    ],
    ['static for dynamic', elf({ type: 2, bare: true }), promise('aarch64-linux'), ['linkage: static']],
    [
      'loader of the build host',
      elf({ ...gnu, interpreter: '/nix/store/abc-glibc/lib/ld-linux-aarch64.so.1' }),
      promise('aarch64-linux'),
      ['interpreter: /nix/store/abc-glibc/lib/ld-linux-aarch64.so.1, which is in a private store of Nix'],
    ],
    [
      'loader of the other float ABI',
      elf({ ...gnu, machine: 40, bits: 32, flags: 0x05000400, interpreter: '/lib/ld-linux.so.3' }),
      promise('armv7-linux-gnueabihf'),
      ['interpreter: /lib/ld-linux.so.3'],
    ],
    ['no loader at all', elf({ type: 2, needed: ['libc.so.6'] }), promise('aarch64-linux'), ['interpreter: none']],
    ['glibc too new', elf(manyGlibc), promise('aarch64-linux.2.28'), ['glibc: 2.34: GLIBC_2.34 of libc.so.6 (a, b, c, d and 2 more); GLIBC_2.29 of libm.so.6']],
    [
      'private glibc',
      elf({ ...gnu, versions: [{ library: 'libc.so.6', names: [{ version: 'GLIBC_PRIVATE', symbols: ['__libc_alloca_cutoff'] }] }] }),
      promise('aarch64-linux'),
      ['glibc-private: GLIBC_PRIVATE of libc.so.6 (__libc_alloca_cutoff)'],
    ],
    ['glibc in a musl cdylib', elf({ machine: 62, needed: ['libc.so.6'] }), promise('x86_64-linux-musl', 'cdylib'), ['foreign-libc: libc.so.6']],
    ['musl in a glibc program', elf({ ...gnu, needed: ['libc.so'] }), promise('aarch64-linux'), ['foreign-libc: libc.so']],
    ['soft floats for hard', elf({ ...armMusl, flags: 0x05000200 }), promise('armv7-linux-musleabihf'), ['float-abi: soft']],
    ['hard floats for soft', elf({ ...armMusl, flags: 0x05000000, arm: { vfpArgs: 1 } }), promise('armv7-linux-musleabi'), ['float-abi: hard']],
    ['ARMv7 for ARMv6', elf({ ...armMusl, arm: { cpuArch: 10 } }), promise('arm-linux-musleabihf'), ['cpu: ARMv7']],
    ['ARMv8 for ARMv7', elf({ ...armMusl, arm: { cpuArch: 14 } }), promise('armv7-linux-musleabihf'), ['cpu: ARMv8-A']],
    [
      'soft floats on RISC-V',
      elf({ machine: 243, flags: 1, interpreter: '/lib/ld-linux-riscv64-lp64d.so.1', needed: ['libc.so.6'] }),
      promise('riscv64-linux'),
      ['calling-convention: lp64'],
    ],
    [
      'absolute rpaths',
      elf({ ...gnu, rpath: '/home/me/lib:$ORIGIN', runpath: 'lib:' }),
      promise('aarch64-linux'),
      ['rpath: /home/me/lib', 'rpath: lib', 'rpath: the current folder'],
    ],
    ['executable stack', elf({ ...gnu, stack: 7 }), promise('aarch64-linux'), ['executable-stack: executable']],
    [
      'no stack note, where silence means executable',
      elf({ ...muslStatic, stack: null }),
      promise('x86_64-linux-musl'),
      ['executable-stack: not stated, which systems take for executable'],
    ],
    [
      'android program at a fixed address',
      elf({ type: 2, interpreter: '/system/bin/linker64', needed: ['libc.so'] }),
      promise('aarch64-android'),
      ['pie: fixed address'],
    ],
    [
      'DLLs of the compiler',
      pe({ imports: ['KERNEL32.dll', 'libgcc_s_seh-1.dll'], delayImports: ['libstdc++-6.dll'] }),
      promise('x86_64-windows'),
      ['toolchain-library: libgcc_s_seh-1.dll', 'toolchain-library: libstdc++-6.dll'],
    ],
    [
      'import library of another machine',
      ar({ 'k.dll': coffAnonymous(0xaa64, 0) }),
      promise('x86_64-windows', 'import-library'),
      ['machine: aarch64 in k.dll'],
    ],
    ['two C runtimes', pe({ imports: ['msvcrt.dll', 'ucrtbase.dll'] }), promise('x86_64-windows'), ['two-crts: msvcrt.dll and the Universal CRT']],
    ['32-bit Windows for 64-bit', pe({ bits: 32, machine: 0x14c }), promise('x86_64-windows'), ['machine: i386', 'bits: 32-bit']],
    ['macOS too new', macho({ ...mac, builds: [{ platform: 1, min: '13.0' }] }), promise('aarch64-macos'), ['min-os: 13.0']],
    ['macOS too new by a patch', macho({ ...mac, cpuType: CPU.x86_64, versionMin: '10.12.1' }), promise('x86_64-macos'), ['min-os: 10.12.1']],
    ['iOS', macho({ ...mac, builds: [{ platform: 2, min: '10.0' }] }), promise('aarch64-macos'), ['min-os: ios 10.0']],
    ['no minimum macOS', macho({ ...mac, builds: [] }), promise('aarch64-macos'), ['min-os: not stated, which macOS takes for a very old program']],
    [
      'dylib of Homebrew',
      macho({ ...mac, dylibs: ['/opt/homebrew/lib/libssl.3.dylib', 'libz.dylib'] }),
      promise('aarch64-macos'),
      ['needed: /opt/homebrew/lib/libssl.3.dylib', 'needed: libz.dylib'],
    ],
    ['rpath of the build host', macho({ ...mac, rpaths: ['/Users/me/lib'] }), promise('aarch64-macos'), ['rpath: /Users/me/lib']],
    ['no signature on Apple silicon', macho({ ...mac, signature: false }), promise('aarch64-macos'), ['signature: none']],
    [
      'a slice of another machine',
      fat([
        { cpuType: CPU.arm64, bytes: macho(mac) },
        { cpuType: CPU.x86_64, bytes: macho({ ...mac, cpuType: CPU.x86_64 }) },
      ]),
      promise('aarch64-macos'),
      ['machine: x86_64 (slice x86_64)'],
    ],
    [
      'C functions as imports',
      wasm({ imports: ['env.sqlite3_open', 'wasi_snapshot_preview1.fd_write'] }),
      promise('wasm32-wasip1'),
      ['import: env.sqlite3_open', 'export: none of that name', 'export: none of that name'],
    ],
    ['component for a module', wasm({ component: true }), promise('wasm32-wasip1'), ['kind: wasm component']],
    [
      'static library with foreign members',
      ar({ 'a.o': elf({ type: 1 }), 'b.o': elf({ type: 1, machine: 62 }), 'c.o': elf({ type: 1, machine: 62 }), 'd.o': macho({ fileType: 1 }) }),
      promise('aarch64-linux', 'staticlib'),
      ['machine: x86_64 in b.o, c.o', 'format: Mach-O in d.o'],
    ],
    [
      'static library of bitcode',
      ar({ 'a.o': elf({ type: 1 }), 'b.o': new Uint8Array([0x42, 0x43, 0xc0, 0xde]) }),
      promise('aarch64-linux', 'staticlib'),
      ['machine: LLVM bitcode in b.o'],
    ],
    [
      'static library of soft floats',
      ar({ 'a.o': elf({ type: 1, machine: 40, bits: 32, arm: { vfpArgs: 1 } }) }),
      promise('armv7-linux-musleabi', 'staticlib'),
      ['float-abi: hard in a.o'],
    ],
    [
      'thin archive',
      ar({ 'a.o': elf({ type: 1 }) }, { style: 'thin' }),
      promise('aarch64-linux', 'staticlib'),
      ['kind: thin archive, which only names files of the build machine'],
    ],
    ['archive without objects', ar({ 'notes.txt': ascii('hi') }), promise('aarch64-linux', 'staticlib'), ['kind: archive without any object file']],
    ['program for a static library', elf(gnu), promise('aarch64-linux', 'staticlib'), ['kind: program']],
    ['archive for a program', ar({ 'a.o': elf({ type: 1 }) }), promise('aarch64-linux'), ['kind: static library']],
    ['archive of Windows objects for a Linux program', ar({ 'a.o': coff() }), promise('aarch64-linux'), ['format: PE']],
  ])('%s', (_, bytes, promised, expected) => {
    expect(errors(bytes, promised)).toEqual(expected);
  });

  test('every finding tells what to do, in words that end', () => {
    const bytes = elf({ ...manyGlibc, machine: 62, rpath: '/x', stack: 7, interpreter: '/x' });
    const { failures, summary } = proveBytes('dist/app', bytes, promise('aarch64-linux.2.17'));
    expect(summary?.machine).toBe('x86_64');
    expect(failures).toHaveLength(1);
    const [failure] = failures;
    if (failure?.code !== 'promise-broken') throw new Error('nothing found');
    expect(failure).toMatchObject({ file: 'dist/app', platform: 'aarch64-linux' });
    expect(failure.findings.map((finding) => finding.code)).toEqual(['machine', 'interpreter', 'glibc', 'rpath', 'executable-stack']);
    for (const finding of failure.findings) expect(finding.help).toMatch(/^[A-Z].{20,}[.)]$/);
    expect(inWords(failure).details).toHaveLength(5);
  });
});

test.each([
  ['empty', new Uint8Array(), 'neither ELF, PE, Mach-O, wasm nor an archive: it is empty (at byte 0x0)'],
  ['text', ascii('#!/bin/sh'), 'neither ELF, PE, Mach-O, wasm nor an archive: it starts with 0x23 0x21 0x2f 0x62 (at byte 0x0)'],
  ['cut off', elf(gnu).subarray(0, 130), 'the content of segment 0 needs 584 bytes at offset 0x0, the file ends at 0x82 (at byte 0x0)'],
])('%s: unreadable, not unproved', (_, bytes, message) => {
  expect(proveBytes('app', bytes, promise('aarch64-linux'))).toEqual({ summary: undefined, failures: [{ code: 'artifact-unreadable', file: 'app', message }], warnings: [] });
});
