/** The inputs of one cross target: everything that decides its bytes, each in the form that Nx can hash and `nx affected` can match. */
import { vendorFolders } from '../cargo/cargo-config.js';
import type { CargoWorkspace, Crate } from '../cargo/model.js';
import { sortedSet } from '../cargo/order.js';
import { fileIn, parentOf, upwards } from '../cargo/paths.js';
import type { SourceTree } from '../cargo/source-tree.js';
import type { Repository, WorkspaceDetails } from '../cargo/workspace-model.js';
import type { CrateConfig } from '../config/resolved.js';
import type { CrateClosure } from './closure.js';
import { closureInputs, type ClosureEntry } from './closure-file.js';
import type { LinkedSources } from './linked-sources.js';
import type { NxInput } from './nx-shapes.js';
import { workspaceTag, type ProjectNames } from './project-names.js';
import { makeForeignSources, SOURCES_INPUT, WORKSPACE_INPUT } from './sources.js';
import { writtenFiles } from './written-inputs.js';

/** What the inputs of a crate's targets are made from, whatever the platform. */
export interface CrateFacts {
  readonly repository: Repository;
  readonly workspace: CargoWorkspace;
  readonly details: WorkspaceDetails;
  readonly crate: Crate;
  readonly config: CrateConfig;
  readonly closure: CrateClosure;
  readonly names: ProjectNames;
  readonly tree: SourceTree;
  /** What the links in a crate's folder lead to. */
  readonly linksOf: (root: string) => LinkedSources;
  /** Roots of the Cargo workspaces that have a project of their own. */
  readonly workspaceProjects: ReadonlySet<string>;
  /** Whether this Nx takes fields of JSON files for inputs. */
  readonly readsJson: boolean;
}

/** The files: the crate's own, those of local packages, toolchain and configuration, and what the user added. The same for all platforms. */
export function makeFileInputs(facts: CrateFacts): readonly NxInput[] {
  return [SOURCES_INPUT, ...localSources(facts), ...configFiles(facts), ...linkedSources(facts), ...vendoredSources(facts), ...writtenFiles(facts.closure.local, facts.crate.root)];
}

/** The files that decide what is compiled of downloaded packages: none of the sources of local ones. */
export function makeLayerFileInputs(facts: CrateFacts): readonly NxInput[] {
  return [...configFiles(facts), ...vendoredSources(facts)];
}

/**
 * How `nx affected` learns of what the closure node holds: by the crate's closure file where that is right, else by the projects of all that may change it. Nx 22 selects
 * projects, and the file is one of the project's own.
 * @param settings the latter ({@link makeSettingInputs}), the same for all of a closure's targets
 */
export function makeClosureInputs({ readsJson }: CrateFacts, entry: ClosureEntry | undefined, settings: readonly NxInput[]): readonly NxInput[] {
  if (entry?.current !== true) return settings;
  return readsJson ? closureInputs(entry) : [];
}

/** Sources of local packages: by their projects, or by folder where they have none. */
function localSources({ closure, crate, names }: CrateFacts): readonly NxInput[] {
  const projects: string[] = [];
  const foreign: string[] = [];
  for (const { root } of closure.local) {
    const selector = root === crate.root ? undefined : names.selectorOf(root);
    if (selector !== undefined) projects.push(selector);
    else if (root !== crate.root) foreign.push(root);
  }
  return [...(projects.length > 0 ? [{ input: SOURCES_INPUT, projects }] : []), ...foreign.flatMap(makeForeignSources)];
}

/**
 * Toolchain and cargo configuration that no project of a Cargo workspace owns: those that one owns are in the closure node by what they say, and `nx affected`
 * finds them by their project. One that isn't there yet is named too, so that one that is taken away is seen to be gone.
 */
function configFiles({ workspace, workspaceProjects }: CrateFacts): readonly NxInput[] {
  const { toolchain } = workspace;
  const owned = (file: string): boolean => isCargosOwn(file) && workspaceProjects.has(folderOfConfig(file));
  // A toolchain that is a folder has no name to put into the node.
  const folder = toolchain && toolchain.channel === undefined ? [toolchain.file] : [];
  return sortedSet([...folder, ...settingFiles(workspace).filter((file) => !owned(file))]).map((file) => `{workspaceRoot}/${file}`);
}

/** Toolchain and cargo configuration, those that may be there one day included, and a lock file that lies elsewhere. */
export function settingFiles({ root, toolchain, cargoConfigs, lockFile }: CargoWorkspace): readonly string[] {
  const elsewhere = lockFile === fileIn(root, 'Cargo.lock') ? [] : [lockFile];
  return [...elsewhere, ...(toolchain ? [toolchain.file] : []), ...upwards(root).map((above) => fileIn(above, '.cargo/config.toml')), ...cargoConfigs];
}

/** Not what a configuration includes: `nx affected` of Nx 24 sees nothing in a file that no plugin looks for. */
function isCargosOwn(file: string): boolean {
  return /(^|\/)(rust-toolchain(\.toml)?|\.cargo\/config(\.toml)?)$/.test(file);
}

function folderOfConfig(file: string): string {
  return parentOf(file.replace(/(^|\/)\.cargo\/([^/]+)$/, '$1$2')) ?? '';
}

/** What lies behind the symbolic links of local packages. */
function linkedSources({ closure, linksOf, tree }: CrateFacts): readonly NxInput[] {
  const ends = sortedSet(closure.local.flatMap(({ root }) => linksOf(root)).filter((end) => end !== undefined));
  return ends.map((end) => `{workspaceRoot}/${tree.isFile(end) ? end : `${end}/**/*`}`);
}

/** What `cargo vendor` laid down of the closure: `<name>`, or `<name>-<version>`. Its checksums are the lock file's only as long as nobody edits it. */
function vendoredSources({ closure, details, tree }: CrateFacts): readonly NxInput[] {
  const folders = vendorFolders(details.config);
  if (folders.length === 0) return [];
  return closure.packages().flatMap(({ name, version }) =>
    folders.flatMap((folder) => {
      const found = [`${name}-${version}`, name].map((named) => fileIn(folder, named)).find((root) => tree.isFile(fileIn(root, 'Cargo.toml')));
      return found === undefined ? [] : [`{workspaceRoot}/${found}/**/*`];
    }),
  );
}

/** The workspaces whose lock file, toolchain and configuration count, and those that packages of the closure inherit from. */
export function makeSettingInputs({ workspace, closure, workspaceProjects }: CrateFacts): readonly NxInput[] {
  const inherited = new Set(closure.local.map((found) => found.workspaceRoot).filter((root) => root !== undefined));
  const roots = [workspace.root, ...settingFiles(workspace).map(folderOfConfig), ...inherited].filter((root) => workspaceProjects.has(root));
  const projects = sortedSet(roots).map((root) => `tag:${workspaceTag(root)}`);
  return projects.length > 0 ? [{ input: WORKSPACE_INPUT, projects }] : [];
}
