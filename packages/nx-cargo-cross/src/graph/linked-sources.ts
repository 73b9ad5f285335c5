/**
 * What the symbolic links in a crate's folder lead to. Nx looks behind a link to a file when it hashes, but `nx affected` knows only the path of what changed; behind
 * a link to a folder neither looks (measured with Nx 24.0.6).
 */
import { fileIn, joinPath } from '../cargo/paths.js';
import type { SourceTree } from '../cargo/source-tree.js';

/** The ends of links, relative to the Nx workspace root; undefined for one outside the repository. */
export type LinkedSources = readonly (string | undefined)[];

/** Folders that hold no source, or that another project owns. */
const SKIPPED = /^(\..*|target|node_modules)$/;

/**
 * All below a crate's folder. Of a crate in the root of the repository only `src`: everything else below it is other projects', documents, tools.
 * @param root the crate's folder
 */
export function findLinkedSources(root: string, tree: SourceTree): LinkedSources {
  const found: (string | undefined)[] = [];
  const queue = [root === '' ? 'src' : root];
  for (let folder = queue.pop(); folder !== undefined; folder = queue.pop()) {
    for (const { name, to } of tree.foldersAndLinks(folder)) {
      const path = fileIn(folder, name);
      if (SKIPPED.test(name)) continue;
      if (to !== undefined) found.push(joinPath(folder, to));
      else if (!tree.isFile(fileIn(path, 'Cargo.toml'))) queue.push(path);
    }
  }
  return found;
}

/** Remembers what it found. */
export function makeLinkFinder(tree: SourceTree): (root: string) => LinkedSources {
  const known = new Map<string, LinkedSources>();
  return (root) => {
    const found = known.get(root) ?? findLinkedSources(root, tree);
    known.set(root, found);
    return found;
  };
}
