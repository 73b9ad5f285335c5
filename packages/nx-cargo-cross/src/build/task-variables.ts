/** Variables that Nx sets for the one task that they are meant for. Nx 22 to 24, `tasks-runner/task-env.js`. */
const OF_THE_TASK = /^(NX_TASK_|NX_TERMINAL_|NX_STREAM_OUTPUT$|NX_PREFIX_OUTPUT$|NX_SET_CLI$|LERNA_PACKAGE_NAME$)/;

/** The environment without what Nx says in it of a task: what all tasks of a run have alike, but for their `.env` files. */
export function withoutTask(env: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !OF_THE_TASK.test(name)));
}
