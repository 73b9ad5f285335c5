/** Builds several requests by one cargo call. Where it fails, each is built alone: so each gets its own verdict, and only its own compiler's words. */
import { failed } from '../diagnostics/result.js';
import { isStatusLine } from '../cargo/status-line.js';
import { messagesOf } from '../plan/messages-of.js';
import { buildAlone, collect, handOut, type Built } from './build-alone.js';
import { runCargoCall, type CargoEar, type CargoOutcome } from './cargo-call.js';
import { cargoFailure } from './cargo-failure.js';
import type { Answers } from './clear-outdated.js';
import type { EngineOptions } from './engine.js';
import type { BuildEvent } from './events.js';
import { hostPartsOf } from './host-parts.js';
import type { Joined } from './join-calls.js';
import { clear, noticingOf, type Prepared } from './prepare.js';
import { makeTextTail } from './text-tail.js';
import { noteReads } from './touch-unnoticed.js';

/**
 * Hands out each outcome as soon as it is there.
 * @param nearEnd told when cargo has compiled all that runs on the machine that builds
 */
export async function* buildTogether(options: EngineOptions, { call, members }: Joined, answers: Answers, nearEnd: () => void): AsyncGenerator<{ readonly build: Prepared; readonly result: Built }, void> {
  const { system, emit, signal } = options;
  const builds = members.map(({ build }) => build);
  const [first] = builds;
  if (!first) return;
  const tellAll = (what: string): void => {
    for (const { ref } of builds) emit({ type: 'preparing', what, ...ref });
  };
  let isClear = true;
  for (const build of builds) isClear = (await clear(options, build, answers)).ok && isClear;
  // Whoever cannot be cleared says so when it is built alone.
  if (!isClear) return yield* eachAlone(options, builds, answers);

  tellAll(`${builds.length} builds in one cargo call, which compiles for each what a call of its own would`);
  const voice = makeVoice(emit, builds);
  const hostParts = builds.map((build) => hostPartsOf(options, build));
  const beside = { may: () => hostParts.every((parts) => parts?.areMade() === true), before: async () => undefined };
  const made = (soFar: Pick<CargoOutcome, 'messages' | 'beside'>): void => {
    for (const parts of hostParts) parts?.made(soFar);
    nearEnd();
  };
  const outcome = await runCargoCall({ system, directory: first.planned.directory, logs: builds.map(({ planned }) => planned.log), rustcWrapper: first.rustcWrapper, task: `${first.request.task} and ${builds.length - 1} more`, jobs: first.probed.probe.jobs, signal, hear: voice, beside, nearEnd: made }, call);
  for (const build of builds) await noteReads(noticingOf(options, build));
  if (outcome.exitCode !== 0 && signal?.aborted) {
    for (const build of builds) yield { build, result: failed(cargoFailure(build.planned, call, outcome)) };
    return;
  }
  if (outcome.exitCode !== 0) {
    tellAll('their cargo call has failed: each is built alone, which compiles nothing again that is well, and tells whose failure it is');
    return yield* eachAlone(options, builds, answers);
  }
  voice.sayRest();
  for (const [nth, { build, call: own, graph, triple }] of members.entries()) {
    const mine = { ...outcome, ...messagesOf(outcome, { graph, triple, triples: members.map((member) => member.triple), profile: own.selection.profile }) };
    hostParts[nth]?.made(mine);
    const { found, missing } = await collect(build, own, mine);
    if (missing.length > 0) yield { build, result: await buildAlone(options, build, answers) };
    else yield { build, result: await handOut(options, build, [mine], [{ call: own, found }]) };
  }
}

async function* eachAlone(options: EngineOptions, builds: readonly Prepared[], answers: Answers): AsyncGenerator<{ readonly build: Prepared; readonly result: Built }, void> {
  for (const build of builds) yield { build, result: await buildAlone(options, build, answers) };
}

/** Bytes of compilers' words that wait for the end of the call; the logs have all of them. */
const HELD = 1_000_000;

/**
 * What is being compiled is said as it comes; what compilers say waits until the call has ended well, for else each says it again when it is built alone. Everybody keeps all of it, and it
 * is shown once.
 */
function makeVoice(emit: (event: BuildEvent) => void, builds: readonly Prepared[]): CargoEar & { sayRest(): void } {
  const rest = makeTextTail(HELD);
  const output = (text: string): void => builds.forEach(({ ref }, nth) => emit({ type: 'output', text, ...(nth === 0 ? {} : { shownBefore: true }), ...ref }));
  const toEach = (make: (build: Prepared) => BuildEvent): void => builds.forEach((build) => emit(make(build)));
  return {
    started: (command) => toEach(({ ref }) => ({ type: 'started', command, ...ref })),
    waiting: (what) => toEach(({ ref }) => ({ type: 'preparing', what, ...ref })),
    progress: (latest) => toEach(({ ref }) => ({ type: 'progress', ...latest, ...ref })),
    text(text) {
      const lines = text.split(/(?<=\n)/);
      const status = lines.filter(isStatusLine).join('');
      rest.add(lines.filter((line) => !isStatusLine(line)).join(''));
      if (status !== '') output(status);
    },
    sayRest: () => {
      const said = rest.text();
      if (said !== '') output(said);
    },
  };
}
