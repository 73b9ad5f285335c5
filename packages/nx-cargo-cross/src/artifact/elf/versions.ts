/** Symbol versions that an ELF file asks of its libraries, and the oldest glibc that can satisfy them. */
import { compareGlibc, parseGlibc, type GlibcVersion } from '../../platform/glibc.js';
import { exhausted, found, readRecord, readText, unreadable, hex, type ReadResult } from '../bytes.js';
import { VERSION_NEED, VERSION_NEED_ENTRY, VERSION_WEAK } from './layout.js';
import type { ElfDynamic } from './dynamic.js';
import { offsetOfAddress, type ElfSkeleton } from './header.js';
import type { SymbolsByVersion } from './symbols.js';

/** One version that the loader looks for in a library. */
export interface VersionNeed {
  /** `libc.so.6`. */
  readonly library: string;
  /** `GLIBC_2.17`. */
  readonly version: string;
  /** The loader only warns when it is missing. */
  readonly weak: boolean;
  /** The symbols that ask for it, where the file still says so. */
  readonly symbols: readonly string[];
  /** Where its entry lies in the whole file, in bytes. */
  readonly offset: number;
}

/**
 * Reads the list that DT_VERNEED points at (Linux Standard Base Core, "Symbol Versioning"; glibc `elf/dl-version.c`).
 * Both of its chains only point forward, so that neither can be a circle; a list that overlaps itself ends with the budget.
 * @param symbols by the number that the list gives each version.
 */
export function readVersionNeeds(elf: ElfSkeleton, dynamic: ElfDynamic, symbols: SymbolsByVersion): ReadResult<readonly VersionNeed[]> {
  const { versionNeed: address, versionNeedCount: count = 0 } = dynamic.addresses;
  if (address === undefined || count === 0) return found([]);
  const start = offsetOfAddress(elf, address);
  if (elf.view.budget.left < 0) return exhausted(elf.view, 0, 'the version needs');
  if (start === undefined) return unreadable(elf.view, 0, `the version needs at address ${hex(address)} are in no loaded segment`);
  const needs: VersionNeed[] = [];
  let offset = start;
  for (let index = 0; index < count; index++) {
    const need = readRecord(elf.view, VERSION_NEED, offset);
    if (!need.ok) return need;
    const library = readText(dynamic.strings, need.value.file, 'the library of a version need');
    if (!library.ok) return library;
    const entries = readEntries({ elf, dynamic, symbols, library: library.value }, offset + need.value.first, need.value.count);
    if (!entries.ok) return entries;
    for (const entry of entries.value) needs.push(entry);
    if (need.value.next === 0) break;
    offset += need.value.next;
  }
  return found(needs);
}

interface Source {
  readonly elf: ElfSkeleton;
  readonly dynamic: ElfDynamic;
  readonly symbols: SymbolsByVersion;
  readonly library: string;
}

function readEntries({ elf, dynamic, symbols, library }: Source, start: number, count: number): ReadResult<readonly VersionNeed[]> {
  const needs: VersionNeed[] = [];
  let offset = start;
  for (let index = 0; index < count; index++) {
    const entry = readRecord(elf.view, VERSION_NEED_ENTRY, offset);
    if (!entry.ok) return entry;
    const version = readText(dynamic.strings, entry.value.name, 'the name of a version');
    if (!version.ok) return version;
    needs.push({ library, version: version.value, weak: (entry.value.flags & VERSION_WEAK) !== 0, symbols: symbols.get(entry.value.index) ?? [], offset: elf.view.base + offset });
    if (entry.value.next === 0) break;
    offset += entry.value.next;
  }
  return found(needs);
}

/** glibc 2.36 made this version for loaders that know DT_RELR; older ones refuse the file. */
const DT_RELR_MARK = 'GLIBC_ABI_DT_RELR';
const DT_RELR_SINCE: GlibcVersion = { major: 2, minor: 36 };

/** The glibc that a version name asks for, or undefined for names of other libraries (`GCC_3.0`) and for `GLIBC_PRIVATE`. */
export function glibcOf(version: string): GlibcVersion | undefined {
  if (version === DT_RELR_MARK) return DT_RELR_SINCE;
  return version.startsWith('GLIBC_') ? parseGlibc(version.slice('GLIBC_'.length)) : undefined;
}

/** The oldest glibc that satisfies every need that is not weak; undefined when nothing is asked of glibc. */
export function glibcFloorOf(needs: readonly VersionNeed[]): GlibcVersion | undefined {
  let floor: GlibcVersion | undefined;
  for (const { version, weak } of needs) {
    const glibc = weak ? undefined : glibcOf(version);
    if (glibc && (!floor || compareGlibc(glibc, floor) > 0)) floor = glibc;
  }
  return floor;
}
