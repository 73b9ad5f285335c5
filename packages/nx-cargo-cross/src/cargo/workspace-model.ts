/**
 * From the Cargo.toml files of a repository to its workspaces and crates, without cargo.
 *
 * A manifest below a workspace root that is neither a member nor excluded is one that cargo refuses (a test fixture, a template): it gives no crate
 * and no failure. So do the packages that `cargo vendor` laid down. Source of the rules: cargo's reference, "Workspaces"; cargo 1.95.
 */
import type { Failure } from '../diagnostics/failure.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import { makeArtifacts } from './artifacts.js';
import { configPatches, configPathOverrides, findCargoConfigs, NO_CONFIG, parseCargoConfigs, selectLockFile, type CargoConfig } from './cargo-config.js';
import { inheritManifest } from './inherit.js';
import { findLocalPackages, makeLocalPackage, type LocalPackage } from './local-package.js';
import type { Manifest } from './manifest.js';
import { makeManifestStore, type ManifestStore } from './manifest-store.js';
import type { CargoWorkspace, Crate, LocalDependency, PinnedToolchain, RepositoryModel, WrittenMetadata } from './model.js';
import { compareText } from './order.js';
import { fileIn, joinPath, parentOf } from './paths.js';
import type { SourceTree } from './source-tree.js';
import { locateToml } from './toml-locator.js';
import { valueAt } from './toml.js';
import { findToolchain } from './toolchain-file.js';
import { findMembers, type Member } from './workspace-members.js';
import { findWorkspaceRoot } from './workspace-root.js';

/** The model, with what stands behind it: what cache keys are made of, and no task needs at run time. */
export interface Repository extends RepositoryModel {
  /** Every local package by root: the crates, and what they are built from besides. */
  readonly packages: ReadonlyMap<string, LocalPackage>;
  /** By workspace root. */
  readonly details: ReadonlyMap<string, WorkspaceDetails>;
}

/** What of a workspace decides bytes and stands in no model. */
export interface WorkspaceDetails {
  /** The root manifest. */
  readonly manifest: Manifest;
  readonly config: CargoConfig;
  /** Folders of `[patch]` and `[replace]` inside the repository. */
  readonly patched: readonly string[];
  /** Folders of `paths` in `.cargo/config.toml`, which the lock file doesn't tell of; undefined for one outside the repository, and for a lock file that is. */
  readonly overrides: readonly (string | undefined)[];
}

/** What could be read, and everything that was wrong. */
export interface Survey {
  readonly repository: Repository;
  readonly failures: readonly Failure[];
}

/** The name under which packages carry this plugin's options in `metadata`. */
export const METADATA_KEY = 'nx-cargo-cross';

/**
 * The workspaces and crates behind the given Cargo.toml files.
 * Fails with all that {@link surveyRepository} found wrong.
 */
export function makeRepository(manifests: readonly string[], tree: SourceTree): Result<Repository> {
  const { repository, failures } = surveyRepository(manifests, tree);
  const [first, ...rest] = failures;
  return first ? failed(first, ...rest) : success(repository);
}

/** As {@link makeRepository}, but gives what is whole beside what is not. */
export function surveyRepository(manifests: readonly string[], tree: SourceTree): Survey {
  const store = makeManifestStore(tree);
  const found = findRoots(manifests, store, tree);
  const failures: Failure[] = [...found.failures];
  const workspaces: CargoWorkspace[] = [];
  const members: LocalPackage[] = [];
  const details = new Map<string, WorkspaceDetails>();
  for (const root of found.roots) {
    const read = surveyWorkspace(root, store, tree);
    failures.push(...read.failures);
    workspaces.push(read.workspace);
    members.push(...read.packages);
    details.set(root.root, read.details);
  }
  const standIns = [...details.values()].flatMap(({ patched, overrides }) => [...patched, ...overrides.filter((path) => path !== undefined)]);
  const packages = findLocalPackages(members, standIns, store, tree);
  return { repository: { workspaces: workspaces.sort((a, b) => compareText(a.root, b.root)), packages, details }, failures };
}

interface FoundRoots {
  /** Manifests with `[workspace]`, and lone crates. */
  readonly roots: readonly Manifest[];
  readonly failures: readonly Failure[];
}

function findRoots(manifests: readonly string[], store: ManifestStore, tree: SourceTree): FoundRoots {
  const roots = new Set<Manifest>();
  const failures: Failure[] = [];
  for (const file of [...manifests].sort(compareText)) {
    if (tree.isFile(fileIn(parentOf(file) ?? '', '.cargo-checksum.json'))) continue;
    const stored = store(file);
    if (stored.state === 'absent') continue;
    const manifest = stored.state === 'good' ? stored.manifest : undefined;
    const root = findWorkspaceRoot(file, manifest, store);
    if (root.kind === 'workspace') roots.add(root.root);
    else if (root.kind === 'bad-pointer') failures.push(badPointer(file, manifest, root.pointer));
    else if (root.kind === 'unknown') continue;
    else if (manifest) roots.add(manifest);
    else if (stored.state === 'bad') failures.push(...stored.failed.failures.map(mentionNxIgnore));
  }
  return { roots: [...roots], failures };
}

interface SurveyedWorkspace {
  readonly workspace: CargoWorkspace;
  readonly packages: readonly LocalPackage[];
  readonly details: WorkspaceDetails;
  readonly failures: readonly Failure[];
}

function surveyWorkspace(root: Manifest, store: ManifestStore, tree: SourceTree): SurveyedWorkspace {
  const { members, failures } = root.workspace ? findMembers(root, store, tree) : loneMember(root);
  const toolchain = findToolchain(root.root, tree);
  const found = findCargoConfigs(root.root, tree);
  const config = parseCargoConfigs(found, tree);
  const ownLock = fileIn(root.root, 'Cargo.lock');
  const named = config.ok ? selectLockFile(config.value) : undefined;
  const lockFile = named ? joinPath(named.directory, named.value) : ownLock;
  const included = config.ok ? config.value.included.filter((path) => path !== undefined) : [];
  const details: WorkspaceDetails = {
    manifest: root,
    config: config.ok ? config.value : NO_CONFIG,
    patched: [...root.patches.map(({ path }) => joinPath(root.root, path)), ...(config.ok ? configPatches(config.value) : [])].filter(
      (path) => path !== undefined,
    ),
    // What a lock file outside of the repository says, no key can hold.
    overrides: [...(config.ok ? configPathOverrides(config.value) : []), ...(lockFile === undefined ? [undefined] : [])],
  };
  const packages = members.map((member) => makeLocalPackage(member, root.workspace ? root.root : undefined, tree));
  return {
    workspace: {
      root: root.root,
      manifest: root.file,
      lockFile: lockFile ?? ownLock,
      virtual: root.package === undefined,
      crates: members.map((member) => makeCrate(member, root, store, tree)),
      metadata: takeMetadata(root, 'workspace'),
      toolchain: toolchain.ok ? toolchain.value : undefined,
      cargoConfigs: [...new Set([...found, ...included])],
    },
    packages,
    details,
    failures: [...failures, ...failuresOf<PinnedToolchain | undefined>(toolchain), ...failuresOf(config)],
  };
}

function loneMember(manifest: Manifest): { readonly members: readonly Member[]; readonly failures: readonly Failure[] } {
  const inherited = inheritManifest(manifest, undefined);
  return inherited.ok ? { members: [{ manifest, inherited: inherited.value }], failures: [] } : { members: [], failures: inherited.failures };
}

function makeCrate({ manifest, inherited }: Member, root: Manifest, store: ManifestStore, tree: SourceTree): Crate {
  return {
    name: inherited.name,
    version: inherited.version,
    root: manifest.root,
    manifest: manifest.file,
    artifacts: makeArtifacts(manifest, inherited, tree),
    dependencies: localDependencies({ manifest, inherited }, root, store),
    metadata: takeMetadata(manifest, 'package'),
  };
}

/** Path dependencies, and dependencies that a patch of the workspace turns into one. */
function localDependencies({ manifest, inherited }: Member, root: Manifest, store: ManifestStore): readonly LocalDependency[] {
  const found = new Map<string, LocalDependency>();
  for (const dependency of inherited.dependencies) {
    const patches = root.patches.filter((patch) => patch.package === dependency.package).map(({ path }) => joinPath(root.root, path));
    for (const path of dependency.path === undefined ? patches : [dependency.path]) {
      if (path === undefined || path === 'outside' || path === manifest.root) continue;
      if (store(fileIn(path, 'Cargo.toml')).state === 'good') found.set(`${path} ${dependency.kind}`, { root: path, kind: dependency.kind });
    }
  }
  return [...found.entries()].sort(([a], [b]) => compareText(a, b)).map(([, dependency]) => dependency);
}

function takeMetadata(manifest: Manifest, section: 'workspace' | 'package'): WrittenMetadata | undefined {
  const path = [section, 'metadata', METADATA_KEY];
  const value = valueAt(manifest.table, path);
  return value === undefined ? undefined : { value, file: manifest.file, text: manifest.text, path };
}

function badPointer(file: string, manifest: Manifest | undefined, pointer: string): Failure {
  return {
    code: 'manifest-invalid',
    location: locateToml(file, manifest?.text ?? '', ['package', 'workspace']),
    message: `package.workspace = "${pointer}" leads to no workspace`,
    help: `Name the folder of a Cargo.toml with [workspace], or take the line out.`,
  };
}

/** What stands alone need not be a crate at all: templates and test fixtures may be named so that Nx doesn't look at them. */
function mentionNxIgnore(failure: Failure): Failure {
  const hint = 'If it is no real manifest (a template, a test fixture), name it in .nxignore.';
  if (failure.code === 'manifest-syntax') return { ...failure, help: hint };
  return failure.code === 'manifest-invalid' && !failure.help.includes('.nxignore') ? { ...failure, help: `${failure.help} ${hint}` } : failure;
}

function failuresOf<T>(result: Result<T>): readonly Failure[] {
  return result.ok ? [] : result.failures;
}
