/**
 * Cargo calls in one target folder take turns: cargo locks the folder, and does not say who holds the lock. So each of ours waits before cargo is started, where it takes no core and can
 * say for whom. Cargo's own lock stays what keeps others out.
 */
import { join, relative } from 'node:path';
import { attempt } from '../system/files.js';
import { ownerOfLock, type LockOwner } from '../system/lock-owners.js';
import { takeLock, type LockWish } from '../system/locks.js';
import type { RunOutcome, RunSpec } from '../system/process.js';
import type { System } from '../system/system.js';
import { STOPPED, streamWithCores } from '../system/with-cores.js';

export interface TurnWish {
  /** Where cargo writes, absolute. */
  readonly targetDir: string;
  readonly profile: string;
  /** Where cargo runs, absolute: the folder is told relative to it. */
  readonly directory: string;
  /** For whom: `app:cross-aarch64-linux-musl`. */
  readonly task: string;
  /** How many jobs cargo's configuration lets it have, as written. */
  readonly jobs: string | number | undefined;
  readonly say: (what: string) => void;
  readonly signal: AbortSignal | undefined;
  /** What is done in the turn before its cargo gets cores. */
  readonly before?: (() => Promise<void>) | undefined;
}

/** Milliseconds. Whoever is next starts that much after the one before, at most. */
const LOOK_EVERY = 50;
/** Milliseconds. Of many who wait, each sees many others go before. */
const TELL_EVERY = 10_000;

/**
 * Runs cargo when it is its turn, on cores of the pool. In this order: who has cores waits for no turn.
 * @param makeSpec given what ends the turn before cargo ends; cargo's own lock is gone, too, when it starts the tests that it has built
 */
export async function streamInTurn(system: Pick<System, 'stream' | 'cores'>, wish: TurnWish, makeSpec: (endTurn: () => void) => Omit<RunSpec, 'signal'>): Promise<RunOutcome> {
  const end = await takeTurn(wish);
  if (!end) return STOPPED;
  try {
    await wish.before?.();
    return await streamInFolder(system, wish, (leave) =>
      makeSpec(() => {
        leave();
        void attempt(end);
      }),
    );
  } finally {
    await end();
  }
}

/** Runs cargo for who has the turn. */
export async function streamInFolder(system: Pick<System, 'stream' | 'cores'>, wish: Omit<TurnWish, 'before'>, makeSpec: (leave: () => void) => Omit<RunSpec, 'signal'>): Promise<RunOutcome> {
  const end = await takeFolder(wish);
  if (!end) return STOPPED;
  try {
    const { task, jobs, say, signal } = wish;
    return await streamWithCores(system, { what: task, jobs, say }, { ...makeSpec(() => void attempt(end)), ...(signal ? { signal } : {}) });
  } finally {
    await end();
  }
}

/** Waits for a turn. Returns what ends it, or undefined when the signal ended the wait. */
async function takeTurn(wish: Omit<TurnWish, 'jobs' | 'before'>): Promise<(() => Promise<void>) | undefined> {
  return take(wish, `${profileFolder(wish.profile)}.lock`);
}

/**
 * Waits until nobody writes in the folder: a cargo while it runs, and whoever puts units there. Who has a turn holds this only while its cargo runs, so that those whom it waits for, to build them with it, can get ready meanwhile.
 * Returns what lets others in again, or undefined when the signal ended the wait.
 */
export async function takeFolder(wish: Omit<TurnWish, 'jobs' | 'before'>): Promise<(() => Promise<void>) | undefined> {
  return take(wish, `${profileFolder(wish.profile)}.writing.lock`);
}

async function take({ targetDir, profile, directory, task, say, signal }: Omit<TurnWish, 'jobs' | 'before'>, lock: string): Promise<(() => Promise<void>) | undefined> {
  let quietUntil = 0;
  const tell: LockWish['onWait'] = ({ what, pid }, seconds) => {
    if (performance.now() < quietUntil) return;
    quietUntil = performance.now() + TELL_EVERY;
    say(`waiting for ${relative(directory, targetDir) || '.'} (${profileFolder(profile)}): held for ${seconds} s by ${what} (process ${pid})`);
  };
  const taken = await attempt(() =>
    takeLock({
      path: join(targetDir, lock),
      what: task,
      onWait: tell,
      signal,
      everyMs: LOOK_EVERY,
    }),
  );
  // A folder that cannot be written to is cargo's to tell of.
  return taken.ok ? taken.value : async () => undefined;
}

/** What cargo calls the folder of a profile: the Cargo book, "Build cache". */
export function profileFolder(profile: string): string {
  return profile === 'dev' || profile === 'test' ? 'debug' : profile === 'bench' ? 'release' : profile;
}

const LOCKS = ['.cargo-lock', '.cargo-build-lock', '.cargo-artifact-lock'];

/**
 * Says for whom cargo waits: somebody else's cargo, for ours take turns.
 * @param lock as cargo calls it: `file lock on build directory`
 */
export async function sayBlocked(lock: string, { targetDir, profile, triples, cargoHome }: { readonly targetDir: string; readonly profile: string; readonly triples: readonly string[]; readonly cargoHome: string }): Promise<string> {
  const folders = ['', ...triples].map((triple) => join(targetDir, triple, profileFolder(profile)));
  const files = lock.includes('package cache') ? ['.package-cache', '.package-cache-mutate'].map((name) => join(cargoHome, name)) : folders.flatMap((folder) => LOCKS.map((name) => join(folder, name)));
  return blockedBy(lock, await ownerOfLock(files));
}

/** Exported for its tests. */
export function blockedBy(lock: string, owner: LockOwner | undefined): string {
  if (!owner) return `waiting for ${lock}, held by another cargo`;
  const { pid, command, directory } = owner;
  return `waiting for ${lock}, held by process ${pid}${command === '' ? '' : `: ${command}`}${directory === '' ? '' : ` (in ${directory})`}`;
}
