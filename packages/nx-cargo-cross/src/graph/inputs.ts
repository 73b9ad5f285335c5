/** The inputs of one cross target: everything that decides its bytes, each in the form that Nx can hash and `nx affected` can match. */
import { selectTripleConfig } from '../cargo/cargo-config.js';
import { envNames } from '../cargo/env-names.js';
import type { CargoWorkspace, Crate } from '../cargo/model.js';
import { sortedSet } from '../cargo/order.js';
import { fileIn, joinPath, upwards } from '../cargo/paths.js';
import type { Repository, WorkspaceDetails } from '../cargo/workspace-model.js';
import type { CrateConfig, PlatformBuild } from '../config/resolved.js';
import type { CrateClosure } from './closure.js';
import { backendIdentity, rustIdentity, type BackendIdentity, type IsLocked } from './identity.js';
import type { NxInput } from './nx-shapes.js';
import { workspaceTag, type ProjectNames } from './project-names.js';
import { makeForeignSources, SOURCES_INPUT, WORKSPACE_INPUT } from './sources.js';

/** What the inputs of a crate's targets are made from, whatever the platform. */
export interface CrateFacts {
  readonly repository: Repository;
  readonly workspace: CargoWorkspace;
  readonly details: WorkspaceDetails;
  readonly crate: Crate;
  readonly config: CrateConfig;
  readonly closure: CrateClosure;
  readonly names: ProjectNames;
  /** Roots of the Cargo workspaces that have a project of their own. */
  readonly workspaceProjects: ReadonlySet<string>;
}

/** What the inputs of one target are made from besides. */
export interface TargetFacts {
  readonly build: PlatformBuild;
  /** The name of the target's own external node. */
  readonly node: string;
  readonly isLocked: IsLocked;
  readonly identityOf: BackendIdentity;
}

/** The files: the crate's own, those of local packages, toolchain and configuration, and what the user added. The same for all platforms. */
export function makeFileInputs(facts: CrateFacts): readonly NxInput[] {
  return [SOURCES_INPUT, ...localSources(facts), ...configFiles(facts.workspace), ...extraFiles(facts), ...workspaceInputs(facts)];
}

/** What a platform adds to the files: its external node, the tools, the environment. */
export function makePlatformInputs(
  { workspace, details, config, closure }: CrateFacts,
  { build, node, isLocked, identityOf }: TargetFacts,
): readonly NxInput[] {
  const tripleConfig = selectTripleConfig(details.config, build.platform.triple.facts);
  const backend = backendIdentity(build, workspace, tripleConfig, isLocked, identityOf);
  const localBuildScript = closure.local.some((found) => found.buildScript);
  const variables = envNames(build.platform.triple, build.profile, closure, localBuildScript);
  return [
    { externalDependencies: [node, ...backend.externals] },
    ...[...new Set([...rustIdentity(workspace), ...backend.runtimes])].map((runtime) => ({ runtime })),
    ...[...new Set([...variables, ...backend.env, ...config.envInputs])].map((env) => ({ env })),
  ];
}

/** Sources of local packages: by their projects, or by folder where they have none. */
function localSources({ closure, crate, names }: CrateFacts): readonly NxInput[] {
  const others = closure.local.map((found) => found.root).filter((root) => root !== crate.root);
  const projects = others.flatMap((root) => names.selectorOf(root) ?? []);
  const foreign = others.filter((root) => names.selectorOf(root) === undefined);
  return [...(projects.length > 0 ? [{ input: SOURCES_INPUT, projects }] : []), ...foreign.flatMap(makeForeignSources)];
}

/** Toolchain and cargo configuration. A configuration file that isn't there yet is named too, so that one that is taken away is seen to be gone. */
function configFiles({ root, toolchain, cargoConfigs }: CargoWorkspace): readonly NxInput[] {
  const files = [...(toolchain ? [toolchain.file] : []), ...upwards(root).map((above) => fileIn(above, '.cargo/config.toml')), ...cargoConfigs];
  return sortedSet(files).map((file) => `{workspaceRoot}/${file}`);
}

/** `inputs` of the crate's options: relative to the crate, but free to name what lies in other projects. A folder stands for all below it. */
function extraFiles({ crate, config }: CrateFacts): readonly NxInput[] {
  return config.inputs.flatMap((written) => {
    const negated = written.startsWith('!');
    const path = joinPath(crate.root, negated ? written.slice(1) : written);
    if (path === undefined) return [];
    const globs = /[*?[{]/.test(path) ? [path] : [path, `${path}/**/*`];
    return globs.map((glob) => `${negated ? '!' : ''}{workspaceRoot}/${glob}`);
  });
}

/** The workspace whose lock file counts, and those that packages of the closure inherit from. */
function workspaceInputs({ workspace, closure, workspaceProjects }: CrateFacts): readonly NxInput[] {
  const roots = [workspace.root, ...closure.local.flatMap((found) => found.workspaceRoot ?? [])].filter((root) => workspaceProjects.has(root));
  const projects = sortedSet(roots).map((root) => `tag:${workspaceTag(root)}`);
  return projects.length > 0 ? [{ input: WORKSPACE_INPUT, projects }] : [];
}
