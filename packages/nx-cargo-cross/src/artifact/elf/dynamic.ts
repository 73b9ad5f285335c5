/** What an ELF file tells the dynamic loader: libraries, search paths, its own name, flags. */
import { exhausted, found, readRecord, readText, sliceView, unreadable, hex, type ReadResult, type View } from '../bytes.js';
import type { Place } from '../places.js';
import { DYNAMIC_ENTRY, FLAGS_1_PIE, FLAGS_TEXT_RELOCATIONS, SEGMENT, TAG } from './layout.js';
import { offsetOfAddress, type ElfSkeleton } from './header.js';

/** The dynamic table with its names read. */
export interface ElfDynamic {
  /** DT_NEEDED, in the order the loader takes them. */
  readonly needed: readonly string[];
  /** Where the names above and below are written. */
  readonly places: readonly (readonly [fact: string, place: Place])[];
  /** DT_SONAME: the name under which others will need this library. */
  readonly soname: string | undefined;
  /** The entries of DT_RPATH and DT_RUNPATH, split at colons. */
  readonly rpaths: readonly string[];
  /** DF_1_PIE: a program, though its type is that of a library. */
  readonly pieFlag: boolean;
  /** DT_DEBUG, which linkers give to programs only. */
  readonly debugSlot: boolean;
  /** DT_TEXTREL or DF_TEXTREL: the loader must write into code. Where the entry is that says so. */
  readonly textRelocations: Place | undefined;
  /** The names that the other tables refer to. */
  readonly strings: View;
  readonly addresses: DynamicAddresses;
}

/** Addresses in the running program (not offsets in the file) of tables that some files don't have. */
export interface DynamicAddresses {
  readonly symbols: number | undefined;
  readonly versionSymbols: number | undefined;
  readonly versionNeed: number | undefined;
  readonly versionNeedCount: number | undefined;
}

/**
 * Reads the table that PT_DYNAMIC points at (gABI chapter 5, "Dynamic Section"); undefined for a file without one.
 * Fails when a table or name lies outside what is loaded.
 */
export function readElfDynamic(elf: ElfSkeleton): ReadResult<ElfDynamic | undefined> {
  const segment = elf.segments.find((one) => one.type === SEGMENT.dynamic);
  if (!segment) return found(undefined);
  const table = sliceView(elf.view, segment.offset, segment.fileSize, 'the dynamic table');
  if (!table.ok) return table;
  const entries = readEntries(table.value, elf.bits);
  if (!entries.ok) return entries;
  const { first, all } = indexed(entries.value);
  const strings = readStringTable(elf, first(TAG.stringTable), first(TAG.stringTableSize));
  if (!strings.ok) return strings;
  const names = readNames(strings.value, { needed: all(TAG.needed), soname: all(TAG.soname), rpaths: all(TAG.rpath), runpaths: all(TAG.runpath) });
  if (!names.ok) return names;
  return found({
    needed: names.value.needed,
    soname: names.value.soname[0],
    rpaths: [...names.value.rpaths, ...names.value.runpaths].flatMap((path) => path.split(':')),
    places: [
      ...placesOf('needed', 'DT_NEEDED', strings.value, names.value.needed, all(TAG.needed)),
      ...placesOf('soname', 'DT_SONAME', strings.value, names.value.soname.slice(0, 1), all(TAG.soname)),
      ...placesOf('rpath', 'DT_RPATH', strings.value, names.value.rpaths, all(TAG.rpath)),
      ...placesOf('rpath', 'DT_RUNPATH', strings.value, names.value.runpaths, all(TAG.runpath)),
    ],
    pieFlag: ((first(TAG.flags1) ?? 0) & FLAGS_1_PIE) !== 0,
    debugSlot: first(TAG.debug) !== undefined,
    textRelocations: textRelocations(entries.value),
    strings: strings.value,
    addresses: {
      symbols: first(TAG.symbolTable),
      versionSymbols: first(TAG.versionSymbols),
      versionNeed: first(TAG.versionNeed),
      versionNeedCount: first(TAG.versionNeedCount),
    },
  });
}

interface Entry {
  readonly tag: number;
  readonly value: number;
  /** In the whole file. */
  readonly offset: number;
}

function textRelocations(entries: readonly Entry[]): Place | undefined {
  const entry = entries.find(({ tag, value }) => tag === TAG.textRelocations || (tag === TAG.flags && (value & FLAGS_TEXT_RELOCATIONS) !== 0));
  return entry && { field: entry.tag === TAG.flags ? 'DF_TEXTREL' : 'DT_TEXTREL', offset: entry.offset };
}

/** A search path is one text of several folders, which all have its place. */
function placesOf(fact: string, field: string, strings: View, names: readonly string[], offsets: readonly number[]): readonly (readonly [string, Place])[] {
  return names.flatMap((name, index) => name.split(fact === 'rpath' ? ':' : '\n').map((part) => [`${fact}:${part}`, { field, offset: strings.base + (offsets[index] ?? 0) }] as const));
}

function readEntries(table: View, bits: 32 | 64): ReadResult<readonly Entry[]> {
  const layout = DYNAMIC_ENTRY[bits];
  const entries: Entry[] = [];
  for (let offset = 0; offset + layout.size <= table.bytes.length; offset += layout.size) {
    const entry = readRecord(table, layout, offset);
    if (!entry.ok) return entry;
    if (entry.value.tag === TAG.end) break;
    entries.push({ ...entry.value, offset: table.base + offset });
  }
  return found(entries);
}

function indexed(entries: readonly Entry[]): { first(tag: number): number | undefined; all(tag: number): readonly number[] } {
  const byTag = new Map<number, number[]>();
  for (const { tag, value } of entries) {
    const values = byTag.get(tag);
    if (values) values.push(value);
    else byTag.set(tag, [value]);
  }
  return { first: (tag) => byTag.get(tag)?.[0], all: (tag) => byTag.get(tag) ?? [] };
}

/** The string table, or an empty one for a file that has no names (a static-pie program). */
function readStringTable(elf: ElfSkeleton, address: number | undefined, size: number | undefined): ReadResult<View> {
  if (address === undefined || size === undefined) return sliceView(elf.view, 0, 0, 'no string table');
  const offset = offsetOfAddress(elf, address);
  if (elf.view.budget.left < 0) return exhausted(elf.view, 0, 'the dynamic table');
  if (offset === undefined) return unreadable(elf.view, 0, `the dynamic string table at address ${hex(address)} is in no loaded segment`);
  return sliceView(elf.view, offset, size, 'the dynamic string table');
}

function readNames<K extends string>(strings: View, wanted: Readonly<Record<K, readonly number[]>>): ReadResult<Readonly<Record<K, readonly string[]>>> {
  const names: Partial<Record<K, readonly string[]>> = {};
  for (const kind in wanted) {
    const list: string[] = [];
    for (const offset of wanted[kind]) {
      const name = readText(strings, offset, 'a name of the dynamic table');
      if (!name.ok) return name;
      list.push(name.value);
    }
    names[kind] = list;
  }
  return found(names as Record<K, readonly string[]>);
}
