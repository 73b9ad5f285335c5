/** The inputs of one cross target: everything that decides its bytes, each in the form that Nx can hash and `nx affected` can match. */
import type { TripleConfig } from '../cargo/cargo-config.js';
import { envNames } from '../cargo/env-names.js';
import type { CargoWorkspace, Crate } from '../cargo/model.js';
import { sortedSet } from '../cargo/order.js';
import { fileIn, joinPath, upwards } from '../cargo/paths.js';
import type { CrateConfig, PlatformBuild } from '../config/resolved.js';
import type { CrateClosure } from './closure.js';
import { backendIdentity, rustIdentity, type GccPrefix } from './identity.js';
import type { NxInput } from './nx-shapes.js';
import { workspaceTag, type ProjectNames } from './project-names.js';
import { makeForeignSources, SOURCES_INPUT, WORKSPACE_INPUT } from './sources.js';

/** What the inputs of one target are made from. */
export interface TargetFacts {
  readonly workspace: CargoWorkspace;
  readonly crate: Crate;
  readonly config: CrateConfig;
  readonly build: PlatformBuild;
  readonly closure: CrateClosure;
  /** The names of all packages in the closure. */
  readonly packages: ReadonlySet<string>;
  /** The name of the target's own external node. */
  readonly node: string;
  readonly tripleConfig: TripleConfig;
  readonly names: ProjectNames;
  /** Roots of the Cargo workspaces that have a project of their own. */
  readonly workspaceProjects: ReadonlySet<string>;
  readonly zigLocked: boolean;
  readonly gccPrefix: GccPrefix;
}

/** The inputs, in a fixed order. */
export function makeInputs(facts: TargetFacts): readonly NxInput[] {
  const { workspace, config, build, closure, packages, node } = facts;
  const backend = backendIdentity(build, workspace, facts.tripleConfig, facts.zigLocked, facts.gccPrefix);
  const variables = envNames(build.platform.triple, build.profile, packages, closure.local.some((found) => found.buildScript));
  return [
    SOURCES_INPUT,
    ...localSources(facts),
    ...configFiles(workspace),
    ...extraFiles(facts),
    { externalDependencies: [node, ...backend.externals] },
    ...workspaceInputs(facts),
    ...sortedSet([...rustIdentity(workspace), ...backend.runtimes]).map((runtime) => ({ runtime })),
    ...sortedSet([...variables, ...backend.env, ...config.envInputs]).map((env) => ({ env })),
  ];
}

/** Sources of local packages: by their projects, or by folder where they have none. */
function localSources({ closure, crate, names }: TargetFacts): readonly NxInput[] {
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
function extraFiles({ crate, config }: TargetFacts): readonly NxInput[] {
  return config.inputs.flatMap((written) => {
    const negated = written.startsWith('!');
    const path = joinPath(crate.root, negated ? written.slice(1) : written);
    if (path === undefined) return [];
    const globs = /[*?[{]/.test(path) ? [path] : [path, `${path}/**/*`];
    return globs.map((glob) => `${negated ? '!' : ''}{workspaceRoot}/${glob}`);
  });
}

/** The workspace whose lock file counts, and those that packages of the closure inherit from. */
function workspaceInputs({ workspace, closure, workspaceProjects }: TargetFacts): readonly NxInput[] {
  const roots = [workspace.root, ...closure.local.flatMap((found) => found.workspaceRoot ?? [])].filter((root) => workspaceProjects.has(root));
  const projects = sortedSet(roots).map((root) => `tag:${workspaceTag(root)}`);
  return projects.length > 0 ? [{ input: WORKSPACE_INPUT, projects }] : [];
}
