/**
 * The structures and numbers of ELF that this project reads.
 *
 * Sources: System V gABI (chapters 4 and 5), glibc's `elf/elf.h`, ELF for the Arm Architecture (aaelf32), the psABIs of RISC-V, OpenPOWER and LoongArch.
 */
import type { Layout } from '../bytes.js';

type ByClass<K extends string> = Readonly<Record<32 | 64, Layout<K>>>;

/** Offsets within `e_ident`, and its size. */
export const IDENT = { class: 4, data: 5, size: 16 } as const;
/** The first four bytes. */
export const ELF_MAGIC = [0x7f, 0x45, 0x4c, 0x46] as const;

/** `Ehdr`. */
export const FILE_HEADER = {
  32: {
    name: 'ELF header',
    size: 52,
    fields: {
      type: [0x10, 'u16'],
      machine: [0x12, 'u16'],
      programHeaders: [0x1c, 'u32'],
      sectionHeaders: [0x20, 'u32'],
      flags: [0x24, 'u32'],
      programHeaderSize: [0x2a, 'u16'],
      programHeaderCount: [0x2c, 'u16'],
      sectionHeaderSize: [0x2e, 'u16'],
      sectionHeaderCount: [0x30, 'u16'],
    },
  },
  64: {
    name: 'ELF header',
    size: 64,
    fields: {
      type: [0x10, 'u16'],
      machine: [0x12, 'u16'],
      programHeaders: [0x20, 'u64'],
      sectionHeaders: [0x28, 'u64'],
      flags: [0x30, 'u32'],
      programHeaderSize: [0x36, 'u16'],
      programHeaderCount: [0x38, 'u16'],
      sectionHeaderSize: [0x3a, 'u16'],
      sectionHeaderCount: [0x3c, 'u16'],
    },
  },
} as const satisfies ByClass<string>;

/** The flags come second in 64-bit files and after the sizes in 32-bit ones. */
export const PROGRAM_HEADER = {
  32: {
    name: 'program header',
    size: 32,
    fields: {
      type: [0, 'u32'],
      offset: [4, 'u32'],
      address: [8, 'u32'],
      fileSize: [16, 'u32'],
      memorySize: [20, 'u32'],
      flags: [24, 'u32'],
      align: [28, 'u32'],
    },
  },
  64: {
    name: 'program header',
    size: 56,
    fields: {
      type: [0, 'u32'],
      flags: [4, 'u32'],
      offset: [8, 'u64'],
      address: [16, 'u64'],
      fileSize: [32, 'u64'],
      memorySize: [40, 'u64'],
      align: [48, 'u64'],
    },
  },
} as const satisfies ByClass<string>;

/** `Shdr`. */
export const SECTION_HEADER = {
  32: { name: 'section header', size: 40, fields: { type: [4, 'u32'], flags: [8, 'u32'], offset: [16, 'u32'], size: [20, 'u32'], info: [28, 'u32'] } },
  64: { name: 'section header', size: 64, fields: { type: [4, 'u32'], flags: [8, 'u64?'], offset: [24, 'u64'], size: [32, 'u64'], info: [44, 'u32'] } },
} as const satisfies ByClass<string>;

/** A tag decides what its value means, and many mean nothing here: hence `u64?`. */
export const DYNAMIC_ENTRY = {
  32: { name: 'dynamic entry', size: 8, fields: { tag: [0, 'u32'], value: [4, 'u32'] } },
  64: { name: 'dynamic entry', size: 16, fields: { tag: [0, 'u64?'], value: [8, 'u64?'] } },
} as const satisfies ByClass<string>;

/** `Sym`: the name, and the section, which is 0 for an undefined symbol. */
export const SYMBOL = {
  32: { name: 'dynamic symbol', size: 16, fields: { name: [0, 'u32'], section: [14, 'u16'] } },
  64: { name: 'dynamic symbol', size: 24, fields: { name: [0, 'u32'], section: [6, 'u16'] } },
} as const satisfies ByClass<string>;

/** `Verneed`: the same in both classes, as its entries are. */
export const VERSION_NEED = { name: 'version need', size: 16, fields: { count: [2, 'u16'], file: [4, 'u32'], first: [8, 'u32'], next: [12, 'u32'] } } as const;
/** `Vernaux`. */
export const VERSION_NEED_ENTRY = {
  name: 'version need entry',
  size: 16,
  fields: { flags: [4, 'u16'], index: [6, 'u16'], name: [8, 'u32'], next: [12, 'u32'] },
} as const;
/** `VER_FLG_WEAK` of an entry. */
export const VERSION_WEAK = 2;

/** `e_type`. */
export const FILE_TYPE = { relocatable: 1, executable: 2, shared: 3 } as const;
/** `p_type`. */
export const SEGMENT = { load: 1, dynamic: 2, interpreter: 3, note: 4, tls: 7, stack: 0x6474_e551, relro: 0x6474_e552 } as const;
/** `PF_X` of `p_flags`. */
export const SEGMENT_EXECUTABLE = 1;
/** `PF_W` of `p_flags`. */
export const SEGMENT_WRITABLE = 2;
/** `sh_type`. */
export const SECTION = { note: 7, nothing: 8, dynamicSymbols: 11, armAttributes: 0x7000_0003 } as const;

/** `SHF_ALLOC` of `sh_flags`: there when the program runs. */
export const SECTION_ALLOCATED = 2;

/** `e_phnum` of a file with more program headers than fit: the count is in section header 0. */
export const PROGRAM_HEADER_COUNT_ELSEWHERE = 0xffff;

/** `d_tag`. */
export const TAG = {
  end: 0,
  needed: 1,
  stringTable: 5,
  symbolTable: 6,
  stringTableSize: 10,
  soname: 14,
  rpath: 15,
  debug: 21,
  textRelocations: 22,
  runpath: 29,
  flags: 30,
  versionSymbols: 0x6fff_fff0,
  flags1: 0x6fff_fffb,
  versionNeed: 0x6fff_fffe,
  versionNeedCount: 0x6fff_ffff,
} as const;

/** `DF_TEXTREL` of `DT_FLAGS`. */
export const FLAGS_TEXT_RELOCATIONS = 4;
/** `DF_1_PIE` of `DT_FLAGS_1`. */
export const FLAGS_1_PIE = 0x0800_0000;

/** `Nhdr`: the same in both classes. */
export const NOTE = { name: 'note', size: 12, fields: { nameSize: [0, 'u32'], size: [4, 'u32'], type: [8, 'u32'] } } as const;
