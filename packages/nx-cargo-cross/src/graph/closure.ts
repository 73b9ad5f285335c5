/**
 * Everything that one crate's build can reach: local packages by their manifests, all others by Cargo.lock. Normal and build dependencies, never
 * dev-dependencies. It may be larger than what cargo compiles (for other platforms, for features that are off), never smaller.
 */
import type { LocalPackage } from '../cargo/local-package.js';
import { lockClosure } from '../cargo/lock-closure.js';
import type { Lock, LockPackage } from '../cargo/lock.js';
import type { CargoWorkspace, Crate } from '../cargo/model.js';
import { compareText } from '../cargo/order.js';
import type { Repository } from '../cargo/workspace-model.js';

export interface CrateClosure {
  /** The crate itself included. Sorted by root. */
  readonly local: readonly LocalPackage[];
  /** Sorted. All of the lock file where it doesn't fit the manifests; empty where there is none. */
  readonly locked: readonly LockPackage[];
  /** True where sources of the build lie where no cache key can reach: outside the repository, or in a folder without a manifest. */
  readonly unreachable: boolean;
}

/** What all closures of one Cargo workspace share. */
export interface ClosureIndex {
  readonly packages: ReadonlyMap<string, LocalPackage>;
  readonly lock: Lock | undefined;
  /** Local packages that the workspace's lock file may mean, by name and version. */
  readonly byLockKey: ReadonlyMap<string, readonly LocalPackage[]>;
  /** Packages that stand in for others without a word in the lock file. */
  readonly overriding: readonly LocalPackage[];
  readonly unreachable: boolean;
}

/** Prepares the closures of a workspace's crates. */
export function makeClosureIndex(repository: Repository, workspace: CargoWorkspace, lock: Lock | undefined): ClosureIndex {
  const { packages, details } = repository;
  const detail = details.get(workspace.root);
  const roots = [...workspace.crates.map((crate) => crate.root), ...(detail?.patched ?? [])];
  const overrides = detail?.overrides ?? [];
  const byLockKey = new Map<string, LocalPackage[]>();
  for (const found of followPaths(packages, resolveRoots(packages, roots)).packages) {
    const key = lockKey(found);
    byLockKey.set(key, [...(byLockKey.get(key) ?? []), found]);
  }
  const overriding = resolveRoots(packages, overrides);
  return { packages, lock, byLockKey, overriding, unreachable: overriding.length < overrides.length };
}

/** The closure of one crate of the workspace. */
export function makeClosure(index: ClosureIndex, crate: Crate): CrateClosure {
  const byPath = followPaths(index.packages, [...resolveRoots(index.packages, [crate.root]), ...index.overriding]);
  const { locked, unmapped } = followLock(index, byPath.packages);
  const reached = locked.filter((found) => found.source === undefined).flatMap((found) => index.byLockKey.get(lockKey(found)) ?? []);
  const whole = followPaths(index.packages, [...byPath.packages, ...reached]);
  return {
    local: [...whole.packages].sort((a, b) => compareText(a.root, b.root)),
    locked,
    unreachable: index.unreachable || whole.unreachable || unmapped,
  };
}

/** Whether a dependency of a local package, by its name, is nothing but a dev-dependency. */
export function isDevOnly(found: LocalPackage, name: string): boolean {
  const kinds = found.inherited.dependencies.filter((dependency) => dependency.package === name).map((dependency) => dependency.kind);
  return kinds.length > 0 && kinds.every((kind) => kind === 'dev');
}

interface Followed {
  readonly packages: ReadonlySet<LocalPackage>;
  readonly unreachable: boolean;
}

/** The packages, and all that they depend on by path. */
function followPaths(packages: ReadonlyMap<string, LocalPackage>, start: readonly LocalPackage[]): Followed {
  const reached = new Set(start);
  let unreachable = false;
  for (const found of reached) {
    for (const { kind, path } of found.inherited.dependencies) {
      if (kind === 'dev' || path === undefined) continue;
      const next = packages.get(path);
      if (next) reached.add(next);
      else unreachable = true;
    }
  }
  return { packages: reached, unreachable };
}

interface FollowedLock {
  readonly locked: readonly LockPackage[];
  /** A local package of the lock file is none that is known. */
  readonly unmapped: boolean;
}

function followLock({ lock, byLockKey }: ClosureIndex, local: ReadonlySet<LocalPackage>): FollowedLock {
  if (!lock) return { locked: [], unmapped: false };
  const start = [...local].map((found) => (lock.byName.get(found.name) ?? []).filter((entry) => entry.source === undefined && entry.version === found.version));
  // A lock file that doesn't list a local package is out of date, and says nothing certain about any other.
  if (start.some((entries) => entries.length === 0)) return { locked: lock.packages, unmapped: false };
  const skips = (from: LockPackage, name: string): boolean => {
    const candidates = byLockKey.get(lockKey(from)) ?? [];
    return candidates.length > 0 && candidates.every((found) => isDevOnly(found, name));
  };
  const locked = lockClosure(lock, start.flat(), skips);
  return { locked, unmapped: locked.some((found) => found.source === undefined && !byLockKey.has(lockKey(found))) };
}

function resolveRoots(packages: ReadonlyMap<string, LocalPackage>, roots: readonly (string | undefined)[]): readonly LocalPackage[] {
  return roots.flatMap((root) => (root === undefined ? [] : (packages.get(root) ?? [])));
}

/** The name and version by which a lock file knows a local package. */
export function lockKey({ name, version }: { readonly name: string; readonly version: string }): string {
  return `${name} ${version}`;
}
