/** Writes what other machines are to take: an archive of files, with its index beside it, in a folder that is there whole or not at all. */
import { join } from 'node:path';
import { failed, success, type Result } from '../diagnostics/result.js';
import { writeArchive } from '../system/brotli-archive.js';
import { attempt, mkdir, rm, swapDirectory, uniqueSuffix, writeFile } from '../system/files.js';
import type { System } from '../system/system.js';

export interface Kept {
  /** Bytes, as they are and in the archive. */
  readonly bytes: number;
  readonly size: number;
  /** Milliseconds that writing took. */
  readonly writing: number;
}

/**
 * Fails with `stage-failed`.
 * @param folder absolute
 * @param index the index's name and text
 */
export async function keepFiles(
  system: Pick<System, 'now'>,
  folder: string,
  files: readonly { readonly path: string; readonly size: number }[],
  archiveName: string,
  index: (archive: { readonly size: number; readonly sha256: string }) => readonly [name: string, text: string],
): Promise<Result<Kept>> {
  const begin = system.now();
  const draft = `${folder}.${uniqueSuffix()}`;
  const written = await attempt(async () => {
    await mkdir(draft, { recursive: true });
    const archive = await writeArchive(join(draft, archiveName), files);
    if (!archive.ok) return archive;
    const [name, text] = index(archive.value);
    await writeFile(join(draft, name), text);
    await swapDirectory(draft, folder);
    return archive;
  });
  await attempt(() => rm(draft, { recursive: true, force: true }));
  const archive = written.ok ? written.value : written;
  if (!archive.ok) return failed({ code: 'stage-failed', directory: folder, cause: archive.cause, help: roomIn(folder) });
  return success({ bytes: files.reduce((sum, { size }) => sum + size, 0), size: archive.value.size, writing: system.now() - begin });
}

export function roomIn(folder: string): string {
  return `Make room and leave to write in ${folder}, then run the same command again.`;
}
