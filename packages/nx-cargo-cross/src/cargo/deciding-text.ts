/** Everything in a repository that decides what cargo makes of it, as one text: answers of cargo hold for as long as it is the same. */
import type { SourceTree } from './source-tree.js';
import type { Repository } from './workspace-model.js';

/**
 * Manifests, lock files and cargo's configuration as they are written, and the names of the files that cargo finds targets by.
 * @param manifests Cargo.toml files, relative to the repository's root
 */
export function decidingText(manifests: readonly string[], { workspaces, details, packages }: Repository, tree: SourceTree): string {
  const configs = [...details.values()].flatMap(({ config }) => config.files.map(({ file }) => file));
  const files = [...new Set([...manifests, ...workspaces.map(({ lockFile }) => lockFile), ...configs])].sort();
  const found = [...packages.keys()].sort().map((root) => [root, tree.isFile(at(root, 'build.rs')), ...['src', 'src/bin'].map((folder) => tree.list(at(root, folder)))]);
  return `${files.map((file) => `${file}\n${JSON.stringify(tree.readText(file) ?? '')}\n`).join('')}${JSON.stringify(found)}`;
}

function at(root: string, path: string): string {
  return root === '' ? path : `${root}/${path}`;
}
