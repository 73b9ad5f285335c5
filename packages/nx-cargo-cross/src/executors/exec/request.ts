/** From Nx's words to the engine's, and what Nx must have understood of the target for its cache key to be whole. */
import type { ExecutorContext, TargetConfiguration } from '@nx/devkit';
import { fileIn } from '../../cargo/paths.js';
import { resolveExecBuild } from '../../config/exec-build.js';
import { parseExecOptions } from '../../config/exec-options.js';
import { NX_JSON, selectNxOptions } from '../../config/nx-options.js';
import type { Failure } from '../../diagnostics/failure.js';
import type { Location } from '../../diagnostics/location.js';
import { failed, success, type Result } from '../../diagnostics/result.js';
import { execNodeName } from '../../graph/exec-targets.js';
import type { ExecRequest } from '../../plan/exec-request.js';
import { lockedPackages } from '../locked-packages.js';
import { makeSourceTree } from '../../system/source-tree.js';
import type { ExecTargetOptions } from './executor.js';

/** Checks options and target. Fails with `unknown-word` and `option-invalid`. */
export function makeExecRequest(options: ExecTargetOptions, context: ExecutorContext): Result<ExecRequest> {
  const project = context.projectName ?? '';
  const target = context.targetName ?? '';
  const task = [project, target, context.configurationName].filter((part) => part !== undefined).join(':');
  const configuration = context.projectsConfigurations.projects[project];
  const root = configuration?.root === '.' ? '' : (configuration?.root ?? '');
  const tree = makeSourceTree(context.root);
  const file = [fileIn(root, 'project.json'), fileIn(root, 'package.json')].find((name) => tree.isFile(name)) ?? fileIn(root, 'project.json');
  const location = { file: `target ${task}` };
  const parsed = parseExecOptions(options, location);
  if (!parsed.ok) return parsed;
  const nxJson = tree.readText(NX_JSON);
  const nxOptions = nxJson && 'text' in nxJson ? selectNxOptions(nxJson.text, file) : undefined;
  const exec = resolveExecBuild(parsed.value.platform, nxOptions, location);
  if (!exec.ok) return exec;
  const output = `${exec.value.outDir}/${exec.value.build.platform.name}/${project}`;
  const wrong = [
    ...checkKey(configuration?.targets?.[target], execNodeName(root, target), output, project, location),
    ...checkRivals(configuration?.targets ?? {}, target, output, project, location),
  ];
  const [first, ...rest] = wrong;
  if (first) return failed(first, ...rest);
  const { build, outDir } = exec.value;
  return success({ task, project, version: versionOf(tree.readText(fileIn(root, 'package.json'))), root, options: parsed.value, build, outDir, lockedPackages: lockedPackages(context) });
}

/** Words of the target's own, or of `targetDefaults`, stand in for what the plugin inferred. */
function checkKey(target: TargetConfiguration | undefined, node: string, folder: string, project: string, location: Location): readonly Failure[] {
  const isNamed = (target?.inputs ?? []).some((input) => typeof input === 'object' && 'externalDependencies' in input && input.externalDependencies.includes(node));
  const isStored = storesIn(target, folder, project);
  return [
    ...(isNamed
      ? []
      : [
          invalid(
            'inputs',
            location,
            'the cache key would not hold the compiler: take "inputs" out of the target (and of "targetDefaults"), and write its globs, relative to the project, into "inputs" of its "options"',
          ),
        ]),
    ...(isNamed && !isStored
      ? [invalid('outputs', location, `Nx would not store ${folder}: take "outputs" out of the target (and of "targetDefaults"), and name the platform in the file, not on the command line`)]
      : []),
  ];
}

function storesIn(target: TargetConfiguration | undefined, folder: string, project: string): boolean {
  return (target?.outputs ?? []).some((path) => path.replace('{projectName}', project) === `{workspaceRoot}/${folder}`);
}

function invalid(key: string, location: Location, message: string): Failure {
  return { code: 'option-invalid', key, location, message };
}

/** Two targets with one output folder would take turns in it. */
function checkRivals(targets: Readonly<Record<string, TargetConfiguration>>, own: string, folder: string, project: string, location: Location): readonly Failure[] {
  const rival = Object.keys(targets).find((name) => name !== own && storesIn(targets[name], folder, project));
  if (rival === undefined) return [];
  return [invalid('platform', location, `target "${rival}" has the same platform, and with it the same folder ${folder}; let one of them make all artifacts`)];
}

function versionOf(read: { readonly text: string } | { readonly error: string } | undefined): string {
  try {
    const version: unknown = read && 'text' in read ? (JSON.parse(read.text) as { readonly version?: unknown }).version : '';
    return typeof version === 'string' ? version : '';
  } catch {
    return '';
  }
}
