/** Other versions of Node, for the tests of the pairs of Nx and Node: from npm, into the cache folder. */
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder } from '../lib/paths.mjs';
import { command } from './step.mjs';

/** Node's majors that `engines` allows, each by its newest version. */
export const NODE = { 20: '20.20.2', 22: '22.23.3', 24: '24.21.0' };

const PACKAGE = `node-${process.platform}-${process.arch}`;

/** The program of a version: the one that runs this, or one in the cache folder. */
export function nodeProgram(version) {
  return process.version === `v${version}` ? process.execPath : cacheFolder('node', version, 'bin', 'node');
}

/** @param {string} version @returns {import('./step.mjs').Step} */
export function nodeVersion(version) {
  return {
    id: `Node ${version}`,
    what: `Node ${version}`,
    why: 'the tests of the pairs of Nx and Node',
    required: false,
    check: () => existsSync(nodeProgram(version)),
    *install() {
      const fresh = cacheFolder('node', `${version}.${process.pid}`);
      mkdirSync(fresh, { recursive: true });
      writeFileSync(join(fresh, 'package.json'), '{ "private": true }\n');
      const install = command('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', `${PACKAGE}@${version}`], { cwd: fresh });
      yield { label: install.label, run: async () => (await install.run()) && keepProgram(fresh, version) };
    },
    byHand: `Put its program at ${nodeProgram(version)}.`,
  };
}

/** Of 190 MB all but the program is headers and documents. */
function keepProgram(fresh, version) {
  const program = nodeProgram(version);
  mkdirSync(dirname(program), { recursive: true });
  renameSync(join(fresh, 'node_modules', PACKAGE, 'bin', 'node'), program);
  rmSync(fresh, { recursive: true, force: true });
  return true;
}
