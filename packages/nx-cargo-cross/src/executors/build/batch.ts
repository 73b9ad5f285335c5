/**
 * `nx-cargo-cross:build` for all tasks of a batch, in one process. Every task id is answered: Nx runs a batch again, for ever, for an id that is not, and
 * fails all of them when the process throws.
 */
import { join } from 'node:path';
import type { ExecutorContext, Task, TaskGraph } from '@nx/devkit';
import { existsNow } from '../../system/files-now.js';
import { envFilesOf } from './env-files.js';
import type { BuildOptions } from './options.js';
import { runTasks } from './run-tasks.js';

interface BatchOutcome {
  readonly task: string;
  readonly result: { readonly success: boolean; readonly terminalOutput: string };
}

export default async function* batch(
  taskGraph: TaskGraph,
  options: Readonly<Record<string, BuildOptions>>,
  _overrides: unknown,
  context: ExecutorContext,
): AsyncGenerator<BatchOutcome, void> {
  const tasks = Object.values(taskGraph.tasks).map((task) => ({
    id: task.id,
    project: task.target.project,
    options: options[task.id] ?? { platform: '' },
    hash: task.hash,
    unread: unreadEnvFile(context, task.target),
  }));
  for await (const { id, success, terminalOutput } of runTasks(tasks, context, taskGraph.dependencies)) {
    yield { task: id, result: { success, terminalOutput } };
  }
}

/** A file that Nx reads for the task's key, and that this process has not seen. */
function unreadEnvFile(context: ExecutorContext, { project, target, configuration }: Task['target']): string | undefined {
  if (process.env['NX_LOAD_DOT_ENV_FILES'] === 'false') return undefined;
  const root = context.projectsConfigurations.projects[project]?.root ?? '';
  return envFilesOf(root, target, configuration).find((file) => existsNow(join(context.root, file)));
}
