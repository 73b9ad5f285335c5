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
import { makeReaches, type Reach } from './reach.js';

/** Gives the closure of a crate's tests. Not cached (`unreachable`) where the lock file does not say enough. */
export type TestClosures = (crate: Crate, closure: CrateClosure) => CrateClosure;

/** For all crates of a workspace. What nobody asks for is not made. */
export function makeTestClosures({ packages }: Repository, lock: Lock | undefined, digest: Digest): TestClosures {
  if (!lock) return (_, closure) => ({ ...closure, unreachable: true });
  let below: LockReaches | undefined;
  return (crate, closure) => {
    below ??= makeLockReaches(lock, packages, digest);
    const start = lock.byName.get(crate.name)?.find(({ version, source }) => source === undefined && version === crate.version);
    const reach = start && below.reachOf(start);
    return reach ? widen(closure, below, reach, digest) : { ...closure, unreachable: true };
  };
}

/** What each package of a lock file leads to, by the lock file. */
interface LockReaches {
  /** Local ones first. */
  readonly packages: readonly LockPackage[];
  readonly numbersByName: ReadonlyMap<string, readonly number[]>;
  /** Of a local package of the lock file, by its number: the repository's. */
  readonly local: readonly (readonly LocalPackage[])[];
  reachOf(found: LockPackage): Reach | undefined;
}

function makeLockReaches(lock: Lock, known: Repository['packages'], digest: Digest): LockReaches {
  const [ours, others] = [lock.packages.filter(({ source }) => source === undefined), lock.packages.filter(({ source }) => source !== undefined)];
  const packages = [...ours, ...others];
  const numbers = new Map(packages.map((found, node) => [found, node]));
  const byKey = groupBy([...known.values()], lockKey);
  const reaches = makeReaches(
    packages.map((found) => ({
      text: canonicalJson([found.name, found.version, found.source ?? '', found.checksum ?? '']),
      edges: found.dependencies.flatMap((dependency) => resolveDependency(lock, dependency)).flatMap((next) => numbers.get(next) ?? []),
    })),
    digest,
  );
  return {
    packages,
    numbersByName: new Map([...groupBy(packages, ({ name }) => name)].map(([name, found]) => [name, found.flatMap((entry) => numbers.get(entry) ?? [])])),
    local: ours.map((found) => byKey.get(lockKey(found)) ?? []),
    reachOf: (found) => reaches[numbers.get(found) ?? -1],
  };
}

function widen(closure: CrateClosure, { packages, numbersByName, local }: LockReaches, reach: Reach, digest: Digest): CrateClosure {
  const listed = reach.below(local.length).map((node) => local[node] ?? []);
  const before = new Set(closure.local);
  const more = listed.flat().filter((found) => !before.has(found));
  return {
    ...closure,
    digest: digest(canonicalJson([closure.digest, reach.digest])),
    local: more.length === 0 ? closure.local : [...closure.local, ...new Set(more)].sort((a, b) => compareText(a.root, b.root)),
    words: () => {
      const words = closure.words();
      const locked = reach.below(packages.length).flatMap((node) => packages[node] ?? []).filter(({ source }) => source !== undefined).map(lockEntry);
      return { ...words, packages: { ...words.packages, ...Object.fromEntries(locked) } };
    },
    has: (name) => numbersByName.get(name)?.some(reach.has) === true || closure.has(name),
    unreachable: closure.unreachable || listed.some((found) => found.length === 0),
  };
}

function lockKey({ name, version }: { readonly name: string; readonly version: string }): string {
  return `${name} ${version}`;
}
