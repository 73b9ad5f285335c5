/**
 * What a macOS program calls itself in its signature.
 *
 * Linkers sign by nobody's key and take the file's name, in which cargo has a digest. No hash has the name in it: those of a code directory are of the pages before the
 * signature. Sources: Apple's `kern/cs_blobs.h`; zig 0.16, `link/MachO/CodeSignature.zig`.
 */
import { readMacho } from './macho.js';
import { viewOf } from './bytes.js';

/** `app-9d8dfecaf39d0b2e` */
const DIGEST_OF_CARGO = /-[0-9a-f]{16}$/;

/** Longer than any file's name. */
const LONGEST = 1024;

/** The same program, whose name has zeros where cargo put a digest: as long, since what follows has its place. What has no such name comes back as it is. */
export function withSharedSignedName(bytes: Uint8Array): Uint8Array {
  const program = readMacho(viewOf(bytes));
  const signature = program.ok ? program.value.signature : undefined;
  if (!signature || 'damaged' in signature || !signature.adHoc) return bytes;
  const { identifier } = signature;
  const name = String.fromCharCode(...bytes.subarray(identifier, identifier + LONGEST)).replace(/\0.*$/s, '');
  const digest = DIGEST_OF_CARGO.exec(name);
  if (!digest) return bytes;
  const copy = new Uint8Array(bytes);
  copy.fill('0'.charCodeAt(0), identifier + digest.index + 1, identifier + name.length);
  return copy;
}
