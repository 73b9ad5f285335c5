/** What the graph costs: in workspaces of many crates, beside the same targets written by hand. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../lib/paths.mjs';
import { byHand, GRAPH_PLATFORMS, makeGraphWorkspace } from './graph-workspace.mjs';
import { measure } from './measure.mjs';

export const SIZES = [100, 1000, 5000];

const PROBE = fileURLToPath(new URL('graph-probe.mjs', import.meta.url));

/** `hand` has the same targets in project.json files, `plain` has them without their inputs. */
const KINDS = ['ours', 'hand', 'plain'];

/**
 * @typedef {object} GraphResult
 * @property {number} count of crates
 * @property {number} round
 * @property {{first: number, later: number, json: number, targets: number}} nodes  the plugin itself, milliseconds
 * @property {Record<'ours' | 'hand', import('./measure.mjs').Measured>} show  `nx show projects` with the plugin, and by hand
 * @property {Record<'ours' | 'hand' | 'plain', {ms: number, tasks: number}> | undefined} hash
 * @property {number} load
 */

/** Measures one size once, each rival right after the other. @param {number} count @param {string} plugin @returns {Promise<Omit<GraphResult, 'count' | 'round'>>} */
export async function measureGraph(count, plugin) {
  const roots = Object.fromEntries(KINDS.map((kind) => [kind, cacheFolder('bench', 'graph', String(count), kind)]));
  await provide(roots, count, plugin);
  const env = { ...process.env, NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false' };
  const probe = (root, ...words) => JSON.parse(execFileSync(process.execPath, [PROBE, ...words], { cwd: root, env, encoding: 'utf8', maxBuffer: 2 ** 30, stdio: ['ignore', 'pipe', 'ignore'] }));
  const show = {};
  for (const kind of ['ours', 'hand']) show[kind] = await measure([[process.execPath, 'node_modules/nx/dist/bin/nx.js', 'show', 'projects']], { cwd: roots[kind], env, log: join(roots[kind], '.nx/log') });
  const nodes = probe(roots.ours, 'nodes');
  // Of the tasks of all platforms, 1,000 crates have 5,000.
  const hash = count === 1000 ? Object.fromEntries(KINDS.map((kind) => [kind, probe(roots[kind], 'hash', ...GRAPH_PLATFORMS)])) : undefined;
  return { nodes, show, hash, load: loadavg()[0] };
}

/** The workspaces, made once for each plugin, with all that Nx and the plugin keep of them. */
async function provide(roots, count, plugin) {
  const note = `${roots.ours}.maker`;
  if (existsSync(note) && readFileSync(note, 'utf8') === plugin) return;
  await makeGraphWorkspace(roots.ours, count);
  const env = { ...process.env, NX_DAEMON: 'false' };
  const { listed, dependencies } = JSON.parse(execFileSync(process.execPath, [PROBE, 'projects'], { cwd: roots.ours, env, encoding: 'utf8', maxBuffer: 2 ** 30 }));
  await makeGraphWorkspace(roots.hand, count, byHand(listed, dependencies, { inputs: true }));
  await makeGraphWorkspace(roots.plain, count, byHand(listed, dependencies, { inputs: false }));
  for (const root of Object.values(roots)) execFileSync(process.execPath, ['node_modules/nx/dist/bin/nx.js', 'show', 'projects'], { cwd: root, env, stdio: 'ignore', maxBuffer: 2 ** 28 });
  writeFileSync(note, plugin);
}
