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
import { resolveCrate } from '../config/resolve.js';
import type { Failure } from '../diagnostics/failure.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import { makeClosures, type Digest } from './closure.js';
import { isStale, readClosureFile, type ClosureEntry } from './closure-file.js';
import { contentDigest, explainClosureNode, makeClosureNode, type ClosureNodeInput } from './closure-node.js';
import { inferExecTargets } from './exec-targets.js';
import { makeIsLocked, type BackendIdentity, type IsLocked } from './identity.js';
import { makeClosureInputs, makeFileInputs, makePlatformInputs, type CrateFacts } from './inputs.js';
import { makeLinkFinder } from './linked-sources.js';
import { nxRoot, type Explanation, type Explanations, type NxExternalNode, type NxNodes, type NxTarget } from './nx-shapes.js';
import { makeProjectNames, type ProjectNames } from './project-names.js';
import { addWorkspaceTo, makeCrateProject, makeWorkspaceProject } from './projects.js';
import { makeUniversalTarget, universalTargetName } from './universal.js';
import { makeAllTarget, makeBuildTarget, targetName } from './targets.js';
import { resolverOf } from './root-settings.js';
import { makeTestTargets } from './test-targets.js';

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
}

function inferWorkspace(inferring: Inferring, workspace: CargoWorkspace, crates: readonly Crate[]): void {
  const { input, repository, names, workspaceProjects, failures, nodes } = inferring;
  const details = repository.details.get(workspace.root);
  if (!details) return;
  const lock = readLock(workspace.lockFile, input.tree);
  if (!lock.ok) failures.push(...lock.failures);
  const made = makeClosures(repository, workspace, lock.ok ? lock.value : undefined, input.digest);
  // Profiles, patches and the lock file are then those of a workspace that no key reaches.
  const governed = details.manifest.workspace === undefined && liesInOuterWorkspace(input.tree);
  const linksOf = makeLinkFinder(input.tree);
  const closures: typeof made = (crate, wish) => {
    const closure = made(crate, wish);
    const leadsOutside = closure?.local.some(({ root }) => linksOf(root).includes(undefined)) === true;
    return closure && (governed || leadsOutside) ? { ...closure, unreachable: true } : closure;
  };
  for (const crate of crates) {
    const config = resolveCrate(repository, workspace, crate, inferring.nxOptions);
    const closure = closures(crate);
    if (!config.ok) failures.push(...config.failures);
    else if (closure)
      nodes.set(crate.manifest, inferCrate(inferring, { repository, workspace, details, crate, config: config.value, closure, names, tree: input.tree, linksOf, workspaceProjects, readsJson: input.readsJson }, closures, lock.ok ? lock.value : undefined));
  }
  if (!crates.some((crate) => crate.root === workspace.root)) {
    nodes.set(workspace.manifest, { projects: { [nxRoot(workspace.root)]: makeWorkspaceProject(workspace) }, externalNodes: {} });
  }
}

function inferCrate({ input, isLocked, explanations }: Inferring, facts: CrateFacts, closures: ReturnType<typeof makeClosures>, lock: Lock | undefined): NxNodes {
  const { repository, workspace, details, crate, config, closure, names } = facts;
  const { digest, pluginVersion, identityOf, askOutsideConfig } = input;
  const externalNodes: Record<string, NxExternalNode> = {};
  const targets: Record<string, NxTarget> = {};
  // cargo's first resolver joins the features that any platform's dependencies, and dev-dependencies, ask for.
  const perPlatform = resolverOf(details.manifest.table) !== '1';
  const entryOf = readClosureFile(crate.root, facts.tree, config.closureFile);
  const entries: (ClosureEntry | undefined)[] = [];
  for (const build of config.builds) {
    const ofBuild: CrateFacts = { ...facts, closure: (perPlatform ? closures(crate, { ...build, facts: build.platform.triple.facts }) : undefined) ?? closure };
    const name = targetName(config.targetName, build);
    const made: ClosureNodeInput = { crateRoot: crate.root, closure: ofBuild.closure, build, toolchain: workspace.toolchain, details, pluginVersion, digest };
    const node = makeClosureNode(made);
    const files = makeFileInputs(ofBuild);
    const entry = entryOf(name, digest(canonicalJson([contentDigest(made), files, config.outDir])));
    explanations.set(node.name, () => explainClosureNode(made));
    const inputs = [...files, ...makeClosureInputs(ofBuild, entry), ...makePlatformInputs(ofBuild, { build, node: node.name, isLocked, identityOf, askOutsideConfig })];
    externalNodes[node.name] = node;
    entries.push(entry);
    targets[name] = makeBuildTarget(ofBuild, build, inputs, entry);
  }
  if (config.universal) {
    const parts = config.universal.map((build) => ({ build, inputs: targets[targetName(config.targetName, build)]?.inputs ?? [] }));
    targets[universalTargetName(config.targetName)] = makeUniversalTarget(facts, parts, entries.some(isStale));
  }
  const builds = Object.keys(targets);
  const tests = makeTestTargets(facts, { lock, digest, pluginVersion, isLocked, identityOf, askOutsideConfig, entryOf });
  for (const [node, explanation] of tests.explanations) explanations.set(node, explanation);
  if (builds.length > 0) targets[config.targetName] = makeAllTarget(facts, builds, [...entries, ...tests.entries]);
  const made = makeCrateProject(crate, names, repository.packages.get(crate.root)?.manifest, config, { ...targets, ...tests.targets });
  const whole = crate.root === workspace.root ? addWorkspaceTo(made, workspace) : made;
  return { projects: { [nxRoot(crate.root)]: whole }, externalNodes: { ...externalNodes, ...tests.externalNodes } };
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
