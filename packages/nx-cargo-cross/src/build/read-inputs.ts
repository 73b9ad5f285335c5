/**
 * What one cargo call read, by its own account: rustc's dep-info of the very units that cargo's messages name, and what build scripts told cargo. That is there
 * where nothing had to be compiled, too. Source: cargo 1.95, `compiler/output_depinfo.rs`, `compiler/custom_build.rs`.
 */
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { parseDepInfo } from '../cargo/dep-info.js';
import type { ArtifactMessage, BuildScriptMessage } from '../cargo/messages.js';
import { parseScriptOutput, SCRIPT_WORD } from '../cargo/script-output.js';
import { ASIDE } from '../runner/spec.js';
import { existsNow, linesWithNow, listNow, readTextNow, sameFileNow } from '../system/files-now.js';

/** What a package's compiler, or its build script, read. */
export interface PackageReads {
  /** `lib 0.1.0`. */
  readonly package: string;
  /** The package's folder, absolute. */
  readonly folder: string;
  readonly by: 'compiler' | 'script';
  /** Absolute, as they were named. Of what lies in a package of a registry itself, nothing. */
  readonly paths: readonly string[];
  readonly variables: readonly string[];
  /** Of a script: its OUT_DIR. */
  readonly outDir?: string;
}

export interface CallReads {
  readonly reads: readonly PackageReads[];
  /** Units whose dep-info was not found: `bin app of app 0.1.0`. */
  readonly unread: readonly string[];
}

/**
 * Reads a few hundred small files, one after the other.
 * @param base where cargo ran, absolute and without symbolic links: where relative paths in dep-info count from
 * @param isLocal whether a package's folder is one of the repository's own
 */
export function readInputs(messages: readonly ArtifactMessage[], scripts: readonly BuildScriptMessage[], base: string, isLocal: (folder: string) => boolean): CallReads {
  const reads: PackageReads[] = [];
  const unread: string[] = [];
  const setByScript = new Map<string, Set<string>>();
  for (const { packageId, sets } of scripts) setByScript.set(packageId, new Set([...(setByScript.get(packageId) ?? []), ...sets]));
  const folders = new Map(messages.map(({ packageId, manifestPath }) => [packageId, dirname(manifestPath)]));
  for (const message of messages) {
    const folder = dirname(message.manifestPath);
    const notes = findNotes(message);
    if (notes.length === 0) unread.push(`${message.targetKinds.join('+')} ${message.targetName} of ${message.package}`);
    for (const { files, variables } of notes.map((note) => parseDepInfo(readTextNow(note) ?? ''))) {
      const own = setByScript.get(message.packageId);
      reads.push({
        package: message.package,
        folder,
        by: 'compiler',
        paths: (isLocal(folder) ? files : files.filter(isElsewhere(folder))).map((file) => resolve(base, file)),
        variables: variables.filter((name) => own?.has(name) !== true),
      });
    }
  }
  for (const { package: name, packageId, outDir } of scripts) {
    const folder = folders.get(packageId);
    if (folder === undefined) continue;
    const { paths, variables } = parseScriptOutput(linesWithNow(join(dirname(outDir), 'output'), SCRIPT_WORD));
    // Cargo keeps a script's words as they were said, and in which folder: a layer's were said in another.
    const saidIn = readTextNow(join(dirname(outDir), 'root-output')) ?? outDir;
    const named = paths.map((path) => resolve(folder, path)).map((path) => (path === saidIn || path.startsWith(join(saidIn, '/')) ? join(outDir, relative(saidIn, path)) : path));
    reads.push({ package: name, folder, by: 'script', paths: isLocal(folder) ? named : named.filter((path) => path !== folder && isElsewhere(folder)(path)), variables, outDir });
  }
  return { reads, unread };
}

function isElsewhere(folder: string): (path: string) => boolean {
  const below = join(folder, '/');
  return (path) => !path.startsWith(below);
}

/** The dep-info of the unit that a message tells of. Libraries have its hash in their names; for what cargo hands out under a name without one, by what it is. */
function findNotes({ filenames, targetName, targetKinds }: ArtifactMessage): readonly string[] {
  for (const file of filenames) {
    const unit = /^(.+-[0-9a-f]{16})(?:\.\w+)?$/.exec(basename(file))?.[1];
    if (unit === undefined) continue;
    const found = [unit.replace(/^lib/, ''), unit].map((name) => join(dirname(file), `${name}.d`)).find(existsNow);
    if (found !== undefined) return [found];
  }
  const crate = targetName.replaceAll('-', '_');
  const ofCrate = new RegExp(`^${crate.replace(/[^\w]/g, '\\$&')}(-[0-9a-f]{16})?\\.d$`);
  const isScript = targetKinds.includes('custom-build');
  const folders = [...new Set(filenames.map((file) => (isScript || basename(dirname(file)) === 'deps' ? dirname(file) : join(dirname(file), 'deps'))))];
  const candidates = folders.flatMap((folder) => listNow(folder).flatMap((name) => (ofCrate.test(name) ? [join(folder, name)] : [])));
  // The folder of a build script is its unit's alone.
  return isScript ? candidates : candidates.filter((note) => madeOneOf(note, filenames));
}

function madeOneOf(note: string, filenames: readonly string[]): boolean {
  const { made } = parseDepInfo(readTextNow(note) ?? '');
  return filenames.some((file) => made.some((one) => extname(one) === extname(file) && (sameFileNow(one, file) || sameFileNow(one, `${file}${ASIDE}`))));
}
