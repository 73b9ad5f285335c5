import { describe, expect, test } from '@jest/globals';
import { elf, type ElfOptions } from '../testkit/binaries.js';
import { readBinary, type Binary } from './binary.js';
import { readElf, type ElfFile } from './elf.js';
import { viewOf } from './bytes.js';

const EM = { i386: 3, mips: 8, powerpc: 20, powerpc64: 21, s390x: 22, arm: 40, sparc64: 43, x86_64: 62, aarch64: 183, riscv: 243, loongarch: 258 } as const;

function read(options: ElfOptions): ElfFile {
  const result = readElf(viewOf(elf(options)));
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

function summary(options: ElfOptions): Binary {
  const result = readBinary(elf(options));
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

describe('machine, bits and byte order', () => {
  test.each([
    [EM.x86_64, 64, 'little', 'x86_64'],
    [EM.x86_64, 32, 'little', 'x86_64'],
    [EM.i386, 32, 'little', 'i386'],
    [EM.aarch64, 64, 'little', 'aarch64'],
    [EM.arm, 32, 'little', 'arm'],
    [EM.riscv, 64, 'little', 'riscv64'],
    [EM.riscv, 32, 'little', 'machine riscv32'],
    [EM.powerpc64, 64, 'little', 'powerpc64'],
    [EM.powerpc64, 64, 'big', 'powerpc64'],
    [EM.powerpc, 32, 'big', 'powerpc'],
    [EM.s390x, 64, 'big', 's390x'],
    [EM.loongarch, 64, 'little', 'loongarch64'],
    [EM.mips, 32, 'big', 'mips'],
    [EM.mips, 64, 'little', 'mips64'],
    [EM.sparc64, 64, 'big', 'sparc64'],
    [0xa4, 32, 'little', 'machine 0xa4'],
  ] as const)('%d, %d bits, %s-endian: %s', (machine, bits, endian, expected) => {
    const options: ElfOptions = { machine, bits, endian, interpreter: '/lib/ld.so', needed: ['liba.so', 'libb.so'] };
    expect(read(options)).toMatchObject({ machine: expected, bits, endian, interpreter: '/lib/ld.so', needed: ['liba.so', 'libb.so'] });
  });
});

describe('kind and linkage', () => {
  const needed = ['libc.so.6'];
  test.each<[string, ElfOptions, string, string | undefined, boolean | undefined]>([
    ['dynamic program', { type: 2, interpreter: '/lib/ld.so', needed }, 'executable', 'dynamic', false],
    ['dynamic PIE', { interpreter: '/lib/ld.so', needed }, 'executable', 'dynamic', true],
    ['dynamic PIE of an old linker', { interpreter: '/lib/ld.so', needed, flags1: 0 }, 'executable', 'dynamic', true],
    ['static program', { type: 2, bare: true }, 'executable', 'static', false],
    ['static program with a dynamic table', { type: 2 }, 'executable', 'static', false],
    ['static PIE', { flags1: 0x08000000 }, 'executable', 'static', true],
    ['static PIE of an old linker', { debugSlot: true }, 'executable', 'static', true],
    ['program that needs libraries and names no loader', { type: 2, needed }, 'executable', 'dynamic', false],
    ['program that names a loader and needs nothing', { type: 2, interpreter: '/lib/ld.so' }, 'executable', 'dynamic', false],
    ['library', { needed }, 'library', 'dynamic', undefined],
    ['library that needs nothing', {}, 'library', 'dynamic', undefined],
    ['library that can be run, as glibc can', { soname: 'libc.so.6', interpreter: '/lib/ld.so', flags1: 0 }, 'library', 'dynamic', undefined],
    ['object', { type: 1 }, 'object', undefined, undefined],
    ['core dump', { type: 4, bare: true }, 'other', undefined, undefined],
  ])('%s', (_, options, kind, linkage, pie) => {
    expect(summary(options)).toMatchObject({ format: 'elf', kind, linkage, pie });
  });
});

describe('the dynamic table', () => {
  test('names and search paths', () => {
    const file = read({ soname: 'libgreet.so', rpath: '/a:/b', runpath: '$ORIGIN/../lib', needed: ['libm.so.6'] });
    expect(file).toMatchObject({ soname: 'libgreet.so', rpaths: ['/a', '/b', '$ORIGIN/../lib'], needed: ['libm.so.6'] });
  });

  test('an empty path is the current folder, not nothing', () => {
    expect(read({ runpath: '$ORIGIN:' }).rpaths).toEqual(['$ORIGIN', '']);
  });

  test('addresses are those of the running program', () => {
    expect(read({ type: 2, loadAddress: 0x400000, needed: ['libc.so.6'] }).needed).toEqual(['libc.so.6']);
  });
});

describe('glibc floor', () => {
  const libc = (...names: readonly { readonly version: string; readonly weak?: boolean; readonly symbols?: readonly string[] }[]): ElfOptions => ({
    versions: [{ library: 'libc.so.6', names }],
  });
  test.each<[string, ElfOptions, { readonly major: number; readonly minor: number } | undefined]>([
    ['none', {}, undefined],
    ['of one', libc({ version: 'GLIBC_2.17' }), { major: 2, minor: 17 }],
    ['by number, not by text', libc({ version: 'GLIBC_2.4' }, { version: 'GLIBC_2.28' }, { version: 'GLIBC_2.3.4' }), { major: 2, minor: 28 }],
    ['by one step', libc({ version: 'GLIBC_2.33' }, { version: 'GLIBC_2.34' }, { version: 'GLIBC_2.32' }), { major: 2, minor: 34 }],
    ['without weak ones', libc({ version: 'GLIBC_2.17' }, { version: 'GLIBC_2.34', weak: true }), { major: 2, minor: 17 }],
    ['of other libraries', libc({ version: 'GCC_4.2.0' }, { version: 'GLIBCXX_3.4.30' }), undefined],
    ['private', libc({ version: 'GLIBC_PRIVATE' }), undefined],
    ['of relative relocations', libc({ version: 'GLIBC_2.17' }, { version: 'GLIBC_ABI_DT_RELR' }), { major: 2, minor: 36 }],
  ])('%s', (_, options, floor) => {
    expect(read(options).glibcFloor).toEqual(floor);
    expect(read({ ...options, bits: 32, endian: 'big' }).glibcFloor).toEqual(floor);
  });

  test('of several libraries, with the symbols that ask', () => {
    const versions = [
      { library: 'ld-linux-x86-64.so.2', names: [{ version: 'GLIBC_2.3' }] },
      {
        library: 'libc.so.6',
        names: [
          { version: 'GLIBC_2.17', symbols: ['memcpy'] },
          { version: 'GLIBC_2.33', symbols: ['stat', 'fstat'] },
        ],
      },
    ];
    expect(read({ versions }).versionNeeds).toMatchObject([
      { library: 'ld-linux-x86-64.so.2', version: 'GLIBC_2.3', weak: false, symbols: [] },
      { library: 'libc.so.6', version: 'GLIBC_2.17', weak: false, symbols: ['memcpy'] },
      { library: 'libc.so.6', version: 'GLIBC_2.33', weak: false, symbols: ['stat', 'fstat'] },
    ]);
    expect(read({ versions, bits: 32 }).versionNeeds[2]?.symbols).toEqual(['stat', 'fstat']);
  });
});

describe('calling conventions', () => {
  test.each<[string, ElfOptions, Partial<ElfFile>]>([
    ['ARM, hard by flags', { machine: EM.arm, bits: 32, flags: 0x05000400 }, { floatAbi: 'hard' }],
    ['ARM, soft by flags', { machine: EM.arm, bits: 32, flags: 0x05000200 }, { floatAbi: 'soft' }],
    ['ARM, hard by attributes', { machine: EM.arm, bits: 32, flags: 0x05000000, arm: { cpuArch: 10, vfpArgs: 1 } }, { floatAbi: 'hard', armCpuArch: 10 }],
    ['ARM, soft by attributes', { machine: EM.arm, bits: 32, type: 1, arm: { cpuArch: 4, vfpArgs: 0 } }, { floatAbi: 'soft', armCpuArch: 4 }],
    ['ARM, attributes silent about floats', { machine: EM.arm, bits: 32, arm: { cpuArch: 6 } }, { floatAbi: undefined, armCpuArch: 6 }],
    ['ARM, flags win', { machine: EM.arm, bits: 32, flags: 0x400, arm: { vfpArgs: 0 } }, { floatAbi: 'hard', armCpuArch: undefined }],
    ['ARM, silent', { machine: EM.arm, bits: 32, flags: 0x05000000 }, { floatAbi: undefined }],
    ['RISC-V double', { machine: EM.riscv, flags: 5 }, { abi: 'lp64d' }],
    ['RISC-V soft', { machine: EM.riscv, flags: 1 }, { abi: 'lp64' }],
    ['LoongArch double', { machine: EM.loongarch, flags: 0x43 }, { abi: 'lp64d' }],
    ['POWER ELFv2', { machine: EM.powerpc64, flags: 2 }, { abi: 'elfv2' }],
    ['POWER ELFv1', { machine: EM.powerpc64, endian: 'big', flags: 1 }, { abi: 'elfv1' }],
    ['POWER silent', { machine: EM.powerpc64, flags: 0 }, { abi: undefined }],
    ['flags of others mean nothing here', { machine: EM.x86_64, flags: 0x400 }, { abi: undefined, floatAbi: undefined }],
  ])('%s', (_, options, expected) => {
    const { abi, floatAbi, armCpuArch } = read(options);
    expect({ abi, floatAbi, armCpuArch }).toEqual({ abi: undefined, floatAbi: undefined, armCpuArch: undefined, ...expected });
  });
});

describe('loading', () => {
  test.each([
    [0x1000, 0, 0x1000],
    [0x10000, 0, 0x10000],
    [0x10000, 0x401000, 0x1000],
    [0, 0, 1],
  ])('aligned to %d at address %d: pages up to %d bytes', (loadAlign, loadAddress, pageSize) => {
    expect(read({ loadAlign, loadAddress }).memory.maxPageSize).toBe(pageSize);
  });

  test.each([
    [6, false],
    [7, true],
    [null, undefined],
  ])('stack flags %p: executable %p', (stack, executable) => {
    expect(read({ stack }).memory.stack?.executable).toBe(executable);
    expect(read({ stack, bits: 32, machine: EM.arm }).memory.stack?.executable).toBe(executable);
  });

  test('an object has no stack', () => {
    expect(summary({ type: 1 }).stackExecutable).toBeUndefined();
  });
});
