/** The Cargo.toml files of a repository, for commands that are not started by Nx. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { attempt, exists } from './files.js';
import type { System } from './system.js';

/** Folders that hold no source of the repository's own. */
const SKIPPED: ReadonlySet<string> = new Set(['node_modules', 'target', 'dist']);

/**
 * Every Cargo.toml below a folder, relative to it with `/`, sorted: those that git knows or would add, as Nx takes them; without git, all but those
 * in `node_modules`, `target`, `dist` and in folders with a dot in front.
 */
export async function listManifests(system: Pick<System, 'capture' | 'findOnPath' | 'env'>, root: string): Promise<readonly string[]> {
  const git = await system.findOnPath('git', system.env);
  if (git !== undefined) {
    const args = ['-C', root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', 'Cargo.toml', '*/Cargo.toml'];
    const listed = await system.capture({ command: git, args, env: system.env });
    if (listed.exitCode === 0) {
      const files = [...new Set(listed.stdout.split('\0').filter((file) => file !== ''))].sort();
      // A file that was deleted and not committed yet is still listed.
      const there = await Promise.all(files.map((file) => exists(join(root, file))));
      return files.filter((_, index) => there[index]);
    }
  }
  return (await walk(root, '')).toSorted();
}

async function walk(root: string, folder: string): Promise<readonly string[]> {
  const entries = await attempt(() => readdir(join(root, folder), { withFileTypes: true }));
  const found = await Promise.all(
    (entries.ok ? entries.value : []).map(async (entry): Promise<readonly string[]> => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return SKIPPED.has(entry.name) || entry.name.startsWith('.') ? [] : walk(root, path);
      return entry.name === 'Cargo.toml' ? [path] : [];
    }),
  );
  return found.flat();
}
