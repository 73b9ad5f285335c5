/** Where things are in this repository, and where its caches are outside it. */
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const PACKAGE = join(ROOT, 'packages/nx-cargo-cross');
export const FLEET = join(ROOT, 'e2e/fleet');

/** The cache folder that the plugin uses too; outside the checkout, so that it outlives a fresh clone. */
export function cacheFolder(...below) {
  const base = process.env.NX_CARGO_CROSS_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'nx-cargo-cross');
  return join(resolve(base), ...below);
}
