/**
 * Locks between processes of one machine: a file that names its holder. A holder that died is noticed by its process id and start time, so a killed
 * build never blocks the next one.
 */
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { attempt, uniqueSuffix } from './files.js';
import { isRunning } from './process.js';

export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** The process's start time as the kernel counts it, where it can be had: tells a reused process id apart. */
  readonly started: string;
  readonly what: string;
}

const POLL_MS = 200;

/**
 * Runs `work` while holding the lock. Waits for another living holder, telling `onWait` once who it is.
 * @param what said to others who wait: `building std for aarch64-unknown-linux-musl`.
 * @returns what `work` gives, or undefined when the signal ended the wait.
 */
export async function withLock<T>(
  path: string,
  what: string,
  onWait: (holder: LockHolder) => void,
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T | undefined> {
  if (!(await acquire(path, what, onWait, signal))) return undefined;
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

/** Returns false when the signal ended the wait. */
async function acquire(path: string, what: string, onWait: (holder: LockHolder) => void, signal: AbortSignal | undefined): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true });
  const me: LockHolder = { pid: process.pid, host: hostname(), started: await startTime(process.pid), what };
  const draft = `${path}.${uniqueSuffix()}`;
  await writeFile(draft, JSON.stringify(me));
  try {
    for (let told = false; !signal?.aborted; ) {
      // link() fails when the lock exists, and otherwise makes it appear with its content: no reader sees an empty lock.
      const linked = await attempt(() => link(draft, path));
      if (linked.ok) return true;
      // Anything but a lock that is there already will not pass by waiting: let it be told.
      if (linked.code !== 'EEXIST') {
        await link(draft, path);
        return true;
      }
      const holder = await readHolder(path);
      if (holder && (await isAlive(holder))) {
        if (!told) onWait(holder);
        told = true;
        await sleep(POLL_MS);
      } else if (holder) {
        await removeDead(path, holder, draft);
      } else {
        await sleep(POLL_MS / 10);
      }
    }
    return false;
  } finally {
    await rm(draft, { force: true });
  }
}

async function readHolder(path: string): Promise<LockHolder | undefined> {
  const text = await attempt(() => readFile(path, 'utf8'));
  if (!text.ok) return undefined;
  const holder = await attempt(async () => Object(JSON.parse(text.value)) as Partial<LockHolder>);
  const { pid, host, started, what } = holder.ok ? holder.value : {};
  if (pid === undefined || host === undefined || started === undefined || what === undefined) return { pid: -1, host: hostname(), started: '', what: 'unreadable' };
  return { pid, host, started, what };
}

/**
 * Removes the lock of a dead holder, under a lock of its own: of two who find the same holder dead, the second would otherwise remove what the first
 * has taken in the meantime.
 */
async function removeDead(path: string, dead: LockHolder, draft: string): Promise<void> {
  const guard = `${path}.removal`;
  if (!(await attempt(() => link(draft, guard))).ok) {
    const other = await readHolder(guard);
    if (other && !(await isAlive(other))) await rm(guard, { force: true });
    await sleep(POLL_MS / 10);
    return;
  }
  const now = await readHolder(path);
  if (now && now.pid === dead.pid && now.started === dead.started) await rm(path, { force: true });
  await rm(guard, { force: true });
}

async function isAlive(holder: LockHolder): Promise<boolean> {
  if (holder.host !== hostname()) return true;
  if (holder.pid <= 0 || !isRunning(holder.pid)) return false;
  const started = await startTime(holder.pid);
  return started === '' || holder.started === '' || started === holder.started;
}

/** Field 22 of /proc/<pid>/stat, proc(5); empty where there is no such file. */
async function startTime(pid: number): Promise<string> {
  const text = await attempt(() => readFile(`/proc/${pid}/stat`, 'utf8'));
  if (!text.ok) return '';
  return text.value.slice(text.value.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}
