/**
 * What a crate's tests are made from: its closure, and all that Cargo.lock lists below it. The lock file names dev-dependencies among the others, so for local
 * packages this is more than cargo compiles, and never less.
 */
import { canonicalJson } from '../cargo/canonical.js';
import { groupBy } from '../cargo/group-by.js';
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
  const roots = new Map<string, LocalPackage>(closure.local.map((found) => [found.root, found]));
  let unreachable = closure.unreachable;
  for (const { name, version, source } of reached) {
    if (source !== undefined) continue;
    const local = byNameAndVersion(packages).get(`${name} ${version}`) ?? [];
    for (const found of local) roots.set(found.root, found);
    if (local.length === 0) unreachable = true;
  }
  const names = new Set([...reached].map(({ name }) => name));
  const sorted = [...reached].map(lineOf).sort();
  return {
    ...closure,
    digest: digest(canonicalJson([closure.digest, sorted])),
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

/** The same for all crates of a repository, which may be thousands. */
const grouped = new WeakMap<Repository['packages'], ReadonlyMap<string, readonly LocalPackage[]>>();

function byNameAndVersion(packages: Repository['packages']): ReadonlyMap<string, readonly LocalPackage[]> {
  const known = grouped.get(packages) ?? groupBy([...packages.values()], ({ name, version }) => `${name} ${version}`);
  grouped.set(packages, known);
  return known;
}

const lines = new WeakMap<LockPackage, string>();

function lineOf(found: LockPackage): string {
  const known = lines.get(found) ?? canonicalJson([found.name, found.version, found.source ?? '', found.checksum ?? '']);
  lines.set(found, known);
  return known;
}
