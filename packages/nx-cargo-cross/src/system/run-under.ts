/**
 * A program of its own, started by cargo as a test runner (`target.<triple>.runner`) and by the engine for smoke runs:
 *
 *     node run-under.js <spec.json> <program> [argument ...]
 *
 * Starts the program as the spec says, with its own standard streams, and ends it when its time is over. Node, and no shell: a shell such as dash
 * drops the variables whose names hold a dash (`CARGO_BIN_EXE_my-tool`).
 */
import { spawn } from 'node:child_process';
import { existsSync, openSync, readFileSync, readSync, closeSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { ASIDE, TIME_LIMIT, WASI_WORD, type RunnerSpec } from '../runner/spec.js';
import { killTree } from './kill-tree.js';
import { ownProgram } from './own-package.js';

/** As of `timeout(1)`. */
const TIMED_OUT = 124;

function main(): void {
  const [specFile = '', program = '', ...args] = process.argv.slice(2);
  const spec = JSON.parse(readFileSync(specFile, 'utf8')) as RunnerSpec;
  for (const path of spec.programs) wrapProgram(path, spec.command);
  const [command = program, ...before] = words(spec.command);
  const env: NodeJS.ProcessEnv = { ...process.env, ...spec.env };
  for (const name of spec.unset) delete env[name];
  // It names open files, and Node hands none on; cargo by itself, from which nobody takes cores, tells tests of none either.
  delete env['CARGO_MAKEFLAGS'];
  const child = spawn(command, spec.command.length === 0 ? args : [...before, program, ...args], { env, stdio: 'inherit' });
  const timer = setTimeout(() => {
    killTree(child.pid ?? 0);
    process.stderr.write(`\n${TIME_LIMIT} ${program} was still running after ${spec.timeout / 1000} s\n`);
    process.exit(TIMED_OUT);
  }, spec.timeout);
  child.on('error', (error) => {
    process.stderr.write(`nx-cargo-cross: ${command} could not be started: ${error.message}\n`);
    process.exit(127);
  });
  child.on('exit', (code, signal) => {
    clearTimeout(timer);
    if (signal !== null) process.stderr.write(`nx-cargo-cross: ${program} was ended by ${signal}\n`);
    process.exit(code ?? 128);
  });
}

function words(command: readonly string[]): readonly string[] {
  return command[0] === WASI_WORD ? ownProgram('runWasi', '--no-warnings') : command;
}

/** Puts an emulated program aside for a script that starts it. cargo links the program anew when it finds another file there. */
function wrapProgram(path: string, command: readonly string[]): void {
  if (!existsSync(path) || startsLikeScript(path)) return;
  const [aside, script] = [`${path}${ASIDE}`, `${path}.script`];
  // Renaming does nothing where both names are one file (rename(2)), as they are when cargo has linked the same program anew; and the script, written
  // through a name that is left, would then be written into cargo's own copy.
  rmSync(aside, { force: true });
  renameSync(path, aside);
  writeFileSync(script, `#!/bin/sh\nexec ${[...command, aside].map(quote).join(' ')} "$@"\n`, { mode: 0o755 });
  renameSync(script, path);
}

function startsLikeScript(path: string): boolean {
  const head = Buffer.alloc(2);
  const file = openSync(path, 'r');
  readSync(file, head, 0, 2, 0);
  closeSync(file);
  return head.toString('latin1') === '#!';
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

main();
