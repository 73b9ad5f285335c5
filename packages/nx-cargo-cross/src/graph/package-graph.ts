/** The graph of packages that closures are made of. */
import { canonicalJson } from '../cargo/canonical.js';
import { mayMatchCfg } from '../cargo/cfg.js';
import { groupBy } from '../cargo/group-by.js';
import type { PackageDependency } from '../cargo/inherit.js';
import { followPaths, type LocalPackage } from '../cargo/local-package.js';
import { dependencyName, resolveDependency, type Lock, type LockPackage } from '../cargo/lock.js';
import type { CargoWorkspace } from '../cargo/model.js';
import { valueAt, type TomlTable } from '../cargo/toml.js';
import type { Repository } from '../cargo/workspace-model.js';
import type { KnownTriple } from '../platform/known.js';
import type { Digest } from './closure.js';
import { nxRoot } from './nx-shapes.js';
import { nodeSet, type NodeSet, type ReachNode } from './reach.js';
import { relevantManifest } from './relevant-manifest.js';

/**
 * Its nodes: local packages as they are compiled for the platform, in the order of `local`; the same for the machine that builds (below build scripts and
 * procedural macros), whatever that is; the lock file's; then two that stand for "out of reach" and "the whole lock file".
 */
export interface PackageGraph {
  readonly nodes: readonly ReachNode[];
  /** What a node's text is made of. */
  wordsOf(node: number): NodeWords;
  readonly local: readonly LocalPackage[];
  /** Of a local package, compiled for the platform, by root. */
  readonly numberOf: ReadonlyMap<string, number>;
  /** What a local package that is compiled for the platform leads to, by the dependencies for which `counts` holds. */
  edgesOf(found: LocalPackage, counts: (dependency: PackageDependency) => boolean): readonly number[];
  /** Local and locked packages. */
  readonly named: readonly { readonly name: string; readonly version: string; readonly numbers: readonly number[] }[];
  /** The lock file's packages from elsewhere. */
  readonly foreign: NodeSet;
  readonly numbersByName: ReadonlyMap<string, readonly number[]>;
  /** Packages that stand in for others without a word in the lock file. */
  readonly overriding: readonly number[];
  readonly unreachable: number;
  /** Whether a local package depends on something on some platforms only. */
  readonly differsByPlatform: boolean;
}

/** What a node stands for. A local package's manifest is told as far as it counts. */
export type NodeWords =
  | { readonly kind: 'local'; readonly root: string; readonly forHost: boolean; readonly manifest: TomlTable }
  | { readonly kind: 'locked'; readonly name: string; readonly version: string; readonly source: string; readonly checksum: string }
  | { readonly kind: 'whole lock' }
  | { readonly kind: 'none' };

/** @param facts the platform; undefined for all of them at once */
export function makePackageGraph({ packages, details }: Repository, workspace: CargoWorkspace, lock: Lock | undefined, digest: Digest, facts: KnownTriple | undefined): PackageGraph {
  const { patched = [], overrides = [] } = details.get(workspace.root) ?? {};
  const local = followPaths(packages, [...workspace.crates.map((crate) => crate.root), ...patched, ...overrides]);
  const locked = lock?.packages ?? [];
  const numberOf = new Map(local.map((found, node) => [found.root, node]));
  const numberOfLocked = new Map(locked.map((found, index) => [found, 2 * local.length + index]));
  const unreachable = 2 * local.length + locked.length;
  const wholeLock = unreachable + 1;
  const byLockKey = groupBy(local, lockKey);
  const holds = (target: string | undefined): boolean => target === undefined || !facts || (target.startsWith('cfg(') ? mayMatchCfg(target, facts) : target === facts.triple);

  /** A local package, on the side where it is compiled. */
  const numberAt = (root: string, forHost: boolean): number => {
    const node = numberOf.get(root);
    if (node === undefined) return unreachable;
    return forHost || valueAt(local[node]?.table ?? {}, ['lib', 'proc-macro']) === true ? node + local.length : node;
  };
  /** A local package in the lock file is the one of that name and version; one that nobody knows lies out of reach. */
  const numbersOfLocked = (found: LockPackage, forHost: boolean): readonly number[] => {
    if (found.source !== undefined) return [numberOfLocked.get(found) ?? unreachable];
    return byLockKey.get(lockKey(found))?.map(({ root }) => numberAt(root, forHost)) ?? [unreachable];
  };
  const localEdges = (found: LocalPackage, forHost: boolean, counts: (dependency: PackageDependency) => boolean = () => true): readonly number[] => {
    // A build script is compiled for the machine that builds, and only cargo knows which that is.
    const inBuild = found.inherited.dependencies.filter((dependency) => dependency.kind !== 'dev' && (forHost || dependency.kind === 'build' || holds(dependency.target)) && counts(dependency));
    const byPath = inBuild.flatMap(({ kind, path }) => (path === undefined ? [] : [numberAt(path, forHost || kind === 'build')]));
    if (!lock) return byPath;
    const entries = (lock.byName.get(found.name) ?? []).filter((entry) => entry.source === undefined && entry.version === found.version);
    if (entries.length === 0) return [...byPath, wholeLock];
    return [
      ...byPath,
      ...entries.flatMap((entry) => entry.dependencies).flatMap((dependency) => {
        // A lock file doesn't tell kinds and platforms apart; the manifest does. What it doesn't name at all counts.
        const name = dependencyName(dependency);
        const asking = inBuild.filter((asked) => asked.package === name);
        if (asking.length === 0 && found.inherited.dependencies.some((asked) => asked.package === name)) return [];
        const sides = asking.length === 0 ? [true] : [...new Set(asking.map(({ kind }) => forHost || kind === 'build'))];
        return resolveDependency(lock, dependency).flatMap((next) => sides.flatMap((side) => numbersOfLocked(next, side)));
      }),
    ];
  };
  const lockedEdges = (found: LockPackage): readonly number[] =>
    lock && found.source !== undefined ? found.dependencies.flatMap((dependency) => resolveDependency(lock, dependency)).flatMap((next) => numbersOfLocked(next, true)) : [];

  const counting = (found: LocalPackage, forHost: boolean): TomlTable => relevantManifest(found.table, forHost ? undefined : holds);
  const textOf = (found: LocalPackage, forHost: boolean): string => `${nxRoot(found.root)} ${digest(canonicalJson(counting(found, forHost)))}`;
  const hostTexts = local.map((found) => textOf(found, true));
  const nodes: readonly ReachNode[] = [
    // What has nothing for some platforms only is the same for all.
    ...local.map((found, index) => ({ text: (found.table['target'] === undefined ? hostTexts[index] : undefined) ?? textOf(found, false), edges: localEdges(found, false) })),
    ...local.map((found, index) => ({ text: hostTexts[index] ?? '', edges: localEdges(found, true) })),
    ...locked.map((found) => ({ text: `${lockKey(found)} ${found.source ?? ''} ${found.checksum ?? ''}`, edges: lockedEdges(found) })),
    { text: 'out of reach', edges: [] },
    { text: 'the whole lock file', edges: locked.filter((found) => found.source !== undefined).flatMap((found) => numbersOfLocked(found, true)) },
  ];
  const numbersOf = ({ root }: LocalPackage): readonly number[] => [numberOf.get(root) ?? unreachable, (numberOf.get(root) ?? unreachable) + local.length];
  const named = [
    ...local.map((found) => ({ name: found.name, version: found.version, numbers: numbersOf(found) })),
    ...locked.map((found) => ({ name: found.name, version: found.version, numbers: [numberOfLocked.get(found) ?? unreachable] })),
  ];
  const told = new Map<number, NodeWords>();
  const makeWords = (node: number): NodeWords => {
    const forHost = node >= local.length;
    const found = local[forHost ? node - local.length : node];
    if (found) return { kind: 'local', root: found.root, forHost, manifest: counting(found, forHost) };
    const entry = locked[node - 2 * local.length];
    return entry ? { kind: 'locked', name: entry.name, version: entry.version, source: entry.source ?? '', checksum: entry.checksum ?? '' } : { kind: node === wholeLock ? 'whole lock' : 'none' };
  };
  const wordsOf = (node: number): NodeWords => {
    const words = told.get(node) ?? makeWords(node);
    told.set(node, words);
    return words;
  };
  return {
    nodes,
    wordsOf,
    local,
    numberOf,
    edgesOf: (found, counts) => localEdges(found, false, counts),
    named,
    foreign: nodeSet(locked.flatMap((found) => (found.source === undefined ? [] : (numberOfLocked.get(found) ?? [])))),
    numbersByName: new Map([...groupBy(named, ({ name }) => name)].map(([name, entries]) => [name, entries.flatMap(({ numbers }) => numbers)])),
    overriding: overrides.map((root) => (root === undefined ? unreachable : numberAt(root, true))),
    unreachable,
    differsByPlatform: local.some(({ inherited }) => inherited.dependencies.some(({ kind, target }) => kind !== 'dev' && target !== undefined)),
  };
}

function lockKey({ name, version }: { readonly name: string; readonly version: string }): string {
  return `${name} ${version}`;
}
