/** `nx sync`: keeps the closure files of crates that want one. What they say is known from the graph alone, so no Rust is needed. */
import { createProjectGraphAsync, type Tree } from '@nx/devkit';
import { closureChanges, outOfSync, type SyncAnswer } from './files.js';

export default async function sync(tree: Tree): Promise<SyncAnswer> {
  const graph = await createProjectGraphAsync();
  const projects = Object.values(graph.nodes).map(({ data: { root, targets = {} } }) => ({ root, targets }));
  const changes = closureChanges(projects, (file) => tree.read(file, 'utf8') ?? undefined);
  for (const { file, text } of changes) {
    if (text === undefined) tree.delete(file);
    else tree.write(file, text);
  }
  return outOfSync(changes);
}
