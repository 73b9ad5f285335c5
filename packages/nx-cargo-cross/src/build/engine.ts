/**
 * The engine: walks plans. Both executors stand on it: one hands it one request, the other all of a batch.
 */
import { canonicalPath, exists, mkdir, writeIfDifferent, attempt, rm } from '../system/files.js';
import { dirname, join, relative, resolve } from 'node:path';
import type { ManifestFile } from '../artifact/manifest.js';
import type { Failure } from '../diagnostics/failure.js';
import { internalFailure } from '../diagnostics/internal-failure.js';
import { quoteWord } from '../diagnostics/quote.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import { planBuild, type PlannedBuild } from '../plan/plan.js';
import { backendLabel, type PlanOutcome } from '../plan/render.js';
import type { BuildRequest } from '../plan/request.js';
import { readTextNow } from '../system/files-now.js';
import type { System } from '../system/system.js';
import { ensureStartFiles, needsStartFilesOfRust } from '../toolchain/start-files.js';
import { ensureStd, type StdContext } from '../toolchain/std.js';
import { runCargoCall, type CargoOutcome, type CargoRun } from './cargo-call.js';
import { notStatic } from './not-static.js';
import { cargoFailure } from './cargo-failure.js';
import type { CheckedTask } from './check-inputs.js';
import { clearOutdated, ownVariables, type Answers } from './clear-outdated.js';
import { collectArtifacts } from './collect.js';
import type { Emit, RequestRef } from './events.js';
import { makeProber, type Probed } from './probe.js';
import { proofMeans } from './proof-means.js';
import { smokeRun, type SmokeRun } from './smoke.js';
import { settleInputs } from './settle-inputs.js';
import { stageArtifacts, type Yield } from './stage.js';
import { noteOutput } from './uncovered-outputs.js';
import { whoLinks } from './who-links.js';

export interface EngineOptions {
  readonly system: System;
  /** The Nx workspace root, absolute. */
  readonly workspaceRoot: string;
  readonly color: boolean;
  readonly emit: Emit;
  readonly signal?: AbortSignal;
  /** What the key of a request's task holds; undefined where nothing keeps its result, or nobody asks. */
  readonly checkedTask?: (request: BuildRequest) => CheckedTask | undefined;
}

/** What became of one request. */
export interface BuildOutcome {
  readonly request: BuildRequest;
  readonly result: Result<{ readonly directory: string; readonly files: readonly ManifestFile[] }>;
  /** Milliseconds. */
  readonly duration: number;
}

/** Plans requests and builds nothing. */
export async function planRequests(options: EngineOptions, requests: readonly BuildRequest[]): Promise<readonly PlanOutcome[]> {
  const prober = makeProber(options.system, options.workspaceRoot, options.color);
  const outcomes: PlanOutcome[] = [];
  for (const request of requests) {
    const probed = await prober.probe(request);
    const planned = probed.ok ? planBuild(request, probed.value.probe) : probed;
    outcomes.push(planned.ok ? { task: request.task, planned: planned.value } : { task: request.task, failures: planned.failures });
  }
  return outcomes;
}

/**
 * Builds requests one after another and hands out each outcome as soon as it is there: cargo itself keeps every core busy, and two cargo calls in one
 * target folder would only wait for each other's lock. Every request gets an outcome, whatever happens to the others.
 */
export async function* buildRequests(options: EngineOptions, requests: readonly BuildRequest[]): AsyncGenerator<BuildOutcome, void> {
  const prober = makeProber(options.system, options.workspaceRoot, options.color);
  const answers: Answers = new Map();
  for (const request of requests) {
    const begin = options.system.now();
    const ref: RequestRef = { task: request.task, project: request.project, platform: request.build.platform.name };
    const result = await guarded(async () => {
      const probed = await prober.probe(request);
      if (!probed.ok) return probed;
      const planned = planBuild(request, probed.value.probe);
      return planned.ok ? buildOne(options, planned.value, probed.value, ref, answers) : planned;
    });
    const duration = options.system.now() - begin;
    options.emit({
      type: 'finished',
      success: result.ok,
      durationMs: Math.round(duration),
      failures: result.ok ? [] : result.failures,
      ...(result.ok ? { directory: result.value.directory } : {}),
      ...ref,
    });
    yield { request, result, duration };
  }
}

async function buildOne(options: EngineOptions, planned: PlannedBuild, { toolchain, probe }: Probed, ref: RequestRef, answers: Answers): Promise<BuildOutcome['result']> {
  const { system, emit, signal } = options;
  const { request, backend } = planned;
  emit({ type: 'planned', triple: planned.triple, backend: backendLabel(backend), backendReason: backend.reason, ...ref });

  const lock = join(options.workspaceRoot, request.workspace.lockFile);
  if (!(await exists(lock))) {
    const command = `cargo generate-lockfile --manifest-path ${quoteWord(request.workspace.manifest)}`;
    return failed({ code: 'lock-missing', file: request.workspace.lockFile, command });
  }
  const context: StdContext = {
    system,
    toolchain,
    directory: planned.directory,
    env: system.env,
    onProgress: (what, counted) => emit({ type: 'preparing', what, ...(counted ? { done: counted.done, total: counted.total } : {}), ...ref }),
    ...(signal ? { signal } : {}),
  };
  const { triple } = request.build.platform;
  const std = await ensureStd(context, [triple.name]);
  if (!std.ok) return std;
  const startFiles = needsStartFilesOfRust(backend.id, triple) ? await ensureStartFiles(context, triple, probe.tools['zig']) : success(undefined);
  if (!startFiles.ok) return startFiles;
  const written = await writeSetUp(planned);
  if (!written.ok) return written;

  const task = options.checkedTask?.(request);
  const cleared = await clearOutdated({
    system,
    workspaceRoot: options.workspaceRoot,
    outputs: planned.calls.map(({ targetDir }) => join(targetDir, planned.triple)),
    key: task?.key,
    own: ownVariables(request),
    answers,
    say: (what) => emit({ type: 'preparing', what, ...ref }),
    signal,
  });
  if (!cleared.ok) return cleared;

  const run: CargoRun = { system, planned, ref, rustcWrapper: std.value.rustcWrapper, emit, signal };
  const manifest = join(await canonicalPath(planned.directory), relative(request.workspace.root, request.crate.manifest));
  const yields: Yield[] = [];
  const outcomes: CargoOutcome[] = [];
  for (const call of planned.calls) {
    const outcome = await runCargoCall(run, call);
    outcomes.push(outcome);
    if (outcome.exitCode !== 0) {
      const why = call.linkage === 'static' ? await notStatic(planned, outcome, [], system.exists) : undefined;
      const failure = cargoFailure(planned, call, outcome, whoLinks(outcome, (path) => readTextNow(resolve(planned.directory, path))));
      return why ? failed(why, failure) : failed(failure);
    }
    const collected = collectArtifacts(outcome.messages, manifest, call.expected);
    if (collected.missing.length > 0) {
      const missing = collected.missing.map((artifact) => artifact.fileName);
      return failed({ code: 'artifact-missing', crate: request.crate.name, triple: planned.triple, missing, found: collected.made, log: planned.log });
    }
    yields.push({ call, found: collected.found });
  }
  const settled = task ? await settleInputs({ system, workspaceRoot: options.workspaceRoot, planned, probe, toolchain, task }, outcomes, await canonicalPath(planned.directory), emit, ref) : success(undefined);
  if (!settled.ok) return settled;
  const means = proofMeans(system, { workspaceRoot: options.workspaceRoot, keepsPaths: !request.build.reproducible });
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

/** Writes wrapper scripts and an empty log. */
async function writeSetUp(planned: PlannedBuild): Promise<Result<undefined>> {
  const written = await attempt(async () => {
    await mkdir(dirname(planned.log), { recursive: true });
    await rm(planned.log, { force: true });
    for (const file of planned.files) await writeIfDifferent(join(planned.filesDirectory, file.path), file.text, file.executable);
  });
  if (written.ok) return success(undefined);
  return failed({
    code: 'stage-failed',
    directory: planned.targetDir,
    cause: written.cause,
    help: `Make room and leave to write in ${planned.targetDir}, then run the same command again.`,
  });
}

/** A bug in one build must not take the others of a batch with it. */
async function guarded<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    return failed(internalFailure(error) satisfies Failure);
  }
}
