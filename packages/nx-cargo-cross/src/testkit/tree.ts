/** Source trees in memory. */
import type { SourceTree } from '../cargo/source-tree.js';

/** Files by path. Empty directories don't exist, as in git. A text of `UNREADABLE` stands for a file that cannot be read. */
export type Files = Readonly<Record<string, string>>;

/** The text of a file that cannot be read. */
export const UNREADABLE = '\0unreadable';

/** The text of a file that is a symbolic link. */
export const linkTo = (path: string): string => `\0link ${path}`;

/** A tree of the given files. */
export function aTree(files: Files): SourceTree {
  const paths = Object.keys(files);
  return {
    readText(path) {
      const text = files[path];
      if (text === UNREADABLE) return { error: 'EACCES: permission denied' };
      return text === undefined ? undefined : { text };
    },
    isFile: (path) => files[path] !== undefined,
    list(path) {
      const prefix = path === '' ? '' : `${path}/`;
      const names = paths.filter((file) => file.startsWith(prefix)).map((file) => file.slice(prefix.length).split('/')[0] ?? '');
      return [...new Set(names)].sort();
    },
    foldersAndLinks(path) {
      const prefix = path === '' ? '' : `${path}/`;
      const below = paths.filter((file) => file.startsWith(prefix)).map((file) => file.slice(prefix.length));
      const folders = new Set(below.filter((file) => file.includes('/')).map((file) => file.split('/')[0] ?? ''));
      const links = below.filter((file) => !file.includes('/') && files[`${prefix}${file}`]?.startsWith('\0link '));
      return [...[...folders].map((name) => ({ name, to: undefined })), ...links.map((name) => ({ name, to: files[`${prefix}${name}`]?.slice('\0link '.length) }))].sort((a, b) => (a.name < b.name ? -1 : 1));
    },
  };
}

/** The Cargo.toml files among files: what Nx would hand to the plugin. It never looks above its root. */
export function manifestsOf(files: Files): readonly string[] {
  return Object.keys(files).filter((file) => !file.startsWith('../') && (file === 'Cargo.toml' || file.endsWith('/Cargo.toml')));
}
