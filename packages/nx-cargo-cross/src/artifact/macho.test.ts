import { describe, expect, test } from '@jest/globals';
import { ar, CPU, fat, macho, type MachoOptions } from '../testkit/binaries.js';
import { readBinary, type Binary } from './binary.js';
import type { MachoFile } from './macho.js';

function summary(bytes: Uint8Array): Binary {
  const result = readBinary(bytes);
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

function detail(options: MachoOptions): MachoFile {
  const found = summary(macho(options)).detail;
  if (found.format !== 'macho') throw new Error(found.format);
  return found;
}

describe('thin files', () => {
  test.each([
    [CPU.arm64, 64, 'little', 'aarch64'],
    [CPU.x86_64, 64, 'little', 'x86_64'],
    [CPU.i386, 32, 'little', 'i386'],
    [0x01000012, 64, 'big', 'powerpc64'],
    [18, 32, 'big', 'powerpc'],
    [0x0200000c, 32, 'little', 'machine arm64_32'],
    [99, 64, 'little', 'machine 0x63'],
  ] as const)('cputype %d, %d bits, %s-endian: %s', (cpuType, bits, endian, machine) => {
    const options: MachoOptions = { cpuType, bits, endian, dylibs: ['/usr/lib/libSystem.B.dylib'] };
    expect(summary(macho(options))).toMatchObject({ format: 'macho', machine, bits, endian, needed: ['/usr/lib/libSystem.B.dylib'], minOs: '11.0' });
  });

  test('arm64e is another machine', () => {
    expect(summary(macho({ cpuSubtype: 0x80000002 })).machine).toBe('machine arm64e');
  });

  test.each([
    [2, 'executable', 'executable', 'static'],
    [6, 'dylib', 'library', 'dynamic'],
    [8, 'bundle', 'library', 'dynamic'],
    [1, 'object', 'object', undefined],
    [10, 'other', 'other', undefined],
  ])('file type %d: %s', (fileType, type, kind, linkage) => {
    expect(detail({ fileType }).type).toBe(type);
    expect(summary(macho({ fileType }))).toMatchObject({ kind, linkage });
  });

  test('names and paths', () => {
    const options: MachoOptions = {
      fileType: 6,
      id: '@rpath/libgreet.dylib',
      dylibs: ['/usr/lib/libSystem.B.dylib'],
      weakDylibs: ['/System/Library/Frameworks/Metal.framework/Metal'],
      rpaths: ['@loader_path/../lib', '/opt/lib'],
      signature: true,
    };
    expect(summary(macho(options))).toMatchObject({
      ownName: '@rpath/libgreet.dylib',
      needed: ['/usr/lib/libSystem.B.dylib', '/System/Library/Frameworks/Metal.framework/Metal'],
      rpaths: ['@loader_path/../lib', '/opt/lib'],
      signed: true,
    });
    expect(summary(macho()).signed).toBe(false);
  });
});

describe('minimum system', () => {
  test.each<[string, MachoOptions, string | undefined, string]>([
    ['LC_BUILD_VERSION', { builds: [{ platform: 1, min: '11.0' }] }, '11.0', 'macos'],
    ['LC_VERSION_MIN_MACOSX', { versionMin: '10.12' }, '10.12', 'macos'],
    ['with a patch', { builds: [{ platform: 1, min: '10.15.4' }] }, '10.15.4', 'macos'],
    [
      'Catalyst first',
      {
        builds: [
          { platform: 6, min: '14.0' },
          { platform: 1, min: '10.15' },
        ],
      },
      '10.15',
      'maccatalyst',
    ],
    ['iOS', { builds: [{ platform: 2, min: '12.0' }] }, '12.0', 'ios'],
    ['an unknown platform', { builds: [{ platform: 77, min: '1.2' }] }, '1.2', 'platform 77'],
  ])('%s', (_, options, minOs, platform) => {
    expect(summary(macho(options)).minOs).toBe(minOs);
    expect(detail(options).builds[0]).toMatchObject({ platform, sdk: '14.2' });
  });

  test('not stated', () => {
    expect(summary(macho({ builds: [] })).minOs).toBeUndefined();
  });
});

describe('universal files', () => {
  const slices = [
    { cpuType: CPU.x86_64, bytes: macho({ cpuType: CPU.x86_64 }) },
    { cpuType: CPU.arm64, bytes: macho() },
  ];
  test.each([32, 64] as const)('with a table of %d bits', (bits) => {
    const universal = summary(fat(slices, bits));
    expect(universal).toMatchObject({ format: 'macho', kind: 'universal', machine: undefined, bits: 64 });
    expect(universal.parts.map((part) => [part.name, part.binary?.machine])).toEqual([
      ['x86_64', 'x86_64'],
      ['aarch64', 'aarch64'],
    ]);
  });

  test('of archives', () => {
    const universal = summary(fat([{ cpuType: CPU.arm64, bytes: ar({ 'a.o': macho({ fileType: 1 }) }, { style: 'bsd' }) }]));
    expect(universal).toMatchObject({ kind: 'universal', parts: [{ binary: { kind: 'archive', machine: 'aarch64' } }] });
  });

  test.each([
    ['two slices of one machine', fat([...slices, ...slices]), 'two slices'],
    ['a slice that is no Mach-O file', fat([{ cpuType: CPU.arm64, bytes: new Uint8Array(64) }]), 'aarch64: neither'],
    ['a Java class', new Uint8Array([0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 65, 0, 0]), 'Java'],
    ['no slices', fat([]), 'without slices'],
  ])('%s', (_, bytes, message) => {
    expect(readBinary(bytes)).toMatchObject({ ok: false, problem: { message: expect.stringContaining(message) } });
  });
});
