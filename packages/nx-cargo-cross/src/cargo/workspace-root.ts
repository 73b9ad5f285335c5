/**
 * To which workspace a manifest belongs, as cargo finds it: its own `[workspace]`, its `package.workspace`, else the nearest `[workspace]` above it
 * that doesn't exclude it. Source: cargo 1.95, `core/workspace.rs`, `find_workspace_root` and `WorkspaceRootConfig::is_excluded`.
 */
import type { Manifest } from './manifest.js';
import type { ManifestStore } from './manifest-store.js';
import { fileIn, isWithin, joinPath, parentOf, upwards } from './paths.js';

/** The answer, in the four forms it may have. */
export type WorkspaceRoot =
  /** The manifest with the `[workspace]`: perhaps the asked one itself. Whether it lists the asked one is another question. */
  | { readonly kind: 'workspace'; readonly root: Manifest }
  /** There is none: the crate stands alone. */
  | { readonly kind: 'lone' }
  /** There is none, but a manifest above cannot be read, and it might have been it. */
  | { readonly kind: 'unknown' }
  /** `package.workspace` leads to no workspace. */
  | { readonly kind: 'bad-pointer'; readonly pointer: string };

const MANIFEST = 'Cargo.toml';

/** Finds the workspace root of the manifest at `file`. `manifest` is undefined where that file is broken: then only the folders above count. */
export function findWorkspaceRoot(file: string, manifest: Manifest | undefined, store: ManifestStore): WorkspaceRoot {
  if (manifest?.workspace) return { kind: 'workspace', root: manifest };
  const pointer = manifest?.package?.workspacePointer;
  if (manifest && pointer !== undefined) {
    const root = followPointer(manifest, pointer, store);
    if (root) return { kind: 'workspace', root };
    const above = searchAbove(file, store);
    return above.kind === 'workspace' ? above : { kind: 'bad-pointer', pointer };
  }
  return searchAbove(file, store);
}

function searchAbove(file: string, store: ManifestStore): WorkspaceRoot {
  const directory = parentOf(file) ?? '';
  let unknown = false;
  for (const above of upwards(directory).slice(1)) {
    const stored = store(fileIn(above, MANIFEST));
    if (stored.state === 'bad') unknown = true;
    if (stored.state !== 'good') continue;
    const { manifest } = stored;
    if (manifest.workspace && !isExcluded(manifest, directory)) return { kind: 'workspace', root: manifest };
    const pointer = manifest.workspace ? undefined : manifest.package?.workspacePointer;
    const pointed = pointer === undefined ? undefined : followPointer(manifest, pointer, store);
    if (pointed) return { kind: 'workspace', root: pointed };
  }
  return unknown ? { kind: 'unknown' } : { kind: 'lone' };
}

function followPointer(manifest: Manifest, pointer: string, store: ManifestStore): Manifest | undefined {
  const directory = joinPath(manifest.root, pointer);
  if (directory === undefined) return undefined;
  const stored = store(fileIn(directory, MANIFEST));
  return stored.state === 'good' && stored.manifest.workspace ? stored.manifest : undefined;
}

/** Whether `exclude` names a directory or one above it, and `members` does not name it outright (globs don't count). */
export function isExcluded(root: Manifest, directory: string): boolean {
  const covers = (path: string): boolean => {
    const covered = joinPath(root.root, path);
    return covered !== undefined && isWithin(directory, covered);
  };
  return (root.workspace?.exclude ?? []).some(covers) && !(root.workspace?.members ?? []).some(covers);
}
