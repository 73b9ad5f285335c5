/** How an ELF file is laid out in memory: page sizes, write-protected parts, thread-local storage. */
import type { FileRange, Place } from '../places.js';
import type { ElfSkeleton, Segment } from './header.js';
import { SEGMENT, SEGMENT_EXECUTABLE, SEGMENT_WRITABLE } from './layout.js';

/** What program headers ask of the loader. Sizes in bytes. */
export interface ElfMemory {
  /** The largest page size with which a kernel can still load it; undefined when nothing is loaded. */
  readonly maxPageSize: number | undefined;
  /** The program header that keeps it from being larger. */
  readonly pageSizePlace: Place | undefined;
  /** A loaded segment that is writable and executable at once. */
  readonly writableCode: Place | undefined;
  /** PT_GNU_RELRO: what becomes read-only once relocated. */
  readonly relro: (Place & { /** The address behind it. */ readonly end: number; /** Bytes that stay writable right behind it, up to the next 16 KB page. */ readonly shared: number }) | undefined;
  /** PT_TLS: the alignment of thread-local variables. */
  readonly tls: (Place & { readonly align: number }) | undefined;
  /** PT_GNU_STACK: whether the stack is executable; undefined when the file doesn't say. */
  readonly stack: (Place & { readonly executable: boolean }) | undefined;
  /** What is loaded from the file. */
  readonly loaded: readonly FileRange[];
}

const PAGE_16K = 0x4000;

/** Reads the memory layout off the program headers. */
export function elfMemory(elf: ElfSkeleton): ElfMemory {
  const loads = elf.segments.filter(({ type }) => type === SEGMENT.load);
  const first = (type: number): Segment | undefined => elf.segments.find((segment) => segment.type === type);
  const worst = loads.reduce<Segment | undefined>((least, segment) => (least && pageSizeOf(least) <= pageSizeOf(segment) ? least : segment), undefined);
  const writable = loads.find(({ flags }) => (flags & SEGMENT_WRITABLE) !== 0 && (flags & SEGMENT_EXECUTABLE) !== 0);
  const relro = first(SEGMENT.relro);
  const tls = first(SEGMENT.tls);
  const stack = first(SEGMENT.stack);
  return {
    maxPageSize: worst && pageSizeOf(worst),
    pageSizePlace: worst && { field: 'p_align of PT_LOAD', offset: worst.place },
    writableCode: writable && { field: 'p_flags of PT_LOAD', offset: writable.place },
    relro: relro && { field: 'PT_GNU_RELRO', offset: relro.place, end: relro.address + relro.memorySize, shared: sharedBytes(relro, loads) },
    tls: tls && { field: 'p_align of PT_TLS', offset: tls.place, align: tls.align },
    stack: stack && { field: 'p_flags of PT_GNU_STACK', offset: stack.place, executable: (stack.flags & SEGMENT_EXECUTABLE) !== 0 },
    loaded: loads.map(({ offset, fileSize }) => ({ offset: elf.view.base + offset, size: fileSize })),
  };
}

/**
 * A segment can be mapped with pages of a size when its alignment is a multiple of it, and address and offset agree modulo it (gABI chapter 5,
 * "Program Loading").
 */
function pageSizeOf({ align, address, offset }: Segment): number {
  let size = Math.max(1, align);
  while (size > 1 && (address - offset) % size !== 0) size = Math.floor(size / 2);
  return size;
}

/** A loader with 16 KB pages protects whole pages: what lies writable behind the end on the same page becomes read-only with it. */
function sharedBytes(relro: Segment, loads: readonly Segment[]): number {
  const end = relro.address + relro.memorySize;
  const pageEnd = Math.ceil(end / PAGE_16K) * PAGE_16K;
  return loads
    .filter(({ flags }) => (flags & SEGMENT_WRITABLE) !== 0)
    .reduce((sum, { address, memorySize }) => sum + Math.max(0, Math.min(pageEnd, address + memorySize) - Math.max(end, address)), 0);
}
