/** Finds installations by their folders: an SDK, an NDK, a cross toolchain. */
import { readdir } from 'node:fs/promises';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import type { BesideCandidate } from '../backend/contract.js';
import { attempt, canonicalPath, exists } from './files.js';

/**
 * The folder `below` the root in which `holds` is there; undefined where none is. Both may have `*` for one name, or for a part of one.
 * Of several folders the one whose names hold the numerically highest versions is taken: `27.0` before `9.1`.
 */
export async function findFolder(root: string, below: string, holds: string): Promise<string | undefined> {
  const folders = await expand(root, below);
  for (const folder of folders) if ((await expand(folder, holds)).length > 0) return folder;
  return undefined;
}

/** The folder above that of the first program of that name on the PATH whose folder holds what is asked; links are followed. */
export async function findBeside({ program, holds }: BesideCandidate, env: Readonly<Record<string, string>>): Promise<string | undefined> {
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    for (const found of await expand(folder, program)) {
      const above = dirname(dirname(await canonicalPath(found)));
      if ((await expand(above, holds)).length > 0) return above;
    }
  }
  return undefined;
}

/** What a path with `*` stands for: all that is there, the highest versions first. */
export async function expand(root: string, pattern: string): Promise<readonly string[]> {
  let found: readonly string[] = (await exists(root)) ? [root] : [];
  for (const part of pattern.split('/').filter((word) => word !== '')) {
    const next = await Promise.all(found.map((folder) => step(folder, part)));
    found = next.flat();
  }
  return found;
}

async function step(folder: string, part: string): Promise<readonly string[]> {
  if (!part.includes('*')) return (await exists(join(folder, part))) ? [join(folder, part)] : [];
  const names = await attempt(() => readdir(folder));
  if (!names.ok) return [];
  const matches = new RegExp(`^${part.split('*').map((text) => text.replace(/[.+^${}()|[\]\\]/g, '\\$&')).join('.*')}$`);
  return names.value.filter((name) => matches.test(name)).sort(byVersion).map((name) => join(folder, name));
}

/** Made when it is first asked: to make one takes a hundredth of a second. */
let collator: Intl.Collator | undefined;

function byVersion(a: string, b: string): number {
  collator ??= new Intl.Collator('en', { numeric: true });
  return collator.compare(b, a);
}
