/** A Rust that can build for other platforms. What is on the machine is preferred to what would have to be fetched. */
import { ROOT, FLEET } from '../lib/paths.mjs';
import { capture } from '../lib/run.mjs';
import { aptInstall, byHand } from './debian.mjs';
import { command } from './step.mjs';
import { activeIn, findToolchain, hasRustup, systemToolchain, TRIPLES } from './toolchains.mjs';

const PACKAGES = ['rustc-web', 'cargo-web', 'rust-web-src'];

/**
 * The fleet builds with whatever `cargo` means in its folder, so that a build typed by hand there is the same as one of ours.
 * @type {import('./step.mjs').Step}
 */
export const rust = {
  id: 'rust',
  what: 'Rust 1.89 or newer that can build for other platforms',
  why: 'compiling the crates; it needs the standard library of each platform, or the sources to make it from',
  required: true,
  check: () => activeIn(FLEET) !== undefined,
  *install() {
    yield* adopt(findToolchain(ROOT));
    if (hasRustup()) yield command('rustup', ['target', 'add', ...TRIPLES], { cwd: FLEET });
    for (const action of aptInstall(...PACKAGES)) {
      yield action;
      yield* adopt(systemToolchain(ROOT));
    }
  },
  byHand: `With rustup: rustup component add rust-src. Without: ${byHand(...PACKAGES)}`,
};

/** Makes a toolchain that is on the machine the one of the fleet's folder. */
function* adopt(toolchain) {
  if (!toolchain || !hasRustup()) return;
  const name = toolchain.rustup ?? 'debian';
  if (!toolchain.rustup && toolchain.env.PATH && !isLinked(name)) yield command('rustup', ['toolchain', 'link', name, '/usr']);
  yield command('rustup', ['override', 'set', name, '--path', FLEET]);
}

function isLinked(name) {
  return capture('rustup', ['toolchain', 'list', '-q']).stdout.split('\n').some((line) => line.trim().split(' ')[0] === name);
}

/** The environment that makes `cargo` able to cross-build in any folder, not only in the fleet's. */
export function rustEnvironment() {
  return (findToolchain(ROOT) ?? systemToolchain(ROOT))?.env ?? {};
}
