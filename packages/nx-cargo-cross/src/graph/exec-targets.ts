/**
 * What the plugin adds to targets that name the executor `nx-cargo-cross:exec` in project.json or package.json: cache, inputs, outputs, and the external
 * node that holds their platforms' options. Nx lays the file's own words over it, key by key; a target with `inputs` of its own would lose ours, so
 * the executor refuses it.
 */
import { canonicalJson } from '../cargo/canonical.js';
import type { WrittenMetadata } from '../cargo/model.js';
import { sortedSet } from '../cargo/order.js';
import { joinPath, parentOf } from '../cargo/paths.js';
import type { SourceTree } from '../cargo/source-tree.js';
import { resolveExecBuild, type ExecBuild } from '../config/exec-build.js';
import { execEnvNames } from '../config/exec-env-names.js';
import { parseExecOptions, type ExecOptions } from '../config/exec-options.js';
import { versionsOf } from '../config/known-commands.js';
import { parseLocatedJson } from '../config/json-locator.js';
import { backendIdentity, hostIdentity, type AskRustc, type BackendIdentity, type IsLocked } from './identity.js';
import type { Digest } from './closure.js';
import { describeBuild, makeDigestNode } from './closure-node.js';
import { nxRoot, type Explanation, type NxInput, type NxNodes, type NxTarget } from './nx-shapes.js';

export const EXEC_EXECUTOR = 'nx-cargo-cross:exec';

/** The files in which a target may stand. */
export const EXEC_FILES = /(^|\/)(project|package)\.json$/;

export interface ExecInference {
  readonly files: readonly string[];
  readonly nxOptions: WrittenMetadata;
  readonly tree: SourceTree;
  readonly digest: Digest;
  readonly pluginVersion: string;
  readonly identityOf: BackendIdentity;
  readonly askRustc: AskRustc;
  readonly isLocked: IsLocked;
}

/**
 * By file. A target whose options are wrong gets nothing: the executor says what is wrong when it runs, and the graph stays whole.
 * @param explanations are added to
 */
export function inferExecTargets(inference: ExecInference, explanations: Map<string, Explanation>): ReadonlyMap<string, NxNodes> {
  const nodes = new Map<string, NxNodes>();
  for (const file of inference.files.filter((name) => EXEC_FILES.test(name))) {
    const read = inference.tree.readText(file);
    // Most files name no such target, and parsing a thousand of them would be felt.
    if (!read || !('text' in read) || !read.text.includes(EXEC_EXECUTOR)) continue;
    const made = inferFile(inference, file, read.text, explanations);
    if (made) nodes.set(file, made);
  }
  return nodes;
}

/** The external node of a target. */
export function execNodeName(root: string, target: string): string {
  return `cross-exec:${nxRoot(root)}:${target}`;
}

function inferFile(inference: ExecInference, file: string, text: string, explanations: Map<string, Explanation>): NxNodes | undefined {
  const root = parentOf(file) ?? '';
  const whole = table(parseLocatedJson(text)?.value);
  const written = table((file.endsWith('package.json') ? table(whole['nx']) : whole)['targets']);
  const targets: Record<string, NxTarget> = {};
  const externalNodes: Record<string, NxNodes['externalNodes'][string]> = {};
  for (const [name, value] of Object.entries(written)) {
    const target = table(value);
    if (target['executor'] !== EXEC_EXECUTOR) continue;
    const variants = variantsOf(inference, file, target);
    if (variants.length === 0) continue;
    const node = execNodeName(root, name);
    const decides = { plugin: inference.pluginVersion, builds: variants.map(({ exec }) => ({ ...describeBuild(exec.build), outDir: exec.outDir })) };
    externalNodes[node] = makeDigestNode(node, inference.digest(canonicalJson(decides)));
    explanations.set(node, () => decides);
    targets[name] = makeTarget(inference, root, node, variants);
  }
  return Object.keys(targets).length > 0 ? { projects: { [nxRoot(root)]: { targets } }, externalNodes } : undefined;
}

interface Variant {
  readonly options: ExecOptions;
  readonly exec: ExecBuild;
}

/** The target's options, and those of each of its configurations. */
function variantsOf({ nxOptions }: ExecInference, file: string, target: Readonly<Record<string, unknown>>): readonly Variant[] {
  const base = table(target['options']);
  const all = [base, ...Object.values(table(target['configurations'])).map((configuration) => ({ ...base, ...table(configuration) }))];
  return all.flatMap((raw): Variant[] => {
    const options = parseExecOptions(raw, { file });
    const exec = options.ok ? resolveExecBuild(options.value.platform, nxOptions, { file }) : undefined;
    return options.ok && exec?.ok ? [{ options: options.value, exec: exec.value }] : [];
  });
}

function makeTarget({ identityOf, askRustc, isLocked }: ExecInference, root: string, node: string, variants: readonly Variant[]): NxTarget {
  const identities = variants.map(({ exec }) => backendIdentity(exec.build, { toolchain: undefined }, { linker: undefined, hasRunner: false, rustflags: [], buildRustflags: [] }, isLocked, identityOf, askRustc));
  const options = variants.map((variant) => variant.options);
  const programs = options.flatMap(({ commands }) => commands.map(([program = '']) => program));
  const host = hostIdentity(variants.some(({ exec }) => exec.shareHosts), true);
  const runtimes = [...host, ...identities.flatMap((identity) => identity.runtimes), ...programs.flatMap(versionsOf), ...options.flatMap(({ versions }) => versions)];
  const env = [
    ...variants.flatMap(({ exec }) => execEnvNames(exec.build.platform.triple)),
    ...identities.flatMap((identity) => identity.env),
    ...options.flatMap(({ envInputs }) => envInputs),
  ];
  const platforms = sortedSet(variants.map(({ exec }) => exec.build.platform.triple.name));
  return {
    executor: EXEC_EXECUTOR,
    cache: true,
    inputs: [
      ...filesOf(root, options),
      { externalDependencies: sortedSet([node, ...identities.flatMap(({ externals }) => externals)]) },
      ...sortedSet(runtimes).map((runtime) => ({ runtime })),
      ...sortedSet(env).map((name) => ({ env: name })),
    ],
    outputs: sortedSet(variants.map(({ exec }) => `{workspaceRoot}/${exec.outDir}/${exec.build.platform.name}/{projectName}`)),
    metadata: { description: `Run a command with the C toolchain of ${platforms.join(', ')}, and prove what it makes`, technologies: [] },
  };
}

/** What every target of Nx has where nothing is said; or what the target says. */
function filesOf(root: string, options: readonly ExecOptions[]): readonly NxInput[] {
  if (options.some(({ inputs }) => inputs === undefined)) return ['default', '^default'];
  return sortedSet(options.flatMap(({ inputs = [] }) => inputs)).flatMap((glob) => {
    const negated = glob.startsWith('!');
    const path = joinPath(root, negated ? glob.slice(1) : glob);
    return path === undefined ? [] : [`${negated ? '!' : ''}{workspaceRoot}/${path}`];
  });
}

function table(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {};
}
