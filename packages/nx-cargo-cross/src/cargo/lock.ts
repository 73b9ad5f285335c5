/**
 * Cargo.lock, versions 1 to 4. Source of the format: cargo 1.95, `core/resolver/encode.rs` (its header tells the history).
 */
import { failed, success, type Result } from '../diagnostics/result.js';
import { groupBy } from './group-by.js';
import { locateToml } from './toml-locator.js';
import { entryOf, isTable, parseToml, tableAt, type TomlTable } from './toml.js';

/** A lock file. */
export interface Lock {
  readonly packages: readonly LockPackage[];
  /** By name; several where several versions or sources of a package are used. */
  readonly byName: ReadonlyMap<string, readonly LockPackage[]>;
}

/** One `[[package]]`. */
export interface LockPackage {
  readonly name: string;
  readonly version: string;
  /** Undefined for local packages. */
  readonly source: string | undefined;
  readonly checksum: string | undefined;
  /** As written: `name`, `name version` or `name version (source)`, as much as is needed to be unambiguous. */
  readonly dependencies: readonly string[];
}

/** Parses a lock file. Fails with `lock-unreadable`: a merge conflict left in it, a format of the future, packages without a name. */
export function parseLock(file: string, text: string): Result<Lock> {
  const parsed = parseToml(file, text);
  if (!parsed.ok) {
    const [first] = parsed.failures;
    return failed({
      code: 'lock-unreadable',
      location: 'location' in first && first.location ? first.location : { file },
      message: syntaxMessage(text, first),
    });
  }
  const table = parsed.value;
  const version = entryOf(table, 'version');
  if (version !== undefined && (typeof version !== 'number' || version > 4))
    return unreadable(file, text, ['version'], `its format, version ${String(version)}, is not known`);
  const entries = entryOf(table, 'package') ?? [];
  if (!Array.isArray(entries)) return unreadable(file, text, ['package'], '"package" must be an array of tables');
  // Version 1 kept the root package apart, and all checksums in a table at the end.
  const written = [...(isTable(table['root']) ? [table['root']] : []), ...entries];
  const packages: LockPackage[] = [];
  for (const [index, entry] of written.entries()) {
    const made = isTable(entry) ? makePackage(entry, tableAt(table, ['metadata'])) : undefined;
    if (!made) return unreadable(file, text, ['package', String(index)], 'a [[package]] has no name or no version');
    packages.push(made);
  }
  return success({ packages, byName: groupBy(packages, (found) => found.name) });
}

function makePackage(entry: TomlTable, metadata: TomlTable): LockPackage | undefined {
  const { name, version, source, checksum, dependencies } = entry;
  if (typeof name !== 'string' || typeof version !== 'string') return undefined;
  const from = typeof source === 'string' ? source : undefined;
  const sum = typeof checksum === 'string' ? checksum : entryOf(metadata, `checksum ${name} ${version} (${from ?? ''})`);
  return {
    name,
    version,
    source: from,
    checksum: typeof sum === 'string' ? sum : undefined,
    dependencies: Array.isArray(dependencies) ? dependencies.filter((dependency) => typeof dependency === 'string') : [],
  };
}

/**
 * The packages that one entry of `dependencies` means. One, in a sound lock file; all that fit, where the entry is less exact than it should be; none
 * where it names what the file doesn't have.
 */
export function resolveDependency(lock: Lock, dependency: string): readonly LockPackage[] {
  const [name = '', version, source] = dependency.split(' ');
  return (lock.byName.get(name) ?? []).filter(
    (found) => (version === undefined || found.version === version) && (source === undefined || sameSource(found.source, source.slice(1, -1))),
  );
}

/** The name in an entry of `dependencies`. */
export function dependencyName(dependency: string): string {
  return dependency.split(' ')[0] ?? dependency;
}

/** Entries may leave out the exact revision of a git source (`#abc`), which the package itself has. */
function sameSource(source: string | undefined, asked: string): boolean {
  return source === asked || source?.split('#')[0] === asked.split('#')[0];
}

function unreadable(file: string, text: string, path: readonly string[], message: string): Result<never> {
  return failed({ code: 'lock-unreadable', location: locateToml(file, text, path), message });
}

function syntaxMessage(text: string, failure: object): string {
  if (/^<{7} /m.test(text)) return 'it holds a merge conflict';
  return 'message' in failure && typeof failure.message === 'string' ? failure.message : 'it is not valid TOML';
}
