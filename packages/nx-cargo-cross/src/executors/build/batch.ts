/**
 * `nx-cargo-cross:build` for all tasks of a batch, in one process. Every task id is answered: Nx runs a batch again, for ever, for an id that is not, and
 * fails all of them when the process throws.
 */
import type { ExecutorContext, TaskGraph } from '@nx/devkit';
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
  }));
  for await (const { id, success, terminalOutput } of runTasks(tasks, context, taskGraph.dependencies)) {
    yield { task: id, result: { success, terminalOutput } };
  }
}
