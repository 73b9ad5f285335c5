/** The structures and numbers of PE images that this project reads. Source: Microsoft, "PE Format" (learn.microsoft.com/windows/win32/debug/pe-format). */
import type { Layout } from '../bytes.js';

/** Where the DOS header points. */
export const PE_MAGIC = [0x50, 0x45, 0, 0] as const;
/** Only the pointer to the PE header is of use. */
export const DOS_HEADER = { name: 'DOS header', size: 0x40, fields: { peHeader: [0x3c, 'u32'] } } as const;

/** Follows the magic bytes. */
export const FILE_HEADER = {
  name: 'COFF header',
  size: 20,
  fields: { machine: [0, 'u16'], sections: [2, 'u16'], timestamp: [4, 'u32'], optionalHeaderSize: [16, 'u16'], characteristics: [18, 'u16'] },
} as const;
/** Of `characteristics`. */
export const IMAGE_IS_DLL = 0x2000;
/** Of `characteristics`: the image can only be loaded at the address that it prefers. */
export const IMAGE_RELOCATIONS_STRIPPED = 1;
/** Of `dllCharacteristics`. */
export const DLL_CHARACTERISTICS = { highEntropy: 0x20, dynamicBase: 0x40, noExecute: 0x100 } as const;

/** Up to and with the number of data directories, which follow. */
export const OPTIONAL_HEADER = {
  32: {
    name: 'optional header',
    size: 96,
    fields: { imageBase: [28, 'u32'], headersSize: [60, 'u32'], subsystem: [68, 'u16'], dllCharacteristics: [70, 'u16'], directories: [92, 'u32'] },
  },
  64: {
    name: 'optional header',
    size: 112,
    fields: { imageBase: [24, 'u64'], headersSize: [60, 'u32'], subsystem: [68, 'u16'], dllCharacteristics: [70, 'u16'], directories: [108, 'u32'] },
  },
} as const satisfies Record<32 | 64, Layout<string>>;

/** Where a table lies once loaded, and its size in bytes. */
export const DATA_DIRECTORY = { name: 'data directory', size: 8, fields: { address: [0, 'u32'], size: [4, 'u32'] } } as const;
/** Positions among the data directories. */
export const DIRECTORY = { exports: 0, imports: 1, debug: 6, delayImports: 13, count: 16 } as const;

/** Sections follow the optional header. */
export const SECTION_HEADER = {
  name: 'section header',
  size: 40,
  fields: { memorySize: [8, 'u32'], address: [12, 'u32'], fileSize: [16, 'u32'], offset: [20, 'u32'], characteristics: [36, 'u32'] },
} as const;

/** Of a section's `characteristics`: not there when the program runs, as debug information. */
export const SECTION_DISCARDABLE = 0x0200_0000;

/** One per DLL. */
export const IMPORT_DESCRIPTOR = { name: 'import descriptor', size: 20, fields: { name: [12, 'u32'], addressTable: [16, 'u32'] } } as const;
/** One per DLL that is loaded late. */
export const DELAY_IMPORT_DESCRIPTOR = { name: 'delay import descriptor', size: 32, fields: { attributes: [0, 'u32'], name: [4, 'u32'] } } as const;
/** Without it the descriptor holds addresses, as before Visual C++ 7, and not offsets from the image's base. */
export const DELAY_IMPORT_IS_RELATIVE = 1;

/** At most one per image. */
export const EXPORT_DIRECTORY = {
  name: 'export directory',
  size: 40,
  fields: { name: [12, 'u32'], functionCount: [20, 'u32'], nameCount: [24, 'u32'], names: [32, 'u32'] },
} as const;

/** One per kind of debug information; `offset` is in the file. */
export const DEBUG_ENTRY = { name: 'debug directory entry', size: 28, fields: { type: [12, 'u32'], size: [16, 'u32'], offset: [24, 'u32'] } } as const;
/** Of `type`: names a PDB. */
export const DEBUG_CODEVIEW = 2;
/** `RSDS`, an identifier of 16 bytes, a count, a path that ends with 0. Source: LLVM 21, `llvm/Object/CVDebugRecord.h`. */
export const CODEVIEW_PDB = { magic: [0x52, 0x53, 0x44, 0x53], identifier: 4, path: 24 } as const;

/** `subsystem` of the optional header in words. */
export const SUBSYSTEM: Readonly<Record<number, string>> = { 1: 'native', 2: 'gui', 3: 'console', 10: 'efi', 11: 'efi', 12: 'efi' };
