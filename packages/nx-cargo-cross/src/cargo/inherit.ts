/**
 * A manifest with what it inherits from its workspace's root manifest filled in.
 * Source of the rules: cargo's reference, "The package table", "The dependencies table", "The lints table" of a workspace; cargo 1.95 `util/toml/mod.rs`.
 */
import { failed, success, type Result } from '../diagnostics/result.js';
import { INHERITED, type DependencyKind, type Inherited, type Manifest } from './manifest.js';
import { joinPath } from './paths.js';
import { refuse, type Shape } from './shape.js';
import { entryOf, isTable, tableAt, valueAt, type TomlTable, type TomlValue } from './toml.js';

/** A package whose manifest needs no other file to be understood. */
export interface InheritedPackage {
  readonly name: string;
  readonly version: string;
  readonly edition: string;
  readonly dependencies: readonly PackageDependency[];
  /** The whole manifest, inherited values in their places. */
  readonly table: TomlTable;
}

/** A dependency, wherever its details were written. */
export interface PackageDependency {
  readonly kind: DependencyKind;
  /** The package's own name, whatever the manifest calls it. */
  readonly package: string;
  readonly optional: boolean;
  /** The name under which the manifest knows it. */
  readonly key: string;
  /** The `cfg(..)` or triple of the `[target.'..']` table it stands in. */
  readonly target: string | undefined;
  /** Where a path dependency lies: relative to the Nx workspace root; 'outside' where that is not within the repository; undefined for all others. */
  readonly path: string | 'outside' | undefined;
}

/** What cargo takes for a package that says no version, no edition. */
const DEFAULTS = { version: '0.0.0', edition: '2015' } as const;

/**
 * Fills in what a package inherits.
 * @param root the workspace root's manifest; undefined where the package belongs to no workspace.
 * Fails with `manifest-invalid`, with the line of the key, where the workspace has no such value.
 */
export function inheritManifest(manifest: Manifest, root: Manifest | undefined): Result<InheritedPackage> {
  const shape: Shape = { ...manifest, failures: [] };
  const packageTable = inheritPackage(shape, root);
  const table = inheritLints(shape, root, inheritDependencies(shape, manifest, root, { ...manifest.table, package: packageTable }));
  const [first, ...rest] = shape.failures;
  if (first) return failed(first, ...rest);
  const written = manifest.package;
  return success({
    name: written?.name ?? '',
    version: settled(written?.version, packageTable, 'version'),
    edition: settled(written?.edition, packageTable, 'edition'),
    dependencies: manifest.dependencies.map((dependency) => {
      const source = dependency.inherited ? valueAt(root?.table ?? {}, ['workspace', 'dependencies', dependency.key]) : undefined;
      const base = dependency.inherited ? (root?.root ?? '') : manifest.root;
      const [path, renamed] = dependency.inherited ? [textOf(source, 'path'), textOf(source, 'package')] : [dependency.path, dependency.package];
      return {
        kind: dependency.kind,
        package: renamed ?? dependency.key,
        optional: dependency.optional,
        key: dependency.key,
        target: dependency.place[0] === 'target' ? dependency.place[1] : undefined,
        path: path === undefined ? undefined : (joinPath(base, path) ?? 'outside'),
      };
    }),
    table,
  });
}

function inheritPackage(shape: Shape, root: Manifest | undefined): TomlTable {
  const source = tableAt(root?.table ?? {}, ['workspace', 'package']);
  return mapTable(tableAt(shape.table, ['package']), (value, key) => {
    if (!isInherited(value)) return value;
    const inherited = entryOf(source, key);
    if (inherited === undefined) refuseMissing(shape, ['package', key], root, `workspace.package.${key}`);
    return inherited ?? value;
  });
}

function inheritDependencies(shape: Shape, manifest: Manifest, root: Manifest | undefined, table: TomlTable): TomlTable {
  const source = tableAt(root?.table ?? {}, ['workspace', 'dependencies']);
  let filled = table;
  for (const { place, key, inherited } of manifest.dependencies) {
    if (!inherited) continue;
    const shared = entryOf(source, key);
    if (shared === undefined) refuseMissing(shape, place, root, `workspace.dependencies.${key}`);
    else filled = replaceAt(filled, place, mergeDependency(shared, tableAt(shape.table, place)));
  }
  return filled;
}

function inheritLints(shape: Shape, root: Manifest | undefined, table: TomlTable): TomlTable {
  if (!isInherited(entryOf(table, 'lints'))) return table;
  const lints = valueAt(root?.table ?? {}, ['workspace', 'lints']);
  if (lints === undefined) refuseMissing(shape, ['lints'], root, 'workspace.lints');
  return { ...table, lints: lints ?? {} };
}

/** The member's `features` are added to the workspace's; `optional` and `default-features` are the member's own. */
function mergeDependency(shared: TomlValue, own: TomlTable): TomlTable {
  const base: TomlTable = isTable(shared) ? shared : { version: shared };
  const features = [entryOf(base, 'features'), entryOf(own, 'features')].flatMap((list) => (Array.isArray(list) ? list : []));
  const { workspace: _, ...rest } = own;
  return { ...base, ...rest, ...(features.length > 0 ? { features } : {}) };
}

function refuseMissing(shape: Shape, path: readonly string[], root: Manifest | undefined, key: string): void {
  const owner = root ? `${root.file} has no ${key}` : 'it belongs to no workspace';
  const help = root ? `Add ${key} to ${root.file}, or write the value here.` : 'Write the value here, or add the crate to the "members" of a workspace.';
  refuse(shape, path, `"${path.join('.')}" is inherited (workspace = true), but ${owner}`, help);
}

function settled(written: string | Inherited | undefined, table: TomlTable, key: 'version' | 'edition'): string {
  const value = written === INHERITED ? entryOf(table, key) : written;
  return typeof value === 'string' ? value : DEFAULTS[key];
}

function isInherited(value: unknown): boolean {
  return entryOf(value, 'workspace') === true;
}

function textOf(table: unknown, key: string): string | undefined {
  const value = entryOf(table, key);
  return typeof value === 'string' ? value : undefined;
}

function mapTable(table: TomlTable, map: (value: TomlValue, key: string) => TomlValue): TomlTable {
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [key, map(value, key)]));
}

function replaceAt(table: TomlTable, path: readonly string[], value: TomlTable): TomlTable {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  return { ...table, [key]: replaceAt(tableAt(table, [key]), rest, value) };
}
