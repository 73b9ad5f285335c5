/** Layers, by an Nx of their own. */
import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import type { LayerSource } from '../../build/layer-source.js';
import { groupBy } from '../../cargo/group-by.js';
import type { ResolvedCrate } from '../../config/crate-at.js';
import { LAYER_EXECUTOR, layerFolder, layerTargetName } from '../../graph/layer-targets.js';
import type { BuildRequest } from '../../plan/request.js';
import type { System } from '../../system/system.js';
import { runNested } from './nested-nx.js';

export function makeLayerSource(context: ExecutorContext, crateOf: (task: string) => ResolvedCrate | undefined, system: System): LayerSource {
  const targetOf = (request: BuildRequest): string | undefined => {
    const config = crateOf(request.task)?.config;
    const name = config && layerTargetName(config.targetName, request.build);
    const target = name === undefined ? undefined : context.projectsConfigurations.projects[request.project]?.targets?.[name];
    return target?.executor === LAYER_EXECUTOR ? name : undefined;
  };
  return {
    folderOf: (request) => (targetOf(request) === undefined ? undefined : join(context.root, layerFolder(request, request.build, request.project))),
    async bring(requests, hear, signal) {
      const brought = new Set<string>();
      let why: string | undefined;
      // Those of one platform in one run: no project gets a target that nobody asked for.
      for (const alike of groupBy(requests, (request) => JSON.stringify([targetOf(request), request.overrides])).values()) {
        const [first] = alike;
        if (!first || signal?.aborted) continue;
        const failure = await runNested(system, { root: context.root, target: targetOf(first) ?? '', projects: alike.map(({ project }) => project), words: overridesOf(first), hear: (text) => hear(first, text), signal });
        if (failure === undefined) for (const { task } of alike) brought.add(task);
        else why = failure;
      }
      return { brought, ...(why === undefined ? {} : { why }) };
    },
  };
}

/** What the task says and its target does not. */
function overridesOf({ overrides, build }: BuildRequest): readonly string[] {
  return overrides.flatMap(({ option }) => (option === 'profile' ? [`--profile=${build.profile}`] : [`--features=${build.features.join(',')}`]));
}
