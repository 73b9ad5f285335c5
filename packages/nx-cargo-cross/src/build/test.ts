/** Runs a crate's tests for one platform: the build's set-up, `cargo test`, and the platform's runner. */
import { join } from 'node:path';
import { parseArtifactMessage, parseBuildScriptMessage, type ArtifactMessage, type BuildScriptMessage } from '../cargo/messages.js';
import { mergeEnvironment } from '../backend/env-edit.js';
import type { Failure } from '../diagnostics/failure.js';
import { internalFailure } from '../diagnostics/internal-failure.js';
import { lockCommand } from '../plan/lock-command.js';
import { quoteWord, quoteWords } from '../diagnostics/quote.js';
import { renderUncovered } from '../diagnostics/render.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import { backendLabel } from '../plan/render.js';
import type { Probe } from '../plan/request.js';
import { planTest, type PlannedTest, type TestRequest, type TestRunner } from '../plan/test-plan.js';
import { TIME_LIMIT } from '../runner/spec.js';
import { attempt, canonicalPath, exists, writeIfDifferent } from '../system/files.js';
import { openLogFile } from '../system/log-file.js';
import { ensureMingwCore } from '../toolchain/mingw-core.js';
import { ensureStartFiles, needsStartFilesOfRust } from '../toolchain/start-files.js';
import { ensureStd } from '../toolchain/std.js';
import type { CargoOutcome } from './cargo-call.js';
import { streamInTurn, type TurnWish } from './cargo-turn.js';
import type { CheckedBuild, CheckedTask } from './check-inputs.js';
import { cargoFailure } from './cargo-failure.js';
import { clearOutdated, ownVariables } from './clear-outdated.js';
import type { EngineOptions } from './engine.js';
import type { Emit } from './events.js';
import { effectiveLinkage } from '../plan/steps.js';
import { makeProber, type Probed } from './probe.js';
import { settleInputs } from './settle-inputs.js';
import { noteReads, touchUnnoticed, variablesOfCargo, type Noticing } from './touch-unnoticed.js';
import { findRunner, RUN_UNDER } from './runner.js';
import { stageFailed, writeSetUp } from './write-set-up.js';

/** `skipped`: nothing was run, and that is what was asked for. */
export type TestOutcome = Result<'passed' | 'skipped'>;

/** Looks at the machine and plans; runs nothing. */
export async function planTestRequest(options: EngineOptions, request: TestRequest): Promise<Result<PlannedTest>> {
  const probed = await makeProber(options).probe(request.request);
  if (!probed.ok) return probed;
  const runner = await runnerOf(options, request, probed.value.probe);
  return runner.ok ? planTest(request, probed.value.probe, runner.value, undefined) : runner;
}

export interface TestRun {
  readonly options: EngineOptions;
  readonly request: TestRequest;
  /** What the task's key holds; undefined where Nx keeps no result. */
  readonly task: CheckedTask | undefined;
  readonly say: (line: string) => void;
}

/** Runs a request. Always gives an outcome. */
export async function runTest(run: TestRun): Promise<TestOutcome> {
  try {
    const { options, request, say } = run;
    const probed = await makeProber(options).probe(request.request);
    if (!probed.ok) return probed;
    // First of all: tests that cannot run need not be compiled.
    const runner = await runnerOf(options, request, probed.value.probe);
    if (runner.ok) return await runWith(run, probed.value, runner.value);
    const [failure] = runner.failures;
    if (request.test.unrunnable === 'fail' || failure.code !== 'not-runnable') return runner;
    say(`skipped: not runnable here, because: ${failure.reasons.join('; ')}`);
    return success('skipped');
  } catch (error) {
    return failed(internalFailure(error));
  }
}

async function runnerOf({ system }: EngineOptions, { request }: TestRequest, probe: Probe): Promise<Result<TestRunner | undefined>> {
  if (probe.hasRunner) return success(undefined);
  const { platform, linkage, interpreter } = request.build;
  const { facts } = platform.triple;
  const dynamic = effectiveLinkage(facts, linkage) === 'dynamic';
  const found = await findRunner(system, probe.host, { triple: platform.triple, interpreter: dynamic ? (interpreter ?? facts.interpreter) : undefined });
  if (!found.ok) return found;
  const { label, kind, command, env, unset } = found.value;
  return success({ label, isEmulator: kind === 'qemu', words: RUN_UNDER, spec: { command, env, unset } });
}

async function runWith(run: TestRun, { probe, toolchain }: Probed, runner: TestRunner | undefined): Promise<TestOutcome> {
  const { options, request, task, say } = run;
  const { system, signal } = options;
  const { workspace, build } = request.request;
  if (!(await exists(join(options.workspaceRoot, workspace.lockFile)))) {
    return failed({ code: 'lock-missing', file: workspace.lockFile, command: lockCommand(workspace) });
  }
  const directory = join(options.workspaceRoot, workspace.root);
  const context = { system, toolchain, directory, env: system.env, onProgress: (what: string) => say(`  ${what}`), ...(signal ? { signal } : {}) };
  const std = await ensureStd(context, [build.platform.triple.name]);
  if (!std.ok) return std;
  const planned = planTest(request, probe, runner, std.value.sysroot);
  if (!planned.ok) return planned;
  const { backend, linksStd, mingwCore } = planned.value.build;
  const { triple } = build.platform;
  const startFiles = linksStd || needsStartFilesOfRust(backend.id, triple) ? await ensureStartFiles(context, triple, probe.tools['zig']) : success(undefined);
  if (!startFiles.ok) return startFiles;
  const core = await ensureMingwCore(context, triple.name, mingwCore, probe.tools['zig']);
  if (!core.ok) return core;
  say(`${request.request.task}  ${planned.value.build.triple} with ${backendLabel(backend)} (${backend.reason}), run ${planned.value.runner === 'directly' ? 'directly' : `by ${planned.value.runner}`}`);
  const written = await writeFiles(planned.value, system.cacheFolder);
  if (!written.ok) return written;
  const noticing: Noticing = {
    system,
    workspaceRoot: options.workspaceRoot,
    directory: planned.value.build.directory,
    targetDirs: [planned.value.targetDir],
    triple: planned.value.build.triple,
    made: [probe.targetDir, planned.value.targetDir],
  };
  const cleared = await clearOutdated({
    system,
    workspaceRoot: options.workspaceRoot,
    outputs: [join(planned.value.targetDir, planned.value.build.triple)],
    key: task?.key,
    own: ownVariables(request.request),
    tracked: await variablesOfCargo(noticing, task?.written ?? []),
    answers: new Map(),
    say: (what) => say(`  ${what}`),
    signal,
  });
  if (!cleared.ok) return cleared;
  const noticed = await touchUnnoticed(noticing, (what) => say(`  ${what}`));
  if (!noticed.ok) return noticed;
  const outcome = await runCargoTest(run, planned.value, probe.jobs);
  await noteReads(noticing);
  if (outcome.exitCode !== 0) return failed(testFailure(planned.value.build, planned.value, outcome));
  const settled = task ? await settle({ system, workspaceRoot: options.workspaceRoot, planned: planned.value.build, probe, toolchain, task }, outcome, say) : success(undefined);
  return settled.ok ? success('passed') : settled;
}

/** Holds what the tests were compiled from against the key. What they read while they run, nobody tells. */
async function settle(build: CheckedBuild, outcome: CargoOutcome, say: TestRun['say']): Promise<Result<unknown>> {
  const { project, task, build: { platform } } = build.planned.request;
  const emit: Emit = (event) => {
    if (event.type === 'uncovered') say(renderUncovered(event));
    if (event.type === 'preparing') say(`  ${event.what}`);
  };
  return settleInputs(build, [outcome], await canonicalPath(build.planned.directory), emit, { task, project, platform: platform.name });
}

async function writeFiles({ build, spec }: PlannedTest, cacheFolder: string): Promise<Result<undefined>> {
  const written = await writeSetUp(build, cacheFolder);
  if (!written.ok || !spec) return written;
  const wrote = await attempt(() => writeIfDifferent(spec.path, spec.text, false));
  return wrote.ok ? written : stageFailed(build, wrote.cause);
}

/** Characters of output that are looked at for what a failure means. */
const TAIL = 262_144;

/** What `cargo test` says of itself on the stream that the test programs write to, until it starts the first of them. */
const CARGOS = /^\{"reason":"(compiler-artifact|compiler-message|build-script-executed|build-finished)"/;

async function runCargoTest({ options: { system, signal }, request, say }: TestRun, { build, cargo, args, env, targetDir }: PlannedTest, jobs: Probe['jobs']): Promise<CargoOutcome> {
  const turn: TurnWish = { targetDir, profile: request.profile ?? 'test', triples: [build.triple], directory: build.directory, task: request.request.task, jobs, say: (what: string) => say(`  ${what}`), signal };
  const log = openLogFile(build.log);
  log.write(`$ ${quoteWords([cargo, ...args])}\n`);
  let tail = '';
  const show = (stream: NodeJS.WriteStream, text: string): void => {
    if (text === '') return;
    log.write(text);
    tail = (tail + text).slice(-TAIL);
    stream.write(text);
  };
  const messages: ArtifactMessage[] = [];
  const scripts: BuildScriptMessage[] = [];
  let isBuilt = false;
  const hear = (line: string): boolean => {
    const reason = isBuilt ? undefined : CARGOS.exec(line)?.[1];
    if (reason === 'build-finished') {
      isBuilt = true;
      // As cargo does: tests may run long, and may themselves build in the folder.
      endTurn();
    }
    const message = reason === 'compiler-artifact' ? parseArtifactMessage(line) : undefined;
    if (message) messages.push(message);
    const script = reason === 'build-script-executed' ? parseBuildScriptMessage(line) : undefined;
    if (script) scripts.push(script);
    return reason === undefined;
  };
  let endTurn = (): void => undefined;
  const out = byLines((text) => show(process.stdout, isBuilt ? text : text.split(/(?<=\n)/).filter(hear).join('')));
  const error = byLines((text) => show(process.stderr, text));
  const [verb = '', ...words] = args;
  const outcome = await streamInTurn(system, turn, (end) => {
    endTurn = end;
    return {
      command: cargo,
      args: [verb, '--message-format', 'json-render-diagnostics', ...words],
      cwd: build.directory,
      env: { ...mergeEnvironment(system.env, env), CARGO_BUILD_BUILD_DIR: targetDir },
      onStdout: out.write,
      onStderr: error.write,
    };
  });
  out.end();
  error.end();
  log.write(`exit code ${outcome.exitCode ?? outcome.signal ?? outcome.spawnError ?? 'unknown'}\n`);
  await log.close();
  return { ...outcome, messages, scripts, tail };
}

interface LineWriter {
  write(text: string): void;
  end(): void;
}

/** Whole lines: Nx breaks the line wherever a piece of output ends. */
function byLines(write: (text: string) => void): LineWriter {
  let rest = '';
  return {
    write(text) {
      const end = text.lastIndexOf('\n') + 1;
      if (end > 0) write(rest + text.slice(0, end));
      rest = end > 0 ? text.slice(end) : rest + text;
    },
    end() {
      if (rest !== '') write(`${rest}\n`);
    },
  };
}

/** cargo 1.95 says either `error: test failed` or, with --no-fail-fast, how many targets did. */
const TESTS_FAILED = /^(?:\u001b\[[\d;]*m)*error(?:\u001b\[[\d;]*m)*:.* (?:targets? failed|test failed|doctest failed)/m;

function testFailure(build: PlannedTest['build'], { cargo, args }: Pick<PlannedTest, 'cargo' | 'args'>, outcome: Omit<CargoOutcome, 'messages' | 'scripts'>): Failure {
  const { crate } = build.request;
  if (!TESTS_FAILED.test(outcome.tail)) return cargoFailure(build, { cargo, args }, { ...outcome, messages: [], scripts: [] });
  const stopped = outcome.tail.split('\n').flatMap((line) => (line.includes(TIME_LIMIT) ? [line.slice(line.indexOf(TIME_LIMIT) + TIME_LIMIT.length).trim()] : []));
  return { code: 'tests-failed', crate: crate.name, triple: build.triple, stopped, log: build.log, command: `cd ${quoteWord(build.directory)} && ${quoteWords([cargo, ...args])}` };
}
