/** What a build is held against: its task's key, and what the packages say of what they read. */
import type { ExecutorContext } from '@nx/devkit';
import type { CheckedTask } from '../build/check-inputs.js';
import { selectConfigEnv } from '../cargo/cargo-config.js';
import type { ResolvedCrate } from '../config/crate-at.js';
import { writtenEntries, writtenVariables } from '../graph/written-inputs.js';
import { taskKey } from './task-key.js';

/** A task of Nx. */
interface RunTask extends Pick<CheckedTask, 'hash' | 'fix'> {
  /** `project:target:configuration`. */
  readonly id: string;
  readonly project: string;
}

/** Undefined for a task whose result Nx does not keep: nothing is claimed of it. */
export function checkedTaskOf(task: RunTask, crate: ResolvedCrate, context: ExecutorContext): CheckedTask | undefined {
  const key = taskKey(context, task.project, targetOf(task));
  if (!key) return undefined;
  const details = crate.repository.details.get(crate.workspace.root);
  return {
    key,
    written: [...crate.repository.packages.values()].map((found) => ({ root: found.root, entries: writtenEntries(found), variables: writtenVariables([found]) })),
    forced: new Set(details ? selectConfigEnv(details.config).flatMap(({ name, force }) => (force ? [name] : [])) : []),
    hash: task.hash,
    fix: task.fix,
  };
}

/** Neither a project's nor a target's name is known to be without a colon. */
function targetOf({ id, project }: RunTask): string {
  return id.slice(project.length + 1).split(':')[0] ?? '';
}
