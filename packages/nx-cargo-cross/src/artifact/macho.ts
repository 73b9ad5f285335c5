/** Thin Mach-O files (macOS): programs, dylibs, bundles, objects. Universal files are in `macho/fat.ts`. */
import { found, readNumber, readRecord, sliceView, unreadable, withEndian, type Endian, type ReadResult, type View } from './bytes.js';
import { readLoadCommands, type AppleBuild } from './macho/commands.js';
import { FILE_TYPE, FLAG_PIE, MACHO_HEADER, MACHO_HEADER_SIZE, MAGIC } from './macho/layout.js';
import { machoMachine, type FoundMachine } from './machine.js';
import type { DamagedSignature, MachoSignature } from './macho/signature.js';
import { notePlace, type FileRange, type Place, type Places } from './places.js';

/** What a thin Mach-O file says of itself. */
export interface MachoFile {
  readonly format: 'macho';
  readonly machine: FoundMachine;
  readonly bits: 32 | 64;
  readonly endian: Endian;
  readonly type: 'executable' | 'dylib' | 'bundle' | 'object' | 'other';
  readonly pie: boolean;
  /** Platforms the file was built for, each with the oldest system it may start on. More than one only for macOS with Catalyst. */
  readonly builds: readonly AppleBuild[];
  /** Dylibs loaded with the file: plain, weak, re-exported, upward and lazy ones, in order. */
  readonly dylibs: readonly string[];
  /** LC_ID_DYLIB: the path under which others will load this dylib. */
  readonly id: string | undefined;
  readonly rpaths: readonly string[];
  /** Whether its hashes are right takes the file's bytes: `proof/signature.ts`. */
  readonly signature: MachoSignature | DamagedSignature | undefined;
  readonly chainedFixups: boolean;
  /** Where the (thin) file starts in the whole one, in bytes. */
  readonly base: number;
  readonly loaded: readonly FileRange[];
  readonly places: Places;
}

/** Whether the bytes start as a thin Mach-O file does. */
export function isMacho(view: View): boolean {
  return byteOrder(view) !== undefined;
}

/** Reads a thin Mach-O file. Fails when load commands contradict their own sizes, or a segment reaches beyond the file. */
export function readMacho(file: View): ReadResult<MachoFile> {
  const order = byteOrder(file);
  if (!order) return unreadable(file, 0, 'no Mach-O magic number');
  const { bits, endian } = order;
  const view = withEndian(file, endian);
  const header = readRecord(view, MACHO_HEADER, 0);
  if (!header.ok) return header;
  const { cpuType, cpuSubtype, fileType, flags, commandCount, commandsSize } = header.value;
  const region = sliceView(view, MACHO_HEADER_SIZE[bits], commandsSize, 'the load commands');
  if (!region.ok) return region;
  const commands = readLoadCommands({ file: view, region: region.value, count: commandCount, bits });
  if (!commands.ok) return commands;
  const places = new Map<string, Place>(commands.value.places);
  notePlace(places, 'machine', 'cputype', view.base + MACHO_HEADER.fields.cpuType[0]);
  notePlace(places, 'kind', 'filetype', view.base + MACHO_HEADER.fields.fileType[0]);
  notePlace(places, 'bits', 'magic', view.base);
  return found({
    format: 'macho',
    machine: machoMachine(cpuType, cpuSubtype),
    bits,
    endian,
    type: FILE_TYPE[fileType] ?? 'other',
    pie: (flags & FLAG_PIE) !== 0,
    ...commands.value,
    base: view.base,
    places,
  });
}

/** Width and byte order by the magic number; undefined when it is none of a thin Mach-O file. */
export function byteOrder(file: View): { readonly bits: 32 | 64; readonly endian: Endian } | undefined {
  const magic = readNumber(withEndian(file, 'big'), 'u32', 0, 'the magic number');
  if (!magic.ok) return undefined;
  switch (magic.value) {
    case MAGIC.little64:
      return { bits: 64, endian: 'little' };
    case MAGIC.little32:
      return { bits: 32, endian: 'little' };
    case MAGIC.big64:
      return { bits: 64, endian: 'big' };
    case MAGIC.big32:
      return { bits: 32, endian: 'big' };
    default:
      return undefined;
  }
}
