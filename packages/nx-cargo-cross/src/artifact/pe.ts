/** PE images (Windows): programs and DLLs. */
import { found, readRecord, sliceView, startsWith, unreadable, hex, type ReadResult, type View } from './bytes.js';
import { coffMachine, type FoundMachine } from './machine.js';
import { crtOf, type Crt } from './pe/crt.js';
import { readExports, type PeExports } from './pe/exports.js';
import { readDelayImports, readImports } from './pe/imports.js';
import {
  DATA_DIRECTORY,
  DIRECTORY,
  DLL_CHARACTERISTICS,
  DOS_HEADER,
  FILE_HEADER,
  IMAGE_IS_DLL,
  IMAGE_RELOCATIONS_STRIPPED,
  OPTIONAL_HEADER,
  PE_MAGIC,
  SECTION_DISCARDABLE,
  SECTION_HEADER,
  SUBSYSTEM,
} from './pe/layout.js';
import type { NameAt, PeImage } from './pe/address.js';
import { notePlace, type FileRange, type Place, type Places } from './places.js';

/** What a PE image says of itself. */
export interface PeFile {
  readonly format: 'pe';
  readonly machine: FoundMachine;
  /** PE32 or PE32+. */
  readonly bits: 32 | 64;
  readonly type: 'executable' | 'library';
  /** `console`, `gui`, `native`, `efi`, or the number. */
  readonly subsystem: string;
  /** DLLs that are loaded with the image, in the order of the table. */
  readonly imports: readonly string[];
  /** DLLs that are loaded at the first call. */
  readonly delayImports: readonly string[];
  /** Which C runtime the imports belong to. */
  readonly crt: Crt;
  readonly exports: PeExports | undefined;
  /** As written: 0x40 DYNAMIC_BASE, 0x100 NX_COMPAT ... */
  readonly dllCharacteristics: number;
  /** May be loaded at a random address: DYNAMIC_BASE, with the relocations that it takes. */
  readonly randomAddress: boolean;
  /** At one above 4 GiB. */
  readonly highEntropy: boolean;
  /** Data is not executable: NX_COMPAT. */
  readonly noExecute: boolean;
  /** Seconds since 1970, a hash, or 0. */
  readonly timestamp: number;
  readonly loaded: readonly FileRange[];
  readonly places: Places;
}

/** Whether the bytes start as a DOS or Windows program does. */
export function isPe(view: View): boolean {
  return startsWith(view, [0x4d, 0x5a]);
}

/** Reads a PE image (Microsoft PE specification). Fails on a plain DOS program and on an image that is cut off. */
export function readPe(view: View): ReadResult<PeFile> {
  const headers = readHeaders(view);
  if (!headers.ok) return headers;
  const { image, file, machine, dllCharacteristics, subsystem, start } = headers.value;
  const imports = readImports(image);
  if (!imports.ok) return imports;
  const delayImports = readDelayImports(image);
  if (!delayImports.ok) return delayImports;
  const exports = readExports(image);
  if (!exports.ok) return exports;
  return found({
    format: 'pe',
    machine,
    bits: image.bits,
    type: (file.characteristics & IMAGE_IS_DLL) !== 0 ? 'library' : 'executable',
    subsystem: SUBSYSTEM[subsystem] ?? `subsystem ${subsystem}`,
    imports: imports.value.map(({ name }) => name),
    delayImports: delayImports.value.map(({ name }) => name),
    crt: crtOf([...imports.value, ...delayImports.value].map(({ name }) => name)),
    exports: exports.value,
    dllCharacteristics,
    randomAddress: (dllCharacteristics & DLL_CHARACTERISTICS.dynamicBase) !== 0 && (file.characteristics & IMAGE_RELOCATIONS_STRIPPED) === 0,
    highEntropy: (dllCharacteristics & DLL_CHARACTERISTICS.highEntropy) !== 0,
    noExecute: (dllCharacteristics & DLL_CHARACTERISTICS.noExecute) !== 0,
    timestamp: file.timestamp,
    loaded: image.sections
      .filter(({ characteristics, offset }) => offset !== 0 && (characteristics & SECTION_DISCARDABLE) === 0)
      .map(({ offset, fileSize }) => ({ offset: view.base + offset, size: fileSize })),
    places: placesIn(image, start, imports.value, delayImports.value),
  });
}

/** Where the tables of a PE image lie. Fails as {@link readPe}. */
export function readPeImage(view: View): ReadResult<PeImage> {
  const headers = readHeaders(view);
  return headers.ok ? found(headers.value.image) : headers;
}

/** @param start where the COFF header lies behind its magic number. */
function placesIn(image: PeImage, start: number, imports: readonly NameAt[], delayImports: readonly NameAt[]): Places {
  const places = new Map<string, Place>();
  const { base } = image.view;
  const optional = base + start + FILE_HEADER.size;
  const { subsystem, dllCharacteristics } = OPTIONAL_HEADER[image.bits].fields;
  notePlace(places, 'machine', 'Machine', base + start);
  notePlace(places, 'kind', 'Characteristics', base + start + FILE_HEADER.fields.characteristics[0]);
  notePlace(places, 'bits', 'Magic', optional);
  notePlace(places, 'subsystem', 'Subsystem', optional + subsystem[0]);
  notePlace(places, 'dllCharacteristics', 'DllCharacteristics', optional + dllCharacteristics[0]);
  for (const { name, offset } of imports) notePlace(places, `needed:${name}`, 'import table', offset);
  for (const { name, offset } of delayImports) notePlace(places, `needed:${name}`, 'delay import table', offset);
  return places;
}

interface Headers {
  readonly image: PeImage;
  readonly machine: FoundMachine;
  readonly file: Readonly<Record<keyof typeof FILE_HEADER.fields, number>>;
  readonly dllCharacteristics: number;
  readonly subsystem: number;
  /** Of the COFF header, behind its magic number. */
  readonly start: number;
}

function readHeaders(view: View): ReadResult<Headers> {
  const dos = readRecord(view, DOS_HEADER, 0);
  if (!dos.ok) return dos;
  const start = dos.value.peHeader;
  if (!startsWith(view, PE_MAGIC, start)) return unreadable(view, start, `no PE header at offset ${hex(start)}: a DOS program, or a file that is cut off`);
  const file = readRecord(view, FILE_HEADER, start + PE_MAGIC.length);
  if (!file.ok) return file;
  const optionalStart = start + PE_MAGIC.length + FILE_HEADER.size;
  const optional = sliceView(view, optionalStart, file.value.optionalHeaderSize, 'the optional header');
  if (!optional.ok) return optional;
  const magic = readRecord(optional.value, { name: 'optional header', size: 2, fields: { magic: [0, 'u16'] } } as const, 0);
  if (!magic.ok) return magic;
  const bits = magic.value.magic === 0x10b ? 32 : 64;
  if (bits === 64 && magic.value.magic !== 0x20b)
    return unreadable(view, optionalStart, `optional header of kind ${hex(magic.value.magic)}: neither PE32 nor PE32+`);
  const fields = readRecord(optional.value, OPTIONAL_HEADER[bits], 0);
  if (!fields.ok) return fields;
  const directories = readDirectories(optional.value, OPTIONAL_HEADER[bits].size, fields.value.directories);
  if (!directories.ok) return directories;
  const sections = readSections(view, optionalStart + file.value.optionalHeaderSize, file.value.sections);
  if (!sections.ok) return sections;
  const { imageBase, headersSize, dllCharacteristics, subsystem } = fields.value;
  return found({
    image: { view, bits, imageBase, headersSize, directories: directories.value, sections: sections.value },
    machine: coffMachine(file.value.machine)?.machine ?? `machine ${hex(file.value.machine)}`,
    file: file.value,
    dllCharacteristics,
    subsystem,
    start: start + PE_MAGIC.length,
  });
}

function readDirectories(optional: View, start: number, said: number): ReadResult<PeImage['directories']> {
  const directories = [];
  for (let index = 0; index < Math.min(said, DIRECTORY.count); index++) {
    const directory = readRecord(optional, DATA_DIRECTORY, start + index * DATA_DIRECTORY.size, `data directory ${index}`);
    if (!directory.ok) return directory;
    directories.push(directory.value);
  }
  return found(directories);
}

function readSections(view: View, start: number, count: number): ReadResult<PeImage['sections']> {
  const sections = [];
  if (count === 0) return unreadable(view, start, 'an image without sections');
  for (let index = 0; index < count; index++) {
    const section = readRecord(view, SECTION_HEADER, start + index * SECTION_HEADER.size, `section header ${index}`);
    if (!section.ok) return section;
    const content = sliceView(view, section.value.offset, section.value.fileSize, `the content of section ${index}`);
    if (section.value.offset !== 0 && !content.ok) return content;
    sections.push(section.value);
  }
  return found(sections);
}
