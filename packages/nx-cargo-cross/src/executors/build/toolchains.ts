/** Toolchains, by an Nx of their own. The graph says with each build which project has the one that it takes. */
import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import type { ToolchainSource } from '../../build/toolchain-source.js';
import { TOOLCHAIN_EXECUTOR, type ToolchainRef } from '../../graph/toolchain-targets.js';
import { BUILD_EXECUTOR } from '../../graph/targets.js';
import type { BuildRequest } from '../../plan/request.js';
import type { System } from '../../system/system.js';
import { runNested } from './nested-nx.js';

interface Found {
  readonly project: string;
  readonly target: string;
  readonly folder: string;
  readonly id: string;
}

export function makeToolchainSource({ root, projectsConfigurations: { projects } }: ExecutorContext, system: System): ToolchainSource {
  const find = ({ project, build }: BuildRequest): Found | undefined => {
    const builds = Object.values(projects[project]?.targets ?? {}).filter(({ executor, options }) => executor === BUILD_EXECUTOR && (options as { readonly platform?: unknown } | undefined)?.platform === build.platform.name);
    const ref = builds.map(({ metadata }) => (metadata as { readonly toolchain?: ToolchainRef } | undefined)?.toolchain).find((found) => found !== undefined);
    const [owner, { targets = {} } = {}] = (ref && Object.entries(projects).find(([, { root: folder }]) => folder === ref.root)) ?? [];
    const target = ref && targets[ref.target];
    if (!ref || owner === undefined || target?.executor !== TOOLCHAIN_EXECUTOR) return undefined;
    const [output = ''] = target.outputs ?? [];
    return { project: owner, target: ref.target, id: ref.id, folder: join(root, output.replace('{workspaceRoot}/', '').replace('{projectName}', owner)) };
  };
  return {
    wishOf: find,
    async bring(request, hear, signal) {
      const found = find(request);
      if (!found) return 'there is none';
      return runNested(system, { root, target: found.target, projects: [found.project], words: [], shows: (line) => /^ {2}(?:building|linking|installing|waiting) /.test(line), hear, signal });
    },
  };
}
