/** `nx-cargo-cross:layer`: the compiled third-party crates of a crate, for one platform. */
import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { makeLayer } from '../../build/make-layer.js';
import { internalFailure } from '../../diagnostics/internal-failure.js';
import { renderFailures } from '../../diagnostics/render.js';
import { layerFolder } from '../../graph/layer-targets.js';
import { openEventLog } from '../../system/event-log.js';
import { isCi } from '../../system/ci.js';
import { watchForStop } from '../../system/stop.js';
import { realSystem } from '../../system/system.js';
import { wantsColor } from '../../system/terminal.js';
import { makeReporter } from '../build/reporter.js';
import { makeRequests } from '../build/requests.js';
import { checkedTaskOf } from '../checked-task.js';

/** As `schema.json` has them. */
export interface LayerOptions {
  readonly platform: string;
  readonly profile?: string;
  readonly features?: readonly string[];
}

export default async function layer(options: LayerOptions, context: ExecutorContext): Promise<{ success: boolean }> {
  const stop = watchForStop();
  try {
    return { success: await run(options, context, stop.signal) };
  } catch (error) {
    process.stderr.write(`${renderFailures([internalFailure(error)])}\n`);
    return { success: false };
  } finally {
    stop.dispose();
  }
}

async function run(options: LayerOptions, context: ExecutorContext, signal: AbortSignal): Promise<boolean> {
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
  const ref = { task: id, project, platform: request?.build.platform.name ?? options.platform };
  const crate = crateOf(id);
  const engine = { system, workspaceRoot: context.root, color, emit, signal, checkedTask: () => crate && checkedTaskOf({ ...task, fix: false }, crate, context) };
  const folder = request && join(context.root, layerFolder(request, request.build, project));
  const made = request && folder !== undefined ? await makeLayer(engine, request, ref, folder) : undefined;
  if (made?.ok) {
    const { packages, units, bytes, size, writing } = made.value;
    process.stdout.write(`layer  ${folder ?? ''}  ${packages} packages, ${units} units, ${megabytes(bytes)}, ${megabytes(size)} compressed in ${seconds(writing)}; all in ${seconds(system.now() - begin)}\n`);
    return true;
  }
  emit({ type: 'finished', success: false, durationMs: Math.round(system.now() - begin), failures: made?.failures ?? refused.flatMap(({ failures }) => failures), ...ref });
  return false;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
