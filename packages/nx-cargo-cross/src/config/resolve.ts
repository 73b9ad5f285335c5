/** Options as written become options as resolved: nearest wins key by key, every word checked, every default filled in. */
import { configProfiles, NO_CONFIG, selectTripleConfig } from '../cargo/cargo-config.js';
import type { CargoWorkspace, Crate, WrittenMetadata } from '../cargo/model.js';
import { sortedSet } from '../cargo/order.js';
import { joinPath } from '../cargo/paths.js';
import type { Repository } from '../cargo/workspace-model.js';
import type { Failure } from '../diagnostics/failure.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import type { Platform } from '../platform/platform.js';
import { UNIVERSAL_PARTS } from '../platform/universal.js';
import { chooseBackend, type BackendChoice, type BackendWishes } from './backend-choice.js';
import { checkAllow } from './check-allow.js';
import { checkDriver, checkGlibc, checkInputs, checkMinOs, checkOnlySome, checkWords, takeBackend, takeBackendGlobs } from './check-values.js';
import { glibcOf } from './glibc-floor.js';
import { checkPlatformKeys, platformScopes, resolveNames, resolvePlatforms, wantsUniversal, type PlatformNames } from './resolve-platforms.js';
import type { CrateConfig, Driver, Linkage, OptionPlaces, PlatformBuild, PlatformTest } from './resolved.js';
import { locateIn, makeScopes, pickOption, type Scope } from './scopes.js';

const DEFAULT_PROFILE = 'release';
/** Where artifacts go where nothing is said. */
export const DEFAULT_OUT_DIR = 'dist/cross';
const DEFAULT_TARGET_NAME = 'cross';
const DEFAULT_TEST_TIMEOUT = '600';

/** Words that only the crate and its workspace can define. */
interface KnownWords {
  readonly profiles: readonly string[];
  readonly bins: readonly string[];
  /** With optional dependencies, which are features too. */
  readonly features: readonly string[];
}

/**
 * The options of one crate for each of its platforms.
 * Fails with `unknown-word`, `option-invalid` and `platform-name-taken`: everything found, not just the first.
 * @param nxOptions the plugin's options in nx.json that count for the crate (`nx-options.ts`).
 */
export function resolveCrate(repository: Repository, workspace: CargoWorkspace, crate: Crate, nxOptions: WrittenMetadata | undefined): Result<CrateConfig> {
  const failures: Failure[] = [];
  const scopes = makeScopes(crate.metadata, workspace.metadata, nxOptions, failures);
  return resolveScopes({ repository, workspace, crate, scopes, names: resolveNames(scopes, failures), failures });
}

interface Resolving {
  readonly repository: Repository;
  readonly workspace: CargoWorkspace;
  readonly crate: Crate;
  readonly scopes: readonly Scope[];
  readonly names: PlatformNames;
  readonly failures: Failure[];
}

function resolveScopes(resolving: Resolving): Result<CrateConfig> {
  const { scopes, names, workspace, crate, failures } = resolving;
  const known = knownWords(resolving);
  failures.push(
    ...checkPlatformKeys(scopes, names),
    ...checkWords(scopes, 'profile', 'profile', known.profiles),
    ...checkWords(scopes, 'bins', 'bin', known.bins),
    ...checkWords(scopes, 'features', 'feature', known.features),
    ...checkInputs(scopes, crate.root),
  );
  const choose = (platform: Platform): BackendChoice => chooseBackend(platform, backendWishes(resolving, platform));
  const platforms = resolvePlatforms(scopes, names, workspace);
  if (!platforms.ok) failures.push(...platforms.failures);
  const builds = (platforms.ok ? platforms.value : []).map((platform) => resolveBuild(resolving, platform, choose(platform), known));
  // The same word in nx.json would be refused once per platform.
  const [first, ...rest] = new Map(failures.map((failure) => [JSON.stringify(failure), failure])).values();
  if (first) return failed(first, ...rest);
  const bins = pickOption(scopes, 'bins')?.value;
  const ships = crate.artifacts.some(({ kind, name }) => kind !== 'bin' || (bins?.includes(name) ?? true));
  const built = ships ? builds : [];
  return success({
    targetName: pickOption(scopes, 'targetName')?.value ?? DEFAULT_TARGET_NAME,
    outDir: joinPath('', pickOption(scopes, 'outDir')?.value ?? DEFAULT_OUT_DIR) ?? DEFAULT_OUT_DIR,
    inputs: pickOption(scopes, 'inputs')?.value ?? [],
    shareHosts: pickOption(scopes, 'shareHosts')?.value ?? false,
    closureFile: pickOption(scopes, 'closureFile')?.value ?? false,
    builds: built,
    tests: builds.flatMap((build) => resolveTest(scopes, names, build, ships)),
    layers: built.filter(({ platform }) => pickOption([...platformScopes(scopes, names, platform), ...scopes], 'layer')?.value ?? false),
    toolchains: built.filter(({ platform }) => pickOption([...platformScopes(scopes, names, platform), ...scopes], 'toolchain')?.value ?? false),
    universal: wantsUniversal(scopes) ? partsOf(built) : undefined,
  });
}

function resolveTest(scopes: readonly Scope[], names: PlatformNames, build: PlatformBuild, ships: boolean): readonly PlatformTest[] {
  const near = [...platformScopes(scopes, names, build.platform), ...scopes];
  if (!(pickOption(near, 'tests')?.value ?? ships)) return [];
  const unrunnable = pickOption(near, 'unrunnable')?.value === 'skip' ? 'skip' : 'fail';
  return [{ build, timeout: Number(pickOption(near, 'testTimeout')?.value ?? DEFAULT_TEST_TIMEOUT), unrunnable }];
}

/** The builds that a universal one is joined of, in its order. */
function partsOf(builds: readonly PlatformBuild[]): CrateConfig['universal'] {
  const [intel, arm] = UNIVERSAL_PARTS.map((triple) => builds.find(({ platform }) => platform.triple.name === triple));
  return intel && arm ? [intel, arm] : undefined;
}

/**
 * What the scopes say for one platform. Notes what is wrong in them.
 * @param known undefined where there is no crate, whose words they would be.
 */
export function resolveBuild(
  { scopes, names, failures }: Pick<Resolving, 'scopes' | 'names' | 'failures'>,
  platform: Platform,
  backend: BackendChoice,
  known: KnownWords | undefined,
): PlatformBuild {
  const own = platformScopes(scopes, names, platform);
  const near = [...own, ...scopes];
  failures.push(
    ...(known ? [...checkWords(near, 'profile', 'profile', known.profiles), ...checkWords(own, 'features', 'feature', known.features)] : []),
    ...checkGlibc(own, platform),
    ...checkMinOs(own, platform),
    ...checkOnlySome(own, platform),
    ...checkDriver(own, platform, backend),
    ...checkAllow(near),
  );
  const bins = pickOption(scopes, 'bins')?.value;
  return {
    platform,
    backend,
    profile: pickOption(near, 'profile')?.value ?? DEFAULT_PROFILE,
    features: sortedSet(pickOption(near, 'features')?.value ?? []),
    defaultFeatures: pickOption(scopes, 'defaultFeatures')?.value ?? true,
    bins: bins && sortedSet(bins),
    linkage: pickOption(own, 'linkage')?.value as Linkage | undefined,
    glibc: glibcOf(own, platform, backend),
    minOs: pickOption(own, 'minOs')?.value,
    apiLevel: parseLevel(pickOption(own, 'apiLevel')?.value),
    sdk: pickOption(near, 'sdk')?.value,
    driver: pickOption(own, 'driver')?.value as Driver | undefined,
    interpreter: pickOption(own, 'interpreter')?.value,
    allow: sortedSet(pickOption(near, 'allow')?.value ?? []),
    reproducible: pickOption(near, 'reproducible')?.value ?? true,
    smoke: pickOption(near, 'smoke')?.value,
    rustflags: pickOption(own, 'rustflags')?.value ?? [],
    places: locateOptions(near),
    env: mergeEnv(own),
  };
}

const JUDGED_BY_BACKENDS = ['apiLevel', 'driver', 'glibc', 'interpreter', 'linkage', 'minOs', 'sdk'] as const;

function locateOptions(scopes: readonly Scope[]): OptionPlaces {
  return Object.fromEntries(
    JUDGED_BY_BACKENDS.flatMap((key) => {
      const picked = pickOption(scopes, key);
      return picked ? [[key, locateIn(picked.scope, key)]] : [];
    }),
  );
}

const parseLevel = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

/** Variable by variable, the nearest scope's winning. Sorted by name. */
function mergeEnv(own: readonly Scope[]): Readonly<Record<string, string>> {
  const merged = Object.assign({}, ...own.toReversed().map((scope) => scope.options.env ?? {})) as Record<string, string>;
  return Object.fromEntries(sortedSet(Object.keys(merged)).map((name) => [name, merged[name] ?? '']));
}

function backendWishes({ repository, workspace, scopes, names }: Resolving, platform: Platform): BackendWishes {
  const config = repository.details.get(workspace.root)?.config ?? NO_CONFIG;
  const own = takeBackend([...platformScopes(scopes, names, platform), ...scopes]);
  return { own, globs: takeBackendGlobs(scopes), linker: selectTripleConfig(config, platform.triple.facts).linker };
}

function knownWords({ repository, workspace, crate }: Resolving): KnownWords {
  const details = repository.details.get(workspace.root);
  const manifest = repository.packages.get(crate.root)?.manifest;
  return {
    profiles: sortedSet(['dev', 'release', 'test', 'bench', ...(details?.manifest.profiles ?? []), ...(details ? configProfiles(details.config) : [])]),
    bins: crate.artifacts.filter((artifact) => artifact.kind === 'bin').map((artifact) => artifact.name),
    features: sortedSet([
      'default',
      ...(manifest?.features ?? []),
      ...(manifest?.dependencies ?? []).filter((entry) => entry.optional).map((entry) => entry.key),
    ]),
  };
}
