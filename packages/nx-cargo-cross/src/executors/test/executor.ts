/** `nx-cargo-cross:test`: the tests of one crate for one platform. */
import type { ExecutorContext } from '@nx/devkit';
import type { CheckedTask } from '../../build/check-inputs.js';
import { planTestRequest, runTest } from '../../build/test.js';
import { resolveCrateAt } from '../../config/crate-at.js';
import { internalFailure } from '../../diagnostics/internal-failure.js';
import { renderFailures } from '../../diagnostics/render.js';
import { failed, success, type Result } from '../../diagnostics/result.js';
import { renderTest, type TestRequest } from '../../plan/test-plan.js';
import { lockedPackages } from '../locked-packages.js';
import { makeSourceTree } from '../../system/source-tree.js';
import { watchForStop } from '../../system/stop.js';
import { realSystem } from '../../system/system.js';
import { wantsColor } from '../../system/terminal.js';
import { makeRequest } from '../build/requests.js';
import { otherPlatform } from '../other-platform.js';
import { checkedTaskOf } from '../checked-task.js';

/** As `schema.json` has them. */
export interface TestOptions {
  readonly platform: string;
  readonly profile?: string;
  readonly features?: readonly string[];
  readonly args?: readonly string[];
  readonly dryRun?: boolean;
  readonly fixInputs?: boolean;
}

export default async function test(options: TestOptions, context: ExecutorContext): Promise<{ success: boolean }> {
  const stop = watchForStop();
  try {
    const system = realSystem();
    const engine = { system, workspaceRoot: context.root, color: wantsColor(system.env, process.stderr.isTTY === true), emit: () => undefined, signal: stop.signal };
    const request = makeTestRequest(options, context);
    if (options.dryRun) {
      const planned = request.ok ? await planTestRequest(engine, request.value.request) : request;
      if (planned.ok) process.stdout.write(renderTest(planned.value));
      else process.stderr.write(`${renderFailures(planned.failures)}\n`);
      return { success: planned.ok };
    }
    const outcome = request.ok ? await runTest({ options: engine, ...request.value, say: (line) => void process.stdout.write(`${line}\n`) }) : request;
    if (!outcome.ok) process.stderr.write(`\n${renderFailures(outcome.failures)}\n`);
    return { success: outcome.ok };
  } catch (error) {
    process.stderr.write(`${renderFailures([internalFailure(error)])}\n`);
    return { success: false };
  } finally {
    stop.dispose();
  }
}

function makeTestRequest({ args, profile, fixInputs, ...options }: TestOptions, context: ExecutorContext): Result<{ readonly request: TestRequest; readonly task: CheckedTask | undefined }> {
  const project = context.projectName ?? '';
  const id = [project, context.targetName, context.configurationName].filter((part) => part !== undefined).join(':');
  const root = context.projectsConfigurations.projects[project]?.root ?? '';
  const tree = makeSourceTree(context.root);
  const crate = resolveCrateAt(root === '.' ? '' : root, tree);
  if (!crate.ok) return crate;
  const foreign = otherPlatform(context, { id, project, options });
  if (foreign) return failed(foreign);
  const { tests } = crate.value.config;
  const request = makeRequest({ id, project, options }, crate.value, tree, { builds: tests.map(({ build }) => build), locked: lockedPackages(context) });
  if (!request.ok) return request;
  const found = tests.find(({ build }) => build.platform.name === request.value.build.platform.name);
  if (!found) return failed(internalFailure(new Error(`no tests for ${options.platform}`)));
  const overrides = [...request.value.overrides, ...(profile === undefined ? [] : [{ option: 'profile', value: JSON.stringify(profile) } as const])];
  const task = checkedTaskOf({ id, project, hash: process.env['NX_TASK_HASH'], fix: fixInputs === true }, crate.value, context);
  return success({ request: { request: { ...request.value, overrides }, test: found, profile, args: args ?? [] }, task });
}
