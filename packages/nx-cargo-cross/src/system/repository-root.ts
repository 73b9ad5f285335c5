/** Where the repository is that a folder lies in, for commands that are not started by Nx. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The Nx workspace root at or above a folder: the nearest with an nx.json, as Nx itself looks for it. Else the highest folder with a Cargo.toml;
 * undefined where there is neither.
 */
export function findRepositoryRoot(folder: string): string | undefined {
  const above = upwards(folder);
  return above.find((path) => existsSync(join(path, 'nx.json'))) ?? above.findLast((path) => existsSync(join(path, 'Cargo.toml')));
}

function upwards(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...upwards(parent)];
}
