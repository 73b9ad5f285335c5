/**
 * Cargo calls in one target folder take turns: cargo locks the folder, and does not say who holds the lock. So each of ours waits before cargo is started, where it takes no core and can
 * say for whom. Cargo's own lock stays what keeps others out. A call that compiles nothing for the machine that builds may run beside whoever has the turn, in a folder of its own (`beside.ts`), unless that one writes for the same platform.
 */
import { join, relative } from 'node:path';
import { attempt } from '../system/files.js';
import { ownerOfLock, type LockOwner } from '../system/lock-owners.js';
import { takeFirstLock, type LockWish, type TakenLock } from '../system/locks.js';
import type { RunOutcome, RunSpec } from '../system/process.js';
import type { System } from '../system/system.js';
import { STOPPED, streamWithCores, type AskingLast } from '../system/with-cores.js';
import { besideFolders, readyBeside } from './beside.js';

export interface TurnWish {
  /** Where cargo writes, absolute. */
  readonly targetDir: string;
  readonly profile: string;
  /** Of the platforms that it compiles for. */
  readonly triples: readonly string[];
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
  readonly beside?: Beside | undefined;
  readonly last?: AskingLast | undefined;
}

/** A call that may run beside whoever has the turn. */
export interface Beside {
  /** Whether it may now; asked again and again while it waits. */
  readonly may: () => boolean;
  /** What is done instead of `before`. */
  readonly before: () => Promise<void>;
}

/** Makes what is run. */
export type SpecMaker = (
  /** Ends the turn before cargo ends. */
  endTurn: () => void,
  /** The folder, below the target folder, of a call beside another. */
  beside?: string,
) => Omit<RunSpec, 'signal'>;

/** Milliseconds. Whoever is next starts that much after the one before, at most. */
const LOOK_EVERY = 50;
/** Milliseconds. Where there is nothing to compile, a turn is over sooner, and nobody wants to read of it. */
const QUIET = 1000;
/** Milliseconds. Of many who wait, each sees many others go before. */
const TELL_EVERY = 10_000;

/**
 * Runs cargo when it is its turn, or may run beside whoever has it, on cores of the pool. In this order: who has cores waits for no turn.
 * @param makeSpec cargo's own lock is gone, too, when it starts the tests that it has built, and ends the turn
 */
export async function streamInTurn(system: Pick<System, 'stream' | 'cores'>, wish: TurnWish, makeSpec: SpecMaker): Promise<RunOutcome> {
  const folders = besideFolders();
  const turn = await takeTurn(wish, () => (wish.beside?.may() === true ? folders : []));
  if (!turn) return STOPPED;
  const { choice, release } = turn;
  const beside = folders[choice - 1];
  try {
    if (beside !== undefined) {
      if (await readyBeside(wish.targetDir, { name: beside, profileFolder: profileFolder(wish.profile), triples: wish.triples })) {
        await wish.beside?.before();
        return await stream(system, wish, makeSpec(() => void attempt(release), beside));
      }
    } else {
      await wish.before?.();
      return await streamInFolder(system, wish, (leave) =>
        makeSpec(() => {
          leave();
          void attempt(release);
        }),
      );
    }
  } finally {
    await release();
  }
  return streamInTurn(system, { ...wish, beside: undefined }, makeSpec);
}

/** Runs cargo for who has the turn. */
export async function streamInFolder(system: Pick<System, 'stream' | 'cores'>, wish: Omit<TurnWish, 'before' | 'beside'>, makeSpec: SpecMaker): Promise<RunOutcome> {
  const end = await takeFolder(wish);
  if (!end) return STOPPED;
  try {
    return await stream(system, wish, makeSpec(() => void attempt(end)));
  } finally {
    await end();
  }
}

function stream(system: Pick<System, 'stream' | 'cores'>, { task, jobs, say, signal, last }: Omit<TurnWish, 'before' | 'beside'>, spec: Omit<RunSpec, 'signal'>): Promise<RunOutcome> {
  return streamWithCores(system, { what: task, jobs, say, last }, { ...spec, ...(signal ? { signal } : {}) });
}

type Wish = Omit<TurnWish, 'jobs' | 'before' | 'beside'>;

/** Waits for a turn, or for one of the folders for calls beside it. Returns undefined when the signal ended the wait. */
async function takeTurn(wish: Wish, folders: () => readonly string[]): Promise<TakenLock | undefined> {
  return take(wish, () => [['lock'], ...folders().map((name) => [...ofTriples(wish), `${name}.lock`])]);
}

/**
 * Waits until nobody writes in the folder, and for the platforms: a cargo while it runs, and whoever puts units there. Who has a turn holds this only while its cargo runs, so that those whom it waits for, to build them with it, can get ready
 * meanwhile. Returns what lets others in again, or undefined when the signal ended the wait.
 */
export async function takeFolder(wish: Wish): Promise<(() => Promise<void>) | undefined> {
  return (await take(wish, () => [['writing.lock', ...ofTriples(wish)]]))?.release;
}

/** Waits until nobody writes for the platforms, whoever writes for others or for the machine that builds. Returns as `takeFolder` does. */
export async function takePlatforms(wish: Wish): Promise<(() => Promise<void>) | undefined> {
  return (await take(wish, () => [ofTriples(wish)]))?.release;
}

function ofTriples({ triples }: Wish): readonly string[] {
  return [...triples].sort().map((triple) => `${triple}.lock`);
}

/** @param choices names of locks, without the profile's */
async function take({ targetDir, profile, directory, task, say, signal }: Wish, choices: () => readonly (readonly string[])[]): Promise<TakenLock | undefined> {
  const folder = profileFolder(profile);
  let quietUntil = 0;
  const tell: LockWish['onWait'] = ({ what, pid }, seconds) => {
    if (performance.now() < quietUntil) return;
    quietUntil = performance.now() + TELL_EVERY;
    say(`waiting for ${relative(directory, targetDir) || '.'} (${folder}): held for ${seconds} s by ${what} (process ${pid})`);
  };
  const taken = await attempt(() =>
    takeFirstLock({
      choices: () => choices().map((names) => names.map((name) => join(targetDir, `${folder}.${name}`))),
      what: task,
      onWait: tell,
      signal,
      everyMs: LOOK_EVERY,
      quietMs: QUIET,
    }),
  );
  // A folder that cannot be written to is cargo's to tell of.
  return taken.ok ? taken.value : { choice: 0, release: async () => undefined };
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
