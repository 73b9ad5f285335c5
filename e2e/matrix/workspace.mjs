/** The Nx workspace in which cells are built: the programs, and one platform name per platform, backend and variant. */
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runnerFor } from '../../tools/demo/runners.mjs';
import { filesBelow } from '../../tools/lib/files.mjs';
import { ROOT } from '../../tools/lib/paths.mjs';
import { CELLS } from './cells.mjs';
import { standIn } from './stand-ins.mjs';
import { toolchainFor } from './toolchain.mjs';

export const PROGRAMS = join(ROOT, 'e2e/matrix/programs');

const MINUTES = 60_000;

/** The plugin's options: every cell's platform under a name of its own, so that one crate can be built for one triple by two backends. */
export function matrixOptions(cells = CELLS) {
  return {
    platforms: [...new Set(cells.map(({ name }) => name))],
    names: Object.fromEntries(cells.map(({ name, platform }) => [name, platform])),
    platform: Object.fromEntries(cells.map(({ name, options }) => [name, options])),
    profile: 'dev',
  };
}

/** Puts the programs into a workspace. */
export function addPrograms(workspace) {
  cpSync(PROGRAMS, workspace.path('programs'), { recursive: true, filter: (path) => !/[\\/](target|dist|node_modules)$/.test(path) });
}

/**
 * @typedef {object} Outcome
 * @property {'built' | 'failed' | 'not here'} built
 * @property {string} [why]     why it failed or cannot be built here
 * @property {string} [output]  all that the build printed, where it failed
 * @property {string} [proof]   what the manifest says: `elf aarch64, static`
 * @property {string} [ran]     how it ran, or why it did not
 */

/**
 * Builds one cell, holds the manifest against what is expected, and runs the program where it can run.
 * @param {import('../rig/workspace.mjs').Workspace} workspace
 * @param {import('./cells.mjs').Cell} cell
 * @returns {Promise<Outcome>}
 */
export async function runCell(workspace, cell) {
  const missing = cell.files?.find((file) => !existsSync(file));
  if (missing) return { built: 'not here', why: `${missing} is not on this machine` };
  const place = cell.standIn ? await standIn(cell.standIn) : { env: {} };
  if ('why' in place) return { built: 'not here', why: place.why };
  const toolchain = toolchainFor(cell);
  const env = { ...toolchain.env, ...place.env };
  const { code, text } = await workspace.nx(['run', `${cell.program}:cross-${cell.name}`, '--skip-nx-cache'], { env, timeoutMs: 40 * MINUTES });
  if (code !== 0) return { built: 'failed', why: firstError(text), output: text };
  const folder = `dist/cross/${cell.name}/${cell.program}`;
  const manifest = workspace.readJson(`${folder}/manifest.json`);
  const wrong = manifest.files.flatMap((file) => differences(file, cell.expect));
  const proof = [...new Set(manifest.files.map(describe))].join('; ');
  if (wrong.length > 0) return { built: 'failed', why: wrong.join('; '), output: text, proof };
  return { built: 'built', proof, ...(await runProgram(workspace, cell, manifest, folder)) };
}

async function runProgram(workspace, cell, manifest, folder) {
  const file = manifest.files.find(({ kind }) => kind === 'bin');
  const expected = expectedOutput(cell);
  if (!file || expected === undefined) return { ran: 'a library' };
  const runner = runnerFor(manifest.triple, file.linkage === 'dynamic');
  if ('why' in runner) return { ran: runner.why };
  const { code, stdout, stderr } = await runner.run(workspace.path(folder, file.name), []);
  if (code === 0 && stdout === expected) return { ran: runner.how };
  return { built: 'failed', why: `it ran (${runner.how}) and ended with ${code}`, output: `${stdout}${stderr}\n--- expected:\n${expected}` };
}

/** What the program prints: `expected.txt` in its folder, or `expected.wasm.txt` for wasm. */
function expectedOutput({ program, platform }) {
  const names = [...(platform.startsWith('wasm') ? ['expected.wasm.txt'] : []), 'expected.txt'];
  const file = names.map((name) => join(PROGRAMS, program, name)).find((path) => existsSync(path));
  return file && readFileSync(file, 'utf8');
}

function differences(file, expect) {
  if (file.kind !== 'bin') return [];
  return Object.entries(expect).filter(([key, value]) => file[key] !== value).map(([key, value]) => `${file.name}: ${key} is ${file[key]}, not ${value}`);
}

function describe({ format, machine, linkage, glibc, minOs }) {
  return [`${format} ${machine}`, linkage, glibc && `glibc ${glibc}`, minOs && `macOS ${minOs}`].filter(Boolean).join(', ');
}

function firstError(text) {
  return /error\[[\w-]+\]: .*/.exec(text)?.[0] ?? text.trim().split('\n').at(-1) ?? '';
}

/** Everything of a program's sources that decides its cells. */
export function programFiles(program) {
  return filesBelow(PROGRAMS, (path) => path === program || path.startsWith(`${program}/`)).filter((path) => path.startsWith(`${program}/`) || !path.includes('/'));
}
