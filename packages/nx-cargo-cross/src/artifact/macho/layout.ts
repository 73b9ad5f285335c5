/** The structures and numbers of Mach-O that this project reads. Source: Apple's `mach-o/loader.h` and `mach-o/fat.h`. */
import type { Layout } from '../bytes.js';

/** The first four bytes, read big-endian. */
export const MAGIC = {
  big32: 0xfeed_face,
  big64: 0xfeed_facf,
  little32: 0xcefa_edfe,
  little64: 0xcffa_edfe,
  fat: 0xcafe_babe,
  fat64: 0xcafe_babf,
} as const;

/** `mach_header`; the magic number in front is read on its own. */
export const MACHO_HEADER = {
  name: 'Mach-O header',
  size: 28,
  fields: { cpuType: [4, 'u32'], cpuSubtype: [8, 'u32'], fileType: [12, 'u32'], commandCount: [16, 'u32'], commandsSize: [20, 'u32'], flags: [24, 'u32'] },
} as const;
/** The 64-bit header has four reserved bytes more. */
export const MACHO_HEADER_SIZE = { 32: 28, 64: 32 } as const;
/** `MH_PIE` of `flags`. */
export const FLAG_PIE = 0x20_0000;

/** The start of every load command; its size, in bytes, includes it. */
export const LOAD_COMMAND = { name: 'load command', size: 8, fields: { command: [0, 'u32'], size: [4, 'u32'] } } as const;
/** Which bytes of the file a segment holds. */
export const SEGMENT_COMMAND = {
  32: { name: 'segment', size: 56, fields: { offset: [32, 'u32'], fileSize: [36, 'u32'], protection: [44, 'u32'] } },
  64: { name: 'segment', size: 72, fields: { offset: [40, 'u64'], fileSize: [48, 'u64'], protection: [60, 'u32'] } },
} as const satisfies Record<32 | 64, Layout<string>>;
/** `segname` of a segment, in bytes. */
export const SEGMENT_NAME = { offset: 8, size: 16 } as const;
/** Of a segment's `initprot`: VM_PROT_WRITE and VM_PROT_EXECUTE. */
export const PROTECTION = { write: 2, execute: 4 } as const;
/** Commands that hold a text name where it starts, counted from the start of the command. */
export const NAME_COMMAND = { name: 'load command with a name', size: 12, fields: { name: [8, 'u32'] } } as const;
/** LC_BUILD_VERSION. */
export const BUILD_VERSION = { name: 'build version', size: 24, fields: { platform: [8, 'u32'], minimum: [12, 'u32'], sdk: [16, 'u32'] } } as const;
/** LC_VERSION_MIN_MACOSX and its kin. */
export const VERSION_MIN = { name: 'minimum version', size: 16, fields: { minimum: [8, 'u32'], sdk: [12, 'u32'] } } as const;
/** LC_CODE_SIGNATURE. */
export const LINKEDIT_DATA = { name: 'code signature', size: 16, fields: { offset: [8, 'u32'], size: [12, 'u32'] } } as const;

/** `cmd` of a load command. */
export const COMMAND = {
  segment32: 0x1,
  loadDylib: 0xc,
  idDylib: 0xd,
  segment64: 0x19,
  codeSignature: 0x1d,
  versionMinMacos: 0x24,
  versionMinIphoneos: 0x25,
  versionMinTvos: 0x2f,
  versionMinWatchos: 0x30,
  buildVersion: 0x32,
  lazyLoadDylib: 0x20,
  loadWeakDylib: 0x8000_0018,
  rpath: 0x8000_001c,
  reexportDylib: 0x8000_001f,
  chainedFixups: 0x8000_0034,
  loadUpwardDylib: 0x8000_0023,
} as const;

/** `filetype` of the header. */
export const FILE_TYPE: Readonly<Record<number, 'object' | 'executable' | 'dylib' | 'bundle'>> = { 1: 'object', 2: 'executable', 6: 'dylib', 8: 'bundle' };

/** `platform` of LC_BUILD_VERSION. */
export const PLATFORM: Readonly<Record<number, string>> = {
  1: 'macos',
  2: 'ios',
  3: 'tvos',
  4: 'watchos',
  6: 'maccatalyst',
  7: 'ios-simulator',
  8: 'tvos-simulator',
  9: 'watchos-simulator',
  10: 'driverkit',
  11: 'visionos',
  12: 'visionos-simulator',
};

/** Big-endian, as is all of the table. */
export const FAT_HEADER = { name: 'universal header', size: 8, fields: { count: [4, 'u32'] } } as const;
/** `fat_arch` and `fat_arch_64`. */
export const FAT_SLICE = {
  32: { name: 'slice of a universal file', size: 20, fields: { cpuType: [0, 'u32'], cpuSubtype: [4, 'u32'], offset: [8, 'u32'], size: [12, 'u32'], align: [16, 'u32'] } },
  64: { name: 'slice of a universal file', size: 32, fields: { cpuType: [0, 'u32'], cpuSubtype: [4, 'u32'], offset: [8, 'u64'], size: [16, 'u64'], align: [24, 'u32'] } },
} as const satisfies Record<32 | 64, Layout<string>>;

/** The signature that LC_CODE_SIGNATURE points at; big-endian, as is all of it. Source: Apple's `kern/cs_blobs.h`. */
export const SUPER_BLOB = { name: 'code signature', size: 12, fields: { magic: [0, 'u32'], length: [4, 'u32'], count: [8, 'u32'] } } as const;
/** `CS_BlobIndex`: one per blob, behind the super blob. */
export const BLOB_INDEX = { name: 'blob of the code signature', size: 8, fields: { type: [0, 'u32'], offset: [4, 'u32'] } } as const;
/** `CS_CodeDirectory`, up to the size of its pages. */
export const CODE_DIRECTORY = {
  name: 'code directory',
  size: 44,
  fields: {
    magic: [0, 'u32'],
    length: [4, 'u32'],
    version: [8, 'u32'],
    flags: [12, 'u32'],
    hashes: [16, 'u32'],
    identifier: [20, 'u32'],
    codeSlots: [28, 'u32'],
    codeLimit: [32, 'u32'],
    hashSize: [36, 'u8'],
    hashType: [37, 'u8'],
    pageSize: [39, 'u8'],
  },
} as const;
/** `codeLimit64`, which counts where it is not 0, from version 0x20300 on. */
export const CODE_LIMIT_64 = { offset: 56, since: 0x2_0300 } as const;
/** Magic numbers, kinds of blobs and of hashes. */
export const SIGNATURE = { superBlob: 0xfade_0cc0, codeDirectory: 0xfade_0c02, codeDirectorySlot: 0, alternateSlots: [0x1000, 0x1001, 0x1002, 0x1003, 0x1004], sha256: 2 } as const;
/** Of a code directory's `flags`: signed by nobody. */
export const SIGNATURE_ADHOC = 2;
