/** Paths relative to the Nx workspace root, with `/`; `''` is the root itself. Text only: nothing here looks at a disk. */

/**
 * Joins a path onto a directory and takes out `.` and `..`.
 * Returns undefined where the result leaves the repository, or where `path` is absolute.
 */
export function joinPath(directory: string, path: string): string | undefined {
  const forward = path.replaceAll('\\', '/');
  if (forward.startsWith('/') || /^[A-Za-z]:/.test(forward)) return undefined;
  const parts = directory === '' ? [] : directory.split('/');
  for (const part of forward.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

/** The same where paths are relative to the root of a disk, and absolute ones lead somewhere, too. */
export function joinOnDisk(directory: string, path: string): string | undefined {
  const inside = path.replaceAll('\\', '/').replace(/^(?:[A-Za-z]:)?\/+/, '');
  return inside.length === path.length ? joinPath(directory, path) : joinPath('', inside);
}

/** The file of that name in a directory. */
export function fileIn(directory: string, name: string): string {
  return directory === '' ? name : `${directory}/${name}`;
}

/** The directory that holds a file, or the parent of a directory; undefined for the root itself. */
export function parentOf(path: string): string | undefined {
  if (path === '') return undefined;
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether `path` is `directory` or lies below it. */
export function isWithin(path: string, directory: string): boolean {
  return directory === '' || path === directory || path.startsWith(`${directory}/`);
}

/** The directory and all above it, nearest first, the root last. */
export function upwards(directory: string): readonly string[] {
  const found: string[] = [];
  for (let at: string | undefined = directory; at !== undefined; at = parentOf(at)) found.push(at);
  return found;
}

/** Whether a path, or an entry of `inputs`, is git's own: `.git/HEAD`, `../../.git/refs/**`. */
export function isGits(path: string): boolean {
  return /(^|[/\\])\.git([/\\]|$)/.test(path);
}

/** How a file is named from a directory: `../schemas/a.json`. */
export function relativePath(directory: string, path: string): string {
  const from = directory === '' ? [] : directory.split('/');
  const to = path === '' ? [] : path.split('/');
  let common = 0;
  while (common < from.length && common < to.length && from[common] === to[common]) common++;
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/') || '.';
}
