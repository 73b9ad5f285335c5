/**
 * From the files of a repository to the nodes of Nx's graph. No cargo, no rustc, no network: what is committed is enough.
 */
import { selectTripleConfig } from '../cargo/cargo-config.js';
import { parseLock, type Lock } from '../cargo/lock.js';
import type { CargoWorkspace, Crate, WrittenMetadata } from '../cargo/model.js';
import { baseName } from '../cargo/paths.js';
import type { SourceTree } from '../cargo/source-tree.js';
import { surveyRepository, type Repository } from '../cargo/workspace-model.js';
import { locateNxOptions, NX_JSON } from '../config/nx-options.js';
import { resolveCrate } from '../config/resolve.js';
import type { CrateConfig } from '../config/resolved.js';
import type { Failure } from '../diagnostics/failure.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import { makeClosure, makeClosureIndex } from './closure.js';
import { closureNames, closureNodeName, digestClosure, makeClosureNode, type Digest, type NodeMaker } from './closure-node.js';
import { isZigLocked, type GccPrefix } from './identity.js';
import { nxRoot, type NxExternalNode, type NxNodes, type NxProject } from './nx-shapes.js';
import { makeProjectNames, type ProjectNames } from './project-names.js';
import { addWorkspaceTo, makeCrateProject, makeWorkspaceProject } from './projects.js';
import { makeAllTarget, makeBuildTarget, targetName } from './targets.js';

export interface InferInput {
  /** The files that Nx found for the plugin's glob; the manifests among them are what may become projects. */
  readonly files: readonly string[];
  /** The plugin's options in nx.json, as Nx hands them over. */
  readonly options: unknown;
  readonly tree: SourceTree;
  readonly digest: Digest;
  readonly pluginVersion: string;
  readonly gccPrefix: GccPrefix;
}

export interface Inferred {
  readonly repository: Repository;
  /** By manifest. What could be inferred, also where something else was wrong. */
  readonly nodes: ReadonlyMap<string, NxNodes>;
  /** Each once. */
  readonly failures: readonly Failure[];
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
    zigLocked: isZigLocked(tree),
    manifestDigests: new Map(),
    failures: [...surveyFailures],
    nodes: new Map(),
  };
  for (const { workspace, crates } of workspaces) inferWorkspace(inferring, workspace, crates);
  const failures = [...new Map(inferring.failures.map((failure) => [JSON.stringify(failure), failure])).values()];
  return { repository, nodes: inferring.nodes, failures };
}

interface Inferring {
  readonly input: InferInput;
  readonly repository: Repository;
  readonly names: ProjectNames;
  readonly nxOptions: WrittenMetadata;
  readonly workspaceProjects: ReadonlySet<string>;
  readonly zigLocked: boolean;
  readonly manifestDigests: Map<string, string>;
  readonly failures: Failure[];
  readonly nodes: Map<string, NxNodes>;
}

function inferWorkspace(inferring: Inferring, workspace: CargoWorkspace, crates: readonly Crate[]): void {
  const { input, repository, failures, nodes } = inferring;
  const details = repository.details.get(workspace.root);
  if (!details) return;
  const lock = readLock(workspace.lockFile, input.tree);
  if (!lock.ok) failures.push(...lock.failures);
  const maker: NodeMaker = {
    index: makeClosureIndex(repository, workspace, lock.ok ? lock.value : undefined),
    rootManifest: details.manifest,
    digest: input.digest,
    pluginVersion: input.pluginVersion,
    manifestDigests: inferring.manifestDigests,
    lockLines: new Map(),
  };
  for (const crate of crates) {
    const config = resolveCrate(repository, workspace, crate, inferring.nxOptions);
    if (!config.ok) failures.push(...config.failures);
    else nodes.set(crate.manifest, inferCrate(inferring, maker, workspace, crate, config.value));
  }
  if (!crates.some((crate) => crate.root === workspace.root)) {
    nodes.set(workspace.manifest, { projects: { [nxRoot(workspace.root)]: makeWorkspaceProject(workspace) }, externalNodes: {} });
  }
}

function inferCrate(inferring: Inferring, maker: NodeMaker, workspace: CargoWorkspace, crate: Crate, config: CrateConfig): NxNodes {
  const { names, repository } = inferring;
  const project = names.nameOf(crate.root);
  const externalNodes: Record<string, NxExternalNode> = {};
  const targets: Record<string, ReturnType<typeof makeBuildTarget>> = {};
  if (config.builds.length > 0) {
    const closure = makeClosure(maker.index, crate);
    const closureDigest = digestClosure(maker, closure);
    const packages = closureNames(closure);
    const cargoConfig = repository.details.get(workspace.root)?.config ?? { files: [] };
    for (const build of config.builds) {
      const node = makeClosureNode(maker, crate.root, closureDigest, packages, build);
      externalNodes[node.name] = node;
      const facts = {
        ...{ workspace, crate, config, build, closure, packages, names },
        node: closureNodeName(crate.root, build.platform.name),
        tripleConfig: selectTripleConfig(cargoConfig, build.platform.triple.facts),
        workspaceProjects: inferring.workspaceProjects,
        zigLocked: inferring.zigLocked,
        gccPrefix: inferring.input.gccPrefix,
      };
      targets[targetName(config.targetName, build)] = makeBuildTarget(facts, project);
    }
    targets[config.targetName] = makeAllTarget(crate.name, Object.keys(targets));
  }
  const manifest = repository.packages.get(crate.root)?.manifest;
  const made = makeCrateProject(crate, project, names.tagsOf(crate.root), manifest, config, targets);
  const whole: NxProject = crate.root === workspace.root ? addWorkspaceTo(made, workspace) : made;
  return { projects: { [nxRoot(crate.root)]: whole }, externalNodes };
}

/** The lock file, or undefined where there is none: building then fails with `lock-missing`, the graph doesn't. */
function readLock(file: string, tree: SourceTree): Result<Lock | undefined> {
  const read = tree.readText(file);
  if (!read) return success(undefined);
  return 'error' in read ? failed({ code: 'file-unreadable', file, cause: read.error }) : parseLock(file, read.text);
}

