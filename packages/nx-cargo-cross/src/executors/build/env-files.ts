/** Files of variables that Nx reads for a task that runs by itself. */

/**
 * The files that a task of a batch would need and does not get, in Nx's order, relative to the workspace root. Those at the root that are named after no target are read for all of Nx.
 * Source: Nx 22 to 24, `tasks-runner/task-env-paths.js` (the list), `task-env.js`, `getEnvVariablesForBatchProcess` (nothing of it).
 */
export function envFilesOf(projectRoot: string, target: string, configuration: string | undefined): readonly string[] {
  const names = [...(configuration === undefined ? [] : [`${target}.${configuration}`, configuration]), target];
  const named = (folder: string): readonly string[] => names.flatMap((name) => [`.env.${name}.local`, `.env.${name}`, `.${name}.local.env`, `.${name}.env`].map((file) => `${folder}${file}`));
  if (projectRoot === '.' || projectRoot === '') return named('');
  return [...named(`${projectRoot}/`), ...['.env.local', '.local.env', '.env'].map((file) => `${projectRoot}/${file}`), ...named('')];
}
