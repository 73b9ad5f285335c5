/** Child processes for the scripts of this repository. Only node built-ins: these scripts run before anything is installed. */
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * @typedef {object} Ran
 * @property {number} code exit code; 127 when the program could not be started, 124 when it took too long
 * @property {string} stdout
 * @property {string} stderr
 */

/**
 * Runs a program to its end and returns what it printed.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: Record<string, string | undefined>, timeoutMs?: number, input?: string}} [options]
 * @returns {Ran}
 */
export function capture(program, args, options = {}) {
  const done = spawnSync(program, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    timeout: options.timeoutMs,
    input: options.input ?? '',
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  const code = done.error ? (done.error.code === 'ETIMEDOUT' ? 124 : 127) : (done.status ?? 128);
  return { code, stdout: done.stdout ?? '', stderr: done.stderr || done.error?.message || '' };
}

/**
 * Runs a program with its output going straight to the terminal.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: Record<string, string | undefined>}} [options]
 * @returns {Promise<number>} the exit code
 */
export function stream(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: options.cwd, env: { ...process.env, ...options.env }, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', () => resolve(127));
    child.on('close', (code) => resolve(code ?? 128));
  });
}

/** The absolute path of a program on the PATH, or undefined. */
export function which(name, path = process.env.PATH ?? '') {
  for (const folder of path.split(delimiter)) {
    if (!folder) continue;
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {}
  }
  return undefined;
}

/** A command as a person would type it. */
export function commandLine(program, args) {
  return [program, ...args].map((word) => (/^[\w@%+=:,./^-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');
}
