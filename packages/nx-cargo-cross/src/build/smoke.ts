/**
 * The smoke run: each program, proved and not yet handed out, is started once on this machine. One that ends badly fails the build. Where the platform's
 * programs do not run, that is said and written into the log, and fails nothing: what is built must not depend on who builds it.
 */
import { dirname, join } from 'node:path';
import type { ManifestFile } from '../artifact/manifest.js';
import type { PlatformBuild } from '../config/resolved.js';
import type { Failure } from '../diagnostics/failure.js';
import { quoteWords } from '../diagnostics/quote.js';
import type { RunHost } from '../runner/ways.js';
import { appendFile, attempt, mkdir, writeFile } from '../system/files.js';
import type { System } from '../system/system.js';
import { findRunner, RUN_UNDER } from './runner.js';

export interface SmokeRun {
  readonly system: System;
  readonly host: RunHost;
  readonly build: PlatformBuild;
  /** A folder for what the run needs, absolute. */
  readonly workFolder: string;
  /** The build's log. */
  readonly log: string;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal | undefined;
}

/** Milliseconds for each program. */
const TIME_LIMIT_MS = 60_000;
/** Characters of what a program printed, kept for the failure. */
const TAIL = 4_000;

/** Starts the programs among the files of a folder, with the words that the options say. Nothing is started where they say none. */
export async function smokeRun(run: SmokeRun, folder: string, files: readonly ManifestFile[]): Promise<readonly Failure[]> {
  const { smoke } = run.build;
  if (smoke === undefined) return [];
  const failures: Failure[] = [];
  for (const file of files) {
    if (file.kind !== 'bin') continue;
    const failure = await startOne(run, folder, file, smoke);
    if (failure) failures.push(failure);
  }
  return failures;
}

async function startOne(run: SmokeRun, folder: string, file: ManifestFile, args: readonly string[]): Promise<Failure | undefined> {
  const { system, build, workFolder, log, say, signal } = run;
  const { triple, name: platform } = build.platform;
  const command = quoteWords([file.name, ...args]);
  const runner = await findRunner(system, run.host, { triple, interpreter: file.interpreter });
  if (!runner.ok) {
    const [failure] = runner.failures;
    const why = failure.code === 'not-runnable' ? failure.reasons.join('; ') : failure.code;
    const line = `smoke run of ${command}: not runnable here, because: ${why}`;
    say(line);
    await attempt(() => appendFile(log, `${line}\n`));
    return undefined;
  }
  const { label, command: words, env, unset } = runner.value;
  const spec = join(workFolder, 'smoke', `${triple.name}.json`);
  const directory = join(workFolder, 'smoke', triple.name);
  await mkdir(directory, { recursive: true });
  await mkdir(dirname(spec), { recursive: true });
  await writeFile(spec, JSON.stringify({ command: words, env, unset, timeout: TIME_LIMIT_MS, programs: [] }));
  let printed = '';
  const keep = (text: string): void => void (printed += text);
  const [node, ...before] = RUN_UNDER;
  const outcome = await system.stream({
    command: node,
    args: [...before, spec, join(folder, file.name), ...args],
    cwd: directory,
    env: system.env,
    onStdout: keep,
    onStderr: keep,
    ...(signal ? { signal } : {}),
  });
  await attempt(() => appendFile(log, `$ ${command} (${label})\n${printed}\nexit code ${outcome.exitCode ?? outcome.signal ?? '?'}\n`));
  if (outcome.exitCode === 0) {
    say(`smoke run of ${command}: passed (${label})`);
    return undefined;
  }
  return { code: 'smoke-failed', file: file.name, platform, command, how: label, exitCode: outcome.exitCode, output: printed.trim().slice(-TAIL), log };
}
