/** The door of this folder's readers: bytes in, summary out, whatever the format. */
import { isAr, memberContent, readAr } from './ar.js';
import { found, hex, spend, exhausted, startsWith, unreadable, viewOf, type ReadResult, type View } from './bytes.js';
import { isCoff, readCoff } from './coff.js';
import { isElf } from './elf/header.js';
import { readElf } from './elf.js';
import { isFat, readFat, sliceContent } from './macho/fat.js';
import { isMacho, readMacho } from './macho.js';
import { isPe, readPe } from './pe.js';
import { summariseCoff, summariseContainer, summariseElf, summariseMacho, summarisePe, summariseWasm } from './summarise.js';
import type { Binary, Part } from './summary.js';
import { isWasm, readWasm } from './wasm.js';

export type { ReadProblem, ReadResult } from './bytes.js';
export type { Binary, BinaryKind, Detail, Linkage, Part, UniversalFile } from './summary.js';

/**
 * Reads a whole file as a binary of any format this project knows. Fails, and never throws or hangs, on anything else and on damaged files;
 * the problem says what was looked for where.
 */
export function readBinary(bytes: Uint8Array): ReadResult<Binary> {
  return readBinaryView(viewOf(bytes));
}

/** The same from a view, whose budget then tells what the reading cost. */
export function readBinaryView(view: View): ReadResult<Binary> {
  if (isFat(view)) return readUniversal(view);
  return readSlice(view);
}

function readSlice(view: View): ReadResult<Binary> {
  if (isAr(view)) return readArchive(view);
  return readSingle(view) ?? unreadable(view, 0, `neither ELF, PE, Mach-O, wasm nor an archive: ${firstBytes(view)}`);
}

function readUniversal(view: View): ReadResult<Binary> {
  const slices = readFat(view);
  if (!slices.ok) return slices;
  const parts: Part[] = [];
  for (const slice of slices.value) {
    const content = sliceContent(view, slice);
    const read = content.ok ? readSlice(content.value) : content;
    if (!read.ok) return within(slice.machine, read);
    parts.push({ name: slice.machine, binary: read.value, holds: 'binary' });
  }
  return found(summariseContainer('universal', parts, { format: 'universal', slices: slices.value }));
}

function readArchive(view: View): ReadResult<Binary> {
  const archive = readAr(view);
  if (!archive.ok) return archive;
  const parts: Part[] = [];
  for (const member of archive.value.members) {
    if (!spend(view, 1)) return exhausted(view, 0, 'the archive');
    const content = memberContent(view, archive.value, member);
    const read = content.ok ? readMember(member.name, content.value) : content;
    if (!read.ok) return within(`member ${member.name}`, read);
    parts.push(read.value);
  }
  return found(summariseContainer('archive', parts, archive.value));
}

/** LLVM bitcode, plain and in the wrapper that Apple's tools put around it (llvm.org/docs/BitCodeFormat.html). */
const BITCODE_MAGICS = [
  [0x42, 0x43, 0xc0, 0xde],
  [0xde, 0xc0, 0x17, 0x0b],
] as const;

function readMember(name: string, content: View): ReadResult<Part> {
  if (BITCODE_MAGICS.some((magic) => startsWith(content, magic))) return found({ name, binary: undefined, holds: 'bitcode' });
  const read = readSingle(content);
  if (!read) return found({ name, binary: undefined, holds: 'data' });
  return read.ok ? found({ name, binary: read.value, holds: 'binary' }) : read;
}

/** Reads one file that isn't made of others; undefined when no reader knows its first bytes. COFF comes last: it has no magic number. */
function readSingle(view: View): ReadResult<Binary> | undefined {
  if (isElf(view)) return mapped(readElf(view), summariseElf);
  if (isMacho(view)) return mapped(readMacho(view), summariseMacho);
  if (isPe(view)) return mapped(readPe(view), summarisePe);
  if (isWasm(view)) return mapped(readWasm(view), summariseWasm);
  return isCoff(view) ? mapped(readCoff(view), summariseCoff) : undefined;
}

function mapped<A, B>(result: ReadResult<A>, convert: (value: A) => B): ReadResult<B> {
  return result.ok ? found(convert(result.value)) : result;
}

function within(part: string, failure: { readonly ok: false; readonly problem: { readonly message: string; readonly offset: number } }): ReadResult<never> {
  return { ok: false, problem: { message: `${part}: ${failure.problem.message}`, offset: failure.problem.offset } };
}

function firstBytes(view: View): string {
  if (view.bytes.length === 0) return 'it is empty';
  return `it starts with ${[...view.bytes.subarray(0, 4)].map(hex).join(' ')}`;
}
