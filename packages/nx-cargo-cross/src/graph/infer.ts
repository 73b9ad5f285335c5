/**
 * From the files of a repository to the nodes of Nx's graph. No cargo, no rustc, no network: what is committed is enough.
 */
import { canonicalJson } from '../cargo/canonical.js';
import { parseLock, type Lock } from '../cargo/lock.js';
import type { CargoWorkspace, Crate, WrittenMetadata } from '../cargo/model.js';
import { baseName } from '../cargo/paths.js';
import type { SourceTree } from '../cargo/source-tree.js';
import { surveyRepository, type Repository } from '../cargo/workspace-model.js';
import { locateNxOptions, NX_JSON } from '../config/nx-options.js';
import { makeResolver } from '../config/resolver.js';
import type { Failure } from '../diagnostics/failure.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import { makeClosures, type CrateClosure, type Digest } from './closure.js';
import { isStale, readClosureFile, type ClosureEntry } from './closure-file.js';
import { contentDigest, explainClosureNode, makeClosureNode, type ClosureNodeInput } from './closure-node.js';
import { inferExecTargets } from './exec-targets.js';
import { makeIsLocked, type AskRustc, type BackendIdentity, type IsLocked } from './identity.js';
import { makeClosureInputs, makeFileInputs, makeSettingInputs, type CrateFacts } from './inputs.js';
import { layerTargetName, makeAllLayersTarget, makeLayerTarget, ofLayers } from './layer-targets.js';
import { makeLinkFinder } from './linked-sources.js';
import { nxRoot, type Explanation, type Explanations, type NxExternalNode, type NxNodes, type NxTarget } from './nx-shapes.js';
import { makePlatformInputs, type PlatformFacts, type PlatformInputs } from './platform-inputs.js';
import { makeProjectNames, type ProjectNames } from './project-names.js';
import { addWorkspaceTo, makeCrateProject, makeWorkspaceProject } from './projects.js';
import { makeUniversalTarget, universalTargetName } from './universal.js';
import { makeAllTarget, makeBuildTarget, targetName } from './targets.js';
import { makeAllToolchainsTarget, makeToolchainTarget, toolchainKey, toolchainTargetName, type ToolchainRef } from './toolchain-targets.js';
import { resolverOf } from './root-settings.js';
import { makeTestClosures, type TestClosures } from './test-closure.js';
import { makeTestTargets, ofTests } from './test-targets.js';

/** What is asked. */
export interface InferInput {
  /** The files that Nx found for the plugin's glob; the manifests among them are what may become projects. */
  readonly files: readonly string[];
  /** The plugin's options in nx.json, as Nx hands them over. */
  readonly options: unknown;
  readonly tree: SourceTree;
  readonly digest: Digest;
  readonly pluginVersion: string;
  readonly identityOf: BackendIdentity;
  /** The command that tells what cargo's configuration outside the repository says for a triple. */
  readonly askOutsideConfig: (triple: string) => string;
  /** The command that prints what the Rust compiler says of itself. */
  readonly askRustc: AskRustc;
  /** Whether this Nx takes fields of JSON files for inputs. */
  readonly readsJson: boolean;
}

/** What came of it. */
export interface Inferred {
  readonly repository: Repository;
  /** By manifest, or by the file of a target that runs a command of its own. What could be inferred, also where something else was wrong. */
  readonly nodes: ReadonlyMap<string, NxNodes>;
  /** Each once. */
  readonly failures: readonly Failure[];
  /** Of the external nodes. */
  readonly explanations: Explanations;
}

/** Everything that the plugin adds to the graph. */
export function infer(input: InferInput): Inferred {
  const { tree } = input;
  const listed = new Set(input.files.filter((file) => baseName(file) === 'Cargo.toml'));
  const { repository, failures: surveyFailures } = surveyRepository([...listed], tree);
  const nxJson = tree.readText(NX_JSON);
  const workspaces = repository.workspaces
    .map((workspace) => ({ workspace, crates: workspace.crates.filter((crate) => listed.has(crate.manifest)) }))
    .filter(({ crates }) => crates.length > 0);
  const inferring: Inferring = {
    input,
    repository,
    names: makeProjectNames(
      workspaces.flatMap(({ crates }) => crates),
      tree,
    ),
    nxOptions: locateNxOptions(input.options, nxJson && 'text' in nxJson ? nxJson.text : ''),
    workspaceProjects: new Set(workspaces.map(({ workspace }) => workspace.root)),
    isLocked: makeIsLocked(tree),
    failures: [...surveyFailures],
    nodes: new Map(),
    explanations: new Map(),
    toolchains: new Map(),
  };
  for (const { workspace, crates } of workspaces) inferWorkspace(inferring, workspace, crates);
  for (const [file, nodes] of inferExecTargets({ ...input, nxOptions: inferring.nxOptions, isLocked: inferring.isLocked }, inferring.explanations)) inferring.nodes.set(file, nodes);
  const failures = [...new Map(inferring.failures.map((failure) => [JSON.stringify(failure), failure])).values()];
  return { repository, nodes: inferring.nodes, failures, explanations: inferring.explanations };
}

interface Inferring {
  readonly input: InferInput;
  readonly repository: Repository;
  readonly names: ProjectNames;
  readonly nxOptions: WrittenMetadata;
  readonly workspaceProjects: ReadonlySet<string>;
  readonly isLocked: IsLocked;
  readonly failures: Failure[];
  readonly nodes: Map<string, NxNodes>;
  readonly explanations: Map<string, Explanation>;
  /** By their ids: where the first crate's stands. */
  readonly toolchains: Map<string, ToolchainRef>;
}

function inferWorkspace(inferring: Inferring, workspace: CargoWorkspace, crates: readonly Crate[]): void {
  const { input, repository, names, workspaceProjects, isLocked, failures, nodes } = inferring;
  const { tree, digest, identityOf, askOutsideConfig, askRustc, readsJson } = input;
  const details = repository.details.get(workspace.root);
  if (!details) return;
  const lock = readLock(workspace.lockFile, tree);
  if (!lock.ok) failures.push(...lock.failures);
  const locked = lock.ok ? lock.value : undefined;
  const made = makeClosures(repository, workspace, locked, digest);
  // Profiles, patches and the lock file are then those of a workspace that no key reaches.
  const governed = details.manifest.workspace === undefined && liesInOuterWorkspace(tree);
  const includesOutside = details.config.included.includes(undefined);
  const linksOf = makeLinkFinder(tree);
  const guard = remember((closure: CrateClosure): CrateClosure => {
    const leadsOutside = closure.local.some(({ root }) => linksOf(root).includes(undefined));
    return governed || includesOutside || leadsOutside ? { ...closure, unreachable: true } : closure;
  });
  const closures: typeof made = (crate, wish) => {
    const closure = made(crate, wish);
    return closure && guard(closure);
  };
  const platformFacts = { workspace, details, isLocked, identityOf, askOutsideConfig, askRustc };
  const shared: SharedByCrates = {
    platformFacts,
    closures,
    testClosures: makeTestClosures(repository, locked, digest),
    platformInputs: makePlatformInputs(platformFacts),
    testPlatformInputs: makePlatformInputs(platformFacts, ofTests),
    layerPlatformInputs: makePlatformInputs(platformFacts, ofLayers),
  };
  const resolve = makeResolver(repository, workspace, inferring.nxOptions);
  for (const crate of crates) {
    const config = resolve(crate);
    const closure = closures(crate);
    if (!config.ok) failures.push(...config.failures);
    else if (closure) nodes.set(crate.manifest, inferCrate(inferring, { repository, workspace, details, crate, config: config.value, closure, names, tree, linksOf, workspaceProjects, readsJson }, shared));
  }
  if (!crates.some((crate) => crate.root === workspace.root)) {
    nodes.set(workspace.manifest, { projects: { [nxRoot(workspace.root)]: makeWorkspaceProject(workspace) }, externalNodes: {} });
  }
}

/** What is made once for all crates of a workspace, so that a thousand of them cost what they differ in. */
interface SharedByCrates {
  readonly platformFacts: PlatformFacts;
  readonly closures: ReturnType<typeof makeClosures>;
  readonly testClosures: TestClosures;
  readonly platformInputs: PlatformInputs;
  readonly testPlatformInputs: PlatformInputs;
  readonly layerPlatformInputs: PlatformInputs;
}

function inferCrate({ input, explanations, toolchains }: Inferring, facts: CrateFacts, { platformFacts, closures, testClosures, platformInputs, testPlatformInputs, layerPlatformInputs }: SharedByCrates): NxNodes {
  const { repository, workspace, details, crate, config, closure, names } = facts;
  const { digest, pluginVersion } = input;
  const externalNodes: Record<string, NxExternalNode> = {};
  const targets: Record<string, NxTarget> = {};
  // cargo's first resolver joins the features that any platform's dependencies, and dev-dependencies, ask for.
  const perPlatform = resolverOf(details.manifest.table) !== '1';
  const entryOf = readClosureFile(crate.root, facts.tree, config.closureFile);
  const entries: (ClosureEntry | undefined)[] = [];
  const layers: Record<string, NxTarget> = {};
  const ownToolchains: Record<string, NxTarget> = {};
  const toolchainOf = (known: CrateFacts, build: (typeof config.builds)[number]): ToolchainRef => {
    const wish = { facts: known, build, platformFacts, pluginVersion, digest };
    const key = toolchainKey(wish);
    const first = toolchains.get(key.id);
    if (first) return first;
    const target = toolchainTargetName(config.targetName, build);
    const ref = { root: nxRoot(crate.root), target, id: key.id };
    toolchains.set(key.id, ref);
    const made = makeToolchainTarget(wish, key);
    explanations.set(made.node.name, made.explain);
    externalNodes[made.node.name] = made.node;
    ownToolchains[target] = made.target;
    return ref;
  };
  // Most crates have the same closure for all platforms.
  const ofClosure = remember((found: CrateClosure) => {
    const known: CrateFacts = { ...facts, closure: found };
    return { facts: known, files: makeFileInputs(known), settings: makeSettingInputs(known) };
  });
  for (const build of config.builds) {
    const of = ofClosure((perPlatform ? closures(crate, { ...build, facts: build.platform.triple.facts }) : undefined) ?? closure);
    const name = targetName(config.targetName, build);
    const made: ClosureNodeInput = { crateRoot: crate.root, closure: of.facts.closure, build, toolchain: workspace.toolchain, details, pluginVersion, digest };
    const node = makeClosureNode(made);
    const entry = entryOf(name, () => digest(canonicalJson([contentDigest(made), of.files, config.outDir])));
    explanations.set(node.name, () => explainClosureNode(made));
    const ofPlatform = platformInputs({ build, closure: of.facts.closure, node: node.name, shareHosts: config.shareHosts });
    externalNodes[node.name] = node;
    entries.push(entry);
    const toolchain = config.toolchains.includes(build) ? toolchainOf(of.facts, build) : undefined;
    targets[name] = makeBuildTarget(of.facts, build, of.files.concat(makeClosureInputs(of.facts, entry, of.settings), ofPlatform), entry, toolchain);
    // What no key reaches is in none of a layer's, either.
    if (!config.layers.includes(build) || of.facts.closure.unreachable) continue;
    const layer = makeLayerTarget(of.facts, made, layerPlatformInputs);
    explanations.set(layer.node.name, layer.explain);
    externalNodes[layer.node.name] = layer.node;
    layers[layerTargetName(config.targetName, build)] = layer.target;
  }
  if (config.universal) {
    const parts = config.universal.map((build) => ({ build, inputs: targets[targetName(config.targetName, build)]?.inputs ?? [] }));
    targets[universalTargetName(config.targetName)] = makeUniversalTarget(facts, parts, entries.some(isStale));
  }
  const builds = Object.keys(targets);
  const tests = makeTestTargets(facts, { closures: testClosures, digest, pluginVersion, platformInputs: testPlatformInputs, entryOf });
  for (const [node, explanation] of tests.explanations) explanations.set(node, explanation);
  if (builds.length > 0) targets[config.targetName] = makeAllTarget(facts, builds, [...entries, ...tests.entries]);
  const layerNames = Object.keys(layers);
  if (layerNames.length > 0) layers[`${config.targetName}-layer`] = makeAllLayersTarget(facts, layerNames);
  const toolchainNames = Object.keys(ownToolchains);
  if (toolchainNames.length > 0) ownToolchains[`${config.targetName}-toolchain`] = makeAllToolchainsTarget(toolchainNames);
  const made = makeCrateProject(crate, names, repository.packages.get(crate.root)?.manifest, config, { ...targets, ...tests.targets, ...layers, ...ownToolchains });
  const whole = crate.root === workspace.root ? addWorkspaceTo(made, workspace) : made;
  return { projects: { [nxRoot(crate.root)]: whole }, externalNodes: Object.assign(externalNodes, tests.externalNodes) };
}

function remember<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    if (!known.has(key)) known.set(key, make(key));
    return known.get(key) as Value;
  };
}

/** How many folders above the Nx workspace root are looked into. */
const FOLDERS_ABOVE = 12;

/** Whether a Cargo.toml above the Nx workspace root has a `[workspace]`: cargo takes crates without one for its members. */
function liesInOuterWorkspace(tree: SourceTree): boolean {
  return Array.from({ length: FOLDERS_ABOVE }, (_, above) => `${'../'.repeat(above + 1)}Cargo.toml`).some((file) => {
    const read = tree.isFile(file) ? tree.readText(file) : undefined;
    return read !== undefined && 'text' in read && /^\s*\[workspace\b/m.test(read.text);
  });
}

/** The lock file, or undefined where there is none: building then fails with `lock-missing`, the graph doesn't. */
function readLock(file: string, tree: SourceTree): Result<Lock | undefined> {
  const read = tree.readText(file);
  if (!read) return success(undefined);
  return 'error' in read ? failed({ code: 'file-unreadable', file, cause: read.error }) : parseLock(file, read.text);
}
