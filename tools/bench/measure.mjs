/** What commands take: seconds by the clock, and of processor time with all that they start and wait for. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * @typedef {object} Measured
 * @property {boolean} ok
 * @property {number} wall  seconds
 * @property {number} cpu   seconds, user and system
 */

/** The shell's `time` adds up what the kernel says of all processes that were waited for. */
const TIMED = 'TIMEFORMAT="%R %U %S"; { time "$@" >> "$BENCH_LOG" 2>&1; } 2> "$BENCH_TIMES"';

/**
 * Runs commands one after another, until one fails. What they print is added to the log.
 * @param {readonly (readonly string[])[]} commands
 * @param {{cwd: string, env: Record<string, string>, log: string}} options
 * @returns {Promise<Measured>}
 */
export async function measure(commands, { cwd, env, log }) {
  const scratch = mkdtempSync(join(tmpdir(), 'bench-times-'));
  const total = { ok: true, wall: 0, cpu: 0 };
  try {
    for (const words of commands) {
      const times = join(scratch, 'times');
      const code = await ended(spawn('bash', ['-c', TIMED, 'bash', ...words], { cwd, env: { ...env, BENCH_LOG: log, BENCH_TIMES: times }, stdio: 'ignore' }));
      const [wall = 0, user = 0, system = 0] = (readFileSync(times, 'utf8').trim().split('\n').pop() ?? '').split(' ').map(Number);
      total.wall += wall;
      total.cpu += user + system;
      total.ok = code === 0;
      if (!total.ok) break;
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return total;
}

function ended(child) {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 128));
  });
}
