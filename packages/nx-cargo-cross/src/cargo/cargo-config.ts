/**
 * The `.cargo/config.toml` files that cargo reads when it runs in a directory, as far as they lie in the repository, and what they say for a triple.
 * Source: cargo's reference, "Configuration": nearest file first for single values, lists joined with the nearest file's words last.
 */
import { all, failed, success, type Result } from '../diagnostics/result.js';
import type { KnownTriple } from '../platform/known.js';
import { matchesCfg } from './cfg.js';
import { patchEntries } from './manifest-dependencies.js';
import { fileIn, joinPath, parentOf, upwards } from './paths.js';
import type { SourceTree } from './source-tree.js';
import { entryOf, isTable, parseToml, tableAt, valueAt, type TomlTable } from './toml.js';

/** The configuration files that count in a directory. */
export interface CargoConfig {
  /** Nearest first; behind each what it includes, of several the last first. */
  readonly files: readonly CargoConfigFile[];
  /** What files include, whether it is there or not; undefined for what lies outside the tree. */
  readonly included: readonly (string | undefined)[];
}

export const NO_CONFIG: CargoConfig = { files: [], included: [] };

/** One of them, parsed. */
export interface CargoConfigFile {
  readonly file: string;
  /** The folder above the file's own, which holds `.cargo`: what relative paths in the file start from. */
  readonly directory: string;
  readonly table: TomlTable;
}

/** A single value, and the file that gave it. */
export interface ConfigValue {
  readonly value: string;
  readonly file: string;
  readonly directory: string;
}

/** What the files say for one triple. */
export interface TripleConfig {
  /** `target.<triple>.linker`, else that of a matching `target.'cfg(..)'`. With a `/` in it, relative to `directory`. */
  readonly linker: ConfigValue | undefined;
  /** `target.<triple>.runner`, or that of a matching `target.'cfg(..)'`: whether there is one. */
  readonly hasRunner: boolean;
  /** `target.<triple>.rustflags` and those of every matching `target.'cfg(..)'`, joined as cargo joins them. */
  readonly rustflags: readonly string[];
  /** `build.rustflags`: cargo takes them only where `rustflags` above, and the environment, give none. */
  readonly buildRustflags: readonly string[];
}

/** One entry of `[env]`. */
export interface ConfigEnv {
  readonly name: string;
  readonly value: string;
  /** Wins over the environment. */
  readonly force: boolean;
  /** The folder that the value is relative to, where the entry says `relative = true`. */
  readonly directory: string | undefined;
}

/** The files for a directory, nearest first. Where a folder has both spellings, cargo takes the one without extension. */
export function findCargoConfigs(directory: string, tree: SourceTree): readonly string[] {
  return upwards(directory).flatMap((above) => {
    const [old, current] = [fileIn(above, '.cargo/config'), fileIn(above, '.cargo/config.toml')];
    return tree.isFile(old) ? [old] : tree.isFile(current) ? [current] : [];
  });
}

/**
 * Reads and parses the files, and what they include. Cargo has `include` since 1.94; what is not there is cargo's to tell. Fails with `manifest-syntax` or `file-unreadable`.
 * @param place where a path leads from a folder, in the tree; undefined where that is outside
 */
export function parseCargoConfigs(files: readonly string[], tree: SourceTree, place: typeof joinPath = joinPath): Result<CargoConfig> {
  const included: (string | undefined)[] = [];
  const parse = (file: string, from: readonly string[]): Result<readonly CargoConfigFile[]> => {
    const parsed = parseCargoConfig(file, tree);
    if (!parsed.ok) return parsed;
    const paths = includesOf(parsed.value).map((path) => place(parentOf(file) ?? '', path));
    included.push(...paths);
    // One that includes itself is an error of cargo's.
    const others = paths.filter((path) => path !== undefined && !from.includes(path) && tree.isFile(path)).toReversed();
    const inner = all(others.map((path) => parse(path ?? '', [...from, path ?? ''])));
    return inner.ok ? success([parsed.value, ...inner.value.flat()]) : inner;
  };
  const parsed = all(files.map((file) => parse(file, [file])));
  return parsed.ok ? success({ files: parsed.value.flat(), included }) : parsed;
}

function includesOf({ table }: CargoConfigFile): readonly string[] {
  const written = entryOf(table, 'include');
  return (Array.isArray(written) ? written : []).map((entry) => (isTable(entry) ? entryOf(entry, 'path') : entry)).filter((path) => typeof path === 'string');
}

function parseCargoConfig(file: string, tree: SourceTree): Result<CargoConfigFile> {
  const read = tree.readText(file);
  if (read && 'error' in read) return failed({ code: 'file-unreadable', file, cause: read.error });
  const table = parseToml(file, read?.text ?? '');
  if (!table.ok) return table;
  return success({ file, directory: parentOf(parentOf(file) ?? '') ?? '', table: table.value });
}

/** What the files say for a triple. */
export function selectTripleConfig(config: CargoConfig, facts: KnownTriple): TripleConfig {
  const outermostFirst = config.files.toReversed();
  return {
    linker: firstValue(config, (file) => triplesTables(file, facts).map((table) => entryOf(table, 'linker'))),
    hasRunner: config.files.some((file) => triplesTables(file, facts).some((table) => entryOf(table, 'runner') !== undefined)),
    rustflags: outermostFirst.flatMap((file) => triplesTables(file, facts).flatMap((table) => flagWords(entryOf(table, 'rustflags')))),
    buildRustflags: outermostFirst.flatMap((file) => flagWords(valueAt(file.table, ['build', 'rustflags']))),
  };
}

/** `resolver.lockfile-path`, relative to the folder of its file where it is relative. Cargo has it since 1.97. */
export function selectLockFile(config: CargoConfig): ConfigValue | undefined {
  return firstValue(config, (file) => [valueAt(file.table, ['resolver', 'lockfile-path'])]);
}

/** `build.jobs`: a number or a word, as written. */
export function selectJobs(config: CargoConfig): string | number | undefined {
  return config.files.map((file) => valueAt(file.table, ['build', 'jobs'])).find((jobs) => typeof jobs === 'string' || typeof jobs === 'number');
}

/** `build.target-dir`, relative to the folder of its file where it is relative. */
export function selectTargetDir(config: CargoConfig): ConfigValue | undefined {
  return firstValue(config, (file) => [valueAt(file.table, ['build', 'target-dir'])]);
}

/** `build.rustc-wrapper`; with a `/` in it, relative to `directory`. Empty where a file takes away what another says. */
export function selectRustcWrapper(config: CargoConfig): ConfigValue | undefined {
  return firstValue(config, (file) => [valueAt(file.table, ['build', 'rustc-wrapper'])]);
}

/** `[env]`, each name once: the nearest file's. Sorted by name. */
export function selectConfigEnv(config: CargoConfig): readonly ConfigEnv[] {
  const found = new Map<string, ConfigEnv>();
  for (const { table, directory } of config.files.toReversed()) {
    for (const [name, entry] of Object.entries(tableAt(table, ['env']))) {
      const value = isTable(entry) ? entryOf(entry, 'value') : entry;
      if (typeof value !== 'string') continue;
      found.set(name, { name, value, force: entryOf(entry, 'force') === true, directory: entryOf(entry, 'relative') === true ? directory : undefined });
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The names under `[profile]`: a config file may add to a workspace's profiles, or make new ones. */
export function configProfiles(config: CargoConfig): readonly string[] {
  return config.files.flatMap((file) => Object.keys(tableAt(file.table, ['profile'])));
}

/** Folders of `[patch.*]` entries with a path, relative to the Nx root; undefined where one lies outside the repository. */
export function configPatches(config: CargoConfig): readonly (string | undefined)[] {
  return config.files.flatMap(({ table, directory }) =>
    Object.values(tableAt(table, ['patch']))
      .filter(isTable)
      .flatMap(patchEntries)
      .map(({ path }) => joinPath(directory, path)),
  );
}

/** Folders of `paths`, which stand in for packages without a word of it in the lock file. As {@link configPatches}. */
export function configPathOverrides(config: CargoConfig): readonly (string | undefined)[] {
  return config.files.flatMap(({ table, directory }) => {
    const paths = entryOf(table, 'paths');
    return Array.isArray(paths) ? paths.filter((path) => typeof path === 'string').map((path) => joinPath(directory, path)) : [];
  });
}

/** Folders of `[source.*] directory` inside the repository. */
export function vendorFolders(config: CargoConfig): readonly string[] {
  return config.files.flatMap(({ table, directory }) =>
    Object.values(tableAt(table, ['source'])).flatMap((source) => {
      const written = entryOf(source, 'directory');
      return typeof written === 'string' ? (joinPath(directory, written) ?? []) : [];
    }),
  );
}

/** The triple's own table first, then those of `cfg(..)` in the file's order. */
function triplesTables({ table }: CargoConfigFile, facts: KnownTriple): readonly TomlTable[] {
  const targets = tableAt(table, ['target']);
  const byCfg = Object.keys(targets).filter((key) => key.startsWith('cfg(') && matchesCfg(key, facts));
  return [facts.triple, ...byCfg].map((key) => tableAt(targets, [key]));
}

function firstValue(config: CargoConfig, select: (file: CargoConfigFile) => readonly unknown[]): ConfigValue | undefined {
  for (const file of config.files) {
    for (const value of select(file)) {
      if (typeof value === 'string') return { value, file: file.file, directory: file.directory };
    }
  }
  return undefined;
}

/** Flags as cargo reads them: a list of words, or one text split at white space. */
function flagWords(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.split(/\s+/).filter(Boolean);
  return Array.isArray(value) ? value.filter((word) => typeof word === 'string') : [];
}
