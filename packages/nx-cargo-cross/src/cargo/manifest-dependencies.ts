/** Dependencies of every kind, `[patch]` and `[replace]`, as written. */
import { refuse, takeTable, type Shape } from './shape.js';
import { entryOf, isTable, type TomlTable, type TomlValue } from './toml.js';

/** Which builds a dependency belongs to. */
export type DependencyKind = 'normal' | 'build' | 'dev';

/** One entry of a dependency table. */
export interface ManifestDependency {
  readonly kind: DependencyKind;
  /** The key it stands under: the name that the code knows it by. */
  readonly key: string;
  /** The name of the package, where `package = "x"` gives another than the key. */
  readonly package: string | undefined;
  readonly path: string | undefined;
  /** `workspace = true`: the rest stands under `[workspace.dependencies]`. */
  readonly inherited: boolean;
  readonly optional: boolean;
  /** Where it stands in the file. */
  readonly place: readonly string[];
}

/** An entry of `[patch.<source>]` or `[replace]` that has a path. */
export interface PatchEntry {
  /** The package it stands in for. */
  readonly package: string;
  readonly path: string;
}

const TABLES: readonly (readonly [string, DependencyKind])[] = [
  ['dependencies', 'normal'],
  ['build-dependencies', 'build'],
  ['build_dependencies', 'build'],
  ['dev-dependencies', 'dev'],
  ['dev_dependencies', 'dev'],
];

/** All dependencies, in the order of the file: also those under `[target.'cfg(..)']`, whatever the target. */
export function takeDependencies(shape: Shape): readonly ManifestDependency[] {
  const targets = Object.keys(takeTable(shape, ['target']) ?? {}).map((target) => ['target', target]);
  return [[], ...targets].flatMap((prefix) =>
    TABLES.flatMap(([name, kind]) => {
      const path = [...prefix, name];
      return Object.entries(takeTable(shape, path) ?? {}).map(([key, value]) => makeDependency(shape, kind, [...path, key], key, value));
    }),
  );
}

function makeDependency(shape: Shape, kind: DependencyKind, place: readonly string[], key: string, value: TomlValue): ManifestDependency {
  if (typeof value !== 'string' && !isTable(value)) {
    refuse(shape, place, `Dependency "${key}" must be a version or a table`, `Write it as ${key} = "1" or ${key} = { path = "../${key}" }`);
  }
  const text = (name: string): string | undefined => {
    const entry = entryOf(value, name);
    if (entry !== undefined && typeof entry !== 'string') {
      refuse(shape, [...place, name], `"${name}" of dependency "${key}" must be a string`, `Write it as a string: ${name} = "..."`);
    }
    return typeof entry === 'string' ? entry : undefined;
  };
  return {
    kind,
    key,
    package: text('package'),
    path: text('path'),
    inherited: entryOf(value, 'workspace') === true,
    optional: entryOf(value, 'optional') === true,
    place,
  };
}

/** `[patch.*]` and `[replace]` entries with a path; the others stand in the lock file with their source. */
export function takePatches(shape: Shape): readonly PatchEntry[] {
  const sources = Object.values(takeTable(shape, ['patch']) ?? {}).filter(isTable);
  return [...sources.flatMap(patchEntries), ...patchEntries(takeTable(shape, ['replace']) ?? {})];
}

/** The entries of one patch table that have a path. Keys of `[replace]` are package ids: `foo:1.2.3`. */
export function patchEntries(table: TomlTable): readonly PatchEntry[] {
  return Object.entries(table).flatMap(([key, value]) => {
    const [path, renamed] = [entryOf(value, 'path'), entryOf(value, 'package')];
    if (typeof path !== 'string') return [];
    return [{ package: typeof renamed === 'string' ? renamed : (key.split(/[:@]/)[0] ?? key), path }];
  });
}
