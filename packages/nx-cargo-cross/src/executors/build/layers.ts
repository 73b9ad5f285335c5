/**
 * Layers come by way of Nx, as tasks of their own, so that whatever cache the workspace has serves them. They are asked for by a build that really runs, not by `dependsOn`: Nx would bring, or make, the layers of builds that it takes
 * from the cache itself, on machines that need none of them.
 */
import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import type { LayerSource } from '../../build/layer-source.js';
import { withoutTask } from '../../build/task-variables.js';
import { groupBy } from '../../cargo/group-by.js';
import { isStatusLine } from '../../cargo/status-line.js';
import type { ResolvedCrate } from '../../config/crate-at.js';
import { LAYER_EXECUTOR, layerFolder, layerTargetName } from '../../graph/layer-targets.js';
import type { BuildRequest } from '../../plan/request.js';
import { nxProgram } from '../../system/nx-version.js';
import type { System } from '../../system/system.js';

/** Characters of what Nx says that are looked through for a reason. */
const TAIL = 20_000;

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
      const nx = nxProgram(context.root);
      if (nx === undefined) return { brought, why: 'no Nx was found that could bring it' };
      // Those of one platform in one run: no project gets a target that nobody asked for.
      for (const alike of groupBy(requests, (request) => JSON.stringify([targetOf(request), request.overrides])).values()) {
        const [first] = alike;
        if (!first || signal?.aborted) continue;
        let tail = '';
        let line = '';
        let replayed = false;
        const listen = (text: string): void => {
          tail = (tail + text).slice(-TAIL);
          const lines = (line + text).split(/(?<=\n)/);
          line = lines.at(-1)?.endsWith('\n') === false ? (lines.pop() ?? '') : '';
          const status = lines.filter((said) => {
            replayed = isReplay(said) ?? replayed;
            return !replayed && isStatusLine(said);
          }).join('');
          if (status !== '') hear(first, status);
        };
        const { exitCode } = await system.stream({
          command: process.execPath,
          args: [nx, 'run-many', `--targets=${targetOf(first) ?? ''}`, `--projects=${alike.map(({ project }) => project).join(',')}`, '--parallel=1', '--nxBail=false', '--outputStyle=stream-without-prefixes', ...overridesOf(first)],
          cwd: context.root,
          env: { ...withoutTask(system.env), NX_TUI: 'false' },
          onStdout: listen,
          onStderr: listen,
          ...(signal ? { signal } : {}),
        });
        if (exitCode === 0) for (const { task } of alike) brought.add(task);
        else why = `it could not be made${reasonIn(tail)}`;
      }
      return { brought, ...(why === undefined ? {} : { why }) };
    },
  };
}

/** What Nx says before the words of a task: whether they are those of an earlier run. Nx 22 to 24, `tasks-runner/life-cycles`. */
function isReplay(line: string): boolean | undefined {
  const plain = line.replace(ESCAPES, '');
  return /^\s*> nx run /.test(plain) ? /\[[^\]]*cache[^\]]*\]/.test(plain) : undefined;
}

const ESCAPES = /\u001b\[[0-9;]*[A-Za-z]/g;

/** The first error that was told; the build tells all of it. */
function reasonIn(text: string): string {
  const line = /^\s*(error(?:\[[a-z-]+\])?: .*)$/m.exec(text.replace(ESCAPES, ''))?.[1];
  return line === undefined ? '' : `: ${line.slice(0, 300)}`;
}

/** What the task says and its target does not. */
function overridesOf({ overrides, build }: BuildRequest): readonly string[] {
  return overrides.flatMap(({ option }) => (option === 'profile' ? [`--profile=${build.profile}`] : [`--features=${build.features.join(',')}`]));
}
