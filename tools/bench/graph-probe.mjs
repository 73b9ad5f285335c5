/**
 * Run in a workspace, prints one measurement as JSON:
 *
 *     node graph-probe.mjs nodes       what the plugin itself takes, for the first call of a process and for a later one, and what reading the same result from JSON takes
 *     node graph-probe.mjs projects    what the plugin infers
 *     node graph-probe.mjs hash        what Nx takes to hash all cross tasks
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = process.cwd();
const require = createRequire(join(root, 'package.json'));
const nx = (path) => require(join(root, 'node_modules/nx/dist/src', path));
const [what, ...platforms] = process.argv.slice(2);
const answer = await { nodes, projects, hash }[what]();
process.stdout.write(JSON.stringify(answer));

async function ask() {
  const plugin = await import(pathToFileURL(join(root, 'node_modules/nx-cargo-cross/dist/index.js')).href);
  const nxJson = JSON.parse(readFileSync('nx.json', 'utf8'));
  const [{ options }] = nxJson.plugins;
  const files = execFileSync('git', ['ls-files', '*Cargo.toml', 'Cargo.lock', 'package.json'], { encoding: 'utf8', maxBuffer: 2 ** 26 }).trim().split('\n');
  const fileMap = { projectFileMap: {}, nonProjectFiles: files.map((file) => ({ file, hash: '' })) };
  return async () => {
    const started = performance.now();
    const nodes = await plugin.createNodes[1](files, options, { workspaceRoot: root, nxJsonConfiguration: nxJson });
    const listed = Object.fromEntries(nodes.flatMap(([, found]) => Object.entries(found.projects ?? {})));
    const projects = Object.fromEntries(Object.entries(listed).map(([folder, project]) => [project.name, { ...project, root: folder }]));
    const edges = await plugin.createDependencies(options, { workspaceRoot: root, nxJsonConfiguration: nxJson, projects, externalNodes: {}, fileMap, filesToProcess: fileMap });
    return { nodes, listed, edges, ms: performance.now() - started };
  };
}

async function nodes() {
  const infer = await ask();
  const first = await infer();
  const text = JSON.stringify(first.nodes);
  const later = await infer();
  const started = performance.now();
  JSON.parse(text);
  const json = performance.now() - started;
  return { first: first.ms, later: later.ms, json, targets: Object.values(first.listed).reduce((sum, { targets }) => sum + Object.keys(targets ?? {}).length, 0) };
}

async function projects() {
  const { listed, edges } = await (await ask())();
  const dependencies = {};
  for (const { source, target } of edges) (dependencies[source] ??= []).push(target);
  return { listed, dependencies };
}

async function hash() {
  const graph = await nx('project-graph/project-graph.js').createProjectGraphAsync();
  const { readNxJson } = nx('config/nx-json.js');
  const names = Object.keys(graph.nodes).filter((name) => graph.nodes[name].data.targets[`cross-${platforms[0]}`]);
  const taskGraph = nx('tasks-runner/create-task-graph.js').createTaskGraph(graph, {}, names, platforms.map((platform) => `cross-${platform}`), undefined, {}, true);
  const tasks = Object.values(taskGraph.tasks);
  const hasher = nx('hasher/create-task-hasher.js').createTaskHasher(graph, readNxJson(root), {});
  const started = performance.now();
  const hashes = await hasher.hashTasks(tasks, taskGraph, process.env);
  return { ms: performance.now() - started, tasks: hashes.length, edges: Object.values(graph.dependencies).flat().length };
}
