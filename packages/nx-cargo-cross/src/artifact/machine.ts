/** The processor families as the headers of each format number them. */
import type { Machine } from '../platform/known.js';
import { hex } from './bytes.js';

/** A machine of the platform table, or another that a header names, in words: `machine 0xa4`, `machine arm64ec`. */
export type FoundMachine = Machine | `machine ${string}`;

/** ELF `e_machine` (gABI, "Machine"; registry at groups.google.com/g/generic-abi). */
const ELF: ReadonlyMap<number, Machine> = new Map([
  [3, 'i386'],
  [20, 'powerpc'],
  [21, 'powerpc64'],
  [22, 's390x'],
  [40, 'arm'],
  [43, 'sparc64'],
  [62, 'x86_64'],
  [183, 'aarch64'],
  [243, 'riscv64'],
  [258, 'loongarch64'],
]);

const EM_MIPS = 8;

/** Numbers that a 32-bit machine shares with a 64-bit one that has a name of its own. */
const ELF_32_BIT: ReadonlyMap<number, FoundMachine> = new Map([
  [22, 'machine s390'],
  [243, 'machine riscv32'],
  [258, 'machine loongarch32'],
]);

/** The machine of an ELF header. x32 and ILP32 stay `x86_64` and `aarch64`: they are the same machine with 32-bit files. */
export function elfMachine(number: number, bits: 32 | 64): FoundMachine {
  if (number === EM_MIPS) return bits === 64 ? 'mips64' : 'mips';
  return (bits === 32 ? ELF_32_BIT.get(number) : undefined) ?? ELF.get(number) ?? `machine ${hex(number)}`;
}

/** COFF `Machine` (Microsoft PE specification, "Machine Types"). */
const COFF: ReadonlyMap<number, { readonly machine: FoundMachine; readonly bits: 32 | 64 }> = new Map([
  [0x14c, { machine: 'i386', bits: 32 }],
  [0x8664, { machine: 'x86_64', bits: 64 }],
  [0xaa64, { machine: 'aarch64', bits: 64 }],
  [0xa641, { machine: 'machine arm64ec', bits: 64 }],
  [0xa64e, { machine: 'machine arm64x', bits: 64 }],
  [0x1c0, { machine: 'machine arm', bits: 32 }],
  [0x1c4, { machine: 'machine armnt', bits: 32 }],
  [0x5032, { machine: 'machine riscv32', bits: 32 }],
  [0x5064, { machine: 'riscv64', bits: 64 }],
  [0x6264, { machine: 'loongarch64', bits: 64 }],
]);

/** The machine of a COFF header and the width of its objects, or undefined when the number is none this table knows. */
export function coffMachine(number: number): { readonly machine: FoundMachine; readonly bits: 32 | 64 } | undefined {
  return COFF.get(number);
}

/** Mach-O `cputype` (mach/machine.h). */
const MACHO: ReadonlyMap<number, FoundMachine> = new Map<number, FoundMachine>([
  [7, 'i386'],
  [12, 'arm'],
  [18, 'powerpc'],
  [0x0100_0007, 'x86_64'],
  [0x0100_000c, 'aarch64'],
  [0x0100_0012, 'powerpc64'],
  [0x0200_000c, 'machine arm64_32'],
]);

const CPU_TYPE_ARM64 = 0x0100_000c;
const CPU_SUBTYPE_ARM64E = 2;

/** The machine of a Mach-O header. arm64e has an ABI of its own, and is another machine than arm64. */
export function machoMachine(cpuType: number, cpuSubtype: number): FoundMachine {
  if (cpuType === CPU_TYPE_ARM64 && (cpuSubtype & 0xff_ffff) === CPU_SUBTYPE_ARM64E) return 'machine arm64e';
  return MACHO.get(cpuType) ?? `machine ${hex(cpuType)}`;
}
