/** What git says of files. Where there is no git, or no repository, it says nothing. */
import { attempt, filesBelow } from './files.js';
import { existsNow } from './files-now.js';
import { join, relative, sep } from 'node:path';
import type { System } from './system.js';

/** Paths in one call: no system's limit for a command line is near. */
const AT_ONCE = 300;

/**
 * Those of the paths that .gitignore and its like, or .nxignore, take out of Nx's sight, whether they are committed or not (Nx 24.0.6: by the rules alone).
 * @param paths relative to the root, without symbolic links in them
 */
export async function ignoredPaths(system: Pick<System, 'capture' | 'env'>, root: string, paths: readonly string[]): Promise<ReadonlySet<string>> {
  const ignored = new Set(paths.filter((path) => /(^|\/)node_modules\//.test(path)));
  const nxIgnore = existsNow(join(root, '.nxignore')) ? ['-c', `core.excludesFile=${join(root, '.nxignore')}`] : [];
  for (let from = 0; from < paths.length; from += AT_ONCE) {
    const args = ['-c', 'core.quotePath=off', ...nxIgnore, 'check-ignore', '--no-index', '--', ...paths.slice(from, from + AT_ONCE)];
    const { stdout, exitCode } = await system.capture({ command: 'git', args, cwd: root, env: system.env });
    if (exitCode === 0) for (const line of stdout.split('\n')) ignored.add(line);
  }
  return ignored;
}

/** The files below a folder that git does not ignore, relative to the root; all of them where git does not say. */
export async function visibleFiles(system: Pick<System, 'capture' | 'env'>, root: string, folder: string): Promise<readonly string[]> {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', folder === '' ? '.' : folder];
  const { stdout, exitCode } = await system.capture({ command: 'git', args, cwd: root, env: system.env });
  if (exitCode === 0) return stdout.split('\0').filter((path) => path !== '' && existsNow(join(root, path)));
  const below = await attempt(() => filesBelow(join(root, folder)));
  return (below.ok ? below.value : []).map(({ path }) => relative(root, path).split(sep).join('/'));
}
