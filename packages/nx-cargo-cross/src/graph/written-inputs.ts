/**
 * What the options of packages name besides their own files: `inputs` and `env-inputs`. A package that reads something says so itself, and it counts for every
 * crate that is built from it.
 */
import type { LocalPackage } from '../cargo/local-package.js';
import { sortedSet } from '../cargo/order.js';
import { isGits, joinPath } from '../cargo/paths.js';
import { valueAt } from '../cargo/toml.js';
import { METADATA_KEY } from '../cargo/workspace-model.js';
import type { NxInput } from './nx-shapes.js';

/**
 * What tells a commit from the next, by git itself: Nx sees no file of git's. A failure is an answer too, in a checkout that is none.
 * `--dirty` because what asks for the commit mostly asks for that as well.
 */
export const ASK_COMMIT = ['git describe --always --tags --long --dirty --abbrev=40', 'git rev-parse --abbrev-ref HEAD'] as const;

/**
 * `inputs`, as Nx's inputs: relative to their package, but free to name what lies in other projects. A folder stands for all below it.
 * @param crateRoot of the crate that is built: what it excludes counts for all that is named here; what a dependency excludes, for its own folder alone,
 *   where `sources.ts` takes it out
 */
export function writtenFiles(packages: readonly LocalPackage[], crateRoot: string): readonly NxInput[] {
  const named = packages.flatMap((found) => writtenEntries(found).map((written) => ({ root: found.root, written })));
  const counting = named.filter(({ root, written }) => root === crateRoot || !written.startsWith('!'));
  const files = counting.filter(({ written }) => !isGits(written)).flatMap(({ root, written }) => globsOf(root, written));
  const commit = counting.some(({ written }) => isGits(written) && !written.startsWith('!'));
  return [...new Set(files), ...(commit ? ASK_COMMIT.map((runtime) => ({ runtime })) : [])];
}

function globsOf(root: string, written: string): readonly string[] {
  const negated = written.startsWith('!');
  const path = joinPath(root, negated ? written.slice(1) : written);
  if (path === undefined) return [];
  const globs = /[*?[{]/.test(path) ? [path] : [path, `${path}/**/*`];
  return globs.map((glob) => `${negated ? '!' : ''}{workspaceRoot}/${glob}`);
}

/** `inputs` of one package, as written. */
export function writtenEntries(found: LocalPackage): readonly string[] {
  return listOf(found, 'inputs');
}

/** The names of `env-inputs`, sorted. */
export function writtenVariables(packages: readonly LocalPackage[]): readonly string[] {
  return sortedSet(packages.flatMap((found) => listOf(found, 'env-inputs')));
}

/** Most packages say nothing, and all of a closure are asked. */
const said = new WeakMap<LocalPackage, Readonly<Record<string, readonly string[]>>>();

/** A list of the package's options. What is wrong in them is told where they are resolved; a package that is no crate of the repository has no targets. */
function listOf(found: LocalPackage, key: 'inputs' | 'env-inputs'): readonly string[] {
  const known = said.get(found) ?? { inputs: readList(found, 'inputs'), 'env-inputs': readList(found, 'env-inputs') };
  said.set(found, known);
  return known[key] ?? [];
}

function readList({ manifest }: LocalPackage, key: string): readonly string[] {
  const value = valueAt(manifest.table, ['package', 'metadata', METADATA_KEY, key]);
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
