/** `nx-cargo-cross:universal`: both Macs' artifacts of a crate, joined. */
import type { ExecutorContext } from '@nx/devkit';
import { proofMeans } from '../../build/proof-means.js';
import { isUncoveredOutput } from '../../build/uncovered-outputs.js';
import { buildUniversal, universalFolders, type UniversalRequest } from '../../build/universal.js';
import { resolveCrateAt } from '../../config/crate-at.js';
import { internalFailure } from '../../diagnostics/internal-failure.js';
import { renderFailures } from '../../diagnostics/render.js';
import { failed, success, type Result } from '../../diagnostics/result.js';
import { UNIVERSAL_MACOS, UNIVERSAL_TRIPLE } from '../../platform/universal.js';
import { makeSourceTree } from '../../system/source-tree.js';
import { realSystem, type System } from '../../system/system.js';
import { markUncovered, unmarkUncovered } from '../../system/uncovered-marks.js';
import { openEventLog } from '../../system/event-log.js';
import { wantsColor } from '../../system/terminal.js';
import { makeReporter } from '../build/reporter.js';
import type { BuildOptions } from '../build/options.js';

export default async function universal(options: Partial<BuildOptions>, context: ExecutorContext): Promise<{ success: boolean }> {
  try {
    return { success: await run(options, context) };
  } catch (error) {
    process.stderr.write(`${renderFailures([internalFailure(error)])}\n`);
    return { success: false };
  }
}

async function run(options: Partial<BuildOptions>, context: ExecutorContext): Promise<boolean> {
  const system = realSystem();
  const begin = system.now();
  const request = makeRequest(context, system.env);
  if (options.dryRun) {
    process.stdout.write(request.ok ? renderDry(request.value, options.json === true) : `${renderFailures(request.failures)}\n`);
    return request.ok;
  }
  const log = openEventLog(system.env);
  const reporter = makeReporter({ out: (text) => void process.stdout.write(text), error: (text) => void process.stderr.write(text) }, wantsColor(system.env, process.stderr.isTTY === true));
  const emit: typeof reporter.report = (event) => {
    log?.(event);
    reporter.report(event);
  };
  const project = context.projectName ?? '';
  const ref = { task: taskOf(context), project, platform: UNIVERSAL_MACOS };
  const result = request.ok
    ? await buildUniversal(request.value, { means: proofMeans(system, { workspaceRoot: context.root, keepsPaths: request.value.parts.some(({ reproducible }) => !reproducible) }), warn: (file, findings) => emit({ type: 'warned', file, findings, ...ref }) })
    : request;
  if (result.ok && request.ok) await keepOutOfCaches(request.value, system);
  emit({
    type: 'finished',
    success: result.ok,
    durationMs: Math.round(system.now() - begin),
    failures: result.ok ? [] : result.failures,
    ...(result.ok && request.ok ? { directory: universalFolders(request.value).to } : {}),
    ...ref,
  });
  return result.ok;
}

/** What is joined of something that its key does not hold is no better: this key is made of the same inputs. */
async function keepOutOfCaches(request: UniversalRequest, { env, cacheFolder }: System): Promise<void> {
  const hash = env['NX_TASK_HASH'];
  const parts = await Promise.all(universalFolders(request).from.map((folder) => isUncoveredOutput(cacheFolder, folder)));
  if (hash === undefined) return;
  if (parts.includes(true)) await markUncovered(cacheFolder, hash, Date.now());
  else await unmarkUncovered(cacheFolder, hash);
}

function taskOf({ projectName = '', targetName, configurationName }: ExecutorContext): string {
  return [projectName, targetName, configurationName].filter((part) => part !== undefined).join(':');
}

/** Resolved by the same code as the graph did. */
function makeRequest(context: ExecutorContext, env: UniversalRequest['env']): Result<UniversalRequest> {
  const project = context.projectName ?? '';
  const root = context.projectsConfigurations.projects[project]?.root ?? '';
  const resolved = resolveCrateAt(root === '.' ? '' : root, makeSourceTree(context.root));
  if (!resolved.ok) return resolved;
  const { crate, config } = resolved.value;
  const [intel, arm] = config.universal ?? [];
  if (!intel || !arm) {
    const valid = config.builds.map(({ platform }) => platform.name);
    return failed({ code: 'unknown-word', kind: 'platform', word: UNIVERSAL_MACOS, location: { file: `target ${taskOf(context)}` }, nearest: undefined, valid });
  }
  return success({ task: taskOf(context), project, crate: crate.name, parts: [intel, arm], outDir: config.outDir, workspaceRoot: context.root, env });
}

function renderDry(request: UniversalRequest, json: boolean): string {
  const { from, to } = universalFolders(request);
  if (json) return `${JSON.stringify([{ task: request.task, platform: UNIVERSAL_MACOS, triple: UNIVERSAL_TRIPLE, joins: from, output: to }], undefined, 2)}\n`;
  return `${[request.task, `  triple     ${UNIVERSAL_TRIPLE}`, ...from.map((folder) => `  joins      ${folder}`), `  output     ${to}`].join('\n')}\n`;
}
