/** What can only be evened out in files that are made: what linkers and archivers write into them. */
import { withSharedMemberNames } from '../artifact/member-names.js';
import { withOwnIdentity } from '../artifact/pdb-identity.js';
import { withSharedSignedName } from '../artifact/signed-name.js';
import type { ShippedKind } from '../artifact/manifest.js';
import type { PlatformBuild } from '../config/resolved.js';

/** @param sha256 in hexadecimal */
export function sharedBytes(bytes: Uint8Array, kind: ShippedKind, { reproducible, backend, platform }: Pick<PlatformBuild, 'reproducible' | 'backend' | 'platform'>, sha256: (bytes: Uint8Array) => string): Uint8Array {
  if (!reproducible) return bytes;
  const { os } = platform.triple.facts;
  if (kind === 'staticlib') return withSharedMemberNames(bytes, os === 'windows');
  if (kind !== 'bin' && kind !== 'cdylib') return bytes;
  if (os === 'macos') return withSharedSignedName(bytes);
  // With other linkers a PDB may be what debuggers read, and must then be known by the program.
  return os === 'windows' && backend.id === 'zig' ? withOwnIdentity(bytes, sha256) : bytes;
}
