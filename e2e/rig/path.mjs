/** A PATH on which some programs are not to be found. */
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Folders that hold one of the programs are replaced by a folder of links to all else in them.
 * @param {import('./workspace.mjs').Workspace} workspace
 * @param {readonly string[]} programs
 */
export function pathWithout(workspace, programs) {
  const folders = workspace.env.PATH.split(delimiter).filter((folder) => folder && existsSync(folder));
  return folders
    .map((folder, index) => {
      const names = readdirSync(folder);
      if (!names.some((name) => programs.includes(name))) return folder;
      const copy = join(workspace.folder, `path-${index}`);
      mkdirSync(copy, { recursive: true });
      for (const name of names) if (!programs.includes(name)) symlinkSync(join(folder, name), join(copy, name));
      return copy;
    })
    .join(delimiter);
}

/** Everything on the PATH that compiles or links C: what a machine for Rust alone has not. */
export function compilersOnPath(workspace) {
  const compiler = /(^|-)(gcc|g\+\+|cc|c\+\+|cpp|clang|clang\+\+|tcc|ld|ld\.(bfd|gold|lld)|lld|zig|as)(-(\d[\d.]*|posix|win32))*$/;
  const folders = workspace.env.PATH.split(delimiter).filter((folder) => folder && existsSync(folder));
  return [...new Set(folders.flatMap((folder) => readdirSync(folder)).filter((name) => compiler.test(name)))];
}
