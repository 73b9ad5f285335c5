/** A call's place in the pool of cores: the files by which others see it, and see what it has. Their names are told in `core-shares.ts`, and what they are for in `cores.ts`. */
import { readdir, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { callName, isSameCall, mayTake, parseCall, poolSize, type Call } from './core-shares.js';
import { stampNow } from './files-now.js';
import { ALIVE, isAlive, readHolder, sweepDead, tryLock } from './locks.js';

/** Nanoseconds after which another change gives a folder another time: the kernel's clock for files ticks every 10 ms at most. */
const SETTLED = 50_000_000n;

/** What a call sees of the others. */
export interface Seen {
  readonly others: readonly Call[];
  readonly taken: number;
}

export type Place = ReturnType<typeof makePlace>;

/** @param folder of the pool, which is there */
export function makePlace(folder: string, first: Call) {
  let me = first;
  const slots: string[] = [];
  const file = (call = me): string => join(folder, callName(call));
  const set = async (change: Partial<Call>): Promise<void> => {
    const changed = { ...me, ...change };
    const next = { ...changed, wants: changed.wants && changed.held < changed.size };
    if (callName(next) === callName(me)) return;
    await rename(file(), file(next));
    me = next;
  };
  const isSlot = (name: string): boolean => /^slot\.\d+$/.test(name);

  let known: { readonly stamp: string; readonly at: number; readonly seen: Seen } | undefined;
  /** All who are there. What has not changed for a while is not read again each time. */
  const look = async (): Promise<Seen> => {
    const { stamp, changed } = stampNow(folder) ?? {};
    if (known && known.stamp === stamp && performance.now() - known.at < ALIVE) return known.seen;
    const seen = await lookUp();
    const isSettled = changed !== undefined && BigInt(Date.now()) * 1_000_000n - changed >= SETTLED;
    known = stamp !== undefined && isSettled ? { stamp, at: performance.now(), seen } : undefined;
    return seen;
  };
  /** All who are there, after those who are dead were taken away. */
  const lookUp = async (): Promise<Seen> => {
    const names = await readdir(folder);
    const others: Call[] = [];
    let taken = names.filter(isSlot).length;
    for (const name of names) {
      const call = parseCall(name);
      if (!call || isSameCall(call, me)) continue;
      if (await isAlive({ ...call, host: hostname() })) {
        others.push(call);
        continue;
      }
      // Its file last: whoever is killed meanwhile leaves it for the next.
      for (const slot of names.filter(isSlot)) if (await sweepDead(join(folder, slot), call, file())) taken--;
      await rm(join(folder, `pipe.${call.pid}.${call.nth}`), { force: true });
      await rm(join(folder, name), { force: true });
    }
    return { others, taken };
  };

  /** A call's file has another name when its state has changed since it was seen. */
  const whose = async (call: Call): Promise<string> => {
    for (let tries = 0; tries < 5; tries++) {
      const name = (await readdir(folder)).find((one) => isSameCall(parseCall(one) ?? me, call));
      const holder = name === undefined ? undefined : await readHolder(join(folder, name));
      if (holder) return `${holder.what} (process ${holder.pid})`;
    }
    return `process ${call.pid}`;
  };

  const takeOne = async (size: number): Promise<void> => {
    for (let nth = 0; nth < size; nth++) {
      const slot = join(folder, `slot.${nth}`);
      if (slots.includes(slot) || (await tryLock(slot, file())) !== 'taken') continue;
      // Where calls know of different numbers of cores, two may have found the last one under two names.
      if ((await readdir(folder)).filter(isSlot).length > size) return rm(slot, { force: true });
      slots.push(slot);
      return set({ held: slots.length });
    }
  };

  return {
    file,
    me: () => me,
    set,
    look,
    async take({ others, taken }: Seen): Promise<void> {
      const wanted = mayTake(me, others, taken);
      for (let count = 0; count < wanted; count++) await takeOne(poolSize(me, others));
    },
    async give(count: number): Promise<void> {
      for (const slot of slots.splice(slots.length - count, count)) await rm(slot, { force: true });
      await set({ held: slots.length });
    },
    async leave(): Promise<void> {
      for (const slot of slots.splice(0)) await rm(slot, { force: true });
      await rm(file(), { force: true });
    },
    /** Whose calls they are. */
    async name(calls: readonly Call[]): Promise<string> {
      return (await Promise.all(calls.map(whose))).join(', ');
    },
    /** Who has the cores; undefined where nobody has any. */
    async describe(): Promise<string | undefined> {
      const names = (await readdir(folder)).filter(isSlot);
      const holders = new Map<string, number>();
      for (const name of names) {
        const holder = await readHolder(join(folder, name));
        const who = holder && `${holder.what} (process ${holder.pid})`;
        if (who !== undefined) holders.set(who, (holders.get(who) ?? 0) + 1);
      }
      return holders.size === 0 ? undefined : `${names.length} in use, ${[...holders].map(([who, count]) => `${count} by ${who}`).join(', ')}`;
    },
  };
}
