/**
 * The committed file of one crate that says, target by target, what its build is made from besides sources: `cross-closure.json`, kept by `nx sync`. It holds digests of
 * what the closure node holds, but for the plugin's own version, of which files count, and of where the artifacts go. Nx matches the paths of
 * a change, so by itself it selects every crate below a changed Cargo.lock; where this file is right, a target names it in the place of the lock file, the manifests and
 * the settings above it. Where it is not right, the target names those, as it does without the file: what nobody synced is selected once too often, never too seldom.
 */
import { fileIn } from '../cargo/paths.js';
import type { SourceTree } from '../cargo/source-tree.js';
import type { NxInput } from './nx-shapes.js';

export const CLOSURE_FILE = 'cross-closure.json';

/** Nx's name for the generator that keeps the files. */
export const SYNC_GENERATOR = 'nx-cargo-cross:sync';

/** What a target's metadata say of it; Nx hashes no metadata. */
export interface ClosureEntry {
  /** Relative to the Nx workspace root. */
  readonly file: string;
  readonly key: string;
  readonly digest: string;
  /** Whether the file says this digest. */
  readonly current: boolean;
}

/** Gives each target of a crate its entry; undefined where the crate's options want no such file, and then nobody asks for the digest. */
export type EntryOf = (target: string, digestOf: () => string) => ClosureEntry | undefined;

/** Reads a crate's file. What cannot be read says nothing. */
export function readClosureFile(root: string, tree: SourceTree, wanted: boolean): EntryOf {
  if (!wanted) return () => undefined;
  const file = fileIn(root, CLOSURE_FILE);
  const read = tree.readText(file);
  const said = read && 'text' in read ? parseClosureFile(read.text) : {};
  return (target, digestOf) => {
    const [key, digest] = [closureKey(target), digestOf()];
    return { file, key, digest, current: said[key] === digest };
  };
}

/** The digests by key; none where the text is no such file, as in the middle of a merge. */
export function parseClosureFile(text: string): Readonly<Record<string, unknown>> {
  try {
    const found = (JSON.parse(text) as { readonly targets?: unknown } | null)?.targets;
    return typeof found === 'object' && found !== null ? (found as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}

/** The file's text. One line per target, so that two changes of one target are a conflict for git, and of two targets none. */
export function renderClosureFile(entries: readonly Pick<ClosureEntry, 'key' | 'digest'>[]): string {
  const sorted = [...entries].sort((a, b) => (a.key < b.key ? -1 : 1));
  return `${JSON.stringify({ about: 'Kept by `npx nx sync`, for nx affected. After a conflict: npx nx sync.', targets: Object.fromEntries(sorted.map(({ key, digest }) => [key, digest])) }, null, 2)}\n`;
}

/** By which Nx knows that a target's line of the file changed. */
export function closureInputs({ key }: ClosureEntry): readonly NxInput[] {
  return [{ json: `{projectRoot}/${CLOSURE_FILE}`, fields: [`targets.${key}`] }];
}

/** Not right: what is built so is no entry of a cache, so that it cannot go unnoticed from then on. */
export function isStale(entry: ClosureEntry | undefined): entry is ClosureEntry {
  return entry?.current === false;
}

/** What makes Nx look after the file before it runs a target. */
export function syncedBy(entry: ClosureEntry | undefined): { readonly syncGenerators?: readonly string[] } {
  return entry ? { syncGenerators: [SYNC_GENERATOR] } : {};
}

/** Nx reads dots in the names of fields as steps down. Two targets that share a key are never right both, and so are selected as without the file. */
function closureKey(target: string): string {
  return target.replaceAll('.', '_');
}
