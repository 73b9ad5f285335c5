/** Node modules by the lock file: the repository's own, and the fleet's. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FLEET, ROOT } from '../lib/paths.mjs';
import { command } from './step.mjs';

/** True when the node modules of a folder were installed from its lock file as it is now: npm writes its own note of the tree last. */
export function modulesAreCurrent(folder) {
  try {
    return statSync(join(folder, 'node_modules/.package-lock.json')).mtimeMs >= statSync(join(folder, 'package-lock.json')).mtimeMs;
  } catch {
    return false;
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
