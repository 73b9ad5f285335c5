/** From Nx's words to the engine's: which crate a task's project is, and its options for the task's platform. */
import type { ExecutorContext } from '@nx/devkit';
import { profileStrip } from '../../config/profile-strip.js';
import { resolveCrateAt, type ResolvedCrate } from '../../config/crate-at.js';
import type { ClosurePackage } from '../../backend/contract.js';
import { canonicalJson } from '../../cargo/canonical.js';
import { parseLock } from '../../cargo/lock.js';
import type { CargoWorkspace, Crate } from '../../cargo/model.js';
import { outsideFolder } from '../../cargo/outside-folder.js';
import type { LockedPackages } from '../../build/pins.js';
import type { SourceTree } from '../../cargo/source-tree.js';
import type { PlatformBuild } from '../../config/resolved.js';
import type { Failure } from '../../diagnostics/failure.js';
import { nearestWord } from '../../diagnostics/nearest.js';
import { failed, success, type Result } from '../../diagnostics/result.js';
import { makeClosures } from '../../graph/closure.js';
import { isStale, type ClosureEntry } from '../../graph/closure-file.js';
import { BUILD_EXECUTOR } from '../../graph/targets.js';
import { digest } from '../../system/digest.js';
import type { BuildRequest, Override } from '../../plan/request.js';
import { lockedPackages } from '../locked-packages.js';
import { otherPlatform } from '../other-platform.js';
import { makeSourceTree } from '../../system/source-tree.js';
import type { BuildOptions } from './options.js';
import type { BuildTask } from './run-tasks.js';

export interface Requests {
  readonly requests: readonly BuildRequest[];
  /** The crate of a request's task, with all that it belongs to. */
  crateOf(task: string): ResolvedCrate | undefined;
  readonly refused: readonly { readonly task: BuildTask; readonly failures: readonly Failure[] }[];
}

/**
 * Resolves each task by the same code as the graph did.
 * @param ci whether nobody is there: then a closure file that is not right is refused
 */
export function makeRequests(tasks: readonly BuildTask[], context: ExecutorContext, ci: boolean): Requests {
  const tree = makeSourceTree(context.root);
  const resolved = new Map<string, Result<ResolvedCrate>>();
  const requests: BuildRequest[] = [];
  const refused: { task: BuildTask; failures: readonly Failure[] }[] = [];
  const crates = new Map<string, ResolvedCrate>();
  for (const task of tasks) {
    const root = context.projectsConfigurations.projects[task.project]?.root ?? '';
    const folder = root === '.' ? '' : root;
    const crate = resolved.get(folder) ?? resolveCrateAt(folder, tree);
    resolved.set(folder, crate);
    if (crate.ok) crates.set(task.id, crate.value);
    const foreign = otherPlatform(context, task);
    const unread: Failure | undefined = task.unread === undefined ? undefined : { code: 'env-file-in-batch', file: task.unread, task: task.id };
    const stale = ci && task.options.dryRun !== true ? staleClosure(task, context) : undefined;
    const refusal = foreign ?? unread ?? stale;
    const request = refusal ? failed(refusal) : crate.ok ? makeRequest(task, crate.value, tree, { locked: lockedPackages(context) }) : crate;
    if (request.ok) requests.push(request.value);
    else refused.push({ task, failures: request.failures });
  }
  return { requests, refused, crateOf: (task) => crates.get(task) };
}

/** What the graph says of the closure file. */
function staleClosure({ project, options }: BuildTask, { projectsConfigurations }: ExecutorContext): Failure | undefined {
  const targets = Object.values(projectsConfigurations.projects[project]?.targets ?? {});
  const target = targets.find(({ executor, options: written }) => executor === BUILD_EXECUTOR && (written as { readonly platform?: unknown } | undefined)?.platform === options.platform);
  const entry = (target?.metadata as { readonly closure?: ClosureEntry } | undefined)?.closure;
  return isStale(entry) ? { code: 'closure-stale', file: entry.file, project } : undefined;
}

/** One task of a crate; `builds` are the platforms that there are, and `locked` what the project graph says of npm packages. */
export function makeRequest(
  task: Pick<BuildTask, 'id' | 'project' | 'options'>,
  { repository, workspace, crate, config }: ResolvedCrate,
  tree: SourceTree,
  { builds = config.builds, locked = {} }: { readonly builds?: readonly PlatformBuild[]; readonly locked?: LockedPackages } = {},
): Result<BuildRequest> {
  const build = builds.find(({ platform }) => platform.name === task.options.platform || platform.triple.name === task.options.platform);
  if (!build) {
    const valid = builds.map(({ platform }) => platform.name);
    const nearest = nearestWord(task.options.platform, valid);
    return failed({ code: 'unknown-word', kind: 'platform', word: task.options.platform, location: { file: `target ${task.id}` }, nearest, valid });
  }
  const overridden = override(build, task.options);
  const strip = profileStrip(repository, workspace, overridden.profile);
  const closure = closureOf(repository, workspace, crate, tree);
  const outside = outsideFolder(repository, workspace);
  return success({ task: task.id, project: task.project, workspace, crate, build: overridden, strip, closure, outside, outDir: config.outDir, overrides: overridesOf(build, overridden), lockedPackages: locked });
}

/** Without a readable lock file there is no build, so nothing is missed where none is read. */
function closureOf(repository: ResolvedCrate['repository'], workspace: CargoWorkspace, crate: Crate, tree: SourceTree): readonly ClosurePackage[] {
  const read = tree.readText(workspace.lockFile);
  const lock = read && 'text' in read ? parseLock(workspace.lockFile, read.text) : undefined;
  return makeClosures(repository, workspace, lock?.ok ? lock.value : undefined, digest)(crate)?.packages() ?? [];
}

/** Packages and profiles of the key are those of the configured options. */
function overridesOf(build: PlatformBuild, { profile, features }: PlatformBuild): readonly Override[] {
  return [
    ...(profile === build.profile ? [] : [{ option: 'profile', value: JSON.stringify(profile) } as const]),
    ...(canonicalJson(features) === canonicalJson([...build.features].sort()) ? [] : [{ option: 'features', value: `[${features.map((feature) => JSON.stringify(feature)).join(', ')}]` } as const]),
  ];
}

function override(build: PlatformBuild, { profile, features }: BuildOptions): PlatformBuild {
  return {
    ...build,
    ...(profile === undefined ? {} : { profile }),
    ...(features === undefined ? {} : { features: [...new Set(features)].sort() }),
  };
}
