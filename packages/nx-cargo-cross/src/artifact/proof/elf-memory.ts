/** How an ELF file asks to lie in memory: stack, code, pages. */
import type { Machine } from '../../platform/known.js';
import { hex } from '../bytes.js';
import type { ElfFile } from '../elf.js';
import type { ArtifactPromise } from '../promise.js';
import type { Binary } from '../summary.js';
import { readAt, type Observation } from './observation.js';

/** Executable stack, relocated and writable code, alignment of what is loaded. */
export function proveMemory(binary: Binary, elf: ElfFile, promise: ArtifactPromise): readonly Observation[] {
  return [
    ...proveStack(elf, promise),
    ...proveTextRelocations(elf),
    ...proveWritableCode(elf),
    ...provePageSize(elf, promise),
    ...proveRelro(elf, promise),
    ...proveTls(binary, elf, promise),
  ];
}

/** Where a file that doesn't say gets an executable stack (Linux `elf_read_implies_exec`, glibc DEFAULT_STACK_PERMS). */
const SILENCE_MEANS_EXECUTABLE: ReadonlySet<Machine> = new Set(['x86_64', 'i386', 'arm', 'powerpc', 's390x', 'mips', 'mips64', 'sparc64'] as const);

function proveStack({ memory: { stack } }: ElfFile, promise: ArtifactPromise): readonly Observation[] {
  const silent = stack === undefined && SILENCE_MEANS_EXECUTABLE.has(promise.machine);
  if (!stack?.executable && !silent) return [];
  return [
    {
      code: 'executable-stack',
      promised: 'not executable',
      found: silent ? 'not stated, which systems take for executable' : 'executable',
      read: readAt(stack, 'PF_X'),
      help: 'Assembly files lack .section .note.GNU-stack,"",%progbits: add it to them, or have them assembled with -Wa,--noexecstack (in CFLAGS).',
    },
  ];
}

/** Compilers for MIPS make them everywhere, and its systems load them. */
function proveTextRelocations({ textRelocations, machine }: ElfFile): readonly Observation[] {
  if (textRelocations === undefined || machine === 'mips' || machine === 'mips64') return [];
  return [
    {
      code: 'text-relocations',
      promised: 'code that is not written to',
      found: 'relocations in code',
      read: readAt(textRelocations, textRelocations.field),
      help: 'Code that depends on its address was linked in: compile C and assembly with -fPIC (in CFLAGS), and take -z notext out of link arguments.',
    },
  ];
}

function proveWritableCode({ memory: { writableCode } }: ElfFile): readonly Observation[] {
  if (!writableCode) return [];
  return [
    {
      code: 'writable-code',
      promised: 'memory that is writable or executable, never both',
      found: 'a segment that is both',
      read: readAt(writableCode, 'PF_R | PF_W | PF_X'),
      help: 'Take -N, --omagic and linker scripts that put code and data into one segment out of link arguments.',
    },
  ];
}

function provePageSize({ memory }: ElfFile, { pageSize, largePages }: ArtifactPromise): readonly Observation[] {
  const { maxPageSize, pageSizePlace } = memory;
  if (maxPageSize === undefined || pageSize === undefined) return [];
  const read = readAt(pageSizePlace, hex(maxPageSize));
  if (maxPageSize < pageSize) {
    const help = `Add "-C", "link-arg=-Wl,-z,max-page-size=${pageSize}" to the rustflags of this platform, and take -n and --nmagic out of link arguments.`;
    return [{ code: 'page-size', promised: `starts with pages of ${kilobytes(pageSize)}`, found: `pages of up to ${kilobytes(maxPageSize)}`, read, help }];
  }
  if (largePages === undefined || maxPageSize >= largePages) return [];
  return [
    {
      code: 'large-pages',
      promised: `starts with pages of ${kilobytes(largePages)} too, as some kernels of this platform have`,
      found: `pages of up to ${kilobytes(maxPageSize)}`,
      read,
      help: `Take -z max-page-size out of link arguments, or add "-C", "link-arg=-Wl,-z,max-page-size=${largePages}" to the rustflags of this platform.`,
    },
  ];
}

/** What Android protects with pages of 16 KB must end with such a page, or hold nothing writable behind it. */
function proveRelro({ memory: { relro }, hasDynamic }: ElfFile, { relro: promised }: ArtifactPromise): readonly Observation[] {
  if (promised === undefined || !hasDynamic) return [];
  if (relro === undefined) {
    if (promised !== 'present') return [];
    return [{ code: 'relro', promised: 'tables of the loader are read-only once it is done (PT_GNU_RELRO)', found: 'they stay writable', help: 'Take -z norelro out of link arguments.' }];
  }
  if (promised !== 'whole pages' || relro.shared === 0) return [];
  return [
    {
      code: 'relro',
      promised: 'ends with a page of 16 KB, or has nothing writable behind it there',
      found: `ends at ${hex(relro.end)}, with ${relro.shared} writable bytes on the same page: the program ends when it writes to them`,
      read: readAt(relro, hex(relro.end)),
      help: 'Link with the lld of NDK r27 or newer, and with "-Wl,-z,max-page-size=16384"; GNU ld needs "-Wl,-z,common-page-size=16384" as well.',
    },
  ];
}

function proveTls(binary: Binary, { memory: { tls } }: ElfFile, { tlsAlign }: ArtifactPromise): readonly Observation[] {
  if (tlsAlign === undefined || tls === undefined || tls.align >= tlsAlign || binary.kind !== 'executable') return [];
  return [
    {
      code: 'tls-alignment',
      promised: `aligned to ${tlsAlign} bytes or more`,
      found: `${tls.align}`,
      read: readAt(tls, tls.align),
      help: "Android's loader ends such a program at once: link with the lld of the NDK, whose start files align it.",
    },
  ];
}

function kilobytes(size: number): string {
  return size >= 1024 ? `${size / 1024} KB` : `${size} bytes`;
}
