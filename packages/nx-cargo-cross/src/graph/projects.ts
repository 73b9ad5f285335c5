/** The projects: one per crate, and one per virtual workspace, which owns its Cargo.lock. */
import type { Manifest } from '../cargo/manifest.js';
import type { CargoWorkspace, Crate } from '../cargo/model.js';
import { fileIn } from '../cargo/paths.js';
import type { CrateConfig } from '../config/resolved.js';
import type { NxProject, NxTarget } from './nx-shapes.js';
import { VARIABLE_INPUTS } from './platform-inputs.js';
import { workspaceProjectName, workspaceTag, type ProjectNames } from './project-names.js';
import { makeSources, SOURCES_INPUT, WORKSPACE_INPUT } from './sources.js';

/** The heading under which Nx shows the targets. */
const TARGET_GROUP = 'Cross';

/** The project of a crate. Library crates have no targets, but their sources are inputs of others. */
export function makeCrateProject(
  crate: Crate,
  names: ProjectNames,
  manifest: Manifest | undefined,
  config: CrateConfig,
  targets: Readonly<Record<string, NxTarget>>,
): NxProject {
  const targetNames = Object.keys(targets);
  const tags = names.tagsOf(crate.root);
  return {
    name: names.nameOf(crate.root),
    projectType: crate.artifacts.some((artifact) => artifact.kind === 'bin') ? 'application' : 'library',
    sourceRoot: fileIn(crate.root, 'src'),
    ...(tags.length > 0 ? { tags } : {}),
    namedInputs: { ...(manifest ? { [SOURCES_INPUT]: makeSources(manifest, config.outDir, config.inputs) } : {}), ...(targetNames.length > 0 ? VARIABLE_INPUTS : {}) },
    targets,
    metadata: { technologies: ['rust'], ...(targetNames.length > 0 ? { targetGroups: { [TARGET_GROUP]: targetNames } } : {}) },
  };
}

/** The project of a workspace whose root is no crate. */
export function makeWorkspaceProject(workspace: CargoWorkspace): NxProject {
  return addWorkspaceTo({ name: workspaceProjectName(workspace), metadata: { technologies: ['rust'] } }, workspace);
}

/** A project with what a workspace's root needs besides: the tag that finds it, and the input that lets Cargo.lock touch the workspace's tasks. */
export function addWorkspaceTo(project: NxProject, { root }: CargoWorkspace): NxProject {
  return { ...project, tags: [...(project.tags ?? []), workspaceTag(root)], namedInputs: { ...project.namedInputs, [WORKSPACE_INPUT]: [] } };
}
