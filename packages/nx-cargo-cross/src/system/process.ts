/**
 * The only place that starts processes. No shell sees user text: arguments travel as an array.
 *
 * On POSIX hosts a build runs under a small supervisor, a fixed `sh` script that leads a process group of its own and holds one end of a pipe.
 * When this process goes away, however it does (`kill -9` too), the pipe closes and the supervisor kills the whole group: no orphan compiler stays.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import type { Duplex } from 'node:stream';

export interface RunSpec {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment; nothing else is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly onStdout?: (text: string) => void;
  readonly onStderr?: (text: string) => void;
  readonly signal?: AbortSignal;
  /** Open files that the command gets as its descriptors 4, 5 and so on. Not on Windows. */
  readonly descriptors?: readonly number[];
  /** Handed one end of a socket, whose other the command gets as its next descriptor. What goes wrong with it is not heard of. Not on Windows. */
  readonly onSocket?: (socket: Duplex) => void;
}

export interface RunOutcome {
  /** Undefined when a signal ended the process, or it never started. */
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  /** The system's own words when the process could not be started. */
  readonly spawnError: string | undefined;
}

export interface CaptureSpec {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env: Readonly<Record<string, string>>;
  /** Milliseconds; 60 000 when not given. */
  readonly timeout?: number;
}

export interface Captured extends RunOutcome {
  readonly stdout: string;
  readonly stderr: string;
}

/** `$0` is a name for `ps`, `"$@"` the command. Descriptor 3 is the pipe; the command does not inherit it. */
const SUPERVISOR = `( read -r _ <&3; kill -KILL 0 ) >/dev/null 2>&1 &
watcher=$!
exec 3<&-
"$@"
status=$?
kill "$watcher" 2>/dev/null
exit "$status"
`;

/** Runs a command to its end, handing on its output as it comes. Never throws; an abort ends the whole process group. */
export async function runStreaming(spec: RunSpec): Promise<RunOutcome> {
  if (spec.signal?.aborted) return STOPPED;
  const nul = withNul(spec);
  if (nul !== undefined) return nul;
  if (process.platform !== 'win32') return streamByNode(spec);
  const { execa } = await import('execa');
  if (spec.signal?.aborted) return STOPPED;
  const child = execa(spec.command, spec.args, { cwd: spec.cwd, env: { ...spec.env }, extendEnv: false, reject: false, buffer: false, windowsHide: true, stdio: ['ignore', 'pipe', 'pipe'] });
  return outcome(await heard(child, spec, child));
}

const STOPPED: RunOutcome = { exitCode: undefined, signal: 'SIGTERM', spawnError: undefined };

/** What was begun, as both kinds of children are looked at. */
type Child = Pick<ChildProcess, 'pid' | 'kill' | 'stdout' | 'stderr'>;

/** Hands on what a child prints until it has ended. */
async function heard<T>(child: Child, spec: RunSpec, end: PromiseLike<T>): Promise<T> {
  const abort = (): void => killGroup(child);
  spec.signal?.addEventListener('abort', abort, { once: true });
  forward(child.stdout, spec.onStdout);
  forward(child.stderr, spec.onStderr);
  const result = await end;
  spec.signal?.removeEventListener('abort', abort);
  return result;
}

/** Under the supervisor. To load execa takes two hundredths of a second of processor, which each task would spend. */
async function streamByNode(spec: RunSpec): Promise<RunOutcome> {
  let fail: (error: unknown) => void = () => undefined;
  const refused = new Promise<EndOfProcess>((resolve) => {
    // Node says the same of a folder that is not there as of a program.
    fail = (error) => resolve({ timedOut: false, originalMessage: `${messageOf(error)} (in ${spec.cwd})` });
  });
  const words = ['-c', SUPERVISOR, 'nx-cargo-cross', ...pastShell(spec.env), spec.command, ...spec.args];
  const child = trySpawn(() => spawn('/bin/sh', words, { cwd: spec.cwd, env: { ...spec.env }, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'pipe', ...(spec.descriptors ?? []), ...(spec.onSocket ? (['pipe'] as const) : [])] }), fail);
  if (!child) return outcome(await refused);
  const ended = new Promise<EndOfProcess>((resolve) => void child.on('close', (code, signal) => resolve({ exitCode: code ?? undefined, signal: signal ?? undefined, timedOut: false })));
  child.on('error', fail);
  const socket = spec.onSocket && (child.stdio.at(-1) as Duplex | null | undefined);
  if (socket) {
    socket.on('error', () => undefined);
    // What the command has left running may have the other end for as long as it lives.
    child.once('exit', () => socket.destroy());
    spec.onSocket?.(socket);
  }
  return outcome(await heard(child, spec, Promise.race([ended, refused])));
}

function messageOf(error: unknown): string {
  return (Object(error) as { readonly message?: string }).message ?? String(error);
}

/**
 * Runs a short command and gives back what it printed, without the line break at its end. Never throws.
 * By Node's own means where that does: loading execa takes longer than most of these commands.
 */
export async function runCaptured(spec: CaptureSpec): Promise<Captured> {
  const nul = withNul(spec);
  if (nul !== undefined) return { ...nul, stdout: '', stderr: '' };
  return process.platform === 'win32' ? captureByExeca(spec) : captureByNode(spec);
}

function captureByNode({ command, args, cwd, env, timeout = 60_000 }: CaptureSpec): Promise<Captured> {
  return new Promise((resolve) => {
    const text = { stdout: '', stderr: '' };
    let timedOut = false;
    const end = (result: EndOfProcess): void => {
      clearTimeout(timer);
      resolve({ ...outcome(result), stdout: text.stdout.replace(/\r?\n$/, ''), stderr: text.stderr.replace(/\r?\n$/, '') });
    };
    const fail = (error: unknown): void => end({ timedOut: false, originalMessage: messageOf(error) });
    const timer = setTimeout(() => {
      timedOut = true;
      child?.kill('SIGKILL');
    }, timeout);
    const child = trySpawn(() => spawn(command, [...args], { ...(cwd === undefined ? {} : { cwd }), env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] }), fail);
    if (!child) return;
    child.on('error', fail);
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (text.stdout += chunk));
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (text.stderr += chunk));
    child.on('close', (code, signal) => end({ exitCode: code ?? undefined, signal: signal ?? undefined, timedOut }));
  });
}

/** Node throws at once for what the system refuses before there is a process, such as a command line that is too long. */
function trySpawn<T>(start: () => T, fail: (error: unknown) => void): T | undefined {
  try {
    return start();
  } catch (error) {
    fail(error);
    return undefined;
  }
}

/** Windows starts scripts (`.cmd`) only through what execa knows. */
async function captureByExeca(spec: CaptureSpec): Promise<Captured> {
  const { execa } = await import('execa');
  const result = await execa(spec.command, spec.args, {
    ...(spec.cwd === undefined ? {} : { cwd: spec.cwd }),
    env: { ...spec.env },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    timeout: spec.timeout ?? 60_000,
    windowsHide: true,
  });
  // Nothing at all was printed by what could not even be tried: a command line that is too long.
  const { stdout, stderr } = result as { readonly stdout?: string; readonly stderr?: string };
  return { ...outcome(result), stdout: stdout ?? '', stderr: stderr ?? '' };
}

/** What POSIX cannot say to a process, and execa throws for. */
function withNul({ command, args, env }: Pick<RunSpec, 'command' | 'args' | 'env'>): RunOutcome | undefined {
  const word = [command, ...args, ...Object.entries(env).flat()].find((text) => text.includes('\0'));
  if (word === undefined) return undefined;
  return { exitCode: undefined, signal: undefined, spawnError: `a NUL character in ${JSON.stringify(word)}` };
}

/** Whether a process of that id is there (POSIX `kill` with signal 0; a process of another user counts as there). */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (Object(error) as { readonly code?: unknown }).code === 'EPERM';
  }
}

/** Shells drop variables whose names they cannot say (`CC_aarch64-unknown-linux-gnu`), so those reach the command through `env`. */
function pastShell(env: RunSpec['env']): readonly string[] {
  const unsayable = Object.entries(env).filter(([name]) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name));
  return unsayable.length === 0 ? [] : ['/usr/bin/env', ...unsayable.map(([name, value]) => `${name}=${value}`)];
}

function forward(stream: NodeJS.ReadableStream | null, handler: ((text: string) => void) | undefined): void {
  if (!stream) return;
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => handler?.(chunk));
}

function killGroup(child: Child): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group is gone already, which is what was wanted.
  }
}

interface EndOfProcess {
  readonly exitCode?: number | undefined;
  readonly signal?: string | undefined;
  readonly originalMessage?: string | undefined;
  readonly timedOut: boolean;
}

/** A shell reports a child that a signal ended as 128 + the signal's number; POSIX.1-2017, XCU 2.8.2. */
function outcome(result: EndOfProcess): RunOutcome {
  if (result.exitCode !== undefined) return { exitCode: result.exitCode, signal: undefined, spawnError: undefined };
  if (result.signal !== undefined) return { exitCode: undefined, signal: result.timedOut ? 'time limit' : result.signal, spawnError: undefined };
  return { exitCode: undefined, signal: undefined, spawnError: result.originalMessage ?? 'could not be started' };
}
