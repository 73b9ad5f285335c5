/**
 * Why `nx affected` selects a task whose bytes cannot change: Nx matches changed paths, by rules of its own, where keys match what files say. What none of these
 * explains is a mistake of the plugin. Most of what is selected so comes from the cache.
 */
import { CRATES } from './crates.mjs';
import { PROGRAMS, taskOf } from './truth.mjs';

/** The reasons, the narrowest first. */
export const SELECTED = {
  'own file': "Nx selects by a crate's folder: a test, a comment in Cargo.toml, a file's mode.",
  'other platform': '`cross` stands for all platforms of a crate: one of them is to be built, the others come with it.',
  dependency: "A crate that it depends on, whatever for, has a changed file. Nx 24 counts dependencies of the build alone, Nx 22 and 23 dev-dependencies, too.",
  settings: "A lock file, a Cargo.toml, a toolchain file or cargo's configuration above the crate, or above one that it depends on, changed.",
  deleted: 'A manifest or a setting was deleted: Nx then selects all.',
  'nx.json': 'Nx takes all for affected by nx.json.',
};

const SETTINGS = /(^|\/)(Cargo\.(toml|lock)|rust-toolchain(\.toml)?|\.cargo\/config(\.toml)?|project\.json|package\.json)$/;

/**
 * The first reason that holds for a task, or undefined.
 * @param {string} task
 * @param {{rebuilt: readonly string[]}} row
 * @param {{files: readonly string[], deleted: readonly string[]}} changed
 * @returns {keyof typeof SELECTED | undefined}
 */
export function whySelected(task, { rebuilt }, { files, deleted }) {
  const program = PROGRAMS.find((name) => task.startsWith(taskOf(name, '')));
  if (program === undefined) return undefined;
  const others = reached(program);
  const below = (name) => files.some((file) => file.startsWith(`${CRATES[name].at}/`));
  const above = [program, ...others].flatMap((name) => [CRATES[name].at, CRATES[name].cargoWorkspace ?? '']).flatMap(upwards);
  if (below(program)) return 'own file';
  if (rebuilt.some((other) => other.startsWith(taskOf(program, '')))) return 'other platform';
  if (others.some(below)) return 'dependency';
  if (files.some((file) => SETTINGS.test(file) && above.includes(file.replace(SETTINGS, '')))) return 'settings';
  if (deleted.some((file) => SETTINGS.test(file))) return 'deleted';
  return files.includes('nx.json') ? 'nx.json' : undefined;
}

/** Local crates that a program depends on, by whichever kind of dependency. */
function reached(program) {
  const found = new Set([program]);
  for (const name of found) for (const need of CRATES[name].needs ?? []) if (CRATES[need.name]) found.add(need.name);
  found.delete(program);
  return [...found];
}

/** A folder and all that are above it. */
function upwards(folder) {
  return folder === '' ? [''] : [folder, ...upwards(folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : '')];
}
