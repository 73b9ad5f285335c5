/**
 * The local packages of a repository: all members, and whatever else lies in it that a member is built from (path dependencies outside its
 * workspace, patched packages). A package's sources decide bytes whether it is a member or not.
 */
import { inheritManifest, type InheritedPackage, type PackageDependency } from './inherit.js';
import type { Manifest } from './manifest.js';
import type { ManifestStore } from './manifest-store.js';
import { compareText } from './order.js';
import { fileIn } from './paths.js';
import type { SourceTree } from './source-tree.js';
import type { TomlTable } from './toml.js';
import type { Member } from './workspace-members.js';
import { findWorkspaceRoot } from './workspace-root.js';

/** A package whose sources lie in the repository. */
export interface LocalPackage {
  readonly root: string;
  readonly name: string;
  readonly version: string;
  readonly manifest: Manifest;
  readonly inherited: InheritedPackage;
  /** The whole manifest, inherited values in their places. */
  readonly table: TomlTable;
  /** Whether a build script runs before it is compiled. */
  readonly buildScript: boolean;
  /** The root of the workspace whose manifest it inherits from, if it has one. */
  readonly workspaceRoot: string | undefined;
}

/** Makes the package of a member. */
export function makeLocalPackage({ manifest, inherited }: Member, workspaceRoot: string | undefined, tree: SourceTree): LocalPackage {
  return {
    root: manifest.root,
    name: inherited.name,
    version: inherited.version,
    manifest,
    inherited,
    table: inherited.table,
    buildScript: manifest.package?.build !== false && tree.isFile(fileIn(manifest.root, manifest.package?.build ?? 'build.rs')),
    workspaceRoot,
  };
}

/**
 * All packages, by root: the members and, all the way down, what they depend on by path, and the folders that patches name.
 * A folder without a good manifest gives no package.
 */
export function findLocalPackages(
  members: readonly LocalPackage[],
  patched: readonly string[],
  store: ManifestStore,
  tree: SourceTree,
): ReadonlyMap<string, LocalPackage> {
  const packages = new Map(members.map((member) => [member.root, member]));
  const queue = [...patched, ...members.flatMap(pathDependencies)];
  for (let root = queue.pop(); root !== undefined; root = queue.pop()) {
    if (packages.has(root)) continue;
    const found = loadPackage(root, store, tree);
    if (!found) continue;
    packages.set(root, found);
    queue.push(...pathDependencies(found));
  }
  return packages;
}

/** The packages in the folders, and all that they depend on by path, through the dependencies that count. Sorted by root. */
export function followPaths(packages: ReadonlyMap<string, LocalPackage>, roots: readonly (string | undefined)[], counts: (dependency: PackageDependency) => boolean = () => true): readonly LocalPackage[] {
  const reached = new Set<LocalPackage>();
  const queue = [...roots];
  while (queue.length > 0) {
    const root = queue.pop();
    const found = root === undefined ? undefined : packages.get(root);
    if (!found || reached.has(found)) continue;
    reached.add(found);
    queue.push(...found.inherited.dependencies.filter(counts).map(({ path }) => path));
  }
  return [...reached].sort((a, b) => compareText(a.root, b.root));
}

function loadPackage(root: string, store: ManifestStore, tree: SourceTree): LocalPackage | undefined {
  const stored = store(fileIn(root, 'Cargo.toml'));
  if (stored.state !== 'good' || !stored.manifest.package) return undefined;
  const found = findWorkspaceRoot(stored.manifest.file, stored.manifest, store);
  const workspace = found.kind === 'workspace' ? found.root : undefined;
  const inherited = inheritManifest(stored.manifest, workspace);
  return inherited.ok ? makeLocalPackage({ manifest: stored.manifest, inherited: inherited.value }, workspace?.root, tree) : undefined;
}

function pathDependencies({ inherited }: LocalPackage): readonly string[] {
  return inherited.dependencies.flatMap(({ path, kind }) => (path === undefined || path === 'outside' || kind === 'dev' ? [] : [path]));
}
