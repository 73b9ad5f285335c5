/** Pools of cores for tests, and what lies in their folders. */
import { existsSync, readdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** Names of the files in the pool of a cache folder, sorted. */
export function inPool(cache: string): readonly string[] {
  return existsSync(join(cache, 'cores')) ? readdirSync(join(cache, 'cores', hostname())).sort() : [];
}

/** How many cores of it are in use. */
export function slotsOf(cache: string): number {
  return inPool(cache).filter((name) => name.startsWith('slot.')).length;
}

/** For who must not be told that it waits. */
export function neverWaits(said: string): void {
  throw new Error(`waits: ${said}`);
}
