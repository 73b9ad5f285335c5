/** The files of a workspace on disk. Nx asks for its graph synchronously in spirit: these reads are few and small, so they are synchronous. */
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FolderOrLink, ReadText, SourceTree } from '../cargo/source-tree.js';

/** A path of the tree on the disk. Thousands are asked for, so only what leads up is looked through. */
export function placeOf(root: string, path: string): string {
  return path.startsWith('..') ? join(root, path) : `${root}/${path}`;
}

/** The tree below an absolute directory. */
export function makeSourceTree(root: string): SourceTree {
  const at = (path: string): string => placeOf(root, path);
  return {
    readText(path): ReadText | undefined {
      try {
        return { text: readFileSync(at(path), 'utf8') };
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
        return statSync(at(path), { throwIfNoEntry: false })?.isFile() === true;
      } catch {
        return false; // A file where the path has a folder, a folder that may not be entered, links in a circle.
      }
    },
    list(path): readonly string[] {
      try {
        return readdirSync(at(path)).sort();
      } catch {
        return [];
      }
    },
    foldersAndLinks(path): readonly FolderOrLink[] {
      try {
        return readdirSync(at(path), { withFileTypes: true })
          .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
          .map((entry) => ({ name: entry.name, to: entry.isSymbolicLink() ? readlinkSync(join(at(path), entry.name)) : undefined }))
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
