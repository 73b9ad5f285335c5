/** Files and their digests. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Every file below a folder, as sorted paths relative to it with `/`. Empty where there is no folder.
 * @param {string} folder
 * @param {(path: string) => boolean} [into] whether to go into a sub-folder
 * @returns {string[]}
 */
export function filesBelow(folder, into = () => true) {
  const found = [];
  const walk = (relative) => {
    for (const entry of readdirSync(join(folder, relative), { withFileTypes: true })) {
      const path = relative ? `${relative}/${entry.name}` : entry.name;
      if (!entry.isDirectory()) found.push(path);
      else if (into(path)) walk(path);
    }
  };
  if (existsSync(folder)) walk('');
  return found.sort();
}

/** One digest over the names and the bytes of files. */
export function digestOf(folder, files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const bytes = readFileSync(join(folder, file));
    hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}
