/**
 * A Cargo.toml as written: typed as far as this plugin needs it, and nothing inherited from the workspace yet (`inherit.ts` does that).
 * Source of the rules: cargo's manifest reference, and `cargo/util/toml` of cargo 1.95.
 */
import { failed, success, type Result } from '../diagnostics/result.js';
import type { DependencyKind, ManifestDependency } from './manifest-dependencies.js';
import { takeDependencies, takePatches, type PatchEntry } from './manifest-dependencies.js';
import { takeBins, takeLib, type ManifestBin, type ManifestLib } from './manifest-targets.js';
import { takeWorkspace, type ManifestWorkspace } from './manifest-workspace.js';
import { parentOf } from './paths.js';
import { refuse, takeBoolean, takeString, takeTable, type Shape } from './shape.js';
import { entryOf, parseToml, valueAt, type TomlTable } from './toml.js';

export type { DependencyKind, ManifestBin, ManifestDependency, ManifestLib, ManifestWorkspace, PatchEntry };

/** A whole manifest. */
export interface Manifest {
  /** Relative to the Nx workspace root. */
  readonly file: string;
  /** The directory of the file. */
  readonly root: string;
  readonly text: string;
  /** The whole file, parsed. */
  readonly table: TomlTable;
  readonly package: ManifestPackage | undefined;
  readonly lib: ManifestLib | undefined;
  /** `[[bin]]`; undefined where the file has none (an empty list switches nothing off). */
  readonly bins: readonly ManifestBin[] | undefined;
  readonly dependencies: readonly ManifestDependency[];
  /** The names under `[features]`. */
  readonly features: readonly string[];
  /** `[patch.*]` and `[replace]` entries that have a path. */
  readonly patches: readonly PatchEntry[];
  readonly workspace: ManifestWorkspace | undefined;
  /** The names under `[profile]`. */
  readonly profiles: readonly string[];
}

/** `[package]`, as far as it is needed. */
export interface ManifestPackage {
  readonly name: string;
  /** `{ workspace: true }` as the word 'inherited'; undefined where the file says nothing. */
  readonly version: string | Inherited | undefined;
  readonly edition: string | Inherited | undefined;
  readonly autobins: boolean | undefined;
  /** `build = "path"`, or `build = false`; undefined leaves it to `build.rs`. */
  readonly build: string | false | undefined;
  readonly defaultRun: string | undefined;
  /** `package.workspace`: the way to the workspace root, relative to the package. */
  readonly workspacePointer: string | undefined;
}

/** The value stands in the workspace root's manifest. */
export const INHERITED = Symbol('workspace = true');
/** See {@link INHERITED}. */
export type Inherited = typeof INHERITED;

/**
 * Parses a Cargo.toml.
 * Fails with `manifest-syntax` where it is no TOML, and with `manifest-invalid`, once per place, where cargo would refuse its shape.
 */
export function parseManifest(file: string, text: string): Result<Manifest> {
  const parsed = parseToml(file, text);
  if (!parsed.ok) return parsed;
  const table = withPackage(parsed.value);
  const shape: Shape = { file, text, table, failures: [] };
  const manifest: Manifest = {
    file,
    root: parentOf(file) ?? '',
    text,
    table,
    package: takePackage(shape),
    lib: takeLib(shape),
    bins: takeBins(shape),
    dependencies: takeDependencies(shape),
    features: Object.keys(takeTable(shape, ['features']) ?? {}),
    patches: takePatches(shape),
    workspace: takeWorkspace(shape),
    profiles: Object.keys(takeTable(shape, ['profile']) ?? {}),
  };
  if (!manifest.package && !manifest.workspace && shape.failures.length === 0) {
    refuse(
      shape,
      [],
      `${file} has neither [package] nor [workspace]`,
      'Add the one or the other. If it is no manifest of a crate (a template, a test fixture), name it in .nxignore.',
    );
  }
  const [first, ...rest] = shape.failures;
  return first ? failed(first, ...rest) : success(manifest);
}

/** Cargo still reads `[project]`, the old name of `[package]`. */
function withPackage(table: TomlTable): TomlTable {
  const { project, ...rest } = table;
  return project === undefined || entryOf(table, 'package') !== undefined ? table : { ...rest, package: project };
}

function takePackage(shape: Shape): ManifestPackage | undefined {
  const key = 'package';
  const table = takeTable(shape, [key]);
  if (!table) return undefined;
  const name = takeString(shape, [key, 'name']);
  if (name === undefined && entryOf(table, 'name') === undefined) refuse(shape, [key], '[package] has no name', 'Add one: name = "my-crate"');
  if (name !== undefined && !isPackageName(name)) {
    refuse(
      shape,
      [key, 'name'],
      `"${name}" is no package name: letters, digits, - and _ only, not starting with a digit`,
      'Rename it. A template belongs into .nxignore.',
    );
  }
  const build = entryOf(table, 'build');
  return {
    name: name ?? '',
    version: takeInheritable(shape, [key, 'version']),
    edition: takeInheritable(shape, [key, 'edition']),
    autobins: takeBoolean(shape, [key, 'autobins']),
    build: build === false ? false : typeof build === 'string' ? build : undefined,
    defaultRun: takeString(shape, [key, 'default-run']),
    workspacePointer: takeString(shape, [key, 'workspace']),
  };
}

/** The rule of cargo's `restricted_names::validate_package_name`. */
function isPackageName(name: string): boolean {
  return /^[\p{XID_Start}_][\p{XID_Continue}-]*$/u.test(name);
}

function takeInheritable(shape: Shape, path: readonly string[]): string | Inherited | undefined {
  return entryOf(valueAt(shape.table, path), 'workspace') === true ? INHERITED : takeString(shape, path);
}
