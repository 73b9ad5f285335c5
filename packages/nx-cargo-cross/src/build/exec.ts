/** Runs a command of the user's own with a platform's C toolchain, and proves and stages what it made, like a crate's artifacts. */
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import type { ManifestFile } from '../artifact/manifest.js';
import { installOf } from '../config/known-commands.js';
import type { Failure } from '../diagnostics/failure.js';
import { internalFailure } from '../diagnostics/internal-failure.js';
import { quoteWord, quoteWords } from '../diagnostics/quote.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import type { KeyContents } from '../graph/key-contents.js';
import { execEnvironment, execSdk, planExec, type PlannedExec } from '../plan/exec-plan.js';
import type { ExecRequest } from '../plan/exec-request.js';
import { backendLabel } from '../plan/render.js';
import { attempt, copyFolder, exists, mkdir, rm, writeIfDifferent } from '../system/files.js';
import { thisHost } from '../system/host.js';
import { openLogFile } from '../system/log-file.js';
import { ownProgram } from '../system/own-package.js';
import { streamWithCores } from '../system/with-cores.js';
import { clearOutdated } from './clear-outdated.js';
import type { EngineOptions } from './engine.js';
import type { RequestRef } from './events.js';
import { findTools } from './find-tools.js';
import { proofMeans } from './proof-means.js';
import { smokeRun } from './smoke.js';
import { stageFiles } from './stage.js';

export type ExecOutcome = Result<{ readonly directory: string; readonly files: readonly ManifestFile[] }>;

/** Looks at the machine and plans; runs nothing. */
export async function planExecRequest({ system, workspaceRoot }: EngineOptions, request: ExecRequest): Promise<Result<PlannedExec>> {
  const host = thisHost();
  const tools = await findTools(system, workspaceRoot, request.build, host, execSdk(request.build.sdk, workspaceRoot), request.lockedPackages);
  if (!tools.ok) return tools;
  // Where other tools keep what may be lost: below node_modules, which no project of Nx reads and nobody commits.
  const workFolder = join(workspaceRoot, 'node_modules', '.cache', 'nx-cargo-cross');
  return planExec(request, { workspaceRoot, host, tools: tools.value, env: system.env, pathDelimiter: delimiter, macosLinkProgram: ownProgram('linkMacos'), workFolder });
}

/**
 * Runs a request. Always gives an outcome, and tells of it.
 * @param key undefined where Nx keeps no result
 */
export async function runExec(options: EngineOptions, request: ExecRequest, key: KeyContents | undefined): Promise<ExecOutcome> {
  const { system, emit } = options;
  const begin = system.now();
  const ref: RequestRef = { task: request.task, project: request.project, platform: request.build.platform.name };
  const result = await guarded(async () => {
    const planned = await planExecRequest(options, request);
    return planned.ok ? runPlanned(options, planned.value, key, ref) : planned;
  });
  emit({
    type: 'finished',
    success: result.ok,
    durationMs: Math.round(system.now() - begin),
    failures: result.ok ? [] : result.failures,
    ...(result.ok ? { directory: result.value.directory } : {}),
    ...ref,
  });
  return result;
}

async function guarded(work: () => Promise<ExecOutcome>): Promise<ExecOutcome> {
  try {
    return await work();
  } catch (error) {
    return failed(internalFailure(error));
  }
}

async function runPlanned(options: EngineOptions, planned: PlannedExec, key: KeyContents | undefined, ref: RequestRef): Promise<ExecOutcome> {
  const { emit } = options;
  const { backend, request } = planned;
  emit({ type: 'planned', triple: planned.triple, backend: backendLabel(backend), backendReason: backend.reason, ...ref });
  const absent = await findAbsent(options, planned);
  if (absent) return failed(absent);
  const { buildDirectory, configuredBy } = planned;
  const cleared = await clearOutdated({
    system: options.system,
    workspaceRoot: options.workspaceRoot,
    outputs: [buildDirectory],
    key,
    own: { 'commands and variables': configuredBy },
    tracked: new Set(),
    answers: new Map(),
    say: (what) => emit({ type: 'preparing', what, ...ref }),
    signal: options.signal,
  });
  if (!cleared.ok) return cleared;
  const ready = await makeReady(planned);
  if (!ready.ok) return ready;
  for (const command of planned.commands) {
    const failure = await runCommand(options, planned, command, ref);
    if (failure) return failed(failure);
  }
  const missing: string[] = [];
  for (const { path } of planned.expected) if (!(await exists(path))) missing.push(path);
  if (missing.length > 0) return failed({ code: 'artifact-not-made', project: request.project, triple: planned.triple, missing, log: planned.log });
  const { build } = request;
  const manifest = { crate: request.project, version: request.version, profile: '', features: [], defaultFeatures: true, backend: { id: backend.id, version: backend.version }, toolchain: '' };
  const items = planned.expected.map((file) => ({ ...file, linkage: build.linkage }));
  const staged = await stageFiles({ destination: planned.destination, build, minOs: planned.minOs, ships: planned.ships, manifest }, items, {
    means: proofMeans(options.system, { workspaceRoot: options.workspaceRoot, keepsPaths: true }),
    warn: (file, findings) => emit({ type: 'warned', file, findings, ...ref }),
    check: (folder, files) =>
      smokeRun(
        {
          system: options.system,
          host: thisHost(),
          build,
          workFolder: dirname(dirname(planned.buildDirectory)),
          log: planned.log,
          say: (what) => emit({ type: 'preparing', what, ...ref }),
          signal: options.signal,
        },
        folder,
        files,
      ),
  });
  return staged.ok ? success({ directory: planned.destination, files: staged.value }) : staged;
}

/** A program that is nowhere, before any other is started. */
async function findAbsent({ system }: EngineOptions, planned: PlannedExec): Promise<Failure | undefined> {
  const env = execEnvironment(planned, system.env);
  for (const [program] of planned.commands) {
    const isPath = program.includes('/');
    // A relative path may be made by an earlier command, or lie in the copy that is still to come.
    if (isPath && !isAbsolute(program)) continue;
    if (isPath ? await exists(program) : (await system.findOnPath(program, env)) !== undefined) continue;
    return {
      code: 'tool-missing',
      tool: program,
      neededFor: `the command of ${planned.request.task}`,
      searched: [isPath ? program : `${program} on the PATH`],
      install: installOf(program),
      alternatives: [],
    };
  }
  return undefined;
}

async function makeReady(planned: PlannedExec): Promise<Result<undefined>> {
  const written = await attempt(async () => {
    await mkdir(dirname(planned.log), { recursive: true });
    await rm(planned.log, { force: true });
    await mkdir(planned.buildDirectory, { recursive: true });
    for (const file of planned.files) await writeIfDifferent(join(planned.filesDirectory, file.path), file.text, file.executable);
    // What an earlier run left is not what this one made.
    for (const { path } of planned.expected) await rm(path, { force: true });
    if (planned.copy) await copyFolder(planned.copy.from, planned.copy.to, [planned.destination, dirname(dirname(planned.destination))]);
  });
  if (written.ok) return success(undefined);
  return failed({ code: 'stage-failed', directory: planned.buildDirectory, cause: written.cause, help: `Make room and leave to write in ${planned.buildDirectory}, then run the same command again.` });
}

async function runCommand({ system, emit, signal }: EngineOptions, planned: PlannedExec, command: readonly [string, ...string[]], ref: RequestRef): Promise<Failure | undefined> {
  const [program, ...args] = command;
  const shown = quoteWords(command);
  const log = openLogFile(planned.log);
  log.write(`$ ${shown}\n`);
  emit({ type: 'started', command: shown, ...ref });
  const show = (text: string): void => {
    log.write(text);
    emit({ type: 'output', text, ...ref });
  };
  const say = (what: string): void => emit({ type: 'preparing', what, ...ref });
  const outcome = await streamWithCores(system, { what: ref.task, jobs: undefined, say }, {
    command: program,
    args,
    cwd: planned.directory,
    env: execEnvironment(planned, system.env),
    onStdout: show,
    onStderr: show,
    ...(signal ? { signal } : {}),
  });
  log.write(`exit code ${outcome.exitCode ?? outcome.signal ?? outcome.spawnError ?? 'unknown'}\n`);
  await log.close();
  if (outcome.exitCode === 0) return undefined;
  const { project } = planned.request;
  if (outcome.signal !== undefined) return { code: 'interrupted', crate: project, triple: planned.triple, signal: outcome.signal };
  return {
    code: 'command-failed',
    project,
    triple: planned.triple,
    exitCode: outcome.exitCode,
    log: planned.log,
    command: `cd ${quoteWord(planned.directory)} && ${shown}`,
  };
}
