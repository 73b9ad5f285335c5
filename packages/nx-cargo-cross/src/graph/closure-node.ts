/**
 * The synthetic external node of one task: a package of no registry whose version is the digest of all that decides the task's bytes and is no file that
 * Nx can hash alone. A change of the digest changes that one task's hash and no other (facts/nx.md, section 3).
 */
import type { LocalPackage } from '../cargo/local-package.js';
import { resolveDependency, dependencyName, type Lock, type LockPackage } from '../cargo/lock.js';
import { canonicalJson } from '../cargo/canonical.js';
import type { Manifest } from '../cargo/manifest.js';
import { sortedSet } from '../cargo/order.js';
import type { PlatformBuild } from '../config/resolved.js';
import { formatGlibc } from '../platform/glibc.js';
import { isDevOnly, lockKey, type ClosureIndex, type CrateClosure } from './closure.js';
import { nxRoot, type NxExternalNode } from './nx-shapes.js';
import { relevantManifest } from './relevant-manifest.js';
import { rootSettings } from './root-settings.js';

/** A collision-free digest, handed in because this folder has no cryptography of its own. */
export type Digest = (text: string) => string;

/** What all nodes of one Cargo workspace are made from. Texts and digests that many crates share are made once. */
export interface NodeMaker {
  readonly index: ClosureIndex;
  readonly rootManifest: Manifest;
  readonly digest: Digest;
  /** The plugin's own version: what it builds may differ from one to the next. */
  readonly pluginVersion: string;
  readonly manifestDigests: Map<string, string>;
  readonly lockLines: Map<LockPackage, string>;
}

/** The node for a crate and a platform. */
export function makeClosureNode(maker: NodeMaker, crateRoot: string, closureDigest: string, names: ReadonlySet<string>, build: PlatformBuild): NxExternalNode {
  const { digest, rootManifest, pluginVersion } = maker;
  const name = closureNodeName(crateRoot, build.platform.name);
  const root = rootSettings(rootManifest, build.profile, names);
  const version = digest(canonicalJson({ plugin: pluginVersion, closure: closureDigest, root, build: describeBuild(build) }));
  return { type: 'cargo', name, data: { packageName: name, version, hash: version } };
}

/** `cargo-closure:crates/app:aarch64-linux`. */
export function closureNodeName(crateRoot: string, platform: string): string {
  return `cargo-closure:${nxRoot(crateRoot)}:${platform}`;
}

/** The digest of a closure: every locked package with what it depends on, every local package with its manifest. */
export function digestClosure(maker: NodeMaker, closure: CrateClosure): string {
  const local = closure.local.map((found) => `${nxRoot(found.root)} ${digestManifest(maker, found)}`);
  const locked = closure.locked.map((found) => lockLine(maker, found));
  return maker.digest(canonicalJson({ local, locked, lock: maker.index.lock !== undefined }));
}

/** The names of all packages in a closure. */
export function closureNames(closure: CrateClosure): ReadonlySet<string> {
  return new Set([...closure.local, ...closure.locked].map((found) => found.name));
}

function digestManifest(maker: NodeMaker, found: LocalPackage): string {
  const known = maker.manifestDigests.get(found.root);
  if (known !== undefined) return known;
  const made = maker.digest(canonicalJson(relevantManifest(found.table)));
  maker.manifestDigests.set(found.root, made);
  return made;
}

function lockLine(maker: NodeMaker, found: LockPackage): string {
  const known = maker.lockLines.get(found);
  if (known !== undefined) return known;
  const made = [lockId(found), found.checksum ?? '', ...lockDependencies(maker.index, maker.index.lock, found)].join('|');
  maker.lockLines.set(found, made);
  return made;
}

/** Which version of which package each dependency is: the same whatever way the file's format writes it. */
function lockDependencies({ byLockKey }: ClosureIndex, lock: Lock | undefined, found: LockPackage): readonly string[] {
  const local = found.source === undefined ? (byLockKey.get(lockKey(found)) ?? []) : [];
  const counts = (name: string): boolean => local.length === 0 || !local.every((candidate) => isDevOnly(candidate, name));
  return sortedSet(
    found.dependencies.filter((dependency) => counts(dependencyName(dependency))).flatMap((dependency) => (lock ? resolveDependency(lock, dependency).map(lockId) : [])),
  );
}

function lockId({ name, version, source }: LockPackage): string {
  return `${name} ${version} ${source ?? ''}`;
}

/** The resolved options, without the words that only explain them. */
function describeBuild(build: PlatformBuild): Readonly<Record<string, unknown>> {
  const { platform, backend, glibc, ...rest } = build;
  return { ...rest, platform: platform.name, triple: platform.triple.name, backend: backend.id, glibc: glibc && formatGlibc(glibc) };
}
