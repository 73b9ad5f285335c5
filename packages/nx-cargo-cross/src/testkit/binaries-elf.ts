/** ELF files made to measure, just honest enough that readelf reads them too. */
import { ascii, uleb, writer, type Endian, type Writer } from './binaries-writer.js';

export interface ElfOptions {
  readonly bits?: 32 | 64;
  readonly endian?: Endian;
  /** `e_machine`; aarch64 when nothing is said. */
  readonly machine?: number;
  /** `e_type`; ET_DYN (3) when nothing is said. */
  readonly type?: number;
  readonly flags?: number;
  readonly interpreter?: string;
  readonly needed?: readonly string[];
  readonly soname?: string;
  readonly rpath?: string;
  readonly runpath?: string;
  /** DT_FLAGS_1; DF_1_PIE (0x8000000) when nothing is said and there is an interpreter. */
  readonly flags1?: number;
  readonly debugSlot?: boolean;
  readonly versions?: readonly ElfVersions[];
  readonly loadAlign?: number;
  readonly loadAddress?: number;
  /** Of the loaded segment; 5 (rx) when nothing is said. */
  readonly loadFlags?: number;
  /** PT_GNU_RELRO: where it ends; a whole page when nothing is said, none at all for `null` and in a file without a dynamic table. */
  readonly relroEnd?: number | null;
  /** The alignment of a PT_TLS. */
  readonly tlsAlign?: number;
  /** The API level of an Android note. */
  readonly android?: number;
  /** DT_TEXTREL. */
  readonly textRelocations?: boolean;
  /** PT_GNU_STACK's flags; 6 (rw) when nothing is said, none at all for `null`. */
  readonly stack?: number | null;
  readonly arm?: { readonly cpuArch?: number; readonly vfpArgs?: number };
  /** Without a dynamic table. */
  readonly bare?: boolean;
}

export interface ElfVersions {
  readonly library: string;
  readonly names: readonly { readonly version: string; readonly weak?: boolean; readonly symbols?: readonly string[] }[];
}

/** What the crafted hostile tests need to know to aim. */
export interface ElfPlaces {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Offsets of the first structure of each kind; -1 for what isn't there. */
  readonly programHeaders: number;
  readonly dynamic: number;
  readonly versionNeed: number;
  readonly attributes: number;
}

export function elf(options: ElfOptions = {}): Uint8Array<ArrayBuffer> {
  return elfPlaces(options).bytes;
}

/** Everything lies in one loaded segment that starts with the file. */
export function elfPlaces(options: ElfOptions): ElfPlaces {
  const { bits = 64, endian = 'little', type = 3, loadAddress = 0 } = options;
  const out = writer(endian);
  const word = bits === 64 ? 8 : 4;
  const hasSegments = type !== 1;
  const hasDynamic = hasSegments && !options.bare;
  const segments: Segment[] = [];
  writeHeader(out, options, bits);
  const programHeaders = out.size();
  const count = countSegments(options);
  out.bytes(new Array<number>(count * (bits === 64 ? 56 : 32)).fill(0));
  if (hasSegments && options.interpreter) segments.push(placed(3, 4, out.text(options.interpreter), out.size(), 1));

  const strings = writer();
  strings.number(0, 1);
  const symbols = hasDynamic ? writeSymbols(out, strings, options, bits) : undefined;
  out.align(4);
  const versionNeed = hasDynamic && options.versions ? writeVersionNeeds(out, strings, options.versions) : -1;
  const entries: [number, number][] = hasDynamic ? dynamicEntries(strings, options) : [];
  const stringsAt = out.bytes(strings.done());
  out.align(8);
  const dynamic = hasDynamic ? out.size() : -1;
  if (hasDynamic) {
    entries.push([5, loadAddress + stringsAt], [10, strings.size()]);
    if (symbols) entries.push([6, loadAddress + symbols.table], [0x6ffffff0, loadAddress + symbols.versions]);
    if (versionNeed >= 0) entries.push([0x6ffffffe, loadAddress + versionNeed], [0x6fffffff, options.versions?.length ?? 0]);
    for (const [tag, value] of [...entries, [0, 0] as const]) out.numbers(word, tag, value);
    segments.push(placed(2, 6, dynamic, out.size(), 8));
  }
  if (hasDynamic && options.relroEnd !== null) segments.push({ type: 0x6474e552, flags: 4, offset: 0, size: options.relroEnd ?? 0x10000, align: 1 });
  if (hasSegments && options.tlsAlign !== undefined) segments.push(placed(7, 4, 0, 16, options.tlsAlign));
  if (hasSegments && options.android !== undefined) {
    out.align(4);
    const note = out.size();
    out.numbers(4, 8, 4, 1);
    out.text('Android');
    out.number(options.android, 4);
    segments.push(placed(4, 4, note, out.size(), 4));
  }
  const attributes = options.arm ? out.bytes(armAttributes(options.arm, endian)) : -1;
  const attributesEnd = out.size();
  if (hasSegments && options.stack !== null) segments.push(placed(0x6474e551, options.stack ?? 6, 0, 0, 16));
  writeSections(out, bits, {
    attributes: options.arm && [attributes, attributesEnd - attributes],
    symbols: symbols && [symbols.table, symbols.size],
  });
  if (hasSegments) segments.unshift(placed(1, options.loadFlags ?? 5, 0, out.size(), options.loadAlign ?? 0x10000));
  const body = out.done();
  const table = writer(endian);
  for (const segment of segments) writeSegment(table, segment, bits, loadAddress);
  body.set(table.done(), programHeaders);
  return { bytes: body, programHeaders, dynamic, versionNeed, attributes };
}

function countSegments({ type = 3, interpreter, bare, stack, relroEnd, tlsAlign, android }: ElfOptions): number {
  if (type === 1) return 0;
  const extra = [interpreter !== undefined, !bare, stack !== null, !bare && relroEnd !== null, tlsAlign !== undefined, android !== undefined];
  return 1 + extra.filter(Boolean).length;
}

interface Segment {
  readonly type: number;
  readonly flags: number;
  readonly offset: number;
  readonly size: number;
  readonly align: number;
}

function placed(type: number, flags: number, start: number, end: number, align: number): Segment {
  return { type, flags, offset: start, size: end - start, align };
}

function writeHeader(out: Writer, options: ElfOptions, bits: 32 | 64): void {
  const { endian = 'little', machine = 183, type = 3, flags = 0 } = options;
  const word = bits === 64 ? 8 : 4;
  out.bytes([0x7f, ...ascii('ELF'), bits / 32, endian === 'little' ? 1 : 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  out.numbers(2, type, machine);
  out.number(1, 4);
  const count = countSegments(options);
  out.numbers(word, 0, count > 0 ? (bits === 64 ? 64 : 52) : 0, 0);
  out.number(flags, 4);
  out.numbers(2, bits === 64 ? 64 : 52, bits === 64 ? 56 : 32, count, bits === 64 ? 64 : 40, 0, 0);
}

function writeSegment(out: Writer, { type, flags, offset, size, align }: Segment, bits: 32 | 64, base: number): void {
  const address = size === 0 ? 0 : base + offset;
  if (bits === 64) {
    out.numbers(4, type, flags);
    out.numbers(8, offset, address, address, size, size, align);
  } else {
    out.numbers(4, type, offset, address, address, size, size, flags, align);
  }
}

function dynamicEntries(strings: Writer, options: ElfOptions): [number, number][] {
  const entries: [number, number][] = (options.needed ?? []).map((name) => [1, strings.text(name)]);
  if (options.soname !== undefined) entries.push([14, strings.text(options.soname)]);
  if (options.rpath !== undefined) entries.push([15, strings.text(options.rpath)]);
  if (options.runpath !== undefined) entries.push([29, strings.text(options.runpath)]);
  if (options.debugSlot) entries.push([21, 0]);
  if (options.textRelocations) entries.push([22, 0]);
  const flags1 = options.flags1 ?? (options.interpreter !== undefined && (options.type ?? 3) === 3 ? 0x08000000 : 0);
  if (flags1 !== 0) entries.push([0x6ffffffb, flags1]);
  return entries;
}

function writeVersionNeeds(out: Writer, strings: Writer, versions: readonly ElfVersions[]): number {
  const start = out.size();
  let index = 2;
  versions.forEach(({ library, names }, position) => {
    out.numbers(2, 1, names.length);
    out.numbers(4, strings.text(library), 16, position === versions.length - 1 ? 0 : 16 + 16 * names.length);
    names.forEach(({ version, weak }, nth) => {
      out.number(0, 4);
      out.numbers(2, weak ? 2 : 0, index++);
      out.numbers(4, strings.text(version), nth === names.length - 1 ? 0 : 16);
    });
  });
  return start;
}

function writeSymbols(
  out: Writer,
  strings: Writer,
  options: ElfOptions,
  bits: 32 | 64,
): { readonly table: number; readonly size: number; readonly versions: number } | undefined {
  const numbered = (options.versions ?? []).flatMap((one) => one.names);
  const wanted = numbered.flatMap(({ symbols = [] }, index) => symbols.map((name) => ({ name, index: index + 2 })));
  if (wanted.length === 0) return undefined;
  out.align(8);
  const table = out.bytes(new Array<number>(bits === 64 ? 24 : 16).fill(0));
  for (const { name } of wanted) {
    out.number(strings.text(name), 4);
    if (bits === 64) out.bytes([0x12, 0, 0, 0, ...new Array<number>(16).fill(0)]);
    else out.bytes([...new Array<number>(8).fill(0), 0x12, 0, 0, 0]);
  }
  const size = out.size() - table;
  const versions = out.number(0, 2);
  for (const { index } of wanted) out.number(index, 2);
  return { table, size, versions };
}

type Range = readonly [offset: number, size: number];

function writeSections(out: Writer, bits: 32 | 64, content: { readonly attributes: Range | undefined; readonly symbols: Range | undefined }): void {
  const sections: [type: number, range: Range][] = [];
  if (content.attributes) sections.push([0x70000003, content.attributes]);
  if (content.symbols) sections.push([11, content.symbols]);
  if (sections.length === 0) return;
  out.align(8);
  const start = out.size();
  const word = bits === 64 ? 8 : 4;
  for (const [type, [offset, size]] of [[0, [0, 0]] as const, ...sections]) {
    out.numbers(4, 0, type);
    out.numbers(word, 0, 0, offset, size);
    out.numbers(4, 0, 0);
    out.numbers(word, 1, type === 11 ? (bits === 64 ? 24 : 16) : 0);
  }
  out.patch(bits === 64 ? 0x28 : 0x20, start, word);
  out.patch(bits === 64 ? 0x3c : 0x30, sections.length + 1, 2);
}

/** With the attributes around those that matter that real files have: texts, and a number above 32. */
function armAttributes({ cpuArch, vfpArgs }: NonNullable<ElfOptions['arm']>, endian: Endian): Uint8Array {
  const tags = [
    ...[67, ...ascii('2.09\0'), 5, ...ascii('GENERIC\0'), 34, 1],
    ...(cpuArch === undefined ? [] : [6, ...uleb(cpuArch)]),
    ...(vfpArgs === undefined ? [] : [28, vfpArgs]),
    ...[65, ...ascii('text\0'), 68, 1],
  ];
  const out = writer(endian);
  out.bytes(ascii('A'));
  out.number(4 + 6 + 5 + tags.length, 4);
  out.text('aeabi');
  out.number(1, 1);
  out.number(5 + tags.length, 4);
  out.bytes(tags);
  return out.done();
}
