/** The globs of `workspace.members`, expanded over a source tree. Source of the rules: cargo 1.95, `WorkspaceRootConfig::members_paths`. */
import picomatch from 'picomatch';
import { fileIn, joinPath, parentOf } from './paths.js';
import type { SourceTree } from './source-tree.js';

/** Folders that `**` doesn't enter: large, and never a place for members. */
const SKIPPED = new Set(['.git', 'node_modules', 'target']);

/** Whether the entry has glob characters at all. */
export function isMemberGlob(entry: string): boolean {
  return /[*?[]/.test(entry);
}

/**
 * The directories an entry of `members` stands for: the entry itself where it has no glob, else every match that has a manifest.
 * (Cargo refuses a match without a manifest. Here it is passed over: what git ignores, such as a left-over `target`, must not break the graph.)
 * Undefined where the entry leaves the repository.
 */
export function expandMember(root: string, entry: string, tree: SourceTree): readonly string[] | undefined {
  if (!isMemberGlob(entry)) {
    const directory = joinPath(root, entry);
    return directory === undefined ? undefined : [directory];
  }
  let directories: readonly string[] = [root];
  for (const segment of entry.replaceAll('\\', '/').split('/')) {
    directories = directories.flatMap((directory) => expandSegment(directory, segment, tree));
  }
  return [...new Set(directories)].filter((directory) => tree.isFile(fileIn(directory, 'Cargo.toml')));
}

function expandSegment(directory: string, segment: string, tree: SourceTree): readonly string[] {
  if (segment === '' || segment === '.') return [directory];
  if (segment === '..') {
    const parent = parentOf(directory);
    return parent === undefined ? [] : [parent];
  }
  if (segment === '**') return [directory, ...below(directory, tree)];
  if (!isMemberGlob(segment)) return [fileIn(directory, segment)];
  const matches = picomatch(segment, { dot: true, nobrace: true, noextglob: true, nonegate: true });
  return tree
    .list(directory)
    .filter((name) => matches(name))
    .map((name) => fileIn(directory, name));
}

function below(directory: string, tree: SourceTree): readonly string[] {
  return tree.list(directory).flatMap((name) => {
    const child = fileIn(directory, name);
    return SKIPPED.has(name) || tree.isFile(child) ? [] : [child, ...below(child, tree)];
  });
}
