/** Are the hashes of a Mach-O signature those of the pages? The kernel of Apple silicon ends a program at the first page whose hash is wrong. */
import { hex } from '../bytes.js';
import type { MachoFile } from '../macho.js';
import type { Observation } from './observation.js';
import { shortened } from './shortened.js';

/** SHA-256 of bytes: pure code has none of its own. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** Of SHA-256, in bytes. */
const HASH_SIZE = 32;
/** Linkers take the pages of the kernel, 4 or 16 KB; a file of one-byte pages would be hashed for ever. */
const SMALLEST_PAGE = 0x1000;

const HELP =
  'Some tool changed the file after it was signed (strip, install_name_tool, an editor): sign it again with rcodesign sign or codesign -s -, ' +
  'or use llvm-strip, which does.';

/** What is wrong with the signature, if there is one. @param bytes of the whole file, around the slice that `macho` is. */
export function proveHashes(bytes: Uint8Array, macho: MachoFile, sha256: Sha256): readonly Observation[] {
  const { signature, base } = macho;
  if (!signature) return [];
  const place = macho.places.get('signature');
  const wrong = (promised: string, found: string, field = place?.field ?? 'LC_CODE_SIGNATURE', offset = place?.offset ?? 0, value = found): Observation[] => [
    { code: 'signature', promised, found, read: { field, offset, value }, help: HELP },
  ];
  if ('damaged' in signature) return wrong('a signature that can be read', signature.damaged, 'code signature', signature.offset);
  if (!signature.sha256) return wrong('hashes of SHA-256', 'other hashes only, which no current macOS takes');
  if (signature.hashSize !== HASH_SIZE || signature.pageSize < SMALLEST_PAGE) return wrong('a hash of 32 bytes for each page of 4 KB or more', `hashes of ${signature.hashSize} bytes for pages of ${signature.pageSize}`);
  const end = signature.offset - base;
  if (signature.codeLimit !== end) return wrong(`covers the ${end} bytes in front of it`, `covers ${signature.codeLimit}`);
  const pages = Math.ceil(signature.codeLimit / signature.pageSize);
  if (signature.pages !== pages) return wrong(`${pages} pages`, `${signature.pages}`);
  const bad = badPages(bytes, base, signature, sha256);
  const [first] = bad;
  if (first === undefined) return [];
  const names = shortened(bad.map((page) => `page ${page} (bytes ${hex(base + page * signature.pageSize)} to ${hex(Math.min(base + (page + 1) * signature.pageSize, base + signature.codeLimit))})`));
  return wrong('hashes that fit the pages', `another hash than that of ${names}`, `hash of page ${first}`, signature.hashes + first * signature.hashSize, storedHash(bytes, signature, first));
}

type Readable = Exclude<NonNullable<MachoFile['signature']>, { readonly damaged: string }>;

function badPages(bytes: Uint8Array, base: number, { pages, pageSize, codeLimit, hashes, hashSize }: Readable, sha256: Sha256): readonly number[] {
  const bad: number[] = [];
  for (let page = 0; page < pages; page++) {
    const hash = sha256(bytes.subarray(base + page * pageSize, base + Math.min((page + 1) * pageSize, codeLimit)));
    const at = hashes + page * hashSize;
    if (!bytes.subarray(at, at + hashSize).every((byte, index) => byte === hash[index])) bad.push(page);
  }
  return bad;
}

function storedHash(bytes: Uint8Array, { hashes, hashSize }: Readable, page: number): string {
  return [...bytes.subarray(hashes + page * hashSize, hashes + (page + 1) * hashSize)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
