/**
 * Notes, by key, of results that no cache may keep: they were built from what their key does not hold, and so is everything that is built under the same key. Tasks
 * run in processes of their own; the plugin's hooks and the guard before the remote cache read what they left here.
 */
import { join } from 'node:path';
import { attempt, listDirectory, mkdir, readFile, rm, stat, writeFile } from './files.js';
import { existsNow } from './files-now.js';

/** Below the plugin's cache folder. */
const FOLDER = 'uncovered';

/** Milliseconds: longer than anybody keeps a branch. */
const KEPT = 90 * 24 * 3600 * 1000;

/** What Nx calls a key: nothing else gets into a file name. */
const KEY = /^[0-9A-Za-z_-]{1,128}$/;

/**
 * Notes a key, and what is to be known of it. Says why where that fails: then nothing keeps the result out of the caches.
 * @param what goes into JSON
 */
export async function markUncovered(cacheFolder: string, hash: string, now: number, what: unknown = null): Promise<string | undefined> {
  if (!KEY.test(hash)) return `${hash} is no key`;
  const folder = join(cacheFolder, FOLDER);
  const written = await attempt(async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, hash), JSON.stringify(what));
  });
  await sweep(folder, now);
  return written.ok ? undefined : written.cause;
}

/** Takes a note back: the build reads nothing any more that its key does not hold. */
export async function unmarkUncovered(cacheFolder: string, hash: string): Promise<void> {
  if (KEY.test(hash) && isUncovered(cacheFolder, hash)) await attempt(() => rm(join(cacheFolder, FOLDER, hash), { force: true }));
}

export function isUncovered(cacheFolder: string, hash: string): boolean {
  return KEY.test(hash) && existsNow(join(cacheFolder, FOLDER, hash));
}

/** What is known of a key, as it comes from JSON; undefined where it is not noted, or nothing is known. */
export async function readUncovered(cacheFolder: string, hash: string): Promise<unknown> {
  const read = KEY.test(hash) ? await attempt(async () => JSON.parse(await readFile(join(cacheFolder, FOLDER, hash), 'utf8')) as unknown) : undefined;
  return read?.ok ? (read.value ?? undefined) : undefined;
}

/** All keys that are noted. */
export async function uncoveredKeys(cacheFolder: string): Promise<readonly string[]> {
  return listDirectory(join(cacheFolder, FOLDER));
}

async function sweep(folder: string, now: number): Promise<void> {
  for (const name of await listDirectory(folder)) {
    const found = await attempt(() => stat(join(folder, name)));
    if (found.ok && now - found.value.mtimeMs > KEPT) await attempt(() => rm(join(folder, name), { force: true }));
  }
}
