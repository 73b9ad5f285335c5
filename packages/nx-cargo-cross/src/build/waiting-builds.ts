/**
 * Builds that wait for their turn in a target folder, each in a process of its own, tell of themselves beside the folder's lock: so that whoever's turn it is can build for them, too, in the call that it makes anyway.
 * First that they are coming, as soon as they know where; then, with all that it takes to build them, when whatever has to come before cargo was done.
 */
import { join } from 'node:path';
import type { PlannedBuild } from '../plan/plan.js';
import { digest } from '../system/digest.js';
import { pause, postNotice, readNotices, takeNotice, type Posted } from '../system/notices.js';
import { readOwnVersion } from '../system/own-package.js';
import type { System } from '../system/system.js';
import { candidateOf, type Candidate } from './call-groups.js';
import { profileFolder } from './cargo-turn.js';
import type { EngineOptions } from './engine.js';
import type { Prepared } from './prepare.js';
import type { Probed } from './probe.js';
import { withoutTask } from './task-variables.js';

/** A build that waits, as its process tells of it. */
export interface WaitingBuild extends Candidate {
  /** Where its builds write, absolute: see `Noticing`. */
  readonly made: readonly string[];
}

/** A build that waits, as others see it. */
export interface Waiter extends WaitingBuild {
  readonly task: string;
  /** Which notice tells of it. */
  readonly notice: string;
}

/** One build's place among those that wait. */
export interface WaitingPlace {
  /** To be called as soon as the plan is known. */
  coming(planned: PlannedBuild, probed: Probed): Promise<void>;
  /** To be called when nothing but cargo is missing. */
  ready(prepared: Prepared): Promise<void>;
  /** To be called when its turn has come; it waits for who is coming unless it is to go on at once. Undefined where nobody could build with it, or another has built it: then it needs nobody. */
  turn(signal: AbortSignal | undefined, atOnce: boolean): Promise<{ readonly own: Waiter; readonly others: readonly Waiter[] } | undefined>;
  /** Whether any other build waits in the folder. */
  hasOthers(): Promise<boolean>;
  leave(): Promise<void>;
}

interface Told {
  /** Digest of what has to be the same for two builds to share anything. */
  readonly surroundings: string;
  /** Present when it could be built. */
  readonly build?: WaitingBuild;
}

/** Milliseconds for which whoever's turn it is waits for one that is coming: its process starts tools to look at them, and little else. */
export const COMING = 3000;
/** Milliseconds. */
const LOOK_EVERY = 50;

/** @param task as others are told who it is */
export function makeWaitingPlace(options: Pick<EngineOptions, 'system' | 'workspaceRoot' | 'sources'>, task: string): WaitingPlace {
  let posted: Posted | undefined;
  let place: { readonly folder: string; readonly surroundings: string } | undefined;
  let build: WaitingBuild | undefined;
  const tell = async (told: Told): Promise<void> => {
    if (!place) return;
    if (posted) await posted.replace(told);
    else posted = await postNotice(place.folder, task, told);
  };
  const leave = async (): Promise<void> => {
    await posted?.withdraw();
    posted = undefined;
  };
  const look = async (): Promise<Seen> => (place ? whoWaits(await readNotices(place.folder), place.surroundings, posted?.path) : { ready: [], coming: 0 });
  return {
    async coming(planned, probed) {
      place = placeOf(options, planned, probed);
      if (place) await tell({ surroundings: place.surroundings });
    },
    async ready(prepared) {
      const candidate = candidateOf(options, prepared);
      place = placeOf(options, prepared.planned, prepared.probed);
      if (!candidate || !place) return leave();
      build = { ...candidate, call: { ...candidate.call, env: changesOf(candidate, options.system) }, made: [prepared.probed.probe.targetDir, prepared.planned.targetDir] };
      await tell({ surroundings: place.surroundings, build });
    },
    async turn(signal, atOnce) {
      const own = build && posted ? { ...build, task, notice: posted.path } : undefined;
      const isThere = (await posted?.isThere()) === true;
      let seen = own && isThere ? await look() : undefined;
      for (let waited = 0; seen && !atOnce && seen.coming > 0 && waited < COMING && signal?.aborted !== true; waited += LOOK_EVERY) {
        await pause(LOOK_EVERY, signal);
        seen = await look();
      }
      await leave();
      return own && seen && seen.ready.length > 0 ? { own, others: seen.ready } : undefined;
    },
    hasOthers: async () => !place || (await readNotices(place.folder)).some(({ path }) => path !== posted?.path),
    leave,
  };
}

/** Those whom a call has built need nobody to do it again. */
export async function releaseWaiters(waiters: readonly Waiter[]): Promise<void> {
  for (const { notice } of waiters) await takeNotice(notice);
}

interface Seen {
  readonly ready: readonly Waiter[];
  /** How many are coming that are worth waiting for. */
  readonly coming: number;
}

/** Who could be built with the build whose notice is `own`. Exported for its tests. */
export function whoWaits(notices: Awaited<ReturnType<typeof readNotices>>, surroundings: string, own: string | undefined): Seen {
  // Whoever has the same surroundings is of the same version, and wrote what is read here.
  const alike = notices.flatMap(({ path, what, age, content }) => {
    const told = Object(content) as Partial<Told>;
    return path === own || told.surroundings !== surroundings ? [] : [{ path, what, age, build: told.build }];
  });
  return {
    ready: alike.flatMap(({ path, what, build }): readonly Waiter[] => (build ? [{ ...build, task: what, notice: path }] : [])),
    coming: alike.filter(({ age, build }) => !build && age < COMING).length,
  };
}

/** Undefined for builds that take turns for several calls. */
function placeOf({ system, workspaceRoot }: Pick<EngineOptions, 'system' | 'workspaceRoot'>, { calls: [call, second], directory }: PlannedBuild, { probe, toolchain }: Probed): { readonly folder: string; readonly surroundings: string } | undefined {
  if (!call || second) return undefined;
  const env = Object.entries(withoutTask(system.env)).sort(([a], [b]) => (a < b ? -1 : 1));
  const { label, sysroot, release } = toolchain;
  return {
    folder: join(call.targetDir, 'waiting', profileFolder(call.selection.profile)),
    surroundings: digest(JSON.stringify([readOwnVersion(), workspaceRoot, directory, call.targetDir, call.selection.profile, probe.host.triple, label, sysroot, release, env])),
  };
}

/** What the build's environment changes. Whoever has the same environment knows the rest, and nothing of it has to be written down. */
function changesOf({ call }: Candidate, { env }: Pick<System, 'env'>): Candidate['call']['env'] {
  return call.env.filter(({ name, value }) => value !== env[name]);
}
