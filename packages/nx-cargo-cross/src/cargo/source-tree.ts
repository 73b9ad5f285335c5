/**
 * The files of a workspace as the pure code sees them. Paths are relative to the Nx workspace root, with `/`, and `''` is the root itself.
 * `system/` gives the real one, `testkit/` one in memory.
 */
export interface SourceTree {
  /** The file's text, or undefined where there is no such file. A file that is there but unreadable gives an `error`. */
  readText(path: string): ReadText | undefined;
  isFile(path: string): boolean;
  /** The names in a directory, sorted; empty where there is none. */
  list(path: string): readonly string[];
  /** The folders and symbolic links in a directory, sorted by name; empty where there is none. */
  foldersAndLinks(path: string): readonly FolderOrLink[];
}

/** An entry of a directory that leads on. */
export interface FolderOrLink {
  readonly name: string;
  /** Where a symbolic link leads, as it is written; undefined for a folder. */
  readonly to: string | undefined;
}


export type ReadText = { readonly text: string } | { readonly error: string };
