/** Files: the effects that the engine needs, with the system's own words as values where they fail. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { access, appendFile, chmod, copyFile, cp, mkdir, readFile, readdir, realpath, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';

export type Attempt<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: string; readonly cause: string };

/** Runs an effect; a refusal by the system becomes a value. */
export async function attempt<T>(effect: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { ok: true, value: await effect() };
  } catch (error) {
    // Not `instanceof Error`: where code runs in a context of its own, as Jest has it, Node's own errors are of another.
    const { code, message } = Object(error) as { readonly code?: unknown; readonly message?: unknown };
    return { ok: false, code: typeof code === 'string' ? code : 'EUNKNOWN', cause: typeof message === 'string' ? message : String(error) };
  }
}

/** The path without symbolic links in it, as a process started there would say it; the path itself where it cannot be resolved. */
export async function canonicalPath(path: string): Promise<string> {
  const resolved = await attempt(() => realpath(path));
  return resolved.ok ? resolved.value : path;
}

/** Synchronous within: one question of the system takes a tenth of what a promise for its answer takes, and there are hundreds. */
export async function exists(path: string): Promise<boolean> {
  return existsSync(path);
}

/** Synchronous within, as `exists`. */
export async function isExecutableFile(path: string): Promise<boolean> {
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
    if (process.platform !== 'win32') accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The names in a directory, sorted; empty where there is none. */
export async function listDirectory(path: string): Promise<readonly string[]> {
  const names = await attempt(() => readdir(path));
  return names.ok ? [...names.value].sort() : [];
}

/** Every file below a folder, absolute, sorted; empty where there is none. A link is told as what it is, and not followed. */
export async function filesBelow(folder: string): Promise<readonly { readonly path: string; readonly plain: boolean }[]> {
  const entries = await attempt(() => readdir(folder, { recursive: true, withFileTypes: true }));
  const files = entries.ok ? entries.value.filter((entry) => !entry.isDirectory()) : [];
  return files.map((entry) => ({ path: join(entry.parentPath, entry.name), plain: entry.isFile() })).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Writes a file only where its content or mode differs, so that nobody who watches the file's time is woken; readers never see half of it. */
export async function writeIfDifferent(path: string, text: string, executable: boolean): Promise<void> {
  const mode = executable ? 0o755 : 0o644;
  const before = await attempt(() => readFile(path, 'utf8'));
  if (before.ok && before.value === text) {
    if ((await stat(path)).mode % 0o1000 !== mode) await chmod(path, mode);
    return;
  }
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${uniqueSuffix()}`;
  await writeFile(draft, text, { mode });
  await chmod(draft, mode);
  await rename(draft, path);
}

/** Makes a directory, with those above it, in which this process may write. */
export async function makeWritable(path: string): Promise<void> {
  await mkdir(path, { recursive: true });
  await access(path, constants.W_OK);
}

/** Replaces a symbolic link, or makes it. */
export async function replaceSymlink(target: string, path: string): Promise<void> {
  const draft = `${path}.${uniqueSuffix()}`;
  await mkdir(dirname(path), { recursive: true });
  await symlink(target, draft);
  await rename(draft, path);
}

/**
 * Puts a finished directory in the place of another, whole: whoever looks sees the old one or the new one, or for an instant none, but never a mix.
 * A rival that does the same at the same time is no error: the last one wins.
 */
export async function swapDirectory(finished: string, destination: string): Promise<void> {
  await mkdir(dirname(destination), { recursive: true });
  for (let tries = 0; ; tries++) {
    const old = `${finished}.old-${tries}`;
    const aside = await attempt(() => rename(destination, old));
    const swapped = await attempt(() => rename(finished, destination));
    const rival = !swapped.ok && (swapped.code === 'ENOTEMPTY' || swapped.code === 'EEXIST');
    // What was there before is given up only for something else that is there now.
    if (aside.ok && !swapped.ok && !rival) await attempt(() => rename(old, destination));
    await rm(old, { recursive: true, force: true });
    if (swapped.ok) return;
    if (tries >= 20 || !rival) {
      await rename(finished, destination);
      return;
    }
  }
}

/** Folders that are nobody's source. */
const NO_SOURCE = ['node_modules', '.git', '.nx'];

/** Makes a folder anew as a copy of another, but for what is no source and what the caller leaves out (absolute paths). Times stay. */
export async function copyFolder(from: string, to: string, without: readonly string[]): Promise<void> {
  await rm(to, { recursive: true, force: true });
  const filter = (path: string): boolean => path !== to && !NO_SOURCE.includes(basename(path)) && !without.includes(path);
  await cp(from, to, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true, filter: (path) => path === from || filter(path) });
}

/** A suffix no other process takes. */
export function uniqueSuffix(): string {
  return `${process.pid}-${randomBytes(4).toString('hex')}`;
}

export { appendFile, copyFile, join, mkdir, readFile, rm, stat, writeFile };
