/** Where the bytes at an address of a loaded PE image lie in its file. */
import { exhausted, found, readText, spend, unreadable, hex, type ReadResult, type View } from '../bytes.js';
import type { DATA_DIRECTORY, SECTION_HEADER } from './layout.js';

/** What is needed to find the tables of an image in its file. */
export interface PeImage {
  readonly view: View;
  readonly bits: 32 | 64;
  /** The preferred address of the first byte. */
  readonly imageBase: number;
  /** The first bytes of the file that are loaded as they are. */
  readonly headersSize: number;
  readonly directories: readonly Readonly<Record<keyof typeof DATA_DIRECTORY.fields, number>>[];
  readonly sections: readonly Readonly<Record<keyof typeof SECTION_HEADER.fields, number>>[];
}

/** Turns an address relative to the image's base ("RVA") into an offset in the file. Fails for one that no section loads from the file. */
export function offsetOfRva(image: PeImage, rva: number, what: string): ReadResult<number> {
  if (!spend(image.view, image.sections.length)) return exhausted(image.view, 0, what);
  const section = image.sections.find((one) => one.offset !== 0 && rva >= one.address && rva < one.address + one.fileSize);
  if (section) return found(section.offset + rva - section.address);
  if (rva < image.headersSize) return found(rva);
  return unreadable(image.view, 0, `${what} at address ${hex(rva)} is in no section of the file`);
}

/** A name, and where it lies in the whole file, in bytes. */
export interface NameAt {
  readonly name: string;
  readonly offset: number;
}

/** Reads a name at an address relative to the image's base. */
export function readNameAt(image: PeImage, rva: number, what: string): ReadResult<NameAt> {
  const offset = offsetOfRva(image, rva, what);
  if (!offset.ok) return offset;
  const name = readText(image.view, offset.value, what);
  return name.ok ? found({ name: name.value, offset: image.view.base + offset.value }) : name;
}
