/** What a cargo profile strips, as far as the manifests and `.cargo/config.toml` say it. Source: cargo's reference, "Profiles". */
import { entryOf, valueAt, type TomlTable, type TomlValue } from '../cargo/toml.js';
import type { CargoWorkspace } from '../cargo/model.js';
import type { Repository } from '../cargo/workspace-model.js';
import type { StripLevel } from './resolved.js';

/** cargo's own profiles that take over another's values. */
const INHERITS: Readonly<Record<string, string>> = { test: 'dev', bench: 'release' };

/** The `strip` of a profile or of the nearest one it inherits from; undefined where nothing says it, and cargo's own default holds. */
export function profileStrip(repository: Repository, workspace: CargoWorkspace, profile: string): StripLevel | undefined {
  return findStrip(repository, workspace, profile).said;
}

/** The same, and where nothing says it what cargo takes for a profile that leaves `debug` as it is. */
export function expectedStrip(repository: Repository, workspace: CargoWorkspace, profile: string): StripLevel {
  const { said, last } = findStrip(repository, workspace, profile);
  return said ?? (last === 'dev' ? 'none' : 'debuginfo');
}

function findStrip(repository: Repository, workspace: CargoWorkspace, profile: string): { readonly said?: StripLevel; readonly last: string } {
  const details = repository.details.get(workspace.root);
  if (!details) return { last: profile };
  // A configuration file wins over the manifest; the nearest file comes first.
  const tables = [...details.config.files.map((file) => file.table), details.manifest.table];
  const seen = new Set<string>();
  for (let name: string | undefined = profile; name !== undefined && !seen.has(name); name = inherits(tables, name)) {
    seen.add(name);
    const level = stripLevel(firstOf(tables, ['profile', name, 'strip']));
    if (level) return { said: level, last: name };
  }
  return { last: [...seen].at(-1) ?? profile };
}

function inherits(tables: readonly TomlTable[], name: string): string | undefined {
  const said = firstOf(tables, ['profile', name, 'inherits']);
  return typeof said === 'string' ? said : (entryOf(INHERITS, name) as string | undefined);
}

function firstOf(tables: readonly TomlTable[], path: readonly string[]): TomlValue | undefined {
  return tables.map((table) => valueAt(table, path)).find((value) => value !== undefined);
}

function stripLevel(value: TomlValue | undefined): StripLevel | undefined {
  if (value === true || value === 'symbols') return 'symbols';
  if (value === false || value === 'none') return 'none';
  return value === 'debuginfo' ? 'debuginfo' : undefined;
}
