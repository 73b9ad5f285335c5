/**
 * Installs what the demo and the tests need, and says what and why. Quick when nothing is missing.
 *
 *     node tools/setup.mjs demo|test|compat|bench
 */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FLEET } from './lib/paths.mjs';
import { doctorStep } from './setup/doctor.mjs';
import { fleetModules, nodeModules } from './setup/node-modules.mjs';
import { NODE, nodeVersion } from './setup/node-versions.mjs';
import { plugin } from './setup/plugin.mjs';
import { everyStd, mingw, monodon, zigbuild } from './setup/rivals.mjs';
import { rust, rustEnvironment } from './setup/rust.mjs';
import { walk } from './setup/step.mjs';
import { cmake, git, go, llvm, meson, opensslForArm, ps, strace } from './setup/tools.mjs';
import { everyBackend, everyProgram, webAssembly } from './setup/wishes.mjs';

const BUILDING = [nodeModules, plugin, rust];

const fleet = doctorStep({ id: 'the fleet', why: 'building the demo monorepo, and running its programs', folder: () => FLEET, optional: true });
const backends = doctorStep({ id: 'the backends', why: 'the tests of every backend and platform', folder: everyBackend, env: rustEnvironment });
const programs = doctorStep({ id: 'the programs of the matrix', why: 'what their dependencies start when they are built, and running them', folder: everyProgram, optional: true, env: rustEnvironment });

const wasm = doctorStep({ id: 'WebAssembly', why: 'the builds of the pairs of Nx and Node', folder: webAssembly, env: rustEnvironment });

/** Which steps each entry point needs. What builds need is asked of the doctor; what only the tests need is listed. */
export const STEPS = {
  demo: [...BUILDING, fleetModules, fleet],
  test: [...BUILDING, git, ps, strace, llvm, go, cmake, meson, opensslForArm, backends, programs],
  bench: [...BUILDING, git, everyStd, mingw, zigbuild, monodon],
  compat: [...BUILDING, git, wasm, ...Object.values(NODE).map(nodeVersion)],
};

/**
 * Does what is missing for an entry point.
 * @param {keyof typeof STEPS} purpose
 * @returns {Promise<boolean>} false when something is missing without which nothing can go on
 */
export async function setUp(purpose) {
  const { ok, missing } = await walk(STEPS[purpose], console.log);
  if (ok && missing.length > 0) console.log(`set-up: going on without ${missing.join(', ')}`);
  return ok;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const purpose = process.argv[2] ?? 'test';
  if (!(purpose in STEPS)) {
    console.error(`usage: node tools/setup.mjs ${Object.keys(STEPS).join('|')}`);
    process.exit(2);
  }
  process.exitCode = (await setUp(purpose)) ? 0 : 1;
}
