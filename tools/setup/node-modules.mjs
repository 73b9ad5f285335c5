/** Node modules by the lock file: the repository's own, and the fleet's. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FLEET, ROOT } from '../lib/paths.mjs';
import { command } from './step.mjs';

/**
 * True when the node modules of a folder are what its lock file says: by content, since npm leaves its own note of the tree (`.package-lock.json`) alone,
 * date and all, when a changed lock file asks for nothing new.
 */
export function modulesAreCurrent(folder) {
  const [locked, installed] = ['package-lock.json', 'node_modules/.package-lock.json'].map((file) => readPackages(join(folder, file)));
  return locked !== undefined && installed !== undefined && isInstalled(locked, installed);
}

/** Whether all that a lock file asks for is there as it asks. Optional packages of other systems need not be; more may be, as the fleet's plugin. */
export function isInstalled(locked, installed) {
  return Object.entries(locked).every(([path, { version, integrity, optional, devOptional }]) => {
    const found = installed[path];
    return found ? found.version === version && found.integrity === integrity : path === '' || optional === true || devOptional === true;
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/**
 * npm's words to install what the lock file says. `npm ci` wants the lock to name the optional packages of every other system, too; a lock that was
 * made where those cannot be had doesn't, and then `install --no-save` does the same without complaint. Neither changes the lock.
 */
export function installWords(folder) {
  const words = isComplete(JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'))) ? ['ci'] : ['install', '--no-save'];
  return [...words, '--no-audit', '--no-fund', '--prefer-offline'];
}

function isComplete({ packages }) {
  const names = new Set(Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)));
  return Object.values(packages).every(({ optionalDependencies = {} }) => Object.keys(optionalDependencies).every((name) => names.has(name)));
}

/** @type {import('./step.mjs').Step} */
export const nodeModules = {
  id: 'node modules',
  what: 'node modules',
  why: 'everything else: TypeScript, Jest and Nx',
  required: true,
  check: () => modulesAreCurrent(ROOT),
  install: () => [command('npm', installWords(ROOT), { cwd: ROOT })],
  byHand: 'Run: npm install --no-save',
};

/** @type {import('./step.mjs').Step} */
export const fleetModules = {
  id: 'node modules of the fleet',
  what: 'node modules of the demo monorepo',
  why: 'Nx and zig there',
  required: true,
  check: () => modulesAreCurrent(FLEET),
  install: () => [command('npm', installWords(FLEET), { cwd: FLEET })],
  byHand: 'Run: npm install --no-save (in e2e/fleet)',
};
