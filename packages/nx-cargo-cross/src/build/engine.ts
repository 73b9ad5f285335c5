/**
 * The engine: walks plans. Both executors stand on it: one hands it one request, the other all of a batch.
 */
import type { Failure } from '../diagnostics/failure.js';
import { internalFailure } from '../diagnostics/internal-failure.js';
import { failed, type Result } from '../diagnostics/result.js';
import { planBuild } from '../plan/plan.js';
import type { PlanOutcome } from '../plan/render.js';
import type { BuildRequest } from '../plan/request.js';
import type { System } from '../system/system.js';
import { atOnce } from './at-once.js';
import { besideFolders } from './beside.js';
import { buildAlone, type Built } from './build-alone.js';
import { buildTogether } from './build-together.js';
import type { CheckedTask } from './check-inputs.js';
import type { Answers } from './clear-outdated.js';
import type { Emit } from './events.js';
import { asksForLayer, withLayers, type LayerSource } from './layer-source.js';
import { hostPartsOf } from './host-parts.js';
import { joinCalls, type Joined } from './join-calls.js';
import { prepare, type Prepared } from './prepare.js';
import { makeProber } from './probe.js';
import type { ToolchainSource } from './toolchain-source.js';
import { makeWaitingPlace } from './waiting-builds.js';
import { warmUp } from './warm-up.js';

export interface EngineOptions {
  readonly system: System;
  /** The Nx workspace root, absolute. */
  readonly workspaceRoot: string;
  readonly color: boolean;
  readonly emit: Emit;
  readonly signal?: AbortSignal;
  /** What the key of a request's task holds; undefined where nothing keeps its result, or nobody asks. */
  readonly checkedTask?: (request: BuildRequest) => CheckedTask | undefined;
  /** Everything in the repository that decides what cargo would compile, as one text; undefined where cargo is to be asked each time. */
  readonly sources?: (request: BuildRequest) => string | undefined;
  /** Where compiled third-party crates may come from. */
  readonly layers?: LayerSource;
  /** Where toolchains may come from. */
  readonly toolchains?: ToolchainSource;
}

/** What became of one request. */
export interface BuildOutcome {
  readonly request: BuildRequest;
  readonly result: Built;
  /** Milliseconds. */
  readonly duration: number;
}

/** Plans requests and builds nothing. */
export async function planRequests(options: EngineOptions, requests: readonly BuildRequest[]): Promise<readonly PlanOutcome[]> {
  const prober = makeProber(options);
  const outcomes: PlanOutcome[] = [];
  for (const request of requests) {
    const probed = await prober.probe(request);
    const planned = probed.ok ? planBuild(request, probed.value.probe) : probed;
    outcomes.push(planned.ok ? { task: request.task, planned: planned.value } : { task: request.task, failures: planned.failures });
  }
  return outcomes;
}

/**
 * Builds requests in as few cargo calls as compile for each what a call of its own would, and hands out each outcome as soon as it is there. Calls run at once where one has nothing to compile for the machine that builds: all others
 * would only wait for each other's lock. Every request gets an outcome, whatever happens to the others.
 */
export async function* buildRequests(options: EngineOptions, requests: readonly BuildRequest[]): AsyncGenerator<BuildOutcome, void> {
  const { system } = options;
  const prober = makeProber(options);
  const answers: Answers = new Map();
  const spent = new Map<BuildRequest, number>();
  const prepared: Prepared[] = [];
  const [only, second] = requests;
  // What one process builds it joins by itself.
  const place = only && !second ? makeWaitingPlace(options, only.task) : undefined;
  for (const request of requests) {
    const begin = system.now();
    const ready = await guarded(() => prepare(options, prober, request, refOf(request), place));
    if (!ready.ok) await place?.leave();
    spent.set(request, system.now() - begin);
    if (ready.ok) prepared.push(ready.value);
    // What travels in a toolchain is there already.
    if (ready.ok && ready.value.firstWithMingw === true && options.toolchains?.wishOf(request) === undefined) warmUp(options, ready.value);
    if (!ready.ok) yield finish(options, request, ready, system.now() - begin);
  }
  const layered = await guarded(async () => ({ ok: true, value: await withLayers(options, prepared) }));
  const builds = layered.ok ? layered.value : prepared;
  const [coming] = prepared;
  // What is left to do for it is to unpack its layer.
  if (coming && asksForLayer(options, coming)) await place?.coming(coming.planned, coming.probed);
  const groups = await guarded(async () => ({ ok: true, value: await joinCalls(options, builds) }));
  const buildGroup = async function* (group: Group, nearEnd: () => void): AsyncGenerator<BuildOutcome, void> {
    const begin = system.now();
    const open = new Set(buildsOf(group));
    const end = (build: Prepared, result: Built): BuildOutcome => {
      open.delete(build);
      return finish(options, build.request, result, (spent.get(build.request) ?? 0) + system.now() - begin);
    };
    if (!('members' in group)) {
      const result = await guarded(() => buildAlone(options, group, answers, place, nearEnd));
      await place?.leave();
      yield end(group, result);
      return;
    }
    try {
      for await (const { build, result } of buildTogether(options, group, answers, nearEnd)) yield end(build, result);
    } catch (error) {
      const failure = failed(internalFailure(error) satisfies Failure);
      for (const build of [...open]) yield end(build, failure);
    }
  };
  const hostParts = new Map(builds.map((build) => [build, hostPartsOf(options, build)]));
  // Whoever would only wait in the target folder is not started.
  const mayJoin = (group: Group, running: readonly Group[]): boolean => {
    const triples = new Set(running.flatMap(buildsOf).map(({ planned }) => planned.triple));
    return buildsOf(group).every((build) => !triples.has(build.planned.triple) && hostParts.get(build)?.areMade() === true);
  };
  yield* atOnce(groups.ok ? groups.value : builds, { limit: 1 + besideFolders().length, mayJoin, run: buildGroup });
}

type Group = Joined | Prepared;

function buildsOf(group: Group): readonly Prepared[] {
  return 'members' in group ? group.members.map(({ build }) => build) : [group];
}

function refOf({ task, project, build }: BuildRequest) {
  return { task, project, platform: build.platform.name };
}

function finish(options: EngineOptions, request: BuildRequest, result: Built, duration: number): BuildOutcome {
  options.emit({
    type: 'finished',
    success: result.ok,
    durationMs: Math.round(duration),
    failures: result.ok ? [] : result.failures,
    ...(result.ok ? { directory: result.value.directory } : {}),
    ...refOf(request),
  });
  return { request, result, duration };
}

/** A bug in one build must not take the others of a batch with it. */
async function guarded<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    return failed(internalFailure(error) satisfies Failure);
  }
}
