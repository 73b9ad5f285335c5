/**
 * What of cargo's configuration decides the bytes of a build for a triple. Where crates come from, how cargo talks and what it is called by doesn't; what is
 * not known here counts. Source: cargo's reference, "Configuration"; cargo 1.95.
 */
import type { KnownTriple } from '../platform/known.js';
import { selectTripleConfig, type CargoConfig } from './cargo-config.js';
import { mayMatchCfg } from './cfg.js';
import { isTable, tableAt, type TomlTable } from './toml.js';

/** What a locked package holds is its checksum's matter, wherever it comes from; vendored folders are inputs of their own; what is included is a file of its own. */
const DROPPED = ['alias', 'cache', 'cargo-new', 'credential-alias', 'doc', 'future-incompat-report', 'http', 'include', 'install', 'net', 'registries', 'registry', 'source', 'term'];

/** The triple is said on the command line, and so is where cargo writes. */
const DROPPED_OF_BUILD = ['jobs', 'target', 'target-dir', 'build-dir', 'dep-info-basedir', 'rustdoc', 'rustdocflags'];

/** The files' tables, nearest first. One that says nothing of the kind is left out. */
export function decidingConfig(config: CargoConfig, facts: KnownTriple): readonly TomlTable[] {
  // Flags of a triple's own hide those of [build].
  const ownFlags = selectTripleConfig(config, facts).rustflags.length > 0;
  const tables = config.files.map(({ table }): TomlTable => {
    const targets = Object.entries(tableAt(table, ['target'])).filter(([name]) => (name.startsWith('cfg(') ? mayMatchCfg(name, facts) : name === facts.triple));
    return withoutEmpty({
      ...without(table, DROPPED),
      build: without(tableAt(table, ['build']), [...DROPPED_OF_BUILD, ...(ownFlags ? ['rustflags'] : [])]),
      target: withoutEmpty(Object.fromEntries(targets.map(([name, target]) => [name, isTable(target) ? without(target, ['runner']) : target]))),
    });
  });
  return tables.filter((table) => Object.keys(table).length > 0);
}

function without(table: TomlTable, keys: readonly string[]): TomlTable {
  return Object.fromEntries(Object.entries(table).filter(([key]) => !keys.includes(key)));
}

function withoutEmpty(table: TomlTable): TomlTable {
  return Object.fromEntries(Object.entries(table).filter(([, value]) => !isTable(value) || Object.keys(value).length > 0));
}
