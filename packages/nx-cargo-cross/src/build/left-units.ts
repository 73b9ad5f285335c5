/**
 * What cargo left of the units that it compiled, whether the call went well or not: rustc's dep-info, and what build scripts said.
 * Source: cargo 1.95, `compiler/build_runner/compilation_files.rs`, `compiler/custom_build.rs`, `compiler/fingerprint/mod.rs`.
 */
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { parseDepInfo } from '../cargo/dep-info.js';
import { parseScriptOutput, SCRIPT_WORD } from '../cargo/script-output.js';
import { entryOf, parseToml } from '../cargo/toml.js';
import { canonicalNow, existsNow, isFolderNow, linesWithNow, listNow, readTextNow, stampNow } from '../system/files-now.js';
import type { LeftUnit, NotedReads } from './noted-reads.js';

export interface LeftWhere {
  /** A folder that has cargo's folders of profiles in it, absolute: the target folder for what runs on the machine that builds, or a triple's part of it. */
  readonly tree: string;
  /** The target folder, where build scripts are compiled; absolute. */
  readonly targetDir: string;
  /** Where cargo runs, absolute and without symbolic links: where relative paths in dep-info count from. */
  readonly base: string;
  /** Whether a path is a source of the repository's own. */
  readonly isSource: (path: string) => boolean;
}

/** All units, in the order of their names. Of those that the note has, the files are not read again. */
export function leftUnits(where: LeftWhere, noted: NotedReads): readonly LeftUnit[] {
  const packages = makePackages(where);
  return listNow(where.tree).flatMap((profile) => {
    const folder = join(where.tree, profile);
    const begun = beginnings(folder);
    const scripts = listNow(join(folder, 'build')).map((name) => join(folder, 'build', name));
    return [
      ...listNow(join(folder, 'deps')).flatMap((name) => compiled(where, noted, join(folder, 'deps', name), begun)),
      ...scripts.flatMap((script) => [...listNow(script).flatMap((name) => compiled(where, noted, join(script, name), begun)), ...ran(where, noted, script, packages)]),
    ];
  });
}

/** When cargo began with each unit, by the hash in its name. */
function beginnings(profile: string): ReadonlyMap<string, bigint> {
  const folder = join(profile, '.fingerprint');
  return new Map(
    listNow(folder).flatMap((name): [string, bigint][] => {
      const hash = /-([0-9a-f]{16})$/.exec(name)?.[1];
      const time = hash === undefined ? undefined : stampNow(join(folder, name, 'invoked.timestamp'))?.modified;
      return hash === undefined || time === undefined ? [] : [[hash, time]];
    }),
  );
}

function compiled({ tree, base, isSource }: LeftWhere, noted: NotedReads, note: string, begun: ReadonlyMap<string, bigint>): readonly LeftUnit[] {
  if (!note.endsWith('.d')) return [];
  const times = stampNow(note);
  if (!times) return [];
  const began = begun.get(/-([0-9a-f]{16})\.d$/.exec(note)?.[1] ?? '');
  const made = began !== undefined && began < times.modified ? began : times.modified;
  const name = nameIn(tree, note);
  const known = noted[name];
  const unit = { name, made, isOwn: wasWrittenHere(times), folders: new Map<string, string>() };
  if (known?.made === String(made)) return [{ ...unit, files: Object.keys(known.files), variables: known.variables, sets: [] }];
  const { files, variables } = parseDepInfo(readTextNow(note) ?? '');
  return [{ ...unit, files: sources(files, base, isSource), variables, sets: [] }];
}

/** What was copied or unpacked keeps an older time than that of its last change; two clocks of one file system may be a little apart. */
function wasWrittenHere({ modified, changed }: { readonly modified: bigint; readonly changed: bigint }): boolean {
  return changed - modified < GRAIN;
}

/** In nanoseconds. */
const GRAIN = 2_000_000_000n;

/** A run of a build script. Cargo gives what it said the time at which it was started. */
function ran({ tree, isSource }: LeftWhere, noted: NotedReads, script: string, packages: (name: string) => readonly string[]): readonly LeftUnit[] {
  const note = join(script, 'output');
  const times = stampNow(note);
  if (!times) return [];
  // Written right behind it, and left alone.
  const beside = stampNow(join(script, 'stderr'));
  const unit = { name: nameIn(tree, note), made: times.modified, isOwn: beside !== undefined && wasWrittenHere(beside) };
  const known = noted[unit.name];
  if (known?.made === String(unit.made)) return [{ ...unit, files: Object.keys(known.files), folders: new Map(Object.entries(known.folders).map(([path, { touch }]) => [path, touch])), variables: known.variables, sets: known.sets }];
  const { paths, variables, sets } = parseScriptOutput(linesWithNow(note, SCRIPT_WORD));
  const roots = packages(basename(script).replace(/-[0-9a-f]{16}$/, ''));
  if (paths.length === 0 && variables.length === 0) return [{ ...unit, files: [], folders: new Map(roots.map((root) => [root, join(root, 'Cargo.toml')])), variables, sets }];
  const named = [...new Set((roots.length === 0 ? ['/'] : roots).flatMap((root) => sources(paths, root, isSource)))];
  const folders = named.filter(isFolderNow);
  return [{ ...unit, files: named.filter((path) => !folders.includes(path)), folders: new Map(folders.map((folder) => [folder, folder])), variables, sets }];
}

/** Where the repository's own packages of a name lie, by what their build scripts were compiled from. Several of one name are not told apart here. */
function makePackages({ targetDir, base, isSource }: LeftWhere): (name: string) => readonly string[] {
  let found: Map<string, Set<string>> | undefined;
  const find = (): Map<string, Set<string>> => {
    const all = new Map<string, Set<string>>();
    for (const profile of listNow(targetDir)) {
      for (const unit of listNow(join(targetDir, profile, 'build'))) {
        const folder = join(targetDir, profile, 'build', unit);
        const name = unit.replace(/-[0-9a-f]{16}$/, '');
        const note = listNow(folder).find((file) => file.endsWith('.d'));
        const files = note === undefined ? [] : sources(parseDepInfo(readTextNow(join(folder, note)) ?? '').files, base, isSource);
        for (const root of files.flatMap((file) => packageAbove(file, name) ?? [])) all.set(name, (all.get(name) ?? new Set()).add(root));
      }
    }
    return all;
  };
  return (name) => [...((found ??= find()).get(name) ?? [])];
}

/** The nearest folder above a file whose manifest has the package. */
function packageAbove(file: string, name: string): string | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const manifest = join(folder, 'Cargo.toml');
    if (existsNow(manifest) && packageName(readTextNow(manifest) ?? '') === name) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

function packageName(manifest: string): unknown {
  const parsed = parseToml('Cargo.toml', manifest);
  return parsed.ok ? entryOf(entryOf(parsed.value, 'package'), 'name') : undefined;
}

/** Those that are the repository's own, without symbolic links. Thousands are not: of these the folder tells. */
function sources(paths: readonly string[], base: string, isSource: LeftWhere['isSource']): readonly string[] {
  const folders = new Map<string, boolean>();
  const isNear = (path: string): boolean => {
    const folder = dirname(path);
    const near = folders.get(folder) ?? isSource(join(canonicalNow(folder), 'file'));
    folders.set(folder, near);
    return near;
  };
  const all = paths.map((path) => resolve(base, path)).filter(isNear).map(canonicalNow);
  return [...new Set(all)].filter(isSource);
}

function nameIn(tree: string, path: string): string {
  return relative(tree, path).split(sep).join('/');
}
