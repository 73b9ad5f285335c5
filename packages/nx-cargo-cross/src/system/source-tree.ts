/** The files of a workspace on disk. Nx asks for its graph synchronously in spirit: these reads are few and small, so they are synchronous. */
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FolderOrLink, ReadText, SourceTree } from '../cargo/source-tree.js';

/** The tree below an absolute directory. */
export function makeSourceTree(root: string): SourceTree {
  return {
    readText(path): ReadText | undefined {
      try {
        return { text: readFileSync(join(root, path), 'utf8') };
      } catch (error) {
        return isAbsence(error)
          ? undefined
          : {
              error: String(error)
                .replace(/^Error: /, '')
                .replace(`${root}/`, ''),
            };
      }
    },
    isFile(path): boolean {
      try {
        return statSync(join(root, path), { throwIfNoEntry: false })?.isFile() === true;
      } catch {
        return false; // A file where the path has a folder, a folder that may not be entered, links in a circle.
      }
    },
    list(path): readonly string[] {
      try {
        return readdirSync(join(root, path)).sort();
      } catch {
        return [];
      }
    },
    foldersAndLinks(path): readonly FolderOrLink[] {
      try {
        return readdirSync(join(root, path), { withFileTypes: true })
          .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
          .map((entry) => ({ name: entry.name, to: entry.isSymbolicLink() ? readlinkSync(join(root, path, entry.name)) : undefined }))
          .sort((a, b) => (a.name < b.name ? -1 : 1));
      } catch {
        return [];
      }
    },
  };
}

/** A directory under a file's name is no such file, just as nothing at all is. */
function isAbsence(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(String(error.code));
}

/** A tree that notes what it was asked and what it answered. */
export interface RecordedTree extends SourceTree {
  /** Whether another tree (or the same one, later) gives all the answers again that this one gave. */
  stillTrue(now: SourceTree): boolean;
}

/** Wraps a tree, so that a result made from it can be kept for as long as everything it was made from stays the same. */
export function recordTree(tree: SourceTree): RecordedTree {
  const texts = new Map<string, ReadText | undefined>();
  const files = new Map<string, boolean>();
  const lists = new Map<string, readonly string[]>();
  const folders = new Map<string, readonly FolderOrLink[]>();
  return {
    readText: (path) => remember(texts, path, () => tree.readText(path)),
    isFile: (path) => remember(files, path, () => tree.isFile(path)),
    list: (path) => remember(lists, path, () => tree.list(path)),
    foldersAndLinks: (path) => remember(folders, path, () => tree.foldersAndLinks(path)),
    stillTrue: (now) =>
      [...texts].every(([path, answer]) => sameText(answer, now.readText(path))) &&
      [...files].every(([path, answer]) => answer === now.isFile(path)) &&
      [...lists].every(([path, answer]) => answer.join('\0') === now.list(path).join('\0')) &&
      [...folders].every(([path, answer]) => JSON.stringify(answer) === JSON.stringify(now.foldersAndLinks(path))),
  };
}

function remember<T>(known: Map<string, T>, path: string, ask: () => T): T {
  if (known.has(path)) return known.get(path) as T;
  const answer = ask();
  known.set(path, answer);
  return answer;
}

function sameText(a: ReadText | undefined, b: ReadText | undefined): boolean {
  if (!a || !b) return a === b;
  return 'text' in a ? 'text' in b && a.text === b.text : 'error' in b && a.error === b.error;
}
