/**
 * What a crate's tests are made from: its closure, and all that Cargo.lock lists below it. The lock file names dev-dependencies among the others, so for local
 * packages this is more than cargo compiles, and never less.
 */
import { canonicalJson } from '../cargo/canonical.js';
import { resolveDependency, type Lock, type LockPackage } from '../cargo/lock.js';
import type { LocalPackage } from '../cargo/local-package.js';
import type { Crate } from '../cargo/model.js';
import { compareText } from '../cargo/order.js';
import type { Repository } from '../cargo/workspace-model.js';
import { lockEntry, type CrateClosure, type Digest } from './closure.js';

/** The closure of a crate's tests. Not cached (`unreachable`) where the lock file does not say enough. */
export function makeTestClosure({ packages }: Repository, crate: Crate, lock: Lock | undefined, closure: CrateClosure, digest: Digest): CrateClosure {
  const start = lock?.byName.get(crate.name)?.find(({ version, source }) => source === undefined && version === crate.version);
  if (!lock || !start) return { ...closure, unreachable: true };
  const reached = new Set<LockPackage>([start]);
  for (const found of reached) for (const dependency of found.dependencies) for (const next of resolveDependency(lock, dependency)) reached.add(next);
  const ofRepository = [...packages.values()];
  const roots = new Map<string, LocalPackage>(closure.local.map((found) => [found.root, found]));
  let unreachable = closure.unreachable;
  for (const { name, version, source } of reached) {
    if (source !== undefined) continue;
    const local = ofRepository.filter((found) => found.name === name && found.version === version);
    for (const found of local) roots.set(found.root, found);
    if (local.length === 0) unreachable = true;
  }
  const names = new Set([...reached].map(({ name }) => name));
  const lines = [...reached].map(({ name, version, source, checksum }) => canonicalJson([name, version, source ?? '', checksum ?? ''])).sort();
  return {
    ...closure,
    digest: digest(canonicalJson([closure.digest, lines])),
    local: [...roots.values()].sort((a, b) => compareText(a.root, b.root)),
    words: () => {
      const words = closure.words();
      const locked = [...reached].filter(({ source }) => source !== undefined).map(lockEntry);
      return { ...words, packages: { ...words.packages, ...Object.fromEntries(locked) } };
    },
    has: (name) => names.has(name) || closure.has(name),
    unreachable,
  };
}
