import { describe, expect, test } from '@jest/globals';
import { coff, coffAnonymous, pe, type PeOptions } from '../testkit/binaries.js';
import { readBinary, type Binary } from './binary.js';
import type { PeFile } from './pe.js';

function summary(bytes: Uint8Array): Binary {
  const result = readBinary(bytes);
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

function detail(options: PeOptions): PeFile {
  const found = summary(pe(options)).detail;
  if (found.format !== 'pe') throw new Error(found.format);
  return found;
}

describe('images', () => {
  test.each([
    [0x8664, 64, 'x86_64'],
    [0x14c, 32, 'i386'],
    [0xaa64, 64, 'aarch64'],
    [0xa641, 64, 'machine arm64ec'],
    [0x1c4, 32, 'machine armnt'],
    [0x200, 64, 'machine 0x200'],
  ] as const)('machine %d, PE of %d bits: %s', (machine, bits, expected) => {
    expect(summary(pe({ machine, bits, imports: ['KERNEL32.dll'] }))).toMatchObject({
      format: 'pe',
      kind: 'executable',
      machine: expected,
      bits,
      endian: 'little',
    });
  });

  test('DLLs with their exports', () => {
    const dll = summary(pe({ dll: true, exports: ['greet', 'greet_free'] }));
    expect(dll).toMatchObject({ kind: 'library', linkage: 'dynamic', ownName: 'made.dll' });
    expect(detail({ dll: true, exports: ['greet', 'greet_free'] }).exports).toEqual({ dll: 'made.dll', count: 2, names: ['greet', 'greet_free'] });
    expect(detail({ dll: true, exports: [] }).exports).toEqual({ dll: 'made.dll', count: 0, names: [] });
  });

  test('imports, delayed ones behind the others', () => {
    const options: PeOptions = { imports: ['KERNEL32.dll', 'msvcrt.dll'], delayImports: ['libgcc_s_seh-1.dll'] };
    expect(detail(options)).toMatchObject({ imports: ['KERNEL32.dll', 'msvcrt.dll'], delayImports: ['libgcc_s_seh-1.dll'] });
    expect(summary(pe(options))).toMatchObject({ linkage: 'dynamic', needed: ['KERNEL32.dll', 'msvcrt.dll', 'libgcc_s_seh-1.dll'] });
  });

  test('no imports', () => {
    expect(summary(pe())).toMatchObject({ linkage: 'static', needed: [], crt: 'none' });
  });

  test.each([
    [3, 'console'],
    [2, 'gui'],
    [10, 'efi'],
    [99, 'subsystem 99'],
  ])('subsystem %d: %s', (subsystem, expected) => {
    expect(detail({ subsystem, dllCharacteristics: 0x8160, timestamp: 1700000000 })).toMatchObject({
      subsystem: expected,
      dllCharacteristics: 0x8160,
      timestamp: 1700000000,
    });
  });
});

describe('C runtime', () => {
  test.each<[readonly string[], string]>([
    [['KERNEL32.dll', 'msvcrt.dll'], 'msvcrt'],
    [['kernel32.dll', 'API-MS-WIN-CRT-heap-l1-1-0.dll'], 'ucrt'],
    [['ucrtbase.dll'], 'ucrt'],
    [['MSVCRT.DLL', 'ucrtbase.dll'], 'both'],
    [['KERNEL32.dll'], 'none'],
  ])('%j: %s', (imports, crt) => {
    expect(summary(pe({ imports })).crt).toBe(crt);
  });
});

describe('COFF', () => {
  test.each([
    ['object', coff(0xaa64), { kind: 'object', machine: 'aarch64', bits: 64 }],
    ['object of 32 bits', coff(0x14c), { kind: 'object', machine: 'i386', bits: 32 }],
    ['bigobj', coffAnonymous(0x8664, 2), { kind: 'object', machine: 'x86_64' }],
    ['import', coffAnonymous(0x8664, 0, 'KERNEL32.dll'), { kind: 'import', machine: 'x86_64', needed: ['KERNEL32.dll'] }],
    ['import for every machine', coffAnonymous(0, 0), { kind: 'import', machine: undefined, needed: ['made.dll'] }],
  ])('%s', (_, bytes, expected) => {
    expect(summary(bytes)).toMatchObject({ format: 'pe', linkage: undefined, ...expected });
  });

  test.each([
    ['text', [...'d\u0086this is text, not code']],
    ['a number of sections beyond the end', ['\x64', '\x86', '\xff', '\xff', ...'\0'.repeat(16)]],
    ['an optional header', ['\x64', '\x86', ...'\0'.repeat(14), '\x02', ...'\0'.repeat(3)]],
    ['zeros', [...'\0'.repeat(64)]],
  ])('%s is no object', (_, letters) => {
    expect(readBinary(new Uint8Array(letters.map((letter) => letter.charCodeAt(0)))).ok).toBe(false);
  });
});

test('a section without bytes in the file holds no table', () => {
  const image = pe({ imports: ['KERNEL32.dll'], emptySections: 1 });
  const header = 0x58 + 240;
  // Address and size as those of the section behind it, but no offset: what old mingw writes for .bss.
  new DataView(image.buffer).setUint32(header + 12, 0x1000, true);
  new DataView(image.buffer).setUint32(header + 16, 0x1000, true);
  expect(summary(image).needed).toEqual(['KERNEL32.dll']);
});

test('a DOS program is no PE image, and the failure says so', () => {
  const dos = pe();
  dos[0x40] = 0;
  expect(readBinary(dos)).toMatchObject({ ok: false, problem: { message: expect.stringContaining('DOS'), offset: 0x40 } });
});
