/** What of a workspace's root manifest decides the bytes of one crate: resolver, profile, patches. Inherited fields are part of the members' manifests. */
import type { Manifest } from '../cargo/manifest.js';
import { entryOf, isTable, tableAt, valueAt, type TomlTable, type TomlValue } from '../cargo/toml.js';

/** The names of all packages in a closure. */
export interface PackageNames {
  has(name: string): boolean;
}

/** The settings, as a table for a cache key. */
export function rootSettings({ table }: Manifest, profiles: readonly string[], packages: PackageNames): TomlTable {
  return {
    resolver: resolverOf(table),
    profiles: Object.fromEntries(profiles.map((name) => [name, relevantProfile(tableAt(table, ['profile', name]), packages)])),
    patch: Object.fromEntries(
      Object.entries(tableAt(table, ['patch']))
        .map(([source, entries]) => [source, ofPackages(entries, packages)] as const)
        .filter(([, entries]) => Object.keys(entries).length > 0),
    ),
    replace: ofPackages(tableAt(table, ['replace']), packages),
  };
}

/** cargo's resolver. Where nothing says it the root package's edition does; in a virtual workspace there is no such package. */
export function resolverOf(table: TomlTable): string {
  const written = valueAt(table, ['workspace', 'resolver']) ?? valueAt(table, ['package', 'resolver']);
  if (typeof written === 'string') return written;
  const edition = valueAt(table, ['package', 'edition']);
  const settled = isTable(edition) ? valueAt(table, ['workspace', 'package', 'edition']) : edition;
  return settled === '2021' ? '2' : settled === '2024' ? '3' : '1';
}

/**
 * A profile, and those it inherits from.
 * @param tables the root manifest, and cargo's configuration, which may say it too
 */
export function profileChain(tables: readonly TomlTable[], profile: string): readonly string[] {
  const chain: string[] = [];
  const parentOf = (name: string): readonly unknown[] => [...tables.map((table) => valueAt(table, ['profile', name, 'inherits'])), BUILT_IN[name]];
  for (let name: unknown = profile; typeof name === 'string' && !chain.includes(name); name = parentOf(name).find((parent) => parent !== undefined)) chain.push(name);
  return chain;
}

/** cargo's reference, "Profiles". */
const BUILT_IN: Readonly<Record<string, string>> = { bench: 'release', test: 'dev' };

/** A profile without the overrides for packages that the crate is not built from. */
function relevantProfile(profile: TomlTable, packages: PackageNames): TomlTable {
  const { package: overrides = {}, ...own } = profile;
  const counting = ofPackages(overrides, packages);
  return Object.keys(counting).length > 0 ? { ...own, package: counting } : own;
}

/** The entries of a table whose keys are package ids (`serde`, `serde@1.0.0`, `serde:1.0.0`), for the packages that count. Ids of other forms stay. */
function ofPackages(entries: TomlValue, packages: PackageNames): TomlTable {
  if (!isTable(entries)) return {};
  return Object.fromEntries(
    Object.entries(entries).filter(([id, entry]) => {
      const renamed = entryOf(entry, 'package');
      const name = typeof renamed === 'string' ? renamed : /^([\w-]+)(?:[@:]\d.*)?$/.exec(id)?.[1];
      return name === undefined || packages.has(name);
    }),
  );
}
