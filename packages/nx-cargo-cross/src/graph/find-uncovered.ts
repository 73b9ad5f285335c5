/** What a build read, held against what its key holds. */
import picomatch from 'picomatch';
import { isLibraryVariable, ASK_LIBRARY_VARIABLES } from '../cargo/library-variables.js';
import { decidesNothing } from '../cargo/no-input-variables.js';
import { baseName, fileIn, isGits, joinPath, parentOf, relativePath } from '../cargo/paths.js';
import type { InputLine, Uncovered } from '../diagnostics/uncovered.js';
import type { Triple } from '../platform/triple.js';
import type { KeyContents } from './key-contents.js';
import { ASK_COMMIT } from './written-inputs.js';

/** The package that reads. */
export interface Reader {
  /** `lib 0.1.0`. */
  readonly package: string;
  /** Its folder, relative to the Nx workspace root; undefined for one that is none of the repository's own. */
  readonly root: string | undefined;
  /** rustc for its sources, or its build script. */
  readonly by: 'compiler' | 'script';
}

/** A file, or a path where there is none: then that there is none is what was read. */
export interface FileRead extends Reader {
  /** Relative to the Nx workspace root; absolute where it lies outside. */
  readonly path: string;
  readonly place: 'inside' | 'outside';
  /** git ignores it, and nobody in this build wrote it. */
  readonly ignored: boolean;
}

/** A folder that a build script watches. */
export interface FolderRead extends Reader {
  readonly path: string;
  readonly ignored: boolean;
  /** All below it that Nx can see, relative to the Nx workspace root. */
  readonly files: readonly string[];
}

export interface VariableRead extends Reader {
  readonly name: string;
}

export interface BuildReads {
  readonly files: readonly FileRead[];
  readonly folders: readonly FolderRead[];
  readonly variables: readonly VariableRead[];
}

export interface CoverFacts {
  readonly key: KeyContents;
  /** The folder of the crate that is built. */
  readonly crateRoot: string;
  readonly triple: Triple;
  /** The triple of the machine that builds. */
  readonly host: string;
  /** `inputs` of every local package, as written. */
  readonly written: readonly { readonly root: string; readonly entries: readonly string[]; /** Its `env-inputs`. */ readonly variables: readonly string[] }[];
  /** Variables that cargo's configuration sets whatever the environment says. */
  readonly forced: ReadonlySet<string>;
  /** Where in the sources of a package a text stands: `crates/lib/src/lib.rs:3`. */
  readonly locate: (packageName: string, text: string) => string | undefined;
}

/** What counts by its meaning, through the external node of the task, where a build script watches it: its text does not. */
const BY_MEANING = /(^|\/)(Cargo\.toml|rust-toolchain(\.toml)?|\.cargo\/config(\.toml)?)$/;

/** Everything that was read and is in no key: each thing once for whoever reads it, in the order in which it was read. */
export function findUncovered({ files, folders, variables }: BuildReads, facts: CoverFacts): readonly Uncovered[] {
  const takenOut = userTakesOut(facts);
  const found = [
    ...files.flatMap((read) => judgeFile(read, facts, takenOut) ?? []),
    ...folders.flatMap((read) => judgeFolder(read, facts, takenOut) ?? []),
    ...variables.flatMap((read) => judgeVariable(read, facts) ?? []),
  ];
  return [...new Map(joinFiles(found, facts).map((one) => [JSON.stringify([one.what, one.line, one.line ? '' : one.reader]), one])).values()];
}

function judgeFile(read: FileRead, facts: CoverFacts, takenOut: (path: string) => boolean): Uncovered | undefined {
  const { path, place, ignored, by } = read;
  if (isGits(path)) return judgeCommit(read, facts);
  if (place === 'outside') return { kind: 'outside', what: path, reader: sayReader(read, facts), line: undefined };
  if (takenOut(path)) return undefined;
  if (ignored) return facts.key.ignoredFile(path) ? undefined : { kind: 'ignored', what: path, reader: sayReader(read, facts), line: undefined };
  if (facts.key.file(path) === 'held' || facts.key.ignoredFile(path)) return undefined;
  if (by === 'script' && BY_MEANING.test(path)) return undefined;
  return { kind: 'file', what: path, reader: sayReader(read, facts), line: lineFor(read, path, facts) };
}

/**
 * A folder is covered where every file in it is named by an input. What an input takes out of a package's own files (tests, manifests) is no part of what a script
 * means by its package's folder: it is not named by one that says nothing, either.
 */
function judgeFolder(read: FolderRead, facts: CoverFacts, takenOut: (path: string) => boolean): Uncovered | undefined {
  const { path, files, ignored } = read;
  if (isGits(path)) return judgeCommit(read, facts);
  if (takenOut(fileIn(path, 'x'))) return undefined;
  if (ignored) return facts.key.ignoredFile(fileIn(path, 'x')) ? undefined : { kind: 'ignored', what: path, reader: sayReader(read, facts), line: undefined };
  const named = (file: string): boolean => facts.key.file(file) !== 'absent' || takenOut(file) || BY_MEANING.test(file) || baseName(file) === 'Cargo.lock';
  if ((files.length > 0 ? files : [fileIn(path, 'x')]).every(named)) return undefined;
  return { kind: 'folder', what: path === '' ? '.' : path, reader: sayReader(read, facts), line: lineFor(read, fileIn(path, '**'), facts) };
}

function judgeCommit(read: Reader & { readonly path: string }, facts: CoverFacts): Uncovered | undefined {
  if (facts.key.commands.has(ASK_COMMIT[0])) return undefined;
  return { kind: 'commit', what: read.path, reader: sayReader(read, facts), line: { manifest: manifestOf(read, facts), key: 'inputs', entry: relativePath(read.root ?? facts.crateRoot, '.git/HEAD') } };
}

function judgeVariable(read: VariableRead, facts: CoverFacts): Uncovered | undefined {
  const { name, by } = read;
  const { key } = facts;
  if (key.variables.has(name) || facts.forced.has(name) || (isLibraryVariable(name) && key.commands.has(ASK_LIBRARY_VARIABLES))) return undefined;
  if (decidesNothing(name, by, facts.triple, facts.host)) return undefined;
  return { kind: 'variable', what: name, reader: sayReader(read, facts), line: { manifest: manifestOf(read, facts), key: 'env-inputs', entry: name } };
}

function sayReader(read: Reader & ({ readonly path: string } | { readonly name: string }), { locate }: CoverFacts): string {
  if (read.by === 'script') return `the build script of ${read.package}`;
  return locate(read.package, 'name' in read ? `"${read.name}"` : `${baseName(read.path)}"`) ?? `the sources of ${read.package}`;
}

/** A package of the repository says itself what it reads; for one of a registry, the crate that is built from it says it. */
function manifestOf({ root }: Reader, { crateRoot }: CoverFacts): string {
  return fileIn(root ?? crateRoot, 'Cargo.toml');
}

function lineFor(read: Reader, path: string, facts: CoverFacts): InputLine {
  return { manifest: manifestOf(read, facts), key: 'inputs', entry: relativePath(read.root ?? facts.crateRoot, path) };
}

/** What the options of local packages take out: their word that it does not count. */
function userTakesOut({ written }: CoverFacts): (path: string) => boolean {
  const globs = written.flatMap(({ root, entries }) =>
    entries.flatMap((entry) => {
      const path = entry.startsWith('!') ? joinPath(root, entry.slice(1)) : undefined;
      return path === undefined ? [] : [path, `${path}/**`];
    }),
  );
  return globs.length === 0 ? () => false : picomatch([...globs], { dot: true });
}

/** From how many files of one folder on a line for the folder is better than one for each. */
const MANY = 3;

function joinFiles(found: readonly Uncovered[], facts: CoverFacts): readonly Uncovered[] {
  const folderOf = ({ kind, what, line }: Uncovered): string | undefined => (kind === 'file' && line ? `${line.manifest} ${parentOf(what) ?? ''}` : undefined);
  const sizes = new Map<string, number>();
  for (const one of found) {
    const folder = folderOf(one);
    if (folder !== undefined) sizes.set(folder, (sizes.get(folder) ?? 0) + 1);
  }
  return found.map((one) => {
    const parent = parentOf(one.what) ?? '';
    if (!one.line || (sizes.get(folderOf(one) ?? '') ?? 0) < MANY || parent === '' || facts.key.file(fileIn(parent, 'x')) === 'taken-out') return one;
    return { ...one, kind: 'folder', what: parent, line: { ...one.line, entry: relativePath(parentOf(one.line.manifest) ?? '', fileIn(parent, '**')) } };
  });
}
