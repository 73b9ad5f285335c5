/**
 * The seal of an entry of Nx's remote cache: under which hash it was stored, and what its bytes were. Neither the protocol nor the entry itself says so, and a
 * server that mixes up two entries would hand out the one for the other (nx 24.0.6 restores it and reports a hit).
 *
 * It lies in the comment of the gzip header (RFC 1952, section 2.3: FCOMMENT), which every reader skips: clients without this plugin take sealed entries as
 * they take any other. It protects against mistakes, not against somebody who may write to the cache.
 */

const COMMENT_FLAG = 0x10;
const HEADER = 10;
const OURS = 'nx-cargo-cross entry ';
const SEAL = /^nx-cargo-cross entry ([0-9A-Za-z]{1,128}) sha256 ([0-9a-f]{64})$/;

/** SHA-256 of bytes, 64 hexadecimal digits. */
export type Sha256 = (bytes: Uint8Array) => string;

export type SealCheck = { readonly state: 'whole' | 'unsealed' } | { readonly state: 'broken'; readonly why: string };

/** The entry with its seal. What is no plain gzip file with an empty header, as Nx writes it, stays as it is. */
export function seal(entry: Uint8Array, hash: string, sha256: Sha256): Uint8Array {
  if (!isGzip(entry) || entry[3] !== 0) return entry;
  const comment = ascii(`nx-cargo-cross entry ${hash} sha256 ${sha256(entry)}\0`);
  const sealed = new Uint8Array(entry.length + comment.length);
  sealed.set(entry.subarray(0, HEADER));
  sealed[3] = COMMENT_FLAG;
  sealed.set(comment, HEADER);
  sealed.set(entry.subarray(HEADER), HEADER + comment.length);
  return sealed;
}

/** Whether an entry is what was sealed under a hash. */
export function checkSeal(entry: Uint8Array, hash: string, sha256: Sha256): SealCheck {
  if (!isGzip(entry)) return { state: 'broken', why: 'it is not a gzip file' };
  if (entry[3] !== COMMENT_FLAG) return { state: 'unsealed' };
  const end = entry.indexOf(0, HEADER);
  const comment = end < 0 ? '' : String.fromCharCode(...entry.subarray(HEADER, Math.min(end, HEADER + 300)));
  const words = SEAL.exec(comment);
  if (!words) return comment.startsWith(OURS) ? { state: 'broken', why: 'its seal is damaged' } : { state: 'unsealed' };
  if (words[1] !== hash) return { state: 'broken', why: `it was stored as ${words[1] ?? ''}` };
  const bare = new Uint8Array(entry.length - (end + 1 - HEADER));
  bare.set(entry.subarray(0, HEADER));
  bare[3] = 0;
  bare.set(entry.subarray(end + 1), HEADER);
  return sha256(bare) === words[2] ? { state: 'whole' } : { state: 'broken', why: 'its bytes are not those that were stored' };
}

function isGzip(entry: Uint8Array): boolean {
  return entry.length > HEADER && entry[0] === 0x1f && entry[1] === 0x8b && entry[2] === 8;
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
