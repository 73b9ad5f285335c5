/** What a build is held against: its task's key, and what the packages say of what they read. */
import type { ExecutorContext } from '@nx/devkit';
import type { CheckedTask } from '../../build/check-inputs.js';
import { selectConfigEnv } from '../../cargo/cargo-config.js';
import type { ResolvedCrate } from '../../config/crate-at.js';
import { writtenEntries } from '../../graph/written-inputs.js';
import { taskKey } from '../task-key.js';
import type { BuildTask } from './run-tasks.js';

/** Undefined for a task whose result Nx does not keep: nothing is claimed of it. */
export function checkedTaskOf(task: BuildTask | undefined, crate: ResolvedCrate | undefined, context: ExecutorContext): CheckedTask | undefined {
  if (!task || !crate) return undefined;
  const key = taskKey(context, task.project, targetOf(task));
  if (!key) return undefined;
  const details = crate.repository.details.get(crate.workspace.root);
  return {
    key,
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
