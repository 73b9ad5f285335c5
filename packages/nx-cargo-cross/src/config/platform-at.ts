/** What a word stands for as a platform, and what is promised of it, at some place of a repository: by the same options as a build there would take. */
import type { PromiseOptions } from '../artifact/promise.js';
import type { SourceTree } from '../cargo/source-tree.js';
import { fileIn, upwards } from '../cargo/paths.js';
import { surveyRepository } from '../cargo/workspace-model.js';
import type { WrittenMetadata } from '../cargo/model.js';
import type { Failure } from '../diagnostics/failure.js';
import type { Location } from '../diagnostics/location.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import { parsePlatform, type Platform } from '../platform/platform.js';
import { checkAllow } from './check-allow.js';
import { checkGlibc, checkMinOs } from './check-values.js';
import { glibcOf } from './glibc-floor.js';
import { NX_JSON, parseNxPluginEntries, selectNxOptions } from './nx-options.js';
import { platformScopes, refusePlatform, resolveNames } from './resolve-platforms.js';
import type { Linkage } from './resolved.js';
import { makeScopes, pickOption, type Scope } from './scopes.js';

/** A place in a repository. */
export interface PlaceInTree {
  readonly tree: SourceTree;
  /** Relative to the tree's root. */
  readonly folder: string;
}

/** A platform, and what its options promise of artifacts. */
export interface PromisedPlatform {
  readonly platform: Platform;
  readonly options: PromiseOptions;
}

/**
 * The platform that a word stands for (a name of the workspace's own, a short name or a triple), with the options that a build for it would take there.
 * Fails with `unknown-word` and `option-invalid`, also for what is wrong in the names and options that the workspace gives.
 * @param place where the options are read; undefined outside of any repository.
 */
export function resolvePromiseAt(word: string, place: PlaceInTree | undefined, location: Location): Result<PromisedPlatform> {
  const failures: Failure[] = [];
  const scopes = place ? scopesAt(place, failures) : [];
  const names = resolveNames(scopes, failures);
  const parsed = parsePlatform(word, names);
  if (!parsed.ok) failures.push(refusePlatform(parsed, word, location, [...names.keys()]));
  const own = parsed.ok ? platformScopes(scopes, names, parsed.platform) : [];
  if (parsed.ok) failures.push(...checkGlibc(own, parsed.platform), ...checkMinOs(own, parsed.platform), ...checkAllow([...own, ...scopes]));
  const [first, ...rest] = failures;
  if (first) return failed(first, ...rest);
  if (!parsed.ok) return failed(refusePlatform(parsed, word, location, [...names.keys()]));
  return success({ platform: parsed.platform, options: makePromiseOptions(own, scopes, parsed.platform) });
}

/** The platform alone. */
export function resolvePlatformAt(word: string, place: PlaceInTree | undefined, location: Location): Result<Platform> {
  const promised = resolvePromiseAt(word, place, location);
  return promised.ok ? success(promised.value.platform) : promised;
}

/** Only what somebody wrote: which glibc a backend takes where nothing is said is no promise of the platform's. */
function makePromiseOptions(own: readonly Scope[], scopes: readonly Scope[], platform: Platform): PromiseOptions {
  const level = pickOption(own, 'apiLevel')?.value;
  return {
    linkage: pickOption(own, 'linkage')?.value as Linkage | undefined,
    glibc: glibcOf(own, platform, undefined),
    minOs: pickOption(own, 'minOs')?.value,
    apiLevel: level === undefined ? undefined : Number(level),
    interpreter: pickOption(own, 'interpreter')?.value,
    allow: pickOption([...own, ...scopes], 'allow')?.value ?? [],
  };
}

/** The options that count there: of the crate in the folder or above it, of its workspace, of nx.json. */
function scopesAt({ tree, folder }: PlaceInTree, failures: Failure[]): readonly Scope[] {
  const manifest = upwards(folder)
    .map((directory) => fileIn(directory, 'Cargo.toml'))
    .find((file) => tree.isFile(file));
  const nxJson = tree.readText(NX_JSON);
  const text = nxJson && 'text' in nxJson ? nxJson.text : '';
  const { ofPackage, ofWorkspace } = manifest === undefined ? NO_METADATA : metadataOf(manifest, tree, failures);
  const ofNx = manifest === undefined ? parseNxPluginEntries(text)[0]?.options : selectNxOptions(text, manifest);
  return makeScopes(ofPackage, ofWorkspace, ofNx, failures);
}

interface Metadata {
  readonly ofPackage: WrittenMetadata | undefined;
  readonly ofWorkspace: WrittenMetadata | undefined;
}

const NO_METADATA: Metadata = { ofPackage: undefined, ofWorkspace: undefined };

function metadataOf(manifest: string, tree: SourceTree, failures: Failure[]): Metadata {
  const { repository, failures: found } = surveyRepository([manifest], tree);
  failures.push(...found);
  const workspace = repository.workspaces.find((one) => one.manifest === manifest || one.crates.some((crate) => crate.manifest === manifest));
  const crate = workspace?.crates.find((one) => one.manifest === manifest);
  return { ofPackage: crate?.metadata, ofWorkspace: workspace?.metadata };
}
