/**
 * Runs in a workspace: builds tasks through the plugin's executor, all in one process and in the target folder of the builds before, and says what bytes came out.
 * Reads one question per line, `{"tasks": [..]}`, and answers each with a line.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const root = process.cwd();
const { readGraph, readNxJson } = createRequire(import.meta.url)('./nx.cjs');
const { default: build } = await import(pathToFileURL(join(root, 'node_modules/nx-cargo-cross/dist/executors/build/batch.js')).href);

/** @param {{tasks: readonly {id: string, project: string, root: string, platform: string}[]}} question */
async function answer({ tasks }) {
  for (const task of tasks) rmSync(folderOf(task), { recursive: true, force: true });
  const graph = { tasks: Object.fromEntries(tasks.map(({ id, project }) => [id, { id, target: { project } }])) };
  const options = Object.fromEntries(tasks.map(({ id, platform }) => [id, { platform }]));
  // What a task's key holds decides what of an earlier build still counts.
  const projectGraph = await readGraph();
  const projects = Object.fromEntries(Object.values(projectGraph.nodes).map(({ name, data }) => [name, data]));
  const context = { root, projectGraph, projectsConfigurations: { projects }, nxJsonConfiguration: readNxJson() };
  const said = {};
  for await (const { task, result } of build(graph, options, {}, context)) if (!result.success) said[task] = result.terminalOutput;
  return { failed: said, bytes: Object.fromEntries(tasks.filter(({ id }) => !(id in said)).map((task) => [task.id, sumOf(folderOf(task))])) };
}

const folderOf = ({ platform, project }) => join(root, 'dist/cross', platform, project);

/** One sum for all files of a folder, their names and the manifest included. */
function sumOf(folder) {
  const hash = createHash('sha256');
  if (!existsSync(folder)) return undefined;
  for (const name of readdirSync(folder).sort()) hash.update(`${name}\0`).update(createHash('sha256').update(readFileSync(join(folder, name))).digest());
  return hash.digest('hex');
}

for await (const line of createInterface({ input: process.stdin })) {
  const given = await answer(JSON.parse(line)).catch((error) => ({ error: String(error?.stack ?? error) }));
  process.stdout.write(`\n@@${JSON.stringify(given)}\n`);
}
process.exit(0);
