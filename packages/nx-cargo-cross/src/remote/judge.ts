/** Whether an entry of the remote cache may be handed to Nx: whole, stored under this very hash, and with artifacts that are what their manifest says. */
import { holdFolder, looksLikeManifest, MANIFEST_NAME, type FoundFile } from '../artifact/hold-folder.js';
import type { SealCheck, Sha256 } from './seal.js';
import { readTar, type TarMember } from './tar.js';

/**
 * Says why an entry is not to be taken; undefined where it is good. Entries of other plugins' tasks are held against their seal, where they have one, and must
 * be whole archives; those with artifacts of ours must be sealed, too: whoever builds them has this plugin, in the same version.
 * @param archive  the tar file, unpacked
 * @param decode   UTF-8 to text
 */
export function judgeEntry(seal: SealCheck, archive: Uint8Array, sha256: Sha256, decode: (bytes: Uint8Array) => string): string | undefined {
  if (seal.state === 'broken') return seal.why;
  const parsed = readTar(archive);
  if (!parsed.ok) return parsed.message;
  const { members } = parsed;
  // Nx 24.0.6 reads the exit code of the task from there, and ends the run where it is missing.
  const code = members.find(({ path, kind }) => path === 'code' && kind === 'file');
  if (code?.bytes.length !== 4) return 'it holds no exit code';
  const folders = members.flatMap((member) => ourFolder(member, decode));
  if (folders.length > 0 && seal.state === 'unsealed') return 'it holds artifacts of nx-cargo-cross, but not the seal with which they are stored';
  return folders.flatMap(({ folder, text }) => holdFolder(text, lastSegment(parent(folder)), below(members, folder, sha256)))[0];
}

function ourFolder({ path, kind, bytes }: TarMember, decode: (bytes: Uint8Array) => string): { readonly folder: string; readonly text: string }[] {
  if (kind !== 'file' || lastSegment(path) !== MANIFEST_NAME) return [];
  const text = decode(bytes);
  return looksLikeManifest(text) ? [{ folder: parent(path), text }] : [];
}

function below(members: readonly TarMember[], folder: string, sha256: Sha256): readonly FoundFile[] {
  return members
    .filter(({ path, kind }) => kind !== 'folder' && path.startsWith(`${folder}/`) && path !== `${folder}/${MANIFEST_NAME}`)
    .map(({ path, kind, bytes }) => ({ path: path.slice(folder.length + 1), size: bytes.length, sha256: kind === 'file' ? sha256(bytes) : undefined }));
}

function parent(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
