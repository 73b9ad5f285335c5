/** What of a workspace's root manifest decides the bytes of one crate: resolver, profile, patches. Inherited fields are part of the members' manifests. */
import type { Manifest } from '../cargo/manifest.js';
import { entryOf, isTable, tableAt, valueAt, type TomlTable, type TomlValue } from '../cargo/toml.js';

/** The names of all packages in a closure. */
export interface PackageNames {
  has(name: string): boolean;
}

/** The settings, as a table for a cache key. */
export function rootSettings({ table }: Manifest, profile: string, packages: PackageNames): TomlTable {
  const resolver = valueAt(table, ['workspace', 'resolver']) ?? valueAt(table, ['package', 'resolver']);
  return {
    // Without a resolver the root package's edition decides; in a virtual workspace there is no such package.
    resolver: resolver ?? valueAt(table, ['package', 'edition']) ?? '',
    profiles: Object.fromEntries(profileChain(table, profile).map((name) => [name, relevantProfile(tableAt(table, ['profile', name]), packages)])),
    patch: Object.fromEntries(
      Object.entries(tableAt(table, ['patch']))
        .map(([source, entries]) => [source, ofPackages(entries, packages)] as const)
        .filter(([, entries]) => Object.keys(entries).length > 0),
    ),
    replace: ofPackages(tableAt(table, ['replace']), packages),
  };
}

/** A profile, and those it inherits from, as far as the manifest has them. */
function profileChain(table: TomlTable, profile: string): readonly string[] {
  const chain: string[] = [];
  for (let name: unknown = profile; typeof name === 'string' && !chain.includes(name); name = valueAt(table, ['profile', name, 'inherits'])) chain.push(name);
  return chain;
}

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
