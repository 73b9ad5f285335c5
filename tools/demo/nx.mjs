/** Nx in the fleet, as the demo uses it. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { FLEET_NX } from '../fleet.mjs';
import { FLEET } from '../lib/paths.mjs';
import { parseTask } from './board.mjs';

/** No daemon that outlives the demo, and plain output, for it goes to a file. What decides the bytes is left as a user has it. */
const ENV = { NX_DAEMON: 'false', NX_TUI: 'false' };

/**
 * The tasks behind `nx run-many -t cross`.
 * @returns {Promise<{ok: true, tasks: {task: string, project: string, platform: string}[]} | {ok: false, output: string}>}
 */
export async function crossTasks() {
  const folder = mkdtempSync(join(tmpdir(), 'nx-cargo-cross-graph-'));
  try {
    const file = join(folder, 'graph.json');
    const { code, output } = await runNxTask(['run-many', '-t', 'cross', `--graph=${file}`]);
    if (code !== 0) return { ok: false, output };
    const tasks = Object.keys(JSON.parse(readFileSync(file, 'utf8')).tasks.tasks).sort();
    return { ok: true, tasks: tasks.flatMap((task) => parseTask(task) ?? []) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Runs Nx with its output in a log file.
 * @param {readonly string[]} args
 * @param {{events: string, log: import('node:fs').WriteStream, onLine: (line: string) => void}} options
 * @returns {Promise<number>}
 */
export function runNx(args, { events, log, onLine }) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [FLEET_NX, ...args], {
      cwd: FLEET,
      env: { ...process.env, ...ENV, NX_CARGO_CROSS_EVENTS: events },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.pipe(log, { end: false });
      createInterface({ input: stream }).on('line', onLine);
    }
    // Ctrl-C in a terminal reaches the child by itself; what is left for us is not to die before it.
    const forward = (signal) => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal));
    process.on('SIGINT', forward).on('SIGTERM', forward);
    child.on('error', () => resolve(127));
    child.on('close', (code) => {
      process.off('SIGINT', forward).off('SIGTERM', forward);
      resolve(code ?? 130);
    });
  });
}

/**
 * Runs Nx to its end and keeps what it prints.
 * @param {readonly string[]} args
 * @returns {Promise<{code: number, output: string}>}
 */
export function runNxTask(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [FLEET_NX, ...args], { cwd: FLEET, env: { ...process.env, ...ENV }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', (error) => resolve({ code: 127, output: String(error) }));
    child.on('close', (code) => resolve({ code: code ?? 130, output }));
  });
}
