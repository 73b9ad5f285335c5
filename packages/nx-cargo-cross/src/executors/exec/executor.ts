/** `nx-cargo-cross:exec`: one command of the user's own, with the C toolchain of one platform. */
import type { ExecutorContext } from '@nx/devkit';
import { planExecRequest, runExec } from '../../build/exec.js';
import { internalFailure } from '../../diagnostics/internal-failure.js';
import { renderFailures } from '../../diagnostics/render.js';
import { renderExec, renderExecJson } from '../../plan/render-exec.js';
import { openEventLog } from '../../system/event-log.js';
import { watchForStop } from '../../system/stop.js';
import { realSystem } from '../../system/system.js';
import { wantsColor } from '../../system/terminal.js';
import { taskKey } from '../task-key.js';
import { makeReporter } from '../build/reporter.js';
import { makeExecRequest } from './request.js';

/** As `schema.json` has them; checked anew by `config/exec-options.ts`. */
export type ExecTargetOptions = Readonly<Record<string, unknown>>;

export default async function exec(options: ExecTargetOptions, context: ExecutorContext): Promise<{ success: boolean }> {
  try {
    return { success: await run(options, context) };
  } catch (error) {
    process.stderr.write(`${renderFailures([internalFailure(error)])}\n`);
    return { success: false };
  }
}

async function run(options: ExecTargetOptions, context: ExecutorContext): Promise<boolean> {
  const system = realSystem();
  const color = wantsColor(system.env, process.stderr.isTTY === true);
  const log = openEventLog(system.env);
  const reporter = makeReporter({ out: (text) => void process.stdout.write(text), error: (text) => void process.stderr.write(text) }, color);
  const stop = watchForStop();
  try {
    const engine = {
      system,
      workspaceRoot: context.root,
      color,
      emit: (event: Parameters<typeof reporter.report>[0]) => {
        log?.(event);
        reporter.report(event);
      },
      signal: stop.signal,
    };
    const request = makeExecRequest(options, context);
    if (options['dryRun'] === true) {
      const planned = request.ok ? await planExecRequest(engine, request.value) : request;
      if (planned.ok) process.stdout.write(options['json'] === true ? renderExecJson(planned.value) : renderExec(planned.value));
      else process.stderr.write(`${renderFailures(planned.failures)}\n`);
      return planned.ok;
    }
    if (request.ok) return (await runExec(engine, request.value, taskKey(context, request.value.project, context.targetName ?? ''))).ok;
    process.stderr.write(`${renderFailures(request.failures)}\n`);
    return false;
  } finally {
    stop.dispose();
  }
}
