/** What the projects are called, and how a target names another project so that Nx finds it. */
import type { CargoWorkspace, Crate } from '../cargo/model.js';
import { fileIn } from '../cargo/paths.js';
import type { SourceTree } from '../cargo/source-tree.js';
import { nxRoot } from './nx-shapes.js';

/** Names and selectors, by the root of the crate. */
export interface ProjectNames {
  /** The name that this plugin gives a crate's project. Nx may know it by another: a project.json or package.json beside the manifest wins. */
  nameOf(crateRoot: string): string;
  /** What selects a crate's project: its name, or its tag where the name may be another's. Undefined where the crate is no project. */
  selectorOf(crateRoot: string): string | undefined;
  /** The tags that a crate's project needs to be found by. */
  tagsOf(crateRoot: string): readonly string[];
}

/**
 * Names for crates: the package's name; where several crates of the repository share one, the folder's path with dashes.
 * @param crates all crates that become projects.
 */
export function makeProjectNames(crates: readonly Crate[], tree: SourceTree): ProjectNames {
  const renamed = new Set(
    crates.map((crate) => crate.root).filter((root) => tree.isFile(fileIn(root, 'project.json')) || tree.isFile(fileIn(root, 'package.json'))),
  );
  const uses = new Map<string, number>();
  for (const { name, root } of crates) if (!renamed.has(root)) uses.set(name, (uses.get(name) ?? 0) + 1);
  const names = new Map(crates.map(({ name, root }) => [root, (uses.get(name) ?? 0) > 1 && root !== '' ? root.replaceAll('/', '-') : name]));
  return {
    nameOf: (root) => names.get(root) ?? root,
    selectorOf(root) {
      if (!names.has(root)) return undefined;
      return renamed.has(root) ? `tag:${crateTag(root)}` : names.get(root);
    },
    tagsOf: (root) => (renamed.has(root) ? [crateTag(root)] : []),
  };
}

/** The tag of the project that owns a Cargo workspace's Cargo.lock. */
export function workspaceTag(root: string): string {
  return `cargo-workspace:${nxRoot(root)}`;
}

/** The project of a virtual workspace: the same name in every clone, wherever it lies. */
export function workspaceProjectName({ root }: CargoWorkspace): string {
  return [...(root === '' ? [] : [root.replaceAll('/', '-')]), 'cargo-workspace'].join('-');
}

function crateTag(root: string): string {
  return `cargo-crate:${nxRoot(root)}`;
}
