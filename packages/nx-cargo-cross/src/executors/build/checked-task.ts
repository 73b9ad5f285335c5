/** What Nx knows of a task's key: the inputs of its target as they are after all plugins, project.json and defaults, and the projects that they speak of. */
import type { ExecutorContext } from '@nx/devkit';
import type { CheckedTask } from '../../build/check-inputs.js';
import { selectConfigEnv } from '../../cargo/cargo-config.js';
import type { ResolvedCrate } from '../../config/crate-at.js';
import { readKey } from '../../graph/key-contents.js';
import { writtenEntries } from '../../graph/written-inputs.js';
import type { BuildTask } from './run-tasks.js';

/** Undefined for a task whose result Nx does not keep: nothing is claimed of it. */
export function checkedTaskOf(task: BuildTask | undefined, crate: ResolvedCrate | undefined, context: ExecutorContext): CheckedTask | undefined {
  if (!task || !crate) return undefined;
  const { projects } = context.projectsConfigurations;
  const target = projects[task.project]?.targets?.[targetOf(task)];
  if (target?.cache !== true) return undefined;
  const details = crate.repository.details.get(crate.workspace.root);
  const dependencies = context.projectGraph.dependencies;
  return {
    key: readKey({
      inputs: target.inputs ?? ['default', '^default'],
      project: task.project,
      projects,
      namedInputs: context.nxJsonConfiguration.namedInputs ?? {},
      dependenciesOf: (name) => (dependencies[name] ?? []).flatMap(({ target: other }) => (projects[other] ? [other] : [])),
    }),
    written: [...crate.repository.packages.values()].map((found) => ({ root: found.root, entries: writtenEntries(found) })),
    forced: new Set(details ? selectConfigEnv(details.config).flatMap(({ name, force }) => (force ? [name] : [])) : []),
    hash: task.hash,
    fix: task.options.fixInputs === true,
  };
}

/** `project:target:configuration`; neither a project's nor a target's name is known to be without a colon. */
function targetOf({ id, project }: BuildTask): string {
  return id.slice(project.length + 1).split(':')[0] ?? '';
}
