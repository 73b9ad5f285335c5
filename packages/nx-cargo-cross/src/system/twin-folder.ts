/** A second folder with the files of a first, which cargo takes for what it has made itself: with the times that these have. */
import { copyFile, link, lstat, mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { attempt } from './files.js';

/**
 * Makes the second folder what the first is: copies what is missing or differs in size or time, and takes away what is not in the first. Symbolic links are left out; so is what vanishes meanwhile.
 * @param mayShare whether a file of that name is only ever replaced, and never written into: then both folders have one file
 * @returns whether it is; fails with the system's error where a folder cannot be read or written
 */
export async function matchTwin(from: string, to: string, mayShare: (name: string) => boolean): Promise<boolean> {
  const place = await attempt(() => lstat(to));
  if (place.ok && !place.value.isDirectory()) await rm(to);
  await mkdir(to, { recursive: true });
  const [wanted, present] = await Promise.all([readdir(from, { withFileTypes: true }), readdir(to)]);
  const names = new Set(wanted.map(({ name }) => name));
  for (const name of present) if (!names.has(name)) await rm(join(to, name), { recursive: true, force: true });
  const matched = await Promise.all(
    wanted.map(async (entry) => {
      const paths = [join(from, entry.name), join(to, entry.name)] as const;
      if (entry.isDirectory()) return matchTwin(...paths, mayShare);
      const done = entry.isFile() ? await attempt(() => matchFile(...paths, mayShare(entry.name))) : undefined;
      return done === undefined || done.ok || done.code === 'ENOENT';
    }),
  );
  return matched.every((one) => one);
}

async function matchFile(from: string, to: string, share: boolean): Promise<void> {
  const [wanted, present] = [await stat(from, { bigint: true }), await attempt(() => stat(to, { bigint: true }))];
  const isSame = present.ok && present.value.isFile() && (share ? present.value.ino === wanted.ino : present.value.size === wanted.size && near(present.value.mtimeNs, wanted.mtimeNs));
  if (isSame) return;
  await rm(to, { recursive: true, force: true });
  if (share) return link(from, to);
  await copyFile(from, to);
  // In milliseconds, as Date has them, what was made one after the other would be of one time.
  await utimes(to, Number(wanted.atimeNs) / 1e9, Number(wanted.mtimeNs) / 1e9);
}

/** Nanoseconds by which a time may be off that went through a number of seconds. */
const NEAR = 1000n;

function near(one: bigint, other: bigint): boolean {
  return one - other < NEAR && other - one < NEAR;
}
