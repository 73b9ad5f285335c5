/**
 * Names of a static library's members that are the same wherever it was built.
 *
 * rustc names the objects of a crate after its file, in which cargo puts a digest of all that the crate is made from, and cc-rs those of a source outside the package
 * after its folder: both can have an absolute path in them. Compiling incrementally, rustc adds a word that it draws anew each time. Linkers do not ask. Sources: rustc
 * 1.95, `OutputFilenames::temp_path_ext_for_cgu`; cc 1.2.60 `src/lib.rs`, `objects_from_files`.
 */
import { readAr } from './ar.js';
import { viewOf } from './bytes.js';
import { renameInside } from './coff-own-name.js';
import { latinBytes } from './text.js';

/** `shared-30015d8aebe6796c.shared.89fb….rcgu.o`, `c1d2e3f405162738-twice.o`, `app.8pyl….0f0rjiq.rcgu.o`: at the start of a name, before a dot, at the end. */
const CHANGING = /(?<=^|[\n\0])[0-9a-f]{16}(?=-)|(?<=-)[0-9a-f]{16}(?=\.)|(?<=\.)[0-9a-z]{7}(?=\.rcgu\.o)/g;

/**
 * The same archive with numbers in the place of such words, in order of appearance: as long, and as many. What is no archive comes back as it is.
 * @param insideToo whether objects may say their own names, as those for Windows do
 */
export function withSharedMemberNames(bytes: Uint8Array, insideToo: boolean): Uint8Array {
  const archive = readAr(viewOf(bytes));
  if (!archive.ok) return bytes;
  const copy = new Uint8Array(bytes);
  const numbers = new Map<string, string>();
  for (const { offset, size } of archive.value.longNames) {
    let text = '';
    for (const byte of bytes.subarray(offset, offset + size)) text += String.fromCharCode(byte);
    for (const { 0: word, index } of text.matchAll(CHANGING)) {
      const number = numbers.get(word) ?? (numbers.size + 1).toString(16).padStart(word.length, '0');
      numbers.set(word, number);
      copy.set(latinBytes(number), offset + index);
    }
  }
  if (insideToo) for (const { name, offset, size } of archive.value.members) renameInside(copy.subarray(offset, offset + size), name, name.replace(CHANGING, (word) => numbers.get(word) ?? word));
  return copy;
}
