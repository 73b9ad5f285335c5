/** Code signatures: hashes of a file's pages, which the kernel of Apple silicon compares before it lets a page run. */
import { found, readNumber, readRecord, sliceView, unreadable, withEndian, hex, type ReadResult, type View } from '../bytes.js';
import { BLOB_INDEX, CODE_DIRECTORY, CODE_LIMIT_64, SIGNATURE, SIGNATURE_ADHOC, SUPER_BLOB } from './layout.js';

/** A code directory: which bytes are signed, and the hashes that they must have. Offsets in the whole file, sizes in bytes. */
export interface MachoSignature {
  /** Of the signature. */
  readonly offset: number;
  readonly size: number;
  /** Signed by nobody, as linkers do it. */
  readonly adHoc: boolean;
  /** Whether its hashes are SHA-256; the only others are of SHA-1, which current systems don't take alone. */
  readonly sha256: boolean;
  /** How many bytes from the start of the (thin) file are signed. */
  readonly codeLimit: number;
  readonly pageSize: number;
  readonly hashSize: number;
  /** Where the first page's hash lies. */
  readonly hashes: number;
  /** Where the name of what is signed lies, which ends with 0: linkers take that of the file. */
  readonly identifier: number;
  readonly pages: number;
}

/** A signature that is there, and makes no sense. */
export interface DamagedSignature {
  readonly offset: number;
  readonly damaged: string;
}

/** A signature may hold a few blobs; a file with thousands is none of ours. */
const MOST_BLOBS = 64;

/**
 * Reads the code directory with the best hashes out of a signature.
 * @param signature the bytes that LC_CODE_SIGNATURE points at.
 */
export function readSignature(signature: View): ReadResult<MachoSignature> {
  const view = withEndian(signature, 'big');
  const blob = readRecord(view, SUPER_BLOB, 0);
  if (!blob.ok) return blob;
  if (blob.value.magic !== SIGNATURE.superBlob) return unreadable(view, 0, `a code signature that starts with ${hex(blob.value.magic)}`);
  if (blob.value.count > MOST_BLOBS) return unreadable(view, 8, `a code signature of ${blob.value.count} parts`);
  let best: MachoSignature | undefined;
  for (let index = 0; index < blob.value.count; index++) {
    const entry = readRecord(view, BLOB_INDEX, SUPER_BLOB.size + index * BLOB_INDEX.size);
    if (!entry.ok) return entry;
    const { type, offset: at } = entry.value;
    if (type !== SIGNATURE.codeDirectorySlot && !SIGNATURE.alternateSlots.some((slot) => slot === type)) continue;
    const directory = readDirectory(view, at);
    if (!directory.ok) return directory;
    if (!best || (directory.value.sha256 && !best.sha256)) best = directory.value;
  }
  return best ? found(best) : unreadable(view, 0, 'a code signature without a code directory');
}

function readDirectory(view: View, at: number): ReadResult<MachoSignature> {
  const record = readRecord(view, CODE_DIRECTORY, at);
  if (!record.ok) return record;
  const { magic, version, flags, hashes, identifier, codeSlots, hashSize, hashType, pageSize } = record.value;
  if (magic !== SIGNATURE.codeDirectory) return unreadable(view, at, `a code directory that starts with ${hex(magic)}`);
  const limit = readLimit(view, at, record.value.codeLimit, version);
  if (!limit.ok) return limit;
  const table = sliceView(view, at + hashes, codeSlots * hashSize, 'the hashes of the code signature');
  if (!table.ok) return table;
  return found({
    offset: view.base,
    size: view.bytes.length,
    adHoc: (flags & SIGNATURE_ADHOC) !== 0,
    sha256: hashType === SIGNATURE.sha256,
    codeLimit: limit.value,
    // No page at all (0) means that all is one.
    pageSize: pageSize === 0 ? Math.max(1, limit.value) : 2 ** Math.min(pageSize, 32),
    hashSize,
    hashes: table.value.base,
    identifier: view.base + at + identifier,
    pages: codeSlots,
  });
}

function readLimit(view: View, at: number, limit: number, version: number): ReadResult<number> {
  if (version < CODE_LIMIT_64.since) return found(limit);
  const wide = readNumber(view, 'u64', at + CODE_LIMIT_64.offset, 'the end of what is signed');
  return wide.ok ? found(wide.value === 0 ? limit : wide.value) : wide;
}
