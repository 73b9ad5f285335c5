/**
 * Which PDB a Windows program names, where that is one that nobody ships.
 *
 * zig has lld write a PDB beside each program that is not stripped, although Rust's debug information for windows-gnu is DWARF, in the program itself. lld takes a hash of the PDB for its identifier, and the PDB
 * holds paths of all objects that were linked; its name is that of cargo's file, with cargo's digest. Both are in the program. Sources: zig 0.16, `link/Lld.zig`; LLVM 21, `lld/COFF/PDB.cpp`, `PDBLinker::commit`.
 */
import { found, readRecord, startsWith, viewOf, type ReadResult, type View } from './bytes.js';
import { readPeImage } from './pe.js';
import { offsetOfRva } from './pe/address.js';
import { CODEVIEW_PDB, DEBUG_CODEVIEW, DEBUG_ENTRY, DIRECTORY } from './pe/layout.js';
import { latinBytes } from './text.js';

/** The second half of the identifier, where it is a hash of lld's. */
const OF_LLD = latinBytes('LLD PDB.');

const HASH_SIZE = 8;

/** `app-6c1611326985a336.pdb` */
const DIGEST_OF_CARGO = /-[0-9a-f]{16}(?=\.pdb$)/;

/**
 * The same program, whose identifier is a hash of itself, and its PDB's name without cargo's digest. What is none of lld's comes back as it is.
 * @param digest a hash in hexadecimal, of 16 digits at least
 */
export function withOwnIdentity(bytes: Uint8Array, digest: (bytes: Uint8Array) => string): Uint8Array {
  const records = pdbRecords(viewOf(bytes));
  if (!records.ok || records.value.length === 0) return bytes;
  const copy = new Uint8Array(bytes);
  for (const { offset, size } of records.value) {
    copy.fill(0, offset + CODEVIEW_PDB.identifier, offset + CODEVIEW_PDB.identifier + HASH_SIZE);
    const path = offset + CODEVIEW_PDB.path;
    const end = offset + size;
    const name = String.fromCharCode(...bytes.subarray(path, end)).replace(/\0.*$/s, '');
    const shared = name.replace(DIGEST_OF_CARGO, '');
    if (shared === name) continue;
    copy.fill(0, path, end);
    copy.set(latinBytes(shared), path);
  }
  const hash = digest(copy);
  const identifier = Array.from({ length: HASH_SIZE }, (_, index) => Number.parseInt(hash.slice(2 * index, 2 * index + 2), 16));
  for (const { offset } of records.value) copy.set(identifier, offset + CODEVIEW_PDB.identifier);
  return copy;
}

/** Longer than any path that is one. */
const LONGEST = 4096;

function pdbRecords(view: View): ReadResult<readonly { readonly offset: number; readonly size: number }[]> {
  const image = readPeImage(view);
  if (!image.ok) return image;
  const table = image.value.directories[DIRECTORY.debug];
  if (!table || table.address === 0) return found([]);
  const start = offsetOfRva(image.value, table.address, 'the debug directory');
  if (!start.ok) return start;
  const records = [];
  for (let offset = start.value; offset + DEBUG_ENTRY.size <= start.value + table.size; offset += DEBUG_ENTRY.size) {
    const entry = readRecord(view, DEBUG_ENTRY, offset);
    if (!entry.ok) return entry;
    const { type, size, offset: at } = entry.value;
    if (type !== DEBUG_CODEVIEW || size <= CODEVIEW_PDB.path || size > LONGEST || at + size > view.bytes.length) continue;
    if (startsWith(view, CODEVIEW_PDB.magic, at) && startsWith(view, OF_LLD, at + CODEVIEW_PDB.identifier + HASH_SIZE)) records.push({ offset: at, size });
  }
  return found(records);
}
