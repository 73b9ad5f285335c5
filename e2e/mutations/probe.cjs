/**
 * Runs in a workspace: the hashes of all cross tasks, as a run computes them before it starts them, and what `nx affected -t cross` selects, both from one project
 * graph. Through Nx's own modules, since no command prints a hash; the test holds both answers against those of the commands.
 *
 * Reads one question per line, `{"changed": [..]}`, and answers each with a line: loading Nx takes longer than asking it. Between two questions
 * everything that Nx remembers of files is thrown away; what it remembers of the environment cannot be.
 *
 * Sources: nx 24.0.6, `tasks-runner/run-command.js` (hashing before the run) and `command-line/affected/affected.js`.
 */
const { createRequire } = require('node:module');
const { rmSync } = require('node:fs');
const { join } = require('node:path');
const { createInterface } = require('node:readline');

const ofNx = createRequire(join(process.cwd(), 'node_modules/nx/package.json'));
const src = (path) => ofNx(`./dist/src/${path}`);

const { createProjectGraphAsync } = src('project-graph/project-graph.js');
const { readNxJson } = src('config/nx-json.js');
const { createTaskGraph } = src('tasks-runner/create-task-graph.js');
const { createTaskHasher } = src('hasher/create-task-hasher.js');
const { hashTasksThatDoNotDependOnOutputsOfOtherTasks } = src('hasher/hash-task.js');
const { computeAffectedTasks } = src('project-graph/affected/affected-tasks.js');
const { calculateFileChanges } = src('project-graph/file-utils.js');
const { resetWorkspaceContext } = src('utils/workspace-context.js');

async function answer({ changed, details: wanted }) {
  resetWorkspaceContext();
  rmSync('.nx', { recursive: true, force: true });

  const graph = await createProjectGraphAsync({ exitOnError: false });
  const nxJson = readNxJson();
  const projects = Object.values(graph.nodes).filter(({ data }) => data.targets?.cross).map(({ name }) => name);
  const taskGraph = createTaskGraph(graph, {}, projects, ['cross'], undefined, {}, false);
  await hashTasksThatDoNotDependOnOutputsOfOtherTasks(createTaskHasher(graph, nxJson, {}), graph, taskGraph, nxJson, null);
  const hashes = {};
  const details = {};
  for (const task of Object.values(taskGraph.tasks).filter(({ id }) => id.includes(':cross-'))) {
    const { cache } = graph.nodes[task.target.project].data.targets[task.target.target];
    // A task that is never taken from the cache has no key that could lie.
    hashes[task.id] = cache ? task.hash : null;
    if (wanted) details[task.id] = task.hashDetails?.nodes;
  }
  return { hashes, affected: changed && (await affectedBy(changed, graph, nxJson)), ...(wanted ? { details } : {}) };
}

async function affectedBy(changed, projectGraph, nxJson) {
  const fileChangeArgs = { base: 'HEAD', files: undefined };
  const touchedFiles = calculateFileChanges(changed, fileChangeArgs);
  const { taskSelection } = await computeAffectedTasks({ nxJson, projectGraph, targets: ['cross'], touchedFiles, fileChangeArgs });
  return taskSelection.taskIds.filter((id) => id.includes(':cross-'));
}

(async () => {
  for await (const line of createInterface({ input: process.stdin })) {
    const given = await answer(JSON.parse(line)).catch((error) => ({ error: String(error?.stack ?? error) }));
    process.stdout.write(`\n@@${JSON.stringify(given)}\n`);
  }
  process.exit(0);
})();
