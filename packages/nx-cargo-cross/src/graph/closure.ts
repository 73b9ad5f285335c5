/**
 * Everything that one crate's build can reach: local packages by their manifests, all others by Cargo.lock. Normal and build dependencies, never
 * dev-dependencies; of local packages for one platform, where it is said, only what their manifests ask for there, and of the crate itself only the optional
 * dependencies that its features switch on. It may be larger than what cargo compiles (packages of the lock file for other platforms), never smaller.
 */
import { canonicalJson } from '../cargo/canonical.js';
import type { LocalPackage } from '../cargo/local-package.js';
import type { Lock } from '../cargo/lock.js';
import type { CargoWorkspace, Crate } from '../cargo/model.js';
import { compareText } from '../cargo/order.js';
import { fileIn } from '../cargo/paths.js';
import type { TomlTable } from '../cargo/toml.js';
import type { Repository } from '../cargo/workspace-model.js';
import type { KnownTriple } from '../platform/known.js';
import { makePackageGraph, type PackageGraph } from './package-graph.js';
import { joinReaches, makeReaches, type Reach } from './reach.js';
import { switchedOn, type FeatureWish } from './switched-on.js';

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
  /** What the digest is made of, for people; but for which package depends on which. */
  words(): ClosureWords;
  /** Whether a package of that name is in it. */
  has(name: string): boolean;
  /** Whether programs that run on the machine which builds may be among it: build scripts and procedural macros. Of locked packages nobody knows. */
  readonly mayRunOnHost: boolean;
  /** True where sources of the build lie where no cache key can reach: outside the repository, or in a folder without a manifest. */
  readonly unreachable: boolean;
}

/** A closure in words. */
export interface ClosureWords {
  /** Of local packages, as far as they count: by file, once as compiled for the platform, once for the machine that builds. */
  readonly manifests: Readonly<Record<string, TomlTable>>;
  readonly hostManifests: Readonly<Record<string, TomlTable>>;
  /** Of the lock file: by name and version, `source checksum`. Local ones are not among them. */
  readonly packages: Readonly<Record<string, string>>;
  readonly hasLockFile: boolean;
  /** Whether it lacks a local package, so that all of it counts. */
  readonly isLockStale: boolean;
}

/** For which build: without one, for all of them. */
export interface ClosureWish extends FeatureWish {
  readonly facts: KnownTriple;
}

/**
 * Gives the closures of a workspace's crates.
 * @param lock undefined where there is no lock file: then only local packages are known. A lock file that doesn't list a local package is out of date,
 *   and says nothing certain of any other: all that it lists counts.
 */
export function makeClosures(
  repository: Repository,
  workspace: CargoWorkspace,
  lock: Lock | undefined,
  digest: Digest,
): (crate: Crate, wish?: ClosureWish) => CrateClosure | undefined {
  const known = new Map<string, Reached>();
  const reachedFor = (facts: KnownTriple | undefined): Reached => {
    const graph = makePackageGraph(repository, workspace, lock, digest, facts);
    return { graph, reaches: makeReaches(graph.nodes, digest), made: new Map() };
  };
  const remembered = (facts: KnownTriple | undefined): Reached => {
    const key = facts?.triple ?? '';
    const before = known.get(key) ?? reachedFor(facts);
    known.set(key, before);
    return before;
  };
  const forAll = remembered(undefined);
  return (crate, wish) => {
    const reached = wish && forAll.graph.differsByPlatform ? remembered(wish.facts) : forAll;
    return closureOf(reached, crate, wish, lock !== undefined, digest);
  };
}

interface Reached {
  readonly graph: PackageGraph;
  readonly reaches: readonly Reach[];
  /** By what it is the closure of: crates on a circle have one. */
  readonly made: Map<Reach, CrateClosure>;
}

/** The same object for the same closure, so that what follows from it is made once. */
function closureOf(reached: Reached, crate: Crate, wish: ClosureWish | undefined, locked: boolean, digest: Digest): CrateClosure | undefined {
  const number = reached.graph.numberOf.get(crate.root);
  const own = number === undefined ? undefined : ownReach(reached, number, wish, digest);
  if (!own) return undefined;
  const closure = reached.made.get(own) ?? makeClosure(reached, own, locked, digest);
  reached.made.set(own, closure);
  return closure;
}

function makeClosure({ graph, reaches }: Reached, own: Reach, locked: boolean, digest: Digest): CrateClosure {
  const overriding = graph.overriding.flatMap((node) => reaches[node] ?? []);
  const joined = digest(canonicalJson([locked, ...[own, ...overriding].map((reach) => reach.digest)]));
  const whole = overriding.length === 0 ? own : joinReaches([], [own, ...overriding], graph.nodes.length, joined);
  const local = localOf(graph, whole);
  return {
    digest: joined,
    local,
    packages: () =>
      [...graph.named]
        .filter(({ numbers }) => numbers.some(whole.has))
        .map(({ name, version }) => ({ name, version }))
        .sort((a, b) => compareText(a.name, b.name) || compareText(a.version, b.version)),
    words: () => closureWords(graph, whole.has, locked),
    mayRunOnHost: whole.meets(graph.foreign) || local.some(({ buildScript, manifest }) => buildScript || manifest.lib?.procMacro === true),
    has: (name) => graph.numbersByName.get(name)?.some(whole.has) ?? false,
    unreachable: whole.has(graph.unreachable),
  };
}

/** However it is compiled: for the platform, or for the machine that builds. */
function localOf({ local }: PackageGraph, reach: Reach): readonly LocalPackage[] {
  const numbers = new Set(reach.below(2 * local.length).map((node) => (node < local.length ? node : node - local.length)));
  return [...numbers].sort((a, b) => a - b).flatMap((node) => local[node] ?? []);
}

function closureWords(graph: PackageGraph, has: (node: number) => boolean, hasLockFile: boolean): ClosureWords {
  const words = graph.nodes.flatMap((_, node) => (has(node) ? [graph.wordsOf(node)] : []));
  const manifestsOf = (host: boolean): Readonly<Record<string, TomlTable>> =>
    Object.fromEntries(words.flatMap((word) => (word.kind === 'local' && word.forHost === host ? [[fileIn(word.root, 'Cargo.toml'), word.manifest]] : [])));
  const entries = words.flatMap((word) => (word.kind === 'locked' && word.source !== '' ? [lockEntry(word)] : []));
  return { manifests: manifestsOf(false), hostManifests: manifestsOf(true), packages: Object.fromEntries(entries), hasLockFile, isLockStale: words.some(({ kind }) => kind === 'whole lock') };
}

/** A package of the lock file, as closures tell of it. Half of a checksum is enough to tell two apart. */
export function lockEntry({ name, version, source = '', checksum = '' }: { readonly name: string; readonly version: string; readonly source?: string | undefined; readonly checksum?: string | undefined }): readonly [string, string] {
  return [`${name} ${version}`, `${source} ${checksum.slice(0, 32)}`.trim()];
}

/** What the crate reaches; without the optional dependencies that are off, where it has any. */
function ownReach({ graph, reaches }: Reached, number: number, wish: ClosureWish | undefined, digest: Digest): Reach | undefined {
  const found = graph.local[number];
  if (!wish || !found?.inherited.dependencies.some(({ optional }) => optional)) return reaches[number];
  const on = switchedOn(found.table, wish);
  const below = graph.edgesOf(found, ({ optional, key }) => !optional || on.has(key)).flatMap((node) => reaches[node] ?? []);
  const text = JSON.stringify([graph.nodes[number]?.text, [...new Set(below.map((reach) => reach.digest))].sort()]);
  return joinReaches([number], below, graph.nodes.length, digest(text));
}
