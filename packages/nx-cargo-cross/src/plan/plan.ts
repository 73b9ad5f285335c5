/** The plan: everything that a build will do, as data. `--dry-run` prints it, the engine walks it. */
import { makeCargoBuildArgs, type CargoBuildArgs } from '../cargo/argv.js';
import { deploymentTarget } from '../backend/apple/deployment-target.js';
import { applyEnvEdits, type EnvEdit, type EnvOutcome } from '../backend/env-edit.js';
import type { BackendId } from '../config/backend-id.js';
import { sharedDirectory, type CrossSetUp, type GeneratedFile } from '../backend/contract.js';
import type { MingwCore } from '../backend/zig/mingw-core.js';
import { recipeEnv, recipeRefusals, type RecipeContext } from '../backend/recipes/recipe.js';
import { RECIPES } from '../backend/recipes/table.js';
import { backendOf } from '../backend/registry.js';
import type { PlatformBuild } from '../config/resolved.js';
import type { Failure } from '../diagnostics/failure.js';
import { failed, success, type Failed, type Result } from '../diagnostics/result.js';
import { formatGlibc } from '../platform/glibc.js';
import { screamingTriple } from '../platform/triple.js';
import type { BuildRequest, Probe } from './request.js';
import { crateNames } from './crate-names.js';
import { linkerForPlatform } from './host-linker.js';
import { impossibleLinkage } from './linkage.js';
import { NAMED_FOLDERS, outputFolder, reproducible } from './reproducible.js';
import { rustcWrapper } from './rustc-wrapper.js';
import { mergeRustflags } from './rustflags.js';
import { makeSteps, nameTakenTwice, type ExpectedArtifact, type Step } from './steps.js';

/** One request, planned. All paths are absolute. */
/** Name of the folder, below the target folder, of all that is compiled here. */
export const OUTPUTS = 'nx-cross';

export interface PlannedBuild {
  readonly request: BuildRequest;
  readonly triple: string;
  /** Apple: the oldest macOS that the artifacts start on. */
  readonly minOs: string | undefined;
  /** The first line of `rustc -vV`. */
  readonly toolchain: string;
  readonly backend: PlannedBackend;
  /** The backend has programs linked with the start files and the C library that std brings, beside which it has its own. */
  readonly linksStd: boolean;
  /** What is to be made for the backend's scripts: see its `CrossSetUp`. */
  readonly mingwCore: MingwCore | undefined;
  /** Where cargo runs: the Cargo workspace's root. */
  readonly directory: string;
  readonly targetDir: string;
  readonly files: readonly GeneratedFile[];
  /** Libraries of the backend that are shipped with what needs them: name to absolute path. */
  readonly ships: Readonly<Record<string, string>>;
  /** Where `files` go. */
  readonly filesDirectory: string;
  /** Scripts that lie elsewhere, by their absolute paths: those between cargo and rustc. */
  readonly scripts: readonly GeneratedFile[];
  readonly calls: readonly CargoCall[];
  /** Where the artifacts go. */
  readonly destination: string;
  /** Everything cargo and the compilers print is kept here. */
  readonly log: string;
}

export interface PlannedBackend {
  readonly id: BackendId;
  readonly version: string;
  /** Why this one. */
  readonly reason: string;
}

export interface CargoCall {
  readonly cargo: string;
  /** The target folder that it is told, absolute. */
  readonly targetDir: string;
  readonly args: readonly string[];
  /** What the words are made of. */
  readonly selection: CargoBuildArgs;
  readonly env: readonly EnvOutcome[];
  /** Flags for rustc that travel by `--config`. */
  readonly rustflags: readonly string[];
  readonly linkage: Step['linkage'];
  readonly expected: readonly ExpectedArtifact[];
}

/** Plans one request. Pure: the same request and probe always give the same plan. */
export function planBuild(request: BuildRequest, probe: Probe): Result<PlannedBuild> {
  const { crate, build, workspace } = request;
  const { platform } = build;
  const backend = backendOf(build.backend.id);
  const steps = makeSteps(crate.artifacts, build);
  const [firstStep] = steps;
  if (!firstStep) return failed({ code: 'nothing-to-build', crate: crate.name, location: { file: crate.manifest } });
  const twice = nameTakenTwice(steps.flatMap(({ expected }) => expected));
  if (twice) return failed({ code: 'artifact-name-taken', crate: crate.name, file: twice.fileName, artifacts: twice.artifacts, location: { file: crate.manifest } });

  const impossible = impossibleLinkage(build);
  if (impossible) return failed(impossible);
  const contradiction = dynamicFlag(build);
  if (contradiction !== undefined && steps.some(({ linkage }) => linkage === 'static')) return failed(againstStatic(request, contradiction));
  const env = { ...probe.env, ...build.env };
  const minOs = deploymentTarget(platform.triple.facts, build.minOs, env);
  const targetDir = join(probe.targetDir, OUTPUTS);
  const versions = Object.entries(probe.tools).flatMap(([, tool]) => (tool && tool.version !== '' ? [tool.version] : []));
  const setUpIn = (directory: string, step: Step): Result<CrossSetUp> =>
    backend.setUp({
      triple: platform.triple,
      host: probe.host,
      tools: probe.tools,
      directory,
      cacheDirectory: join(targetDir, 'cache'),
      linkage: step.linkage,
      glibc: build.glibc,
      minOs,
      apiLevel: build.apiLevel,
      sdk: sdkFolder(request, probe.workspaceRoot),
      driver: build.driver,
      interpreter: build.interpreter,
      linker: probe.linker,
      closure: request.closure,
      env,
      strip: request.strip,
      macosLinkProgram: probe.macosLinkProgram,
      shared: probe.shared,
    });
  const place = join('backend', [backend.id, ...versions.slice(0, 1)].join('-'), directoryName(build, minOs));
  const refused = ([reason, ...others]: Failed['failures']): Failed => failed(locate(reason, build), ...others.map((failure) => locate(failure, build)));
  // The files hold the path of their folder, which is named after all else that they hold.
  const unnamed = setUpIn(place, firstStep);
  if (!unnamed.ok) return refused(unnamed.failures);
  const filesDirectory = sharedDirectory(probe.shared, place, unnamed.value.files);
  const setUps: { readonly step: Step; readonly setUp: CrossSetUp }[] = [];
  for (const step of steps) {
    const setUp = setUpIn(filesDirectory, step);
    if (!setUp.ok) return refused(setUp.failures);
    setUps.push({ step, setUp: setUp.value });
  }
  const [first] = setUps;
  if (!first) return failed({ code: 'nothing-to-build', crate: crate.name, location: { file: crate.manifest } });
  const linksStd = setUps.some(({ setUp }) => setUp.linksStd === true);
  const recipes = recipeContext(request, probe);
  const compiles = compilersOf(backend.id, first.setUp);
  const [refusal, ...more] = recipeRefusals(RECIPES, recipes, { tools: probe.tools, compiles, platform: platform.name, wanted: crate.name });
  if (refusal) return failed(refusal, ...more);
  const crates = recipeEnv(RECIPES, recipes);
  const same = build.reproducible ? sameEverywhere(request, probe, targetDir, filesDirectory) : undefined;
  return success({
    request,
    triple: platform.triple.name,
    minOs,
    toolchain: probe.toolchain.label,
    backend: { id: backend.id, reason: linksStd ? `${build.backend.reason}, linked with the C library of Rust's std` : build.backend.reason, version: first.setUp.version },
    linksStd,
    mingwCore: first.setUp.mingwCore,
    directory: join(probe.workspaceRoot, workspace.root),
    targetDir,
    files: first.setUp.files,
    ships: first.setUp.ships ?? {},
    filesDirectory,
    scripts: same?.scripts ?? [],
    calls: setUps.map(({ step, setUp }) => planCall(request, probe, { targetDir, crates, same }, step, setUp)),
    destination: join(probe.workspaceRoot, request.outDir, platform.name, request.project),
    log: join(targetDir, 'logs', platform.name, `${request.project.replaceAll('/', '+')}.log`),
  });
}

/** A backend knows what it cannot give, and not where it is asked for. */
function locate(failure: Failure, { places }: PlatformBuild): Failure {
  if (failure.code !== 'linkage-impossible' || failure.option === undefined) return failure;
  const location = places[failure.option];
  return location === undefined ? failure : { ...failure, location };
}

/** The platform's own flags come behind ours and win; those of cargo's configuration and of the environment come before. */
function dynamicFlag({ rustflags }: BuildRequest['build']): string | undefined {
  return rustflags.find((flag) => /(?:^|[=,\s])-crt-static\b|^(?:-C\s*)?prefer-dynamic(?!=(?:no|n|off|false)$)/.test(flag));
}

function againstStatic({ build: { platform, backend } }: BuildRequest, flag: string): Failure {
  return {
    code: 'linkage-impossible',
    triple: platform.triple.name,
    backend: backend.id,
    asked: 'A static program',
    why: `"rustflags" of platform ${platform.name} hold "${flag}", which makes it dynamic.`,
    help: `Take "${flag}" out of them, or write linkage = "dynamic" in [package.metadata.nx-cargo-cross.platform.${platform.name}].`,
  };
}

function recipeContext({ build, closure }: BuildRequest, { host, env, used }: Probe): RecipeContext {
  return { triple: build.platform.triple, host, backend: build.backend.id, closure, used, env: { ...env, ...build.env } };
}

/** The machine's own compiler and the user's own linker are taken to compile what they link. */
function compilersOf(backend: BackendId, { tools }: CrossSetUp): { readonly c: boolean; readonly cxx: boolean } {
  const own = backend === 'native' || backend === 'cargo-config';
  return { c: own || tools?.cc !== undefined, cxx: own || tools?.cxx !== undefined };
}

const LOCK_VARIABLE = 'CARGO_RESOLVER_LOCKFILE_PATH';

/** What a build gets whose bytes are to be the same everywhere. */
interface SameEverywhere {
  readonly scripts: readonly GeneratedFile[];
  readonly env: readonly EnvEdit[];
  /** The target folder that its calls are told, absolute. */
  readonly outputs: string;
  readonly filesDirectory: string;
}

function sameEverywhere(request: BuildRequest, probe: Probe, targetDir: string, filesDirectory: string): SameEverywhere {
  const wrapper = rustcWrapper(request, probe);
  const names = crateNames(request, probe, targetDir, wrapper.script.path);
  return {
    scripts: [wrapper.script, ...(names ? [names.script] : [])],
    env: [...wrapper.env, ...(names?.env ?? [])],
    outputs: outputFolder(targetDir, names?.rule ?? NAMED_FOLDERS, probe),
    filesDirectory,
  };
}

interface OfTheBuild {
  readonly targetDir: string;
  /** What crates want by the recipes. */
  readonly crates: readonly EnvEdit[];
  readonly same: SameEverywhere | undefined;
}

function planCall(request: BuildRequest, probe: Probe, { targetDir, crates, same }: OfTheBuild, step: Step, setUp: CrossSetUp): CargoCall {
  const { crate, build } = request;
  const { name } = build.platform.triple;
  // What the package's own `env` says counts like the environment, for cargo takes it for that.
  const inTable = (build.env[`CARGO_TARGET_${screamingTriple(name)}_RUSTFLAGS`] ?? '').trim() !== '';
  const user = { ...probe.rustflags, targetTable: probe.rustflags.targetTable || inTable };
  const flags = mergeRustflags([...setUp.rustflags, ...build.rustflags], { ...probe.env, ...build.env }, user);
  const own = same?.outputs ?? targetDir;
  // The key holds the lock file that the repository's own configuration says.
  const lock: readonly EnvEdit[] = probe.env[LOCK_VARIABLE] === undefined ? [] : [{ kind: 'unset', name: LOCK_VARIABLE }];
  const ofBackend = same ? linkerForPlatform(setUp.env, name, { host: probe.host.triple, env: { ...probe.env, ...build.env }, configured: probe.linker }) : setUp.env;
  const users: readonly EnvEdit[] = Object.entries(build.env).map(([name, value]) => ({ kind: 'set', name, value }));
  const selection: CargoBuildArgs = {
    packageSpec: `${crate.name}@${crate.version}`,
    triple: name,
    profile: build.profile,
    features: build.features,
    defaultFeatures: build.defaultFeatures,
    bins: step.bins,
    lib: step.lib,
    rustflags: flags.config,
    targetDir: own,
    color: probe.color,
  };
  return {
    cargo: probe.toolchain.cargo,
    targetDir: own,
    args: makeCargoBuildArgs(selection),
    selection,
    // The user's own `env` is applied first, so that a backend's `set-if-missing` gives way to it as to the environment.
    env: mergeOutcomes(probe, users, [...ofBackend, ...crates, ...lock, ...(same ? [...same.env, ...reproducible(request, probe, setUp, same)] : []), ...flags.env]),
    rustflags: flags.config,
    linkage: step.linkage,
    expected: step.expected,
  };
}

function mergeOutcomes(probe: Probe, users: readonly EnvEdit[], own: readonly EnvEdit[]): readonly EnvOutcome[] {
  const fromUser = applyEnvEdits(probe.env, users, probe.pathDelimiter);
  const environment = { ...probe.env, ...Object.fromEntries(fromUser.map(({ name, value }) => [name, value])) };
  const fromBackend = applyEnvEdits(environment, own, probe.pathDelimiter);
  const named = new Set(fromBackend.map(({ name }) => name));
  return [...fromUser.filter(({ name }) => !named.has(name)), ...fromBackend];
}

/** `sdk`, absolute. */
export function sdkFolder({ build: { sdk } }: BuildRequest, workspaceRoot: string): string | undefined {
  return sdk === undefined || /^(?:[/\\]|[A-Za-z]:[/\\])/.test(sdk) ? sdk : join(workspaceRoot, sdk);
}

/** One folder per triple and, where it changes what the scripts say, per floor and the like: two builds must not write over each other's. */
export function directoryName(build: Pick<PlatformBuild, 'platform' | 'glibc' | 'apiLevel' | 'driver' | 'interpreter' | 'linkage' | 'sdk'>, minOs: string | undefined): string {
  const { platform, glibc, apiLevel, driver, interpreter, linkage, sdk } = build;
  const oldest = minOs === platform.triple.facts.minOs ? undefined : minOs;
  const [loader, files] = [interpreter, sdk].map((path) => path?.replaceAll(/[^A-Za-z0-9.]+/g, '-'));
  return [platform.triple.name, glibc && formatGlibc(glibc), oldest, apiLevel, driver, loader, linkage, files].filter((part) => part !== undefined).join('-');
}

/** Joins absolute and relative paths; both `/` and an empty relative part are fine. */
function join(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('/');
}
