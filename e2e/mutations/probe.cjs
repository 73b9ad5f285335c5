/**
 * Runs in a workspace: the hashes of all cross tasks, as a run computes them before it starts them, and what `nx affected -t cross` selects, both from one project
 * graph. Through Nx's own modules, since no command prints a hash; the test holds both answers against those of the commands.
 *
 * Reads one question per line, `{"changed": [..], "sync": true}`, and answers each with a line: loading Nx takes longer than asking it. Between two questions
 * everything that Nx remembers of files is thrown away; what it remembers of the environment cannot be.
 *
 * Sources: nx 22.7.12, 23.3.2 and 24.0.6, `tasks-runner/run-command.js` (hashing before the run), `command-line/affected/affected.js` and
 * `project-graph/affected/`. Nx 22 selects projects; Nx 23 too, unless NX_LEGACY_AFFECTED is false; Nx 24 tasks, unless it is true.
 */
const { join } = require('node:path');
const { createInterface } = require('node:readline');
const { pathToFileURL } = require('node:url');
const { src, srcIfThere, readGraph, readNxJson } = require('./nx.cjs');

const { createTaskGraph } = src('tasks-runner/create-task-graph.js');
const { createTaskHasher } = src('hasher/create-task-hasher.js');
const { hashTasksThatDoNotDependOnOutputsOfOtherTasks } = src('hasher/hash-task.js');
const { filterAffected } = src('project-graph/affected/affected-project-graph.js');
const ofTasks = srcIfThere('project-graph/affected/affected-tasks.js');
const { calculateFileChanges } = src('project-graph/file-utils.js');
const { FsTree, flushChanges } = src('generators/tree.js');

async function answer({ changed, sync = false, details: wanted }) {
  const synced = sync ? await runSync() : [];
  const graph = await readGraph();
  const nxJson = readNxJson();
  const projects = Object.values(graph.nodes).filter(({ data }) => data.targets?.cross).map(({ name }) => name);
  const taskGraph = createTaskGraph(graph, {}, projects, ['cross'], undefined, {}, false);
  await hashTasksThatDoNotDependOnOutputsOfOtherTasks(createTaskHasher(graph, nxJson, {}), graph, taskGraph, nxJson, null);
  const hashes = {};
  const details = {};
  const tasks = {};
  for (const task of Object.values(taskGraph.tasks).filter(({ id }) => id.includes(':cross-'))) {
    const { root, targets } = graph.nodes[task.target.project].data;
    const { cache, options } = targets[task.target.target];
    tasks[task.id] = { project: task.target.project, root, platform: options.platform };
    // A task that is never taken from the cache has no key that could lie.
    hashes[task.id] = cache ? task.hash : null;
    if (wanted) details[task.id] = task.hashDetails?.nodes;
  }
  return { hashes, tasks, ...(changed ? await selectedBy([...new Set([...changed, ...synced])], graph, nxJson) : {}), ...(wanted ? { details } : {}) };
}

/** As `nx sync` runs the plugin's generator; the files that it changed. */
async function runSync() {
  await readGraph();
  const { default: generator } = await import(pathToFileURL(join(process.cwd(), 'node_modules/nx-cargo-cross/dist/generators/sync/generator.js')).href);
  const tree = new FsTree(process.cwd(), false);
  await generator(tree);
  const changes = tree.listChanges();
  flushChanges(process.cwd(), changes);
  return changes.map(({ path }) => path);
}

/** What Nx selects as it is set, and what it selects by each grain that it knows. */
async function selectedBy(changed, projectGraph, nxJson) {
  const fileChangeArgs = { base: 'HEAD', files: undefined };
  const touchedFiles = calculateFileChanges(changed, fileChangeArgs);
  const { nodes } = await filterAffected(projectGraph, touchedFiles, nxJson);
  const names = Object.values(nodes).filter(({ data }) => data.targets?.cross).map(({ name }) => name);
  const projects = crossTasks(Object.keys(createTaskGraph(projectGraph, {}, names, ['cross'], undefined, {}, false).tasks));
  if (!ofTasks) return { affected: projects, selections: { projects } };
  const { taskSelection } = await ofTasks.computeAffectedTasks({ nxJson, projectGraph, targets: ['cross'], touchedFiles, fileChangeArgs });
  const tasks = crossTasks(taskSelection.taskIds);
  return { affected: ofTasks.selectsAffectedTasks(nxJson) ? tasks : projects, selections: { projects, tasks } };
}

const crossTasks = (ids) => ids.filter((id) => id.includes(':cross-'));

(async () => {
  for await (const line of createInterface({ input: process.stdin })) {
    const given = await answer(JSON.parse(line)).catch((error) => ({ error: String(error?.stack ?? error) }));
    process.stdout.write(`\n@@${JSON.stringify(given)}\n`);
  }
  process.exit(0);
})();
