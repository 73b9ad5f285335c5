/**
 * The synthetic external node of one task: a package of no registry whose version is the digest of all that decides the task's bytes and is no file that
 * Nx can hash alone. A change of the digest changes that one task's hash and no other (measured with Nx 24.0.6).
 */
import { canonicalJson } from '../cargo/canonical.js';
import { decidingConfig } from '../cargo/deciding-config.js';
import type { CargoWorkspace } from '../cargo/model.js';
import type { WorkspaceDetails } from '../cargo/workspace-model.js';
import type { PlatformBuild } from '../config/resolved.js';
import { formatGlibc } from '../platform/glibc.js';
import type { CrateClosure, Digest } from './closure.js';
import { nxRoot, type NxExternalNode } from './nx-shapes.js';
import { profileChain, rootSettings } from './root-settings.js';

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
  const { crateRoot, build, digest } = input;
  return makeDigestNode(`cargo-closure:${nxRoot(crateRoot)}:${build.platform.name}`, digest(canonicalJson(deciding(input))));
}

/** Of all that a node holds, but for the plugin's own version: a pure function of the repository's files. */
export function contentDigest(input: ClosureNodeInput): string {
  const { plugin: _, ...content } = deciding(input);
  return input.digest(canonicalJson(content));
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
function deciding({ closure, build, toolchain, details: { manifest, config }, pluginVersion }: ClosureNodeInput): Readonly<Record<string, unknown>> {
  const root = rootSettings(manifest, profileChain([manifest.table, ...config.files.map(({ table }) => table)], build.profile), closure);
  const settings = { channel: toolchain?.channel, config: decidingConfig(config, build.platform.triple.facts) };
  return { plugin: pluginVersion, closure: closure.digest, root, settings, build: describeBuild(build) };
}

/** The resolved options, without the words that only explain them. */
export function describeBuild(build: PlatformBuild): Readonly<Record<string, unknown>> {
  const { platform, backend, glibc, places: _, ...rest } = build;
  return { ...rest, platform: platform.name, triple: platform.triple.name, backend: backend.id, glibc: glibc && formatGlibc(glibc) };
}
