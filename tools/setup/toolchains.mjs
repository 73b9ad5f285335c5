/** Which Rust toolchains are on this machine, and which of them can build for other platforms. Looks only; changes nothing. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { capture, which } from '../lib/run.mjs';

/** The oldest Rust that everything in the fleet compiles with (rusqlite asks for it). */
const MINIMUM = [1, 89];

/** The triples of the fleet's platforms. */
export const TRIPLES = [
  'x86_64-unknown-linux-musl',
  'aarch64-unknown-linux-gnu',
  'aarch64-unknown-linux-musl',
  'armv7-unknown-linux-musleabihf',
  'x86_64-pc-windows-gnu',
  'aarch64-apple-darwin',
];

/**
 * @typedef {object} Toolchain
 * @property {string} label
 * @property {Record<string, string>} env  what makes a child process use it
 * @property {string} [rustup]  its name for rustup, if rustup knows it
 */

/** The toolchain that `cargo` means in a folder. */
export function activeIn(folder) {
  return usable({ label: 'the active toolchain', env: {} }, folder);
}

/** A toolchain of this machine that can build for other platforms, the active one first; undefined when there is none. */
export function findToolchain(folder) {
  return activeIn(folder) ?? others().map((toolchain) => usable(toolchain, folder)).find(Boolean);
}

/** True when rustup stands between `cargo` on the PATH and the toolchains. */
export function hasRustup() {
  return which('rustup') !== undefined;
}

/** Debian's own Rust, whether or not the PATH leads to it. */
export function systemToolchain(folder) {
  return usable({ label: 'the system toolchain in /usr', env: { PATH: `/usr/bin:${process.env.PATH ?? ''}` } }, folder);
}

/** A toolchain of this machine that has the standard library of every one of the triples installed; undefined when there is none. */
export function toolchainWith(triples, folder) {
  const has = ({ env }) => {
    const sysroot = capture('rustc', ['--print', 'sysroot'], { cwd: folder, env, timeoutMs: 20_000 }).stdout.trim();
    return sysroot !== '' && triples.every((triple) => existsSync(join(sysroot, 'lib/rustlib', triple, 'lib')));
  };
  // By name, so that its environment says the same wherever it is used.
  return (hasRustup() ? others() : [{ label: 'the active toolchain', env: {} }]).find(has);
}

function others() {
  const named = hasRustup()
    ? capture('rustup', ['toolchain', 'list', '-q']).stdout.split('\n').map((line) => line.trim().split(' ')[0]).filter(Boolean)
    : [];
  const stable = named.filter((name) => !/nightly|beta/.test(name));
  return stable.map((name) => ({ label: `rustup toolchain ${name}`, env: { RUSTUP_TOOLCHAIN: name }, rustup: name }));
}

/** The toolchain itself when it is new enough and has std for the fleet's triples, or std's sources to make it from; else undefined. */
function usable(toolchain, folder) {
  const options = { cwd: folder, env: toolchain.env, timeoutMs: 20_000 };
  const rustc = toolchain.env.PATH ? which('rustc', toolchain.env.PATH) : 'rustc';
  if (!rustc) return undefined;
  const version = capture(rustc, ['--version'], options).stdout;
  if (!isNewEnough(version)) return undefined;
  const sysroot = capture(rustc, ['--print', 'sysroot'], options).stdout.trim();
  if (!existsSync(join(sysroot, 'bin/cargo'))) return undefined;
  return hasSources(sysroot) || hasStd(sysroot) ? toolchain : undefined;
}

function isNewEnough(version) {
  const [major, minor] = (/^rustc (\d+)\.(\d+)/.exec(version) ?? []).slice(1).map(Number);
  return major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1]);
}

function hasSources(sysroot) {
  return existsSync(join(sysroot, 'lib/rustlib/src/rust/library/std/Cargo.toml'));
}

function hasStd(sysroot) {
  return TRIPLES.every((triple) => existsSync(join(sysroot, 'lib/rustlib', triple, 'lib')));
}
