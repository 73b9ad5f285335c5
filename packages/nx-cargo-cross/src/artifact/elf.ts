/** ELF files (Linux, Android, FreeBSD): programs, shared libraries, objects. Reads what the loader reads, and little of what only linkers read. */
import type { GlibcVersion } from '../platform/glibc.js';
import { found, readText, sliceView, type Endian, type ReadResult, type View } from './bytes.js';
import { elfAbi } from './elf/abi.js';
import { readArmAttributes, type ArmAttributes } from './elf/attributes.js';
import { readElfDynamic, type ElfDynamic } from './elf/dynamic.js';
import { isDebugOnly, readElfSkeleton, sectionContent, type ElfSkeleton } from './elf/header.js';
import { FILE_HEADER, FILE_TYPE, IDENT, SECTION, SEGMENT } from './elf/layout.js';
import { elfMemory, type ElfMemory } from './elf/memory.js';
import { readAndroidNote, type AndroidNote } from './elf/notes.js';
import { readVersionedSymbols } from './elf/symbols.js';
import { glibcFloorOf, readVersionNeeds, type VersionNeed } from './elf/versions.js';
import { elfMachine, type FoundMachine } from './machine.js';
import { notePlace, type Place, type Places } from './places.js';

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
  readonly memory: ElfMemory;
  /** The loader must write into code before it runs. */
  readonly textRelocations: Place | undefined;
  /** It has a table for the loader; a static program that has one relocates itself. */
  readonly hasDynamic: boolean;
  readonly android: AndroidNote | undefined;
  readonly places: Places;
}

/** What the file is for; `debug` is the debug information of another file, `other` is a core dump or something of an operating system of its own. */
export type ElfType = 'executable' | 'library' | 'object' | 'debug' | 'other';

/** Reads an ELF file. Fails on one that is cut off or whose tables contradict each other; never on one that is merely of an unknown machine. */
export function readElf(file: View): ReadResult<ElfFile> {
  const skeleton = readElfSkeleton(file);
  if (!skeleton.ok) return skeleton;
  const elf = skeleton.value;
  const debugOnly = isDebugOnly(elf);
  const dynamic = debugOnly ? found(undefined) : readElfDynamic(elf);
  if (!dynamic.ok) return dynamic;
  const interpreter = debugOnly ? found(undefined) : readInterpreter(elf);
  if (!interpreter.ok) return interpreter;
  const versions = dynamic.value ? readVersions(elf, dynamic.value) : found([]);
  if (!versions.ok) return versions;
  const machine = elfMachine(elf.header.machine, elf.bits);
  const arm = machine === 'arm' ? readArm(elf) : found(undefined);
  if (!arm.ok) return arm;
  const android = readAndroidNote(elf);
  if (!android.ok) return android;
  const type = debugOnly ? 'debug' : typeOf(elf, dynamic.value, interpreter.value);
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
    memory: elfMemory(elf),
    textRelocations: dynamic.value?.textRelocations,
    hasDynamic: dynamic.value !== undefined,
    android: android.value,
    places: placesIn(elf, dynamic.value, versions.value),
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

function placesIn(elf: ElfSkeleton, dynamic: ElfDynamic | undefined, versions: readonly VersionNeed[]): Places {
  const places = new Map<string, Place>(dynamic?.places);
  const { base } = elf.view;
  const { machine, type, flags } = FILE_HEADER[elf.bits].fields;
  notePlace(places, 'bits', 'EI_CLASS', base + IDENT.class);
  notePlace(places, 'endian', 'EI_DATA', base + IDENT.data);
  notePlace(places, 'machine', 'e_machine', base + machine[0]);
  notePlace(places, 'kind', 'e_type', base + type[0]);
  notePlace(places, 'flags', 'e_flags', base + flags[0]);
  const interpreter = elf.segments.find((one) => one.type === SEGMENT.interpreter);
  if (interpreter) notePlace(places, 'interpreter', 'PT_INTERP', base + interpreter.offset);
  const attributes = elf.sections.find((one) => one.type === SECTION.armAttributes);
  if (attributes) notePlace(places, 'attributes', '.ARM.attributes', base + attributes.offset);
  for (const { version, library, offset } of versions) notePlace(places, `version:${version} of ${library}`, 'DT_VERNEED', offset);
  return places;
}
