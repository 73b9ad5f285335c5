/** What executors have in common that make something of one request and put it aside for other machines. */
import type { ExecutorContext } from '@nx/devkit';
import type { EngineOptions } from '../build/engine.js';
import type { RequestRef } from '../build/events.js';
import type { ResolvedCrate } from '../config/crate-at.js';
import { internalFailure } from '../diagnostics/internal-failure.js';
import { renderFailures } from '../diagnostics/render.js';
import type { Result } from '../diagnostics/result.js';
import type { BuildRequest } from '../plan/request.js';
import { isCi } from '../system/ci.js';
import { openEventLog } from '../system/event-log.js';
import { watchForStop } from '../system/stop.js';
import { realSystem } from '../system/system.js';
import { wantsColor } from '../system/terminal.js';
import { makeReporter } from './build/reporter.js';
import { makeRequests } from './build/requests.js';
import { makeToolchainSource } from './build/toolchains.js';
import { checkedTaskOf } from './checked-task.js';

/** As the schemas of these executors have them. */
export interface OneRequestOptions {
  readonly platform: string;
  readonly profile?: string;
  readonly features?: readonly string[];
}

/** Gives the line that tells what was made. */
export type Make = (engine: EngineOptions, request: BuildRequest, ref: RequestRef, crate: ResolvedCrate) => Promise<Result<string>>;

export async function runOneRequest(options: OneRequestOptions, context: ExecutorContext, make: Make): Promise<{ success: boolean }> {
  const stop = watchForStop();
  try {
    return { success: await run(options, context, make, stop.signal) };
  } catch (error) {
    process.stderr.write(`${renderFailures([internalFailure(error)])}\n`);
    return { success: false };
  } finally {
    stop.dispose();
  }
}

async function run(options: OneRequestOptions, context: ExecutorContext, make: Make, signal: AbortSignal): Promise<boolean> {
  const system = realSystem();
  const begin = system.now();
  const project = context.projectName ?? '';
  const id = [project, context.targetName, context.configurationName].filter((part) => part !== undefined).join(':');
  const color = wantsColor(system.env, process.stderr.isTTY === true);
  const reporter = makeReporter({ out: (text) => void process.stdout.write(text), error: (text) => void process.stderr.write(text) }, color);
  const log = openEventLog(system.env);
  const emit: typeof reporter.report = (event) => {
    log?.(event);
    reporter.report(event);
  };
  const task = { id, project, options, hash: process.env['NX_TASK_HASH'] };
  const { requests, refused, crateOf } = makeRequests([task], context, isCi(system.env));
  const [request] = requests;
  const crate = crateOf(id);
  const ref = { task: id, project, platform: request?.build.platform.name ?? options.platform };
  const engine = { system, workspaceRoot: context.root, color, emit, signal, checkedTask: () => crate && checkedTaskOf({ ...task, fix: false }, crate, context), toolchains: makeToolchainSource(context, system) };
  const made = request && crate ? await make(engine, request, ref, crate) : undefined;
  if (made?.ok) {
    process.stdout.write(`${made.value}; all in ${seconds(system.now() - begin)}\n`);
    return true;
  }
  emit({ type: 'finished', success: false, durationMs: Math.round(system.now() - begin), failures: made?.failures ?? refused.flatMap(({ failures }) => failures), ...ref });
  return false;
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
