/**
 * The members of a workspace: its own package, what `members` names, and the path dependencies of those, as far as they lie inside the workspace's
 * directory (or point to it), all the way down. Source: cargo 1.95, `Workspace::find_members` and `find_path_deps`.
 */
import type { Failure } from '../diagnostics/failure.js';
import { inheritManifest, type InheritedPackage } from './inherit.js';
import type { Manifest } from './manifest.js';
import type { ManifestStore } from './manifest-store.js';
import { expandMember } from './member-glob.js';
import { compareText } from './order.js';
import { fileIn, isWithin, joinPath } from './paths.js';
import type { SourceTree } from './source-tree.js';
import { locateToml } from './toml-locator.js';
import { findWorkspaceRoot, isExcluded } from './workspace-root.js';

/** A package that belongs to the workspace. */
export interface Member {
  readonly manifest: Manifest;
  readonly inherited: InheritedPackage;
}

/** What was found, and what was wrong with the rest. */
export interface Members {
  /** Sorted by root. */
  readonly members: readonly Member[];
  readonly failures: readonly Failure[];
}

/** All members of the workspace whose root manifest is given. Broken and absent members are failures; the others are found all the same. */
export function findMembers(root: Manifest, store: ManifestStore, tree: SourceTree): Members {
  const members = new Map<string, Member>();
  const seen = new Set<string>();
  const failures: Failure[] = [];

  const visit = (directory: string, absent: () => void): void => {
    if (seen.has(directory) || isExcluded(root, directory)) return;
    seen.add(directory);
    const stored = store(fileIn(directory, 'Cargo.toml'));
    if (stored.state === 'absent') absent();
    else if (stored.state === 'bad') failures.push(...stored.failed.failures);
    else if (stored.manifest.package && (stored.manifest === root || !stored.manifest.workspace)) add(stored.manifest);
  };

  const add = (manifest: Manifest): void => {
    const inherited = inheritManifest(manifest, root);
    if (!inherited.ok) {
      failures.push(...inherited.failures);
      return;
    }
    members.set(manifest.root, { manifest, inherited: inherited.value });
    for (const { path } of inherited.value.dependencies) {
      if (path !== undefined && path !== 'outside' && belongs(path)) visit(path, () => undefined);
    }
  };

  const belongs = (directory: string): boolean => {
    if (isWithin(directory, root.root)) return true;
    const stored = store(fileIn(directory, 'Cargo.toml'));
    if (stored.state !== 'good') return false;
    const found = findWorkspaceRoot(stored.manifest.file, stored.manifest, store);
    return found.kind === 'workspace' && found.root === root;
  };

  if (root.package) visit(root.root, () => undefined);
  (root.workspace?.members ?? []).forEach((entry, index) => {
    for (const directory of expandMember(root.root, entry, tree) ?? []) visit(directory, () => failures.push(absentMember(root, entry, index)));
  });
  return { members: [...members.values()].sort((a, b) => compareText(a.manifest.root, b.manifest.root)), failures };
}

function absentMember(root: Manifest, entry: string, index: number): Failure {
  return {
    code: 'manifest-invalid',
    location: locateToml(root.file, root.text, ['workspace', 'members', String(index)]),
    message: `Workspace member "${entry}" has no Cargo.toml`,
    help: `Create ${fileIn(joinPath(root.root, entry) ?? entry, 'Cargo.toml')}, or take "${entry}" out of "members".`,
  };
}
