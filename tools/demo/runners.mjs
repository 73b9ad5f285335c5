/** How programs of other platforms run on this machine: the plugin's own runners, asked for from scripts. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { capture } from '../lib/run.mjs';

const TIMEOUT_MS = 120_000;

/** @type {Map<string, any>} */
const known = new Map();

/**
 * @typedef {{how: string, run: (file: string, args: readonly string[]) => import('../lib/run.mjs').Ran}} Runner
 */

/**
 * @param {string} triple
 * @param {boolean} dynamic  whether the program needs shared libraries of its system
 * @returns {Runner | {why: string}} `why` when it cannot run here
 */
export function runnerFor(triple, dynamic) {
  const found = ask(triple, dynamic);
  return 'why' in found ? { why: `not here: ${found.why}` } : { how: found.runner.label, run: (file, args) => runUnder(found, file, args) };
}

function ask(triple, dynamic) {
  const key = `${triple} ${dynamic}`;
  if (!known.has(key)) {
    const { code, stdout, stderr } = capture(process.execPath, [fileURLToPath(new URL('find-runner.mjs', import.meta.url)), triple, String(dynamic)]);
    known.set(key, code === 0 ? JSON.parse(stdout) : { why: stderr });
  }
  return known.get(key);
}

/** Into files: wine leaves a server behind for some seconds, which would hold a pipe open for as long. */
function runUnder({ words, runner }, file, args) {
  const folder = mkdtempSync(join(tmpdir(), 'nx-cargo-cross-run-'));
  try {
    const [spec, out, err] = ['spec.json', 'stdout.txt', 'stderr.txt'].map((name) => join(folder, name));
    const handles = [openSync(out, 'w'), openSync(err, 'w')];
    writeFileSync(spec, JSON.stringify({ ...runner, timeout: TIMEOUT_MS, programs: [] }));
    const { status, error } = spawnSync(words[0], [words[1], spec, file, ...args], { cwd: folder, stdio: ['ignore', ...handles] });
    for (const handle of handles) closeSync(handle);
    const [stdout, stderr] = [out, err].map((path) => readFileSync(path, 'utf8').replaceAll('\r\n', '\n'));
    return { code: error ? 127 : (status ?? 128), stdout, stderr: error ? String(error) : stderr };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
