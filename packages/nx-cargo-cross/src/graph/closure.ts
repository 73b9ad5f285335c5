/**
 * Everything that one crate's build can reach: local packages by their manifests, all others by Cargo.lock. Normal and build dependencies, never
 * dev-dependencies. It may be larger than what cargo compiles (for other platforms, for features that are off), never smaller.
 */
import { canonicalJson } from '../cargo/canonical.js';
import { groupBy } from '../cargo/group-by.js';
import type { LocalPackage } from '../cargo/local-package.js';
import { dependencyName, resolveDependency, type Lock, type LockPackage } from '../cargo/lock.js';
import type { CargoWorkspace } from '../cargo/model.js';
import { compareText } from '../cargo/order.js';
import type { Repository } from '../cargo/workspace-model.js';
import { nxRoot } from './nx-shapes.js';
import { makeReaches, type ReachNode } from './reach.js';
import { relevantManifest } from './relevant-manifest.js';

/** A collision-free digest, handed in because this folder has no cryptography of its own. */
export type Digest = (text: string) => string;

/** One crate's closure. */
export interface CrateClosure {
  /** Of every locked package and every local package's manifest, and of which depends on which. */
  readonly digest: string;
  /** The crate itself included. Sorted by root. */
  readonly local: readonly LocalPackage[];
  /** All of it, the crate itself and other local packages included. Sorted by name. */
  packages(): readonly { readonly name: string; readonly version: string }[];
  /** Whether a package of that name is in it. */
  has(name: string): boolean;
  /** True where sources of the build lie where no cache key can reach: outside the repository, or in a folder without a manifest. */
  readonly unreachable: boolean;
}

/**
 * The closures of a workspace's crates, by crate root.
 * @param lock undefined where there is no lock file: then only local packages are known. A lock file that doesn't list a local package is out of date,
 *   and says nothing certain of any other: all that it lists counts.
 */
export function makeClosures(repository: Repository, workspace: CargoWorkspace, lock: Lock | undefined, digest: Digest): ReadonlyMap<string, CrateClosure> {
  const graph = makeGraph(repository, workspace, lock, digest);
  const reaches = makeReaches(graph.nodes, digest);
  const overriding = graph.overriding.flatMap((node) => reaches[node] ?? []);
  return new Map(
    workspace.crates.flatMap((crate) => {
      const own = reaches[graph.numberOf.get(crate.root) ?? -1];
      if (!own) return [];
      const all = [own, ...overriding];
      const has = (node: number): boolean => all.some((reach) => reach.has(node));
      const closure: CrateClosure = {
        digest: digest(canonicalJson([lock !== undefined, ...all.map((reach) => reach.digest)])),
        local: graph.local.filter((_, node) => has(node)),
        packages: () =>
          graph.named
            .filter((_, node) => has(node))
            .map(({ name, version }) => ({ name, version }))
            .sort((a, b) => compareText(a.name, b.name) || compareText(a.version, b.version)),
        has: (name) => graph.numbersByName.get(name)?.some(has) ?? false,
        unreachable: has(graph.unreachable),
      };
      return [[crate.root, closure] as const];
    }),
  );
}

interface PackageGraph {
  /** Local packages first, in the order of `local`; then the lock file's; then two that stand for "out of reach" and "the whole lock file". */
  readonly nodes: readonly ReachNode[];
  readonly local: readonly LocalPackage[];
  /** Local packages by root. */
  readonly numberOf: ReadonlyMap<string, number>;
  /** Local and locked packages, by number. */
  readonly named: readonly { readonly name: string; readonly version: string }[];
  readonly numbersByName: ReadonlyMap<string, readonly number[]>;
  /** Packages that stand in for others without a word in the lock file. */
  readonly overriding: readonly number[];
  readonly unreachable: number;
}

function makeGraph({ packages, details }: Repository, workspace: CargoWorkspace, lock: Lock | undefined, digest: Digest): PackageGraph {
  const { patched = [], overrides = [] } = details.get(workspace.root) ?? {};
  const local = followPaths(packages, [...workspace.crates.map((crate) => crate.root), ...patched, ...overrides]);
  const locked = lock?.packages ?? [];
  const numberOf = new Map(local.map((found, node) => [found.root, node]));
  const numberOfLocked = new Map(locked.map((found, index) => [found, local.length + index]));
  const unreachable = local.length + locked.length;
  const wholeLock = unreachable + 1;
  const byLockKey = groupBy(local, lockKey);

  /** A local package in the lock file is the one of that name and version; one that nobody knows lies out of reach. */
  const numbersOfLocked = (found: LockPackage): readonly number[] => {
    if (found.source !== undefined) return [numberOfLocked.get(found) ?? unreachable];
    return byLockKey.get(lockKey(found))?.map(({ root }) => numberOf.get(root) ?? unreachable) ?? [unreachable];
  };
  const localEdges = (found: LocalPackage): readonly number[] => {
    const byPath = found.inherited.dependencies.flatMap(({ kind, path }) => (kind === 'dev' || path === undefined ? [] : [numberOf.get(path) ?? unreachable]));
    if (!lock) return byPath;
    const entries = (lock.byName.get(found.name) ?? []).filter((entry) => entry.source === undefined && entry.version === found.version);
    if (entries.length === 0) return [...byPath, wholeLock];
    const dependencies = entries.flatMap((entry) => entry.dependencies).filter((dependency) => !isDevOnly(found, dependencyName(dependency)));
    return [...byPath, ...dependencies.flatMap((dependency) => resolveDependency(lock, dependency)).flatMap(numbersOfLocked)];
  };
  const lockedEdges = (found: LockPackage): readonly number[] =>
    lock && found.source !== undefined ? found.dependencies.flatMap((dependency) => resolveDependency(lock, dependency)).flatMap(numbersOfLocked) : [];

  const nodes: readonly ReachNode[] = [
    ...local.map((found) => ({ text: `${nxRoot(found.root)} ${digest(canonicalJson(relevantManifest(found.table)))}`, edges: localEdges(found) })),
    ...locked.map((found) => ({ text: `${lockKey(found)} ${found.source ?? ''} ${found.checksum ?? ''}`, edges: lockedEdges(found) })),
    { text: 'out of reach', edges: [] },
    { text: 'the whole lock file', edges: locked.filter((found) => found.source !== undefined).flatMap(numbersOfLocked) },
  ];
  const named = [...local, ...locked].map(({ name, version }, node) => ({ name, version, node }));
  const numbersByName = new Map([...groupBy(named, ({ name }) => name)].map(([name, entries]) => [name, entries.map(({ node }) => node)]));
  const overriding = overrides.map((root) => (root === undefined ? unreachable : (numberOf.get(root) ?? unreachable)));
  return { nodes, local, numberOf, numbersByName, overriding, unreachable, named };
}

/** The packages in the folders, and all that they depend on by path. Sorted by root. */
function followPaths(packages: ReadonlyMap<string, LocalPackage>, roots: readonly (string | undefined)[]): readonly LocalPackage[] {
  const reached = new Set<LocalPackage>();
  const queue = [...roots];
  while (queue.length > 0) {
    const root = queue.pop();
    const found = root === undefined ? undefined : packages.get(root);
    if (!found || reached.has(found)) continue;
    reached.add(found);
    queue.push(...found.inherited.dependencies.map(({ path }) => path));
  }
  return [...reached].sort((a, b) => compareText(a.root, b.root));
}

/** Whether a dependency of a local package, by its name, is nothing but a dev-dependency. A lock file doesn't tell kinds apart. */
function isDevOnly(found: LocalPackage, name: string): boolean {
  const kinds = found.inherited.dependencies.filter((dependency) => dependency.package === name).map((dependency) => dependency.kind);
  return kinds.length > 0 && kinds.every((kind) => kind === 'dev');
}

function lockKey({ name, version }: { readonly name: string; readonly version: string }): string {
  return `${name} ${version}`;
}
