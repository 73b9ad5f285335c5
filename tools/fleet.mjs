/**
 * Makes the demo monorepo ready: its node modules, and the packed plugin in them. Leaves its committed files as they are.
 *
 *     node tools/fleet.mjs
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FLEET } from './lib/paths.mjs';
import { capture, commandLine } from './lib/run.mjs';
import { pack } from './pack.mjs';
import { installWords, modulesAreCurrent } from './setup/node-modules.mjs';

/** Where the name of the installed tarball, which names its content, is noted; gone with the modules when they are installed anew. */
const NOTE = join(FLEET, 'node_modules/.nx-cargo-cross.installed');

/** Nx as the fleet has it, for `process.execPath`. */
export const FLEET_NX = join(FLEET, 'node_modules/.bin/nx');

/**
 * @param {string} tarball  the packed plugin
 * @param {(line: string) => void} say
 * @returns {{ok: true} | {ok: false, output: string}}
 */
export function installFleet(tarball, say) {
  const npm = (why, args) => {
    say(`missing: ${why} -> installing: ${commandLine('npm', args)} (in e2e/fleet)`);
    const { code, stdout, stderr } = capture('npm', args, { cwd: FLEET });
    return code === 0 ? undefined : { ok: false, output: `npm failed in e2e/fleet:\n${stdout}${stderr}` };
  };
  if (!modulesAreCurrent(FLEET)) {
    const failure = npm('node modules of the fleet (needed for Nx and zig)', installWords(FLEET));
    if (failure) return failure;
  }
  if (installed() !== basename(tarball)) {
    const failure = npm('the packed plugin in the fleet (needed for its cross targets)', ['install', '--no-save', '--no-audit', '--no-fund', '--prefer-offline', tarball]);
    if (failure) return failure;
    // A daemon that runs for the fleet still has the plugin that was there before.
    capture(process.execPath, [FLEET_NX, 'daemon', '--stop'], { cwd: FLEET });
    writeFileSync(NOTE, basename(tarball));
  }
  return { ok: true };
}

function installed() {
  return existsSync(NOTE) && existsSync(join(FLEET, 'node_modules/nx-cargo-cross/package.json')) ? readFileSync(NOTE, 'utf8') : undefined;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const packed = pack();
  const done = packed.ok ? installFleet(packed.tarball, console.log) : packed;
  console.log(done.ok ? 'fleet: ready' : done.output);
  process.exitCode = done.ok ? 0 : 1;
}
