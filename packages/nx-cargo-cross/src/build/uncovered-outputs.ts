/** Which artifacts were built from what their keys do not hold, for what is made of them: by their manifests, since a task does not know the keys of those before it. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { MANIFEST_NAME } from '../artifact/hold-folder.js';
import { attempt, readFile } from '../system/files.js';
import { isUncovered, markUncovered, unmarkUncovered } from '../system/uncovered-marks.js';

/** Notes what a folder of artifacts was built from, or takes an earlier note back. */
export async function noteOutput(cacheFolder: string, folder: string, covered: boolean): Promise<void> {
  const key = await keyOf(folder);
  if (key === undefined) return;
  if (covered) await unmarkUncovered(cacheFolder, key);
  else await markUncovered(cacheFolder, key, Date.now());
}

export async function isUncoveredOutput(cacheFolder: string, folder: string): Promise<boolean> {
  const key = await keyOf(folder);
  return key !== undefined && isUncovered(cacheFolder, key);
}

async function keyOf(folder: string): Promise<string | undefined> {
  const read = await attempt(() => readFile(join(folder, MANIFEST_NAME)));
  return read.ok ? `manifest-${createHash('sha256').update(folder).update(read.value).digest('hex')}` : undefined;
}
