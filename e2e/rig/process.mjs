/** Child processes of tests: in a group of their own, so that a test can stop them and see what is left. */
import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

/**
 * @typedef {object} Ran
 * @property {number | null} code
 * @property {string | null} signal
 * @property {string} stdout
 * @property {string} stderr
 * @property {string} text  both streams, without colours
 * @property {string} command
 */

/**
 * Starts a program in a process group of its own.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{cwd: string, env: Record<string, string>, timeoutMs?: number}} options
 */
export function start(program, args, { cwd, env, timeoutMs = 600_000 }) {
  const child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  const timer = setTimeout(() => {
    stderr += `\n(the test stopped it after ${timeoutMs / 1000} s)\n`;
    signalGroup(child.pid, 'SIGKILL');
  }, timeoutMs);
  /** @type {Promise<Ran>} */
  const ended = new Promise((resolve) => {
    const end = (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, stdout, stderr, text: stripVTControlCharacters(stdout + stderr), command: [program, ...args].join(' ') });
    };
    child.on('error', (error) => {
      stderr += String(error);
      end(127, null);
    });
    child.on('close', end);
  });
  return {
    pid: child.pid,
    ended,
    /** What was printed so far, both streams. */
    printed: () => stdout + stderr,
    /** Signals the process alone. */
    kill: (signal) => child.kill(signal),
    /** Signals the process and all that it started, as a terminal does for Ctrl-C. */
    killGroup: (signal) => signalGroup(child.pid, signal),
  };
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {}
}

/** Waits until something is true; false when it did not become so. */
export async function until(condition, timeoutMs = 60_000, everyMs = 50) {
  const end = Date.now() + timeoutMs;
  while (Date.now() < end) {
    if (await condition()) return true;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  return false;
}
