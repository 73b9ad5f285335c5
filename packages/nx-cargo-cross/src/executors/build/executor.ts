/** `nx-cargo-cross:build` for one task. */
import type { ExecutorContext } from '@nx/devkit';
import type { BuildOptions } from './options.js';
import { runTasks } from './run-tasks.js';

export default async function build(options: BuildOptions, context: ExecutorContext): Promise<{ success: boolean }> {
  const project = context.projectName ?? '';
  const id = [project, context.targetName, context.configurationName].filter((part) => part !== undefined).join(':');
  let success = false;
  for await (const outcome of runTasks([{ id, project, options, hash: process.env['NX_TASK_HASH'] }], context)) success = outcome.success;
  return { success };
}
