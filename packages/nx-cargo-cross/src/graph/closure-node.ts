/**
 * The synthetic external node of one task: a package of no registry whose version is the digest of all that decides the task's bytes and is no file that
 * Nx can hash alone. A change of the digest changes that one task's hash and no other (measured with Nx 24.0.6).
 */
import { canonicalJson } from '../cargo/canonical.js';
import { decidingConfig } from '../cargo/deciding-config.js';
import type { CargoWorkspace } from '../cargo/model.js';
import type { TomlTable } from '../cargo/toml.js';
import type { WorkspaceDetails } from '../cargo/workspace-model.js';
import type { PlatformBuild } from '../config/resolved.js';
import { formatGlibc } from '../platform/glibc.js';
import type { CrateClosure, Digest } from './closure.js';
import { nxRoot, type NxExternalNode } from './nx-shapes.js';
import { profileChain, rootSettings, type PackageNames } from './root-settings.js';

/** What a node is made from. */
export interface ClosureNodeInput {
  readonly crateRoot: string;
  readonly closure: CrateClosure;
  readonly build: PlatformBuild;
  /** The workspace's toolchain. */
  readonly toolchain: CargoWorkspace['toolchain'];
  /** The workspace's root manifest, and cargo's configuration there. */
  readonly details: WorkspaceDetails;
  /** The plugin's own version: what it builds may differ from one to the next. */
  readonly pluginVersion: string;
  readonly digest: Digest;
}

/** The node for a crate and a platform: `cargo-closure:crates/app:aarch64-linux`. */
export function makeClosureNode(input: ClosureNodeInput): NxExternalNode {
  const { crateRoot, build, digest, pluginVersion } = input;
  return makeDigestNode(`cargo-closure:${nxRoot(crateRoot)}:${build.platform.name}`, digest(contentText(input, pluginVersion)));
}

/** Of all that a node holds, but for the plugin's own version: a pure function of the repository's files. */
export function contentDigest(input: ClosureNodeInput): string {
  return input.digest(contentText(input));
}

/** What the node is made of, for people: `explainClosureNode` of two nodes differ where the nodes do, but for which package depends on which. */
export function explainClosureNode(input: ClosureNodeInput): Readonly<Record<string, unknown>> {
  return { ...deciding(input), ...input.closure.words() };
}

/** An external node that stands for a digest. The digest is the version too: Nx's file map looks at versions only to see whether external nodes changed (nrwl/nx#32626). */
export function makeDigestNode(name: string, version: string): NxExternalNode {
  return { type: 'cargo', name, data: { packageName: name, version, hash: version } };
}

/** All that decides, as a value. */
function deciding({ closure, build, toolchain, details, pluginVersion }: ClosureNodeInput): Readonly<Record<string, unknown>> {
  return { plugin: pluginVersion, closure: closure.digest, root: rootOf(closure, build, details), settings: settingsOf(build, toolchain, details), build: describeBuild(build) };
}

function rootOf(closure: PackageNames, build: PlatformBuild, { manifest, config }: WorkspaceDetails): TomlTable {
  return rootSettings(manifest, profileChain([manifest.table, ...config.files.map(({ table }) => table)], build.profile), closure);
}

function settingsOf({ platform }: PlatformBuild, toolchain: CargoWorkspace['toolchain'], { config }: WorkspaceDetails): Readonly<Record<string, unknown>> {
  return { channel: toolchain?.channel, config: decidingConfig(config, platform.triple.facts) };
}

/** The same as canonical JSON, put together from parts of which most are alike for all crates of a workspace. */
function contentText({ closure, build, toolchain, details }: ClosureNodeInput, plugin?: string): string {
  const known = shared.get(details) ?? new Map<PlatformBuild, SharedText>();
  shared.set(details, known);
  const text = known.get(build) ?? { build: canonicalJson(describeBuild(build)), settings: canonicalJson(settingsOf(build, toolchain, details)), root: rootText(build, details) };
  known.set(build, text);
  const version = plugin === undefined ? '' : `"plugin":${JSON.stringify(plugin)},`;
  return `{"build":${text.build},"closure":${JSON.stringify(closure.digest)},${version}"root":${text.root(closure)},"settings":${text.settings}}`;
}

interface SharedText {
  readonly build: string;
  readonly settings: string;
  root(closure: PackageNames): string;
}

const shared = new WeakMap<WorkspaceDetails, Map<PlatformBuild, SharedText>>();

/** Most root manifests say nothing of single packages. */
function rootText(build: PlatformBuild, details: WorkspaceDetails): SharedText['root'] {
  const [ofAll, ofNone] = [true, false].map((has) => canonicalJson(rootOf({ has: () => has }, build, details)));
  return (closure) => (ofAll !== undefined && ofAll === ofNone ? ofAll : canonicalJson(rootOf(closure, build, details)));
}

/** The resolved options, without the words that only explain them. */
export function describeBuild(build: PlatformBuild): Readonly<Record<string, unknown>> {
  const { platform, backend, glibc, places: _, ...rest } = build;
  return { ...rest, platform: platform.name, triple: platform.triple.name, backend: backend.id, glibc: glibc && formatGlibc(glibc) };
}
