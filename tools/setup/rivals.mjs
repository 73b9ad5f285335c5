/** What only the measurements need: the programs that ours is held against, and a Rust that has the standard library of every platform. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TRIPLES } from '../bench/platforms.mjs';
import { cacheFolder, ROOT } from '../lib/paths.mjs';
import { capture, which } from '../lib/run.mjs';
import { aptInstall, byHand } from './debian.mjs';
import { command } from './step.mjs';
import { hasRustup, toolchainWith } from './toolchains.mjs';

const ZIGBUILD_VERSION = '0.24.0';
const MONODON = { nx: '22.7.12', '@monodon/rust': '3.0.0' };

/** The folder with cargo-zigbuild's program. */
export const ZIGBUILD = cacheFolder('bench', `cargo-zigbuild-${ZIGBUILD_VERSION}`, 'bin');
/** Nx as @monodon/rust wants it, and itself. */
export const MONODON_MODULES = cacheFolder('bench', `monodon-${MONODON['@monodon/rust']}`, 'node_modules');

/** In the words of a report. */
export const VERSIONS = { 'cargo-zigbuild': ZIGBUILD_VERSION, '@monodon/rust': `${MONODON['@monodon/rust']} with Nx ${MONODON.nx}` };

/** The toolchain of all measurements. */
export function benchToolchain() {
  return toolchainWith(TRIPLES, ROOT);
}

/** @type {import('./step.mjs').Step} */
export const everyStd = {
  id: 'std of every platform',
  what: `a Rust with the standard library of ${TRIPLES.join(', ')}`,
  why: 'measuring builds, and not how std is made',
  required: true,
  check: () => benchToolchain() !== undefined,
  install: () => (hasRustup() ? [command('rustup', ['target', 'add', ...TRIPLES], { cwd: ROOT })] : []),
  byHand: `With rustup: rustup target add ${TRIPLES.join(' ')}`,
};

/** @type {import('./step.mjs').Step} */
export const zigbuild = {
  id: 'cargo-zigbuild',
  what: `cargo-zigbuild ${ZIGBUILD_VERSION}`,
  why: 'measuring against it',
  required: true,
  check: () => existsSync(join(ZIGBUILD, 'cargo-zigbuild')),
  install: () => [command('cargo', ['install', '--locked', '--root', join(ZIGBUILD, '..'), `cargo-zigbuild@${ZIGBUILD_VERSION}`], { cwd: ROOT, env: benchToolchain()?.env })],
  byHand: `cargo install --locked cargo-zigbuild@${ZIGBUILD_VERSION}, and its program into ${ZIGBUILD}`,
};

/** @type {import('./step.mjs').Step} */
export const monodon = {
  id: '@monodon/rust',
  what: `@monodon/rust ${MONODON['@monodon/rust']} with Nx ${MONODON.nx}`,
  why: 'measuring against it',
  required: true,
  check: () => existsSync(join(MONODON_MODULES, '@monodon/rust/package.json')),
  *install() {
    const folder = join(MONODON_MODULES, '..');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ private: true, dependencies: MONODON }, null, 2)}\n`);
    // Its peer is a tool for Node's own native modules, which nothing here uses.
    yield command('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--legacy-peer-deps'], { cwd: folder });
  },
  byHand: `npm install nx@${MONODON.nx} @monodon/rust@${MONODON['@monodon/rust']} in ${join(MONODON_MODULES, '..')}`,
};

/** @type {import('./step.mjs').Step} */
export const mingw = {
  id: 'mingw-w64',
  what: 'gcc for Windows',
  why: 'the linker of the builds by hand',
  required: true,
  check: () => which('x86_64-w64-mingw32-gcc') !== undefined,
  install: () => aptInstall('gcc-mingw-w64-x86-64-posix', 'g++-mingw-w64-x86-64-posix'),
  byHand: byHand('gcc-mingw-w64-x86-64-posix', 'g++-mingw-w64-x86-64-posix'),
};

/** What the versions on this machine say of themselves. */
export function rustVersion() {
  return capture('rustc', ['--version'], { env: benchToolchain()?.env }).stdout.trim();
}
