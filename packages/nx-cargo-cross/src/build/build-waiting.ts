/**
 * What a build does first when its turn has come: in one cargo call it builds itself, and what waits in other processes, as far as cargo says that this compiles for each what a call of its own would. The call decides nothing: each
 * build, this one too, then makes its own, which finds compiled what it needs, and alone says what became of it.
 */
import { isStatusLine } from '../cargo/status-line.js';
import { groupCalls } from './call-groups.js';
import { runCargoCall, type CargoEar, type CargoOutcome } from './cargo-call.js';
import type { EngineOptions } from './engine.js';
import { ASKING } from './join-calls.js';
import type { Prepared } from './prepare.js';
import { existsNow } from '../system/files-now.js';
import { noteReads } from './touch-unnoticed.js';
import { releaseWaiters, type WaitingPlace } from './waiting-builds.js';

/**
 * To be called while the build has its turn.
 * @param atOnce whether it waits for nobody who is coming: they need not wait for it
 * @param nearEnd see `CargoRun`
 */
export async function buildWaiting(options: EngineOptions, { request, ref, planned, probed, rustcWrapper }: Prepared, place: WaitingPlace, atOnce: boolean, nearEnd: (soFar: Pick<CargoOutcome, 'messages' | 'beside'>) => void): Promise<void> {
  const { system, workspaceRoot, emit, signal } = options;
  const say = (what: string): void => emit({ type: 'preparing', what, ...ref });
  const turn = await place.turn(signal, atOnce);
  if (!turn || signal?.aborted) return;
  const groups = await groupCalls({ system, workspaceRoot, asking: () => say(ASKING) }, [turn.own, ...turn.others]);
  const group = groups.find(({ members }) => members.some(({ notice }) => notice === turn.own.notice));
  if (!group || signal?.aborted) return;
  const others = group.members.filter(({ notice }) => notice !== turn.own.notice);
  // Meanwhile one may have been started beside this one.
  if (!others.every(({ notice }) => existsNow(notice))) return;
  say(`building with it what waits: ${others.map(({ task }) => task).join(', ')}`);
  const hear: CargoEar = {
    started: (command) => emit({ type: 'started', command, ...ref }),
    // Compilers' words are of all of them. Each hears its own from its own call.
    text: (text) => {
      const status = text.split(/(?<=\n)/).filter((line) => isStatusLine(line)).join('');
      if (status !== '') emit({ type: 'output', text: status, ...ref });
    },
    waiting: say,
    progress: (latest) => emit({ type: 'progress', ...latest, ...ref }),
  };
  const { exitCode } = await runCargoCall({ system, directory: planned.directory, logs: [planned.log], rustcWrapper, task: `${request.task} and ${others.length} more`, jobs: probed.probe.jobs, signal, hear, hasTurn: true, nearEnd }, group.call);
  for (const { directory, call, triple, made } of group.members) await noteReads({ system, workspaceRoot, directory, targetDirs: [call.targetDir], triple, made });
  // Whoever has the next turn goes on where this one was stopped.
  if (signal?.aborted) return;
  if (exitCode !== 0) say('not all of it compiles: whose failure that is, the own call of each tells');
  await releaseWaiters(others);
}
