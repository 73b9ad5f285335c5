/** The variable-length numbers of wasm and of ELF's attributes. */
import { found, readNumber, unreadable, type ReadResult, type View } from './bytes.js';

/** A number, and the offset of the byte behind it. */
export interface Uleb {
  readonly number: number;
  readonly end: number;
}

/** Unsigned numbers here never have more than 32 bits, which fit in five groups of seven. */
const LONGEST = 5;

/** Reads an unsigned LEB128 number of at most 32 bits (DWARF 5 section 7.6, wasm core specification 5.2.2). */
export function readUleb(view: View, offset: number, what: string): ReadResult<Uleb> {
  let number = 0;
  for (let index = 0; index < LONGEST; index++) {
    const byte = readNumber(view, 'u8', offset + index, what);
    if (!byte.ok) return byte;
    number += (byte.value & 0x7f) * 2 ** (7 * index);
    if (byte.value < 0x80) return found({ number, end: offset + index + 1 });
  }
  return unreadable(view, offset, `${what} is a number of more than 32 bits`);
}
