/** Builds one request with cargo calls of its own, and hands out what came of them. */
import { dirname, join, relative, resolve } from 'node:path';
import type { ManifestFile } from '../artifact/manifest.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import { LAST_CRATE } from '../plan/rustc-wrapper.js';
import { canonicalPath } from '../system/files.js';
import { readTextNow } from '../system/files-now.js';
import type { AskingLast } from '../system/with-cores.js';
import { buildWaiting } from './build-waiting.js';
import { runCargoCall, type CargoEar, type CargoOutcome } from './cargo-call.js';
import { cargoFailure } from './cargo-failure.js';
import type { Answers } from './clear-outdated.js';
import { collectArtifacts, type Collected } from './collect.js';
import type { EngineOptions } from './engine.js';
import { hostPartsOf } from './host-parts.js';
import { notStatic } from './not-static.js';
import { clear, noticingOf, type Prepared } from './prepare.js';
import { proofMeans } from './proof-means.js';
import { settleInputs } from './settle-inputs.js';
import { smokeRun, type SmokeRun } from './smoke.js';
import { stageArtifacts, type Yield } from './stage.js';
import { noteReads } from './touch-unnoticed.js';
import { noteOutput } from './uncovered-outputs.js';
import type { WaitingPlace } from './waiting-builds.js';
import { whoLinks } from './who-links.js';

/** What became of one request. */
export type Built = Result<{ readonly directory: string; readonly files: readonly ManifestFile[] }>;

/**
 * @param answers what commands said, for all requests of a run
 * @param place where it waits, if others may build it while it does, and it others
 * @param nearEnd told when its cargo has compiled all that runs on the machine that builds
 */
export async function buildAlone(options: EngineOptions, prepared: Prepared, answers: Answers, place?: WaitingPlace, nearEnd: () => void = () => undefined): Promise<Built> {
  const { system, emit, signal } = options;
  const { request, planned, probed, ref } = prepared;
  const cleared = await clear(options, prepared, answers);
  if (!cleared.ok) return cleared;
  await place?.ready(prepared);
  const hostParts = hostPartsOf(options, prepared);
  const may = (): boolean => hostParts?.areMade() === true;
  const made = (soFar: Pick<CargoOutcome, 'messages' | 'beside'>): void => {
    hostParts?.made(soFar);
    nearEnd();
  };
  const before = place && (() => buildWaiting(options, prepared, place, may(), made));
  const beside = { may, before: async () => place?.leave() };
  const hear: CargoEar = {
    started: (command) => emit({ type: 'started', command, ...ref }),
    text: (text) => emit({ type: 'output', text, ...ref }),
    waiting: (what) => emit({ type: 'preparing', what, ...ref }),
    progress: (latest) => emit({ type: 'progress', ...latest, ...ref }),
  };
  const yields: Yield[] = [];
  const outcomes: CargoOutcome[] = [];
  for (const call of planned.calls) {
    const outcome = await runCargoCall({ system, directory: planned.directory, logs: [planned.log], rustcWrapper: prepared.rustcWrapper, task: request.task, jobs: probed.probe.jobs, signal, hear, before, beside, last: place && (await lastCrate(prepared, call, place)), nearEnd: made }, call);
    outcomes.push(outcome);
    await noteReads(noticingOf(options, prepared));
    if (outcome.exitCode !== 0) {
      const why = call.linkage === 'static' ? await notStatic(planned, outcome, [], system.exists) : undefined;
      const failure = cargoFailure(planned, call, outcome, whoLinks(outcome, (path) => readTextNow(resolve(planned.directory, path))));
      return why ? failed(why, failure) : failed(failure);
    }
    hostParts?.made(outcome);
    const collected = await collect(prepared, call, outcome);
    if (collected.missing.length > 0) {
      const missing = collected.missing.map((artifact) => artifact.fileName);
      return failed({ code: 'artifact-missing', crate: request.crate.name, triple: planned.triple, missing, found: collected.made, log: planned.log });
    }
    yields.push({ call, found: collected.found });
  }
  return handOut(options, prepared, outcomes, yields);
}

/** What a build's crate may wait for: that the same crate for other platforms is as far, unless somebody waits for the folder. */
async function lastCrate(prepared: Prepared, { targetDir, selection: { packageSpec, profile } }: Yield['call'], place: WaitingPlace): Promise<AskingLast> {
  return { kin: [targetDir, packageSpec, profile].join('\n'), isAwaited: place.hasOthers, env: { [LAST_CRATE]: dirname(await manifestOf(prepared)) } };
}

/** The crate's manifest as cargo calls it. */
async function manifestOf({ planned, request }: Prepared): Promise<string> {
  return join(await canonicalPath(planned.directory), relative(request.workspace.root, request.crate.manifest));
}

/** What of a call's expected artifacts cargo made, and what not. */
export async function collect(prepared: Prepared, call: Yield['call'], { messages }: Pick<CargoOutcome, 'messages'>): Promise<Collected> {
  return collectArtifacts(messages, await manifestOf(prepared), call.expected);
}

/** Holds what was read against the key, proves what was made and lays it out. */
export async function handOut(options: EngineOptions, { request, planned, probed: { probe, toolchain }, task, ref }: Prepared, outcomes: readonly CargoOutcome[], yields: readonly Yield[]): Promise<Built> {
  const { system, emit, signal, workspaceRoot } = options;
  const settled = task ? await settleInputs({ system, workspaceRoot, planned, probe, toolchain, task }, outcomes, await canonicalPath(planned.directory), emit, ref) : success(undefined);
  if (!settled.ok) return settled;
  const means = proofMeans(system, { workspaceRoot, keepsPaths: !request.build.reproducible });
  const smoke: SmokeRun = {
    system,
    host: probe.host,
    build: request.build,
    workFolder: planned.targetDir,
    log: planned.log,
    say: (what) => emit({ type: 'preparing', what, ...ref }),
    signal,
  };
  const staged = await stageArtifacts(planned, toolchain, yields, {
    means,
    warn: (file, findings) => emit({ type: 'warned', file, findings, ...ref }),
    check: (folder, files) => smokeRun(smoke, folder, files),
  });
  for (const { name, flatSymbols = [] } of staged.ok ? staged.value : []) if (flatSymbols.length > 0) emit({ type: 'preparing', what: flatNotice(name, flatSymbols), ...ref });
  if (staged.ok && settled.value) await noteOutput(system.cacheFolder, planned.destination, settled.value.covered);
  if (staged.ok) return success({ directory: planned.destination, files: staged.value });
  const last = outcomes.at(-1);
  const why = last && (await notStatic(planned, last, staged.failures, system.exists));
  return why ? failed(why, ...staged.failures) : staged;
}

/** What Apple's linker would bind to one library, and here could not be told whose it is. */
function flatNotice(file: string, symbols: readonly string[]): string {
  const some = symbols.slice(0, 5).join(', ');
  return `${file} looks ${symbols.length} symbol${symbols.length === 1 ? '' : 's'} up in all loaded libraries, for want of a name: ${some}${symbols.length > 5 ? ' ... (manifest.json has all)' : ''}`;
}
