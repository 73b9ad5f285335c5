/** The declarations of the crates in a link, from the very sources that rustc read for them. */
import { basename, dirname, join } from 'node:path';
import { declarationsOf, type LibraryKey, type PackageDeclarations } from '../backend/apple/declarations.js';
import { sourcesOf, unitOf } from '../cargo/dep-info.js';
import { existsNow, listNow, readTextNow } from '../system/files-now.js';

/**
 * The packages of a link, each with what it declares. A crate is found by its object files or its rlib on the link line; with link-time optimisation
 * rustc leaves most rlibs out, so that the other crates of the closure that were built beside them count too.
 * @param libraries what the line links; packages that name none of it are left out.
 * @param closure names of packages that the crate can reach; undefined where nobody said.
 */
export function readDeclarations(words: readonly string[], libraries: readonly LibraryKey[], closure: ReadonlySet<string> | undefined): readonly PackageDeclarations[] {
  const folders = new Set<string>();
  const notes = new Set<string>();
  for (const word of words) {
    const unit = unitOf(basename(word));
    if (!unit) continue;
    folders.add(dirname(word));
    notes.add(join(dirname(word), unit.notes));
  }
  if (closure) for (const folder of folders) for (const name of listNow(folder)) if (isOfClosure(name, closure)) notes.add(join(folder, name));
  return [...packagesOf([...notes].sort()).values()].flatMap((files) => {
    const sources = [...texts(files)];
    return sources.some((source) => mayName(source, libraries)) ? [declarationsOf(sources)] : [];
  });
}

/** Most packages name none of them, and some of those are large: the text is searched before it is read. */
function mayName(source: string, libraries: readonly LibraryKey[]): boolean {
  return libraries.some((key) => (key.startsWith('framework:') ? new RegExp(`framework=${nameOf(key)}\\b|"${nameOf(key)}"`).test(source) : source.includes(`"${nameOf(key)}"`)));
}

const nameOf = (key: LibraryKey): string => key.slice(key.indexOf(':') + 1);

function isOfClosure(name: string, closure: ReadonlySet<string>): boolean {
  const unit = name.endsWith('.d') ? unitOf(name) : undefined;
  return unit !== undefined && closure.has(unit.crate);
}

/** Sources by package root: the crates of one package, and one crate built twice, are one. A build script speaks for its package. */
function packagesOf(notes: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const packages = new Map<string, Set<string>>();
  for (const note of notes) {
    const sources = sourcesOf(readTextNow(note) ?? '');
    const [first] = sources;
    if (first === undefined) continue;
    const root = packageRoot(first);
    const known = packages.get(root) ?? new Set<string>();
    for (const source of sources) known.add(source);
    known.add(join(root, 'build.rs'));
    packages.set(root, known);
  }
  return packages;
}

function packageRoot(source: string): string {
  for (let folder = dirname(source); ; folder = dirname(folder)) {
    if (existsNow(join(folder, 'Cargo.toml'))) return folder;
    if (dirname(folder) === folder) return dirname(source);
  }
}

function* texts(files: Iterable<string>): Generator<string> {
  for (const file of files) {
    const text = readTextNow(file);
    if (text !== undefined) yield text;
  }
}
