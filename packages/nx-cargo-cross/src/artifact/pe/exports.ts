/** What a DLL offers. */
import { found, readNumber, readRecord, type ReadResult } from '../bytes.js';
import { offsetOfRva, readNameAt, type PeImage } from './address.js';
import { DIRECTORY, EXPORT_DIRECTORY } from './layout.js';

/** The export directory of a DLL. */
export interface PeExports {
  /** The name the DLL was linked under. */
  readonly dll: string;
  /** Entries of the address table, with those that only have a number. */
  readonly count: number;
  /** As written: sorted, for the loader's sake. */
  readonly names: readonly string[];
}

/** Reads the export directory (PE specification, "The .edata Section"); undefined for an image without one. */
export function readExports(image: PeImage): ReadResult<PeExports | undefined> {
  const table = image.directories[DIRECTORY.exports];
  if (!table || table.address === 0) return found(undefined);
  const start = offsetOfRva(image, table.address, 'the export directory');
  if (!start.ok) return start;
  const directory = readRecord(image.view, EXPORT_DIRECTORY, start.value);
  if (!directory.ok) return directory;
  const dll = readNameAt(image, directory.value.name, 'the name of the DLL');
  if (!dll.ok) return dll;
  const names = directory.value.nameCount === 0 ? found([]) : readNames(image, directory.value.names, directory.value.nameCount);
  return names.ok ? found({ dll: dll.value.name, count: directory.value.functionCount, names: names.value }) : names;
}

function readNames(image: PeImage, address: number, count: number): ReadResult<readonly string[]> {
  const start = offsetOfRva(image, address, 'the export name table');
  if (!start.ok) return start;
  const names: string[] = [];
  for (let index = 0; index < count; index++) {
    const rva = readNumber(image.view, 'u32', start.value + 4 * index, 'the address of an exported name');
    if (!rva.ok) return rva;
    const name = readNameAt(image, rva.value, 'an exported name');
    if (!name.ok) return name;
    names.push(name.value.name);
  }
  return found(names);
}
