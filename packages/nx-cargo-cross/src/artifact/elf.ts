/** ELF files (Linux, Android, FreeBSD): programs, shared libraries, objects. Reads what the loader reads, and little of what only linkers read. */
import type { GlibcVersion } from '../platform/glibc.js';
import { found, readText, sliceView, type Endian, type ReadResult, type View } from './bytes.js';
import { elfAbi } from './elf/abi.js';
import { readArmAttributes, type ArmAttributes } from './elf/attributes.js';
import { readElfDynamic, type ElfDynamic } from './elf/dynamic.js';
import { readElfSkeleton, sectionContent, type ElfSkeleton } from './elf/header.js';
import { FILE_TYPE, SECTION, SEGMENT, SEGMENT_EXECUTABLE } from './elf/layout.js';
import { readVersionedSymbols } from './elf/symbols.js';
import { glibcFloorOf, readVersionNeeds, type VersionNeed } from './elf/versions.js';
import { elfMachine, type FoundMachine } from './machine.js';

/** What an ELF file says of itself. */
export interface ElfFile {
  readonly format: 'elf';
  readonly machine: FoundMachine;
  readonly bits: 32 | 64;
  readonly endian: Endian;
  readonly type: ElfType;
  /** `e_flags` as written; what they mean depends on the machine. */
  readonly flags: number;
  /** The calling convention that the flags name: `lp64d`, `elfv2` ...; undefined where the machine has one only, or the flags don't say. */
  readonly abi: string | undefined;
  /** ARM: whether floats travel in registers; undefined when neither flags nor attributes say so. */
  readonly floatAbi: 'hard' | 'soft' | undefined;
  /** ARM: Tag_CPU_arch. */
  readonly armCpuArch: number | undefined;
  /** Loadable at any address. */
  readonly pie: boolean;
  /** PT_INTERP: the loader that the program names. */
  readonly interpreter: string | undefined;
  readonly needed: readonly string[];
  readonly soname: string | undefined;
  readonly rpaths: readonly string[];
  readonly versionNeeds: readonly VersionNeed[];
  readonly glibcFloor: GlibcVersion | undefined;
  /** The largest page size, in bytes, with which a kernel can still load it; undefined when nothing is loaded. */
  readonly maxPageSize: number | undefined;
  /** PT_GNU_STACK: whether the stack is executable; undefined when the file doesn't say, which old ABIs take for yes. */
  readonly stackExecutable: boolean | undefined;
}

/** What the file is for; `other` is a core dump or something of an operating system of its own. */
export type ElfType = 'executable' | 'library' | 'object' | 'other';

/** Reads an ELF file. Fails on one that is cut off or whose tables contradict each other; never on one that is merely of an unknown machine. */
export function readElf(file: View): ReadResult<ElfFile> {
  const skeleton = readElfSkeleton(file);
  if (!skeleton.ok) return skeleton;
  const elf = skeleton.value;
  const dynamic = readElfDynamic(elf);
  if (!dynamic.ok) return dynamic;
  const interpreter = readInterpreter(elf);
  if (!interpreter.ok) return interpreter;
  const versions = dynamic.value ? readVersions(elf, dynamic.value) : found([]);
  if (!versions.ok) return versions;
  const machine = elfMachine(elf.header.machine, elf.bits);
  const arm = machine === 'arm' ? readArm(elf) : found(undefined);
  if (!arm.ok) return arm;
  const type = typeOf(elf, dynamic.value, interpreter.value);
  return found({
    format: 'elf',
    machine,
    bits: elf.bits,
    endian: elf.view.endian,
    type,
    flags: elf.header.flags,
    ...elfAbi(machine, elf.header.flags, arm.value),
    armCpuArch: arm.value?.cpuArch,
    pie: type === 'executable' && elf.header.type === FILE_TYPE.shared,
    interpreter: interpreter.value,
    needed: dynamic.value?.needed ?? [],
    soname: dynamic.value?.soname,
    rpaths: dynamic.value?.rpaths ?? [],
    versionNeeds: versions.value,
    glibcFloor: glibcFloorOf(versions.value),
    maxPageSize: maxPageSize(elf),
    stackExecutable: stackExecutable(elf),
  });
}

/**
 * A shared object is a program when DF_1_PIE says so. Linkers older than that flag leave two other signs: an interpreter (which glibc's own
 * libraries have too, but then with a name of their own), or the DT_DEBUG slot that only programs get (static-pie).
 */
function typeOf(elf: ElfSkeleton, dynamic: ElfDynamic | undefined, interpreter: string | undefined): ElfType {
  if (elf.header.type === FILE_TYPE.relocatable) return 'object';
  if (elf.header.type === FILE_TYPE.executable) return 'executable';
  if (elf.header.type !== FILE_TYPE.shared) return 'other';
  if (dynamic?.pieFlag) return 'executable';
  if (dynamic?.soname !== undefined) return 'library';
  return interpreter !== undefined || dynamic?.debugSlot ? 'executable' : 'library';
}

function readInterpreter(elf: ElfSkeleton): ReadResult<string | undefined> {
  const segment = elf.segments.find((one) => one.type === SEGMENT.interpreter);
  if (!segment) return found(undefined);
  const content = sliceView(elf.view, segment.offset, segment.fileSize, 'the interpreter');
  return content.ok ? readText(content.value, 0, 'the interpreter') : content;
}

function readVersions(elf: ElfSkeleton, dynamic: ElfDynamic): ReadResult<readonly VersionNeed[]> {
  const symbols = readVersionedSymbols(elf, dynamic);
  return symbols.ok ? readVersionNeeds(elf, dynamic, symbols.value) : symbols;
}

function readArm(elf: ElfSkeleton): ReadResult<ArmAttributes | undefined> {
  const section = sectionContent(elf, SECTION.armAttributes, 'the ARM attributes');
  if (!section.ok) return section;
  return section.value ? readArmAttributes(section.value) : found(undefined);
}

/**
 * A segment can be mapped with pages of a size when its alignment is a multiple of it, and address and offset agree modulo it (gABI chapter 5,
 * "Program Loading").
 */
function maxPageSize(elf: ElfSkeleton): number | undefined {
  let smallest: number | undefined;
  for (const segment of elf.segments) {
    if (segment.type !== SEGMENT.load) continue;
    let size = Math.max(1, segment.align);
    while (size > 1 && (segment.address - segment.offset) % size !== 0) size = Math.floor(size / 2);
    smallest = Math.min(smallest ?? size, size);
  }
  return smallest;
}

function stackExecutable(elf: ElfSkeleton): boolean | undefined {
  const stack = elf.segments.find((one) => one.type === SEGMENT.stack);
  return stack && (stack.flags & SEGMENT_EXECUTABLE) !== 0;
}
