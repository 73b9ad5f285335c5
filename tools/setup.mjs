/**
 * Installs what the demo and the tests need, and says what and why. Quick when nothing is missing.
 *
 *     node tools/setup.mjs demo|test
 */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeModules } from './setup/node-modules.mjs';
import { rust } from './setup/rust.mjs';
import { walk } from './setup/step.mjs';
import { cc, cmake, gccArm, gccArmhf, git, go, llvm, mingw, perlAndMake, ps, qemu } from './setup/tools.mjs';
import { wine } from './setup/wine.mjs';

const BUILDING = [nodeModules, cc, rust, perlAndMake, mingw];
const RUNNING = [qemu, wine];

/** Which steps each entry point needs. */
export const STEPS = {
  demo: [...BUILDING, ...RUNNING],
  test: [...BUILDING, ...RUNNING, gccArm, gccArmhf, go, cmake, llvm, git, ps],
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
