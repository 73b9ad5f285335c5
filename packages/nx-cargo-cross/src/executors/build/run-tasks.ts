/** What both executors do: Nx tasks in, one outcome per task out, whatever happens. */
import type { ExecutorContext } from '@nx/devkit';
import type { Emit } from '../../build/events.js';
import { buildRequests, planRequests, type EngineOptions } from '../../build/engine.js';
import { makeTextTail, type TextTail } from '../../build/text-tail.js';
import { decidingText } from '../../cargo/deciding-text.js';
import { fileIn } from '../../cargo/paths.js';
import type { Failure } from '../../diagnostics/failure.js';
import { internalFailure } from '../../diagnostics/internal-failure.js';
import { renderFailures } from '../../diagnostics/render.js';
import { renderPlan, renderPlanJson, type PlanOutcome } from '../../plan/render.js';
import type { BuildRequest } from '../../plan/request.js';
import { makeSourceTree } from '../../system/source-tree.js';
import { isCi } from '../../system/ci.js';
import { openEventLog } from '../../system/event-log.js';
import { watchForStop } from '../../system/stop.js';
import { realSystem } from '../../system/system.js';
import { wantsColor } from '../../system/terminal.js';
import { checkedTaskOf } from '../checked-task.js';
import { makeLayerSource } from './layers.js';
import { makeToolchainSource } from './toolchains.js';
import { makeRequests, type Requests } from './requests.js';
import { dependsOn, wavesOf, type Dependencies } from './waves.js';
import { makeReporter, type Streams } from './reporter.js';
import type { BuildOptions } from './options.js';

/** One Nx task of this executor. */
export interface BuildTask {
  readonly id: string;
  readonly project: string;
  readonly options: BuildOptions;
  /** The task's key, as Nx calls it. */
  readonly hash: string | undefined;
  /** A file of variables, relative to the workspace root, that is in the key and was not read. */
  readonly unread?: string | undefined;
}

export interface TaskOutcome {
  readonly id: string;
  readonly success: boolean;
  /** What was shown for the task, for Nx to keep and to show again. */
  readonly terminalOutput: string;
}

/** Longest text kept per task, in bytes: a batch may have hundreds of tasks at a time, and a compiler that prints more than this is not read from a cache entry. */
const KEPT_OUTPUT = 262_144;

/**
 * Builds (or plans) the tasks. Each gets exactly one outcome; nothing is thrown.
 * @param dependencies which task waits for which
 */
export async function* runTasks(tasks: readonly BuildTask[], context: ExecutorContext, dependencies: Dependencies = {}): AsyncGenerator<TaskOutcome, void> {
  const open = new Map(tasks.map((task) => [task.id, task]));
  try {
    for await (const outcome of runUnguarded(tasks, context, dependencies)) {
      if (open.delete(outcome.id)) yield outcome;
    }
  } catch (error) {
    const text = `${renderFailures([internalFailure(error)])}\n`;
    process.stderr.write(text);
    for (const id of open.keys()) yield { id, success: false, terminalOutput: text };
    return;
  }
  for (const id of open.keys()) yield { id, success: false, terminalOutput: 'The build ended before this task.\n' };
}

async function* runUnguarded(tasks: readonly BuildTask[], context: ExecutorContext, dependencies: Dependencies): AsyncGenerator<TaskOutcome, void> {
  const system = realSystem();
  const color = wantsColor(system.env, process.stderr.isTTY === true);
  const shown = new Map<string, TextTail>();
  const log = openEventLog(system.env);
  const reporters = new Map<string, Emit>();
  const emit: Emit = (event) => {
    log?.(event);
    const report = reporters.get(event.task) ?? makeReporter(keeping(event.task, shown), color).report;
    reporters.set(event.task, report);
    report(event);
  };
  const stop = watchForStop();
  try {
    const { requests, refused, crateOf } = makeRequests(tasks, context, isCi(system.env));
    const checkedTask: EngineOptions['checkedTask'] = (request) => {
      const [task, crate] = [tasks.find(({ id }) => id === request.task), crateOf(request.task)];
      return task && crate && checkedTaskOf({ ...task, fix: task.options.fixInputs === true }, crate, context);
    };
    const engine: EngineOptions = { system, workspaceRoot: context.root, color, emit, signal: stop.signal, checkedTask, sources: sourcesOf(crateOf, context.root), layers: makeLayerSource(context, crateOf, system), toolchains: makeToolchainSource(context, system) };
    for (const { task, failures } of refused) {
      if (!task.options.dryRun) emit({ type: 'finished', success: false, durationMs: 0, failures, task: task.id, project: task.project, platform: task.options.platform });
    }
    const dry = tasks.filter((task) => task.options.dryRun);
    yield* planTasks(engine, dry, requests, refused);
    for (const { task } of refused) if (!task.options.dryRun) yield { id: task.id, success: false, terminalOutput: shown.get(task.id)?.text() ?? '' };

    const wet = requests.filter((request) => !dry.some((task) => task.id === request.task));
    const lost = new Set(refused.map(({ task }) => task.id));
    for (const wave of wavesOf(wet.map((request) => ({ id: request.task, request })), dependencies)) {
      const blocked = wave.flatMap(({ id }) => dependsOn(id, dependencies).flatMap((one) => (lost.has(one) ? [{ id, by: one }] : [])));
      for (const { id, by } of new Map(blocked.map((one) => [one.id, one])).values()) {
        lost.add(id);
        const text = `${id} is not built: it depends on ${by}, which was not.\n`;
        process.stderr.write(text);
        yield { id, success: false, terminalOutput: text };
      }
      for await (const { request, result } of buildRequests(engine, wave.flatMap(({ id, request }) => (lost.has(id) ? [] : [request])))) {
        if (!result.ok) lost.add(request.task);
        yield { id: request.task, success: result.ok, terminalOutput: shown.get(request.task)?.text() ?? '' };
        shown.delete(request.task);
      }
    }
  } finally {
    stop.dispose();
  }
}

/** Read once for each repository's crates; manifests do not change while they are built. */
function sourcesOf(crateOf: Requests['crateOf'], root: string): NonNullable<EngineOptions['sources']> {
  const known = new Map<unknown, string>();
  return ({ task }) => {
    const repository = crateOf(task)?.repository;
    if (!repository) return undefined;
    const text = known.get(repository) ?? decidingText([...repository.packages.keys()].map((folder) => fileIn(folder, 'Cargo.toml')), repository, makeSourceTree(root));
    known.set(repository, text);
    return text;
  };
}

async function* planTasks(
  engine: EngineOptions,
  dry: readonly BuildTask[],
  requests: readonly BuildRequest[],
  refused: readonly { readonly task: BuildTask; readonly failures: readonly Failure[] }[],
): AsyncGenerator<TaskOutcome, void> {
  if (dry.length === 0) return;
  const ids = new Set(dry.map((task) => task.id));
  const outcomes: readonly PlanOutcome[] = [
    ...(await planRequests(
      engine,
      requests.filter((request) => ids.has(request.task)),
    )),
    ...refused.filter(({ task }) => ids.has(task.id)).map(({ task, failures }) => ({ task: task.id, failures })),
  ];
  process.stdout.write(dry.some((task) => task.options.json) ? renderPlanJson(outcomes) : renderPlan(outcomes));
  for (const outcome of outcomes) yield { id: outcome.task, success: 'planned' in outcome, terminalOutput: '' };
}

/** Streams that show a text at once and keep it for the task. */
function keeping(task: string, shown: Map<string, TextTail>): Streams {
  const keep = (text: string): void => {
    const kept = shown.get(task) ?? makeTextTail(KEPT_OUTPUT);
    shown.set(task, kept);
    kept.add(text);
  };
  return {
    keep,
    out(text) {
      keep(text);
      process.stdout.write(text);
    },
    error(text) {
      keep(text);
      process.stderr.write(text);
    },
  };
}
