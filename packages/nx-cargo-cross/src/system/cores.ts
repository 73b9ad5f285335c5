/**
 * One pool of cores for all that the user builds on a machine: every call of cargo borrows from it, in whatever checkout and however many run at once.
 *
 * The pool is a folder. A core that is in use is a file `slot.<n>`, a hard link to the file of the call that has it, which names the process; so a core can only be had once, and what a killed
 * process had is free again: its cargo dies with it. Nobody keeps the pool, and nothing is left of it but the empty folder.
 * Each call has a job server of its own, into which its cores are put as tokens, and out of which those that it does not use are taken for others. What a compiler is using cannot be taken back.
 */
import { statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { coresGiven } from './core-count.js';
import { makePlace, type Place, type Seen } from './core-place.js';
import { jobsOf, mustGive, shouldLetGo } from './core-shares.js';
import { digest } from './digest.js';
import { attempt } from './files.js';
import { openJobServer, type JobServer } from './job-server.js';
import { thisProcess } from './locks.js';

export interface CoresWish {
  /** For whom: `app:cross-aarch64-linux-musl`. */
  readonly what: string;
  /** How many jobs the user lets cargo have, as written; undefined for as many as there are cores. */
  readonly jobs: string | number | undefined;
  readonly say: (what: string) => void;
  readonly signal?: AbortSignal | undefined;
  readonly last?: LastCrate | undefined;
}

/** What a call says of its last crate, if that may wait for others. */
export interface LastCrate {
  /** The same for calls that compile one crate for several platforms. */
  readonly kin: string;
  /** Whether others wait until the call has ended: then it lets nobody go first. */
  readonly isAwaited: () => Promise<boolean>;
}

/** What a call may use, until it gives it back. */
export interface Cores {
  readonly env: Readonly<Record<string, string>>;
  readonly descriptors: readonly number[];
  /** To be called when nothing is left but the last crate, which is not to be compiled before this is done: calls of one run that are far behind may go first. */
  lastCrate(): Promise<void>;
  release(): Promise<void>;
}

export interface CorePool {
  /** Waits for a first core. Returns undefined when the signal ended the wait. */
  borrow(wish: CoresWish): Promise<Cores | undefined>;
}

/** No pool: cargo decides for itself. */
const ALL: Cores = { env: {}, descriptors: [], lastCrate: async () => undefined, release: async () => undefined };

/** Set for whatever runs on a borrowed core. What starts a build there, a test for one, has that core and waits for no other: its parent waits for it. */
const BORROWED = 'NX_CARGO_CROSS_BORROWED_CORE';

/** Milliseconds between two looks at the pool. */
const LOOK_EVERY = 100;
/** Milliseconds for which a call that has just given a core back asks for none: it may have had more than it needs. And for which a core is idle that will not be used soon. */
const QUIET = 1000;

let calls = 0;

/** @param cores how many the machine gives; asked when first needed */
export function makeCorePool(cacheFolder: string, env: Readonly<Record<string, string>>, cores: () => number = coresGiven): CorePool {
  const folder = join(cacheFolder, 'cores', hostname());
  return {
    async borrow({ what, jobs, say, signal, last }) {
      if (process.platform === 'win32' || hasJobServer(env)) return ALL;
      const nth = calls++;
      const pipe = join(folder, `pipe.${process.pid}.${nth}`);
      const ready = await attempt(() => mkdir(folder, { recursive: true, mode: 0o700 }));
      if (!ready.ok) return ALL;
      if (env[BORROWED] !== undefined) {
        const server = await openJobServer(pipe, env);
        return server ? { ...lend(server), lastCrate: async () => undefined, release: async () => server.close() } : ALL;
      }
      const given = cores();
      const holder = await thisProcess(what);
      const place = makePlace(folder, { since: Date.now(), pid: holder.pid, started: holder.started, nth, size: jobsOf(jobs, given) ?? given, held: 0, wants: true, kin: last === undefined ? '' : kinOf(last), last: false });
      const entered = await attempt(() => writeFile(place.file(), JSON.stringify(holder), { mode: 0o600 }));
      if (!entered.ok) return ALL;
      const first = await attempt(() => waitForFirst(place, say, signal));
      const server = first.ok && first.value ? await openJobServer(pipe, env) : undefined;
      // For who waits with its last crate, what a call has behind it counts from here.
      if (server && (await attempt(() => place.set({ since: Date.now() }))).ok) return share(place, server, say, last);
      server?.close();
      await place.leave();
      return first.ok && !first.value ? undefined : ALL;
    },
  };
}

/** A server that the user has started Nx below. Descriptors do not get through Nx; a named pipe does. */
function hasJobServer(env: Readonly<Record<string, string>>): boolean {
  const flags = ['CARGO_MAKEFLAGS', 'MAKEFLAGS', 'MFLAGS'].map((name) => env[name]).find((value) => value !== undefined) ?? '';
  const path = /--jobserver-auth=fifo:(\S+)/.exec(flags)?.[1];
  return path !== undefined && statSync(path, { throwIfNoEntry: false })?.isFIFO() === true;
}

/** Nx starts the processes of one run. */
function kinOf({ kin }: LastCrate): string {
  return digest(`${process.ppid} ${kin}`).slice(0, 8);
}

function lend({ env, descriptors }: JobServer): Omit<Cores, 'lastCrate' | 'release'> {
  return { env: { ...env, [BORROWED]: '1' }, descriptors };
}

async function waitForFirst(place: Place, say: CoresWish['say'], signal: AbortSignal | undefined): Promise<boolean> {
  for (let [looks, told] = [0, false]; !signal?.aborted; looks++) {
    await place.take(await place.look());
    if (place.me().held > 0) return true;
    // What is free at the second look is for somebody who came before.
    const holders = looks > 0 && !told ? await place.describe() : undefined;
    if (holders !== undefined) say(`waiting for a core: ${holders}`);
    told ||= holders !== undefined;
    await sleep(LOOK_EVERY / 2);
  }
  return false;
}

/** Puts cores into the call's job server as they become free, and takes out what others could use. */
function share(place: Place, server: JobServer, say: CoresWish['say'], last: LastCrate | undefined): Cores {
  server.add(place.me().held - 1);
  const begun = Date.now();
  const ended = new AbortController();
  let quietUntil = 0;
  let idleSince: number | undefined;
  let atLast: { readonly ran: number; readonly goOn: () => void } | undefined;
  let wake = (): void => undefined;
  const goOn = (): void => {
    atLast?.goOn();
    atLast = undefined;
  };
  const step = async (): Promise<void> => {
    const seen = await place.look();
    if (atLast && last) {
      if (await letGo(place, server, seen, { last, say, ran: atLast.ran })) return;
      goOn();
    }
    const { held, size } = place.me();
    if (seen.others.length === 0 && held === size) return;
    const idle = server.take(held - 1);
    idleSince = idle === 0 ? undefined : (idleSince ?? Date.now());
    const given = mustGive(seen.others, idle, place.me().last || Date.now() - (idleSince ?? Date.now()) >= QUIET);
    server.add(idle - given);
    if (given > 0) quietUntil = Date.now() + QUIET;
    await place.give(given);
    await place.set({ wants: idle === 0 && place.me().held < size && Date.now() >= quietUntil });
    if (ended.signal.aborted) return;
    const before = place.me().held;
    await place.take(seen);
    server.add(place.me().held - before);
  };
  const keep = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      const woken = new Promise<void>((resolve) => (wake = resolve));
      // A pool that cannot be read any more keeps nobody waiting.
      if (!(await attempt(step)).ok) goOn();
      await attempt(() => Promise.race([woken, sleep(LOOK_EVERY, undefined, { signal: ended.signal })]));
    }
  };
  const kept = keep();
  return {
    ...lend(server),
    async lastCrate() {
      if (!last || ended.signal.aborted) return;
      await new Promise<void>((resolve) => {
        atLast = { ran: Date.now() - begun, goOn: resolve };
        wake();
      });
    },
    async release() {
      ended.abort();
      await kept;
      goOn();
      server.close();
      await place.leave();
    },
  };
}

/** Gives all cores to who should go first, or takes one that nobody wants. Returns whether the call has none. */
async function letGo(place: Place, server: JobServer, seen: Seen, { last, say, ran }: { readonly last: LastCrate; readonly say: CoresWish['say']; readonly ran: number }): Promise<boolean> {
  await place.set({ last: true });
  const { held } = place.me();
  const lets = shouldLetGo(place.me(), seen.others, { ran, now: Date.now() }) && !(await last.isAwaited());
  if (held === 0) {
    await place.set({ wants: !lets });
    await place.take(seen);
  } else if (lets) {
    const idle = server.take(held - 1);
    if (idle < held - 1) server.add(idle);
    else {
      await place.give(held);
      await place.set({ wants: false });
      say(`its last crate waits until others are as far: ${await place.name(seen.others.filter((call) => !call.last))}`);
    }
  }
  return place.me().held === 0;
}
