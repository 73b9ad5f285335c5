/** The targets of one crate: `cross-<platform>` for each platform, and `cross` for all of them. */
import { sortedSet } from '../cargo/order.js';
import type { PlatformBuild } from '../config/resolved.js';
import { isStale, syncedBy, type ClosureEntry } from './closure-file.js';
import type { NxInput, NxTarget } from './nx-shapes.js';
import { settingFiles, type CrateFacts } from './inputs.js';
import type { ToolchainRef } from './toolchain-targets.js';

/** The executor of all targets for one platform. */
export const BUILD_EXECUTOR = 'nx-cargo-cross:build';

/** The name of the target for one platform. */
export function targetName(base: string, build: PlatformBuild): string {
  return `${base}-${build.platform.name}`;
}

/**
 * The target for one platform. Its only option is the platform: every option is part of the hash of all of a project's tasks, so all else is resolved
 * anew at run time, from files whose meaning the closure node holds.
 */
export function makeBuildTarget({ crate, config, closure, names }: CrateFacts, build: PlatformBuild, inputs: readonly NxInput[], entry: ClosureEntry | undefined, toolchain?: ToolchainRef): NxTarget {
  const { platform, backend } = build;
  const uncached = closure.unreachable ? ['not cached, because it depends on a path outside the repository'] : isStale(entry) ? [`not cached before npx nx sync, because of ${entry.file}`] : [];
  return {
    executor: BUILD_EXECUTOR,
    // What lies outside the repository cannot be in the key; a build that reads it is never taken from the cache.
    cache: uncached.length === 0,
    options: { platform: platform.name },
    outputs: [`{workspaceRoot}/${config.outDir}/${platform.name}/{projectName}`],
    inputs,
    ...syncedBy(entry),
    metadata: {
      ...(entry ? { closure: entry } : {}),
      ...(toolchain ? { toolchain } : {}),
      description: [`Build ${crate.name} for ${platform.triple.name} (backend ${backend.id}, ${build.profile}) and prove the result`, ...uncached].join('; '),
      technologies: ['rust'],
      help: { command: `npx nx run ${names.nameOf(crate.root)}:${targetName(config.targetName, build)} --help`, example: { options: { dryRun: true } } },
    },
  };
}

/** Words of the command line are meant for what a target stands for. */
export function forwarded(targets: readonly string[]): NonNullable<NxTarget['dependsOn']> {
  return targets.map((target) => ({ target, params: 'forward' }));
}

/**
 * The target that stands for all of a crate's platforms. It runs nothing. Its inputs make `nx affected` select it exactly when it must:
 * - Nx 24 selects tasks, and a task's being affected travels along `dependentTasksOutputFiles`, not along `dependsOn` (measured with Nx 24.0.6);
 * - Nx 22 and 23 select projects, by the files of the repository that their targets' inputs name. So the lock file, the root manifests, toolchain and configuration are named here,
 *   where no cache key is made of them. A changed closure file is one of the project's own.
 */
export function makeAllTarget({ crate, workspace, closure, repository }: CrateFacts, targets: readonly string[], entries: readonly (ClosureEntry | undefined)[]): NxTarget {
  // Nx 22 and 23 ask by project, so one target whose line is not right brings them all.
  const synced = entries.every((entry) => entry?.current === true);
  const manifests = closure.local.flatMap(({ workspaceRoot }) =>
    workspaceRoot === undefined ? [] : (repository.details.get(workspaceRoot)?.manifest.file ?? []),
  );
  const files = synced ? [] : sortedSet([workspace.lockFile, workspace.manifest, ...manifests, ...settingFiles(workspace)]);
  return {
    executor: 'nx:noop',
    dependsOn: forwarded(targets),
    inputs: [...files.map((file) => `{workspaceRoot}/${file}`), { externalDependencies: [] }, { dependentTasksOutputFiles: '**/__none__', transitive: true }],
    metadata: {
      description: `Build ${crate.name} for ${targets.length === 1 ? 'its platform' : `all its ${targets.length} platforms`}`,
      technologies: ['rust'],
    },
  };
}
