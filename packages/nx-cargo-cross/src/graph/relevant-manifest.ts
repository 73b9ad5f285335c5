/**
 * What of a manifest decides bytes. Comments, the order of keys, dev-dependencies and tests don't; nearly everything else may: `CARGO_PKG_*` shows most
 * of `[package]` to the code, and build scripts and macros read `[package.metadata]` of their own.
 */
import { METADATA_KEY } from '../cargo/workspace-model.js';
import { isTable, tableAt, type TomlTable } from '../cargo/toml.js';

/** Tables that cargo doesn't read for a build, or reads from the workspace's root manifest alone (`profile-settings.ts`). */
const DROPPED = ['dev-dependencies', 'dev_dependencies', 'test', 'bench', 'example', 'badges', 'profile', 'patch', 'replace', 'workspace'];

const DROPPED_OF_PACKAGE = ['autotests', 'autobenches', 'autoexamples', 'publish', 'default-run', 'workspace', 'keywords', 'categories', 'documentation', 'include', 'exclude'];

/**
 * The part of a manifest, inherited values already in their places, that a cache key must hold.
 * @param holds whether a table below `[target]` counts
 */
export function relevantManifest(table: TomlTable, holds: (target: string) => boolean = () => true): TomlTable {
  const metadata = without(tableAt(table, ['package', 'metadata']), [METADATA_KEY]);
  const relevant: TomlTable = {
    ...without(table, DROPPED),
    package: { ...without(tableAt(table, ['package']), [...DROPPED_OF_PACKAGE, 'metadata']), ...(Object.keys(metadata).length > 0 ? { metadata } : {}) },
  };
  const targets = Object.entries(tableAt(table, ['target'])).filter(([name]) => holds(name)).map(([name, target]) => [name, isTable(target) ? without(target, DROPPED) : target] as const);
  const kept = targets.filter(([, target]) => !isTable(target) || Object.keys(target).length > 0);
  return kept.length > 0 ? { ...relevant, target: Object.fromEntries(kept) } : without(relevant, ['target']);
}

function without(table: TomlTable, keys: readonly string[]): TomlTable {
  return Object.fromEntries(Object.entries(table).filter(([key]) => !keys.includes(key)));
}
