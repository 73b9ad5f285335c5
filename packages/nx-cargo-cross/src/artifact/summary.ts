/**
 * What a binary says about itself, in the words of this project and the same for every format. Everything outside this folder speaks of binaries
 * with this type; what only one format knows is in `detail`.
 */
import type { GlibcVersion } from '../platform/glibc.js';
import type { BinaryFormat } from '../platform/known.js';
import type { Endian } from './bytes.js';
import type { ArFile } from './ar.js';
import type { CoffFile } from './coff.js';
import type { ElfFile } from './elf.js';
import type { FatSlice } from './macho/fat.js';
import type { MachoFile } from './macho.js';
import type { FoundMachine } from './machine.js';
import type { Crt } from './pe/crt.js';
import type { FileRange, Places } from './places.js';
import type { PeFile } from './pe.js';
import type { WasmFile } from './wasm.js';

/**
 * `library`: shared library, DLL, dylib or bundle. `archive`: static library. `universal`: several Mach-O files in one. `import`: an entry of an
 * import library. `module` and `component`: wasm. `debug`: the debug information of another file. `other`: a core dump, a kernel extension ...
 */
export type BinaryKind = 'executable' | 'library' | 'object' | 'debug' | 'archive' | 'universal' | 'import' | 'module' | 'component' | 'other';

/** `static`: starts without a loader and without any library. A shared library is always `dynamic`. */
export type Linkage = 'static' | 'dynamic';

/** A fact that is `undefined` is one that the file doesn't state, or that its format doesn't know. */
export interface Binary {
  /** Of an archive or universal file: that of its parts, undefined when they disagree. So are machine, bits and endian. */
  readonly format: BinaryFormat | undefined;
  readonly kind: BinaryKind;
  readonly machine: FoundMachine | undefined;
  readonly bits: 32 | 64 | undefined;
  readonly endian: Endian | undefined;
  /** Undefined for what isn't linked yet: objects and archives. */
  readonly linkage: Linkage | undefined;
  /** Whether a program can be loaded at any address. */
  readonly pie: boolean | undefined;
  /** The loader that the program names. */
  readonly interpreter: string | undefined;
  /** Libraries without which it doesn't start, as it names them, in the loader's order. For PE also those loaded later. */
  readonly needed: readonly string[];
  /** The name a library gives itself: soname, DLL name, install name. */
  readonly ownName: string | undefined;
  /** Where it looks for its libraries. */
  readonly rpaths: readonly string[];
  /** The oldest glibc that has every symbol version it asks for; undefined when it asks for none. */
  readonly glibcFloor: GlibcVersion | undefined;
  /** The oldest macOS (or other Apple system) that it may start on: `11.0`. */
  readonly minOs: string | undefined;
  /** `hard`: floats travel in registers (ARM). */
  readonly floatAbi: 'hard' | 'soft' | undefined;
  /** Tag_CPU_arch (ARM), see `arm-arch.ts`. */
  readonly armCpuArch: number | undefined;
  /** The calling convention that an ELF header names: `lp64d`, `elfv2`. */
  readonly abi: string | undefined;
  /** The largest page size, in bytes, with which it can still be loaded (ELF). */
  readonly maxPageSize: number | undefined;
  /** Whether it asks for an executable stack (ELF). */
  readonly stackExecutable: boolean | undefined;
  /** The C runtime of a Windows binary. */
  readonly crt: Crt | undefined;
  /** Whether it holds a code signature (Mach-O). Not whether that is valid. */
  readonly signed: boolean | undefined;
  /** The oldest Android API level that it says it starts on. */
  readonly apiLevel: number | undefined;
  /** What of the file is there when it runs; empty for what isn't linked. */
  readonly loaded: readonly FileRange[];
  /** Where the facts were read. */
  readonly places: Places;
  /** Members of an archive, slices of a universal file, in order. */
  readonly parts: readonly Part[];
  readonly detail: Detail;
}

/** A file within a file. */
export interface Part {
  /** The member's name, or the slice's machine. */
  readonly name: string;
  /** Undefined for what is no machine code: see `holds`. */
  readonly binary: Binary | undefined;
  /** `bitcode`: LLVM's, which is no machine code yet. `data`: neither that nor anything this project reads. */
  readonly holds: 'binary' | 'bitcode' | 'data';
}

/** What the reader of the format found, told apart by `format`. */
export type Detail = ElfFile | PeFile | CoffFile | MachoFile | WasmFile | ArFile | UniversalFile;

/** The slices of a universal file, each of which is a part of the summary too. */
export interface UniversalFile {
  readonly format: 'universal';
  readonly slices: readonly FatSlice[];
}
