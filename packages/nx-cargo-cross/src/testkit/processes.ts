/** Real processes for tests of what touches the machine. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, jest } from '@jest/globals';

// A loaded machine starts processes slowly; and none may outlive the tests of its file.
jest.setTimeout(120_000);
const started: ChildProcess[] = [];
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
});

/** Starts node on a script's text, which may import compiled modules by their URL. */
export function startNode(script: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): ChildProcess {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script, '--', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  started.push(child);
  return child;
}

/** Everything that a child printed, once it has ended. */
export async function outputOf(child: ChildProcess): Promise<string> {
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  // Not `close`, which never comes from a child whose channel was disconnected from this side.
  await Promise.all([new Promise((resolve) => child.stdout?.on('end', resolve)), new Promise((resolve) => child.on('exit', resolve))]);
  return text;
}

/** The first thing that a child prints which the pattern matches. */
export function printed(child: ChildProcess, pattern: RegExp): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const match = pattern.exec(text);
      if (match) resolve(match[1] ?? match[0]);
    });
    child.on('close', () => reject(new Error(`ended after ${JSON.stringify(text)}`)));
  });
}

/** The processes of a group that are alive; those that are dead and not yet buried do not count. */
export function livingInGroup(group: number): readonly number[] {
  return execFileSync('ps', ['-A', '-o', 'pid=', '-o', 'pgid=', '-o', 'stat='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, pgid, stat]) => Number(pgid) === group && !stat?.startsWith('Z'))
    .map(([pid]) => Number(pid));
}

/** Waits until something holds; gives up, with what was last seen, long after it should. */
export async function eventually<T>(look: () => T | Promise<T>, holds: (seen: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries++) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (tries >= 1000) throw new Error(`still ${JSON.stringify(seen)}`);
    await sleep(50);
  }
}
