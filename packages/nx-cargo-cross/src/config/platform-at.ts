/** What a word stands for as a platform, and what is promised of it, at some place of a repository: by the same options as a build there would take. */
import type { SourceTree } from '../cargo/source-tree.js';
import { fileIn, upwards } from '../cargo/paths.js';
import { surveyRepository } from '../cargo/workspace-model.js';
import type { WrittenMetadata } from '../cargo/model.js';
import type { Failure } from '../diagnostics/failure.js';
import type { Location } from '../diagnostics/location.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import { parsePlatform, type Platform } from '../platform/platform.js';
import { NX_JSON, parseNxPluginEntries, selectNxOptions } from './nx-options.js';
import { refusePlatform, resolveNames } from './resolve-platforms.js';
import { makeScopes, type Scope } from './scopes.js';

/** A place in a repository. */
export interface PlaceInTree {
  readonly tree: SourceTree;
  /** Relative to the tree's root. */
  readonly folder: string;
}

/**
 * The platform that a word stands for: a name of the workspace's own, a short name or a triple.
 * Fails with `unknown-word` and `option-invalid`, also for what is wrong in the names that the workspace gives.
 * @param place where the options are read; undefined outside of any repository.
 */
export function resolvePlatformAt(word: string, place: PlaceInTree | undefined, location: Location): Result<Platform> {
  const failures: Failure[] = [];
  const names = resolveNames(place ? scopesAt(place, failures) : [], failures);
  const [first, ...rest] = failures;
  if (first) return failed(first, ...rest);
  const parsed = parsePlatform(word, names);
  return parsed.ok ? success(parsed.platform) : failed(refusePlatform(parsed, word, location, [...names.keys()]));
}

/** The options that count there: of the crate in the folder or above it, of its workspace, of nx.json. */
function scopesAt({ tree, folder }: PlaceInTree, failures: Failure[]): readonly Scope[] {
  const manifest = upwards(folder)
    .map((directory) => fileIn(directory, 'Cargo.toml'))
    .find((file) => tree.isFile(file));
  const nxJson = tree.readText(NX_JSON);
  const text = nxJson && 'text' in nxJson ? nxJson.text : '';
  if (manifest === undefined) return makeScopes(undefined, undefined, parseNxPluginEntries(text)[0]?.options, failures);
  const { ofPackage, ofWorkspace } = metadataOf(manifest, tree, failures);
  return makeScopes(ofPackage, ofWorkspace, selectNxOptions(text, manifest), failures);
}

interface Metadata {
  readonly ofPackage: WrittenMetadata | undefined;
  readonly ofWorkspace: WrittenMetadata | undefined;
}

function metadataOf(manifest: string, tree: SourceTree, failures: Failure[]): Metadata {
  const { repository, failures: found } = surveyRepository([manifest], tree);
  failures.push(...found);
  const workspace = repository.workspaces.find((one) => one.manifest === manifest || one.crates.some((crate) => crate.manifest === manifest));
  const crate = workspace?.crates.find((one) => one.manifest === manifest);
  return { ofPackage: crate?.metadata, ofWorkspace: workspace?.metadata };
}
