/** The skeleton of an ELF file: its header, its segments and sections, and where an address of the running program lies in the file. */
import { exhausted, found, readRecord, sliceView, spend, startsWith, unreadable, withEndian, type ReadResult, type View } from '../bytes.js';
import { ELF_MAGIC, FILE_HEADER, FILE_TYPE, IDENT, PROGRAM_HEADER, PROGRAM_HEADER_COUNT_ELSEWHERE, SECTION, SECTION_ALLOCATED, SECTION_HEADER, SEGMENT } from './layout.js';

/** An ELF file with its tables of segments and sections read, and nothing else. */
export interface ElfSkeleton {
  /** The whole file, with its own byte order. */
  readonly view: View;
  readonly bits: 32 | 64;
  readonly header: ElfHeader;
  readonly segments: readonly Segment[];
  readonly sections: readonly Section[];
}

type ElfHeader = Readonly<Record<keyof (typeof FILE_HEADER)[64]['fields'], number>>;
/** A program header, and where it lies in the whole file. */
export type Segment = Readonly<Record<keyof (typeof PROGRAM_HEADER)[64]['fields'] | 'place', number>>;
/** A section header. */
export type Section = Readonly<Record<keyof (typeof SECTION_HEADER)[64]['fields'], number>>;

/** Whether the bytes start as an ELF file does. */
export function isElf(view: View): boolean {
  return startsWith(view, ELF_MAGIC);
}

/**
 * Reads header, program headers and section headers (gABI chapter 4).
 * Fails on an unknown class or byte order, on a linked file without a segment to load, and when a table or the content of a loaded segment reaches
 * beyond the file: the file was cut off.
 */
export function readElfSkeleton(file: View): ReadResult<ElfSkeleton> {
  const classByte = file.bytes[IDENT.class];
  const dataByte = file.bytes[IDENT.data];
  if (classByte !== 1 && classByte !== 2) return unreadable(file, IDENT.class, `ELF class ${classByte ?? 'missing'} is neither 32-bit (1) nor 64-bit (2)`);
  if (dataByte !== 1 && dataByte !== 2) return unreadable(file, IDENT.data, `ELF byte order ${dataByte ?? 'missing'} is neither little (1) nor big (2)`);
  const bits = classByte === 1 ? 32 : 64;
  const view = withEndian(file, dataByte === 1 ? 'little' : 'big');
  const header = readRecord(view, FILE_HEADER[bits], 0);
  if (!header.ok) return header;
  const sections = readSections(view, bits, header.value);
  if (!sections.ok) return sections;
  const segments = readSegments(view, bits, header.value, sections.value[0]);
  if (!segments.ok) return segments;
  return found({ view, bits, header: header.value, segments: segments.value, sections: sections.value });
}

/** Where the byte at an address of the running program lies in the file, in bytes; undefined when no segment loads it from the file. */
export function offsetOfAddress(elf: ElfSkeleton, address: number): number | undefined {
  if (!spend(elf.view, elf.segments.length)) return undefined;
  const segment = elf.segments.find((one) => one.type === SEGMENT.load && address >= one.address && address < one.address + one.fileSize);
  return segment && segment.offset + address - segment.address;
}

function readSections(view: View, bits: 32 | 64, header: ElfHeader): ReadResult<readonly Section[]> {
  const layout = SECTION_HEADER[bits];
  const start = header.sectionHeaders;
  if (start === 0) return found([]);
  if (header.sectionHeaderSize !== layout.size) return unreadable(view, 0, `section headers of ${header.sectionHeaderSize} bytes, not ${layout.size}`);
  const first = readRecord(view, layout, start, 'section header 0');
  if (!first.ok) return first;
  const count = header.sectionHeaderCount === 0 ? first.value.size : header.sectionHeaderCount;
  const sections: Section[] = [first.value];
  for (let index = 1; index < count; index++) {
    const section = readRecord(view, layout, start + index * layout.size, `section header ${index}`);
    if (!section.ok) return section;
    sections.push(section.value);
  }
  return found(sections);
}

function readSegments(view: View, bits: 32 | 64, header: ElfHeader, firstSection: Section | undefined): ReadResult<readonly Segment[]> {
  const layout = PROGRAM_HEADER[bits];
  const segments: Segment[] = [];
  const count = header.programHeaderCount === PROGRAM_HEADER_COUNT_ELSEWHERE ? firstSection?.info : header.programHeaderCount;
  if (count === undefined) return unreadable(view, 0, 'the number of program headers is in a section header, and there is none');
  if (count > 0 && header.programHeaderSize !== layout.size)
    return unreadable(view, 0, `program headers of ${header.programHeaderSize} bytes, not ${layout.size}`);
  for (let index = 0; index < count; index++) {
    const segment = readRecord(view, layout, header.programHeaders + index * layout.size, `program header ${index}`);
    if (!segment.ok) return segment;
    const content = sliceView(view, segment.value.offset, segment.value.fileSize, `the content of segment ${index}`);
    // What was taken out of a file of debug information has an offset, and no bytes there.
    if (segment.value.type === SEGMENT.load && segment.value.fileSize > 0 && !content.ok) return content;
    segments.push({ ...segment.value, place: view.base + header.programHeaders + index * layout.size });
  }
  const isLinked = header.type === FILE_TYPE.executable || header.type === FILE_TYPE.shared;
  if (isLinked && !segments.some((one) => one.type === SEGMENT.load)) return unreadable(view, 0, 'a program or library of which nothing is loaded');
  return found(segments);
}

/**
 * Whether it is what `objcopy --only-keep-debug` leaves: all sections that are there when a program runs are without content, but for notes, which name
 * the program that the debug information belongs to.
 */
export function isDebugOnly({ sections }: ElfSkeleton): boolean {
  const allocated = sections.filter(({ flags }) => (flags & SECTION_ALLOCATED) !== 0);
  return allocated.some(({ type }) => type === SECTION.nothing) && allocated.every(({ type }) => type === SECTION.nothing || type === SECTION.note);
}

/** The content of the first section of a type, or undefined when there is none. Fails when it reaches beyond the file. */
export function sectionContent(elf: ElfSkeleton, type: number, what: string): ReadResult<View | undefined> {
  if (!spend(elf.view, elf.sections.length)) return exhausted(elf.view, 0, what);
  const section = elf.sections.find((one) => one.type === type && one.type !== SECTION.nothing);
  return section ? sliceView(elf.view, section.offset, section.size, what) : found(undefined);
}
