/**
 * Locks between processes of one machine: a file that names its holder. A holder that died is noticed by its process id and start time, so a killed
 * build never blocks the next one.
 */
import { link, mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { attempt, uniqueSuffix } from './files.js';
import { stampNow } from './files-now.js';
import { isRunning } from './process.js';

export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** The process's start time as the kernel counts it, where it can be had: tells a reused process id apart. */
  readonly started: string;
  readonly what: string;
}

const POLL_MS = 200;
/** Each look costs files and a process's start time: whoever has waited long looks less often, and is late by that part of the wait at most. */
const LATER = 1 / 50;
/** So many times `everyMs` at most. */
const RARELY = 5;
/** Of `everyMs`, the first pause: most locks are held for as long as a program starts. Each is longer than the one before by that part of the wait. */
const AT_FIRST = 1 / 10;
const SOON = 1 / 4;

export interface LockWish {
  readonly path: string;
  /** Said to others who wait: `building std for aarch64-unknown-linux-musl`. */
  readonly what: string;
  /**
   * Told of each living holder that is waited for, once.
   * @param seconds for how long it has held the lock
   */
  readonly onWait: (holder: LockHolder, seconds: number) => void;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds between two looks at a lock that somebody holds, once that has taken a few of them; 200 when not given. */
  readonly everyMs?: number;
  /** Milliseconds of waiting of which `onWait` is told nothing; 0 when not given. */
  readonly quietMs?: number;
}

/**
 * Runs `work` while holding the lock. Waits for another living holder, telling `onWait` who it is.
 * @param what see `LockWish`
 * @returns what `work` gives, or undefined when the signal ended the wait.
 */
export async function withLock<T>(
  path: string,
  what: string,
  onWait: (holder: LockHolder) => void,
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T | undefined> {
  const release = await takeLock({ path, what, onWait, signal });
  if (!release) return undefined;
  try {
    return await work();
  } finally {
    await release();
  }
}

/** Takes the lock. Returns what lets go of it, or undefined when the signal ended the wait. */
export async function takeLock({ path, ...wish }: LockWish): Promise<(() => Promise<void>) | undefined> {
  return (await takeFirstLock({ ...wish, choices: () => [[path]] }))?.release;
}

/** Which choice was taken, and what lets go of it. */
export interface TakenLock {
  readonly choice: number;
  readonly release: () => Promise<void>;
}

/**
 * Takes all locks of the first choice that nobody holds a lock of. Of a choice it holds all or none: so who waits keeps nobody else waiting.
 * @param choices what there is at each look, all in one folder, the first always the same: whoever holds a lock of it is told of
 * @returns undefined when the signal ended the wait
 */
export async function takeFirstLock({ choices, what, onWait, signal, everyMs = POLL_MS, quietMs = 0 }: Omit<LockWish, 'path'> & { readonly choices: () => readonly (readonly string[])[] }): Promise<TakenLock | undefined> {
  const [first] = choices().flat();
  if (first === undefined) return undefined;
  await mkdir(dirname(first), { recursive: true });
  const draft = `${first}.${uniqueSuffix()}`;
  await writeFile(draft, JSON.stringify(await thisProcess(what)));
  try {
    const began = performance.now();
    const known: Known = new Map();
    for (let told = ''; !signal?.aborted; ) {
      let again = false;
      for (const [choice, paths] of choices().entries()) {
        const found = await tryAll(paths, draft, known);
        if (found === 'taken') return { choice, release: letGo(paths) };
        if (found === 'again') again = true;
        else if (choice === 0) {
          const { pid, started } = found.holder;
          if (told === `${pid} ${started}` || performance.now() - began < quietMs) continue;
          onWait(found.holder, found.seconds);
          told = `${pid} ${started}`;
        }
      }
      await sleep(again ? everyMs * AT_FIRST : pauseAfter(performance.now() - began, everyMs));
    }
    return undefined;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Milliseconds until the next look. Exported for its tests. */
export function pauseAfter(waited: number, everyMs: number): number {
  return Math.min(everyMs * AT_FIRST + waited * SOON, everyMs + waited * LATER, everyMs * RARELY);
}

type Tried = Awaited<ReturnType<typeof tryLock>>;
/** What was found of locks that somebody holds, by path, and when. */
type Known = Map<string, { readonly stamp: string; readonly at: number; readonly found: Tried }>;

async function tryAll(paths: readonly string[], draft: string, known: Known): Promise<Tried> {
  const taken: string[] = [];
  for (const path of paths) {
    const found = await tryAgain(path, draft, known);
    if (found !== 'taken') {
      for (const other of taken) await rm(other, { force: true });
      return found;
    }
    taken.push(path);
  }
  // The draft may have waited long: others are to see since when the lock is held.
  for (const path of taken) await attempt(() => utimes(path, new Date(), new Date()));
  return 'taken';
}

/** Milliseconds for which whoever holds a lock is taken to be alive. */
export const ALIVE = 1000;

/** While a lock is the same file, its holder is not looked up each time. */
async function tryAgain(path: string, draft: string, known: Known): Promise<Tried> {
  const stamp = stampNow(path)?.stamp;
  const last = known.get(path);
  if (last && last.stamp === stamp && performance.now() - last.at < ALIVE) return last.found;
  const found = await tryLock(path, draft);
  if (stamp !== undefined && typeof found === 'object') known.set(path, { stamp, at: performance.now(), found });
  return found;
}

function letGo(paths: readonly string[]): () => Promise<void> {
  let isHeld = true;
  return async () => {
    // A second time it would be another's.
    if (!isHeld) return;
    isHeld = false;
    for (const path of paths) await rm(path, { force: true });
  };
}

/** This process as a holder. */
export async function thisProcess(what: string): Promise<LockHolder> {
  return { pid: process.pid, host: hostname(), started: (await look(process.pid)).started, what };
}

/**
 * Takes the lock if nobody holds it, or its holder is dead.
 * @param draft a file that names this process, in the same folder; it becomes the lock, and stays under its own name too
 * @returns the living holder where there is one; `again` where the lock was about to go
 */
export async function tryLock(path: string, draft: string): Promise<'taken' | 'again' | { readonly holder: LockHolder; readonly seconds: number }> {
  // link() fails when the lock exists, and otherwise makes it appear with its content: no reader sees an empty lock.
  const linked = await attempt(() => link(draft, path));
  if (linked.ok) return 'taken';
  // Anything but a lock that is there already will not pass by waiting: let it be told.
  if (linked.code !== 'EEXIST') {
    await link(draft, path);
    return 'taken';
  }
  const holder = await readHolder(path);
  if (!holder) return 'again';
  if (!(await isAlive(holder))) {
    await removeDead(path, holder, draft);
    return 'again';
  }
  const since = await attempt(() => stat(path));
  return { holder, seconds: since.ok ? Math.max(0, Math.round((Date.now() - since.value.mtimeMs) / 1000)) : 0 };
}

/** Who holds a lock; undefined where nobody does. */
export async function readHolder(path: string): Promise<LockHolder | undefined> {
  const text = await attempt(() => readFile(path, 'utf8'));
  if (!text.ok) return undefined;
  const holder = await attempt(async () => Object(JSON.parse(text.value)) as Partial<LockHolder>);
  const { pid, host, started, what } = holder.ok ? holder.value : {};
  if (pid === undefined || host === undefined || started === undefined || what === undefined) return { pid: -1, host: hostname(), started: '', what: 'unreadable' };
  return { pid, host, started, what };
}

/**
 * Removes a lock if it is that of a process known to be dead.
 * @param draft see `tryLock`
 * @returns whether it was that one's
 */
export async function sweepDead(path: string, dead: Pick<LockHolder, 'pid' | 'started'>, draft: string): Promise<boolean> {
  const holder = await readHolder(path);
  if (!holder || holder.pid !== dead.pid || holder.started !== dead.started) return false;
  await removeDead(path, holder, draft);
  return true;
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
    return;
  }
  const now = await readHolder(path);
  if (now && now.pid === dead.pid && now.started === dead.started) await rm(path, { force: true });
  await rm(guard, { force: true });
}

/** Whether the process that names itself so is there; a process of another machine counts as there. */
export async function isAlive(holder: Pick<LockHolder, 'pid' | 'host' | 'started'>): Promise<boolean> {
  if (holder.host !== hostname()) return true;
  if (holder.pid <= 0 || !isRunning(holder.pid)) return false;
  const { state, started } = await look(holder.pid);
  // Nobody has waited for it yet, and where a container's first process waits for none, nobody will.
  if (state === 'Z') return false;
  return started === '' || holder.started === '' || started === holder.started;
}

/** Fields 3 and 22 of /proc/<pid>/stat, proc(5); empty where there is no such file. */
async function look(pid: number): Promise<{ readonly state: string; readonly started: string }> {
  const text = await attempt(() => readFile(`/proc/${pid}/stat`, 'utf8'));
  const fields = text.ok ? text.value.slice(text.value.lastIndexOf(')') + 2).split(' ') : [];
  return { state: fields[0] ?? '', started: fields[19] ?? '' };
}
