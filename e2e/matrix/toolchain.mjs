/** The Rust that builds a cell: rustup's where it has std for the triple or can fetch it, else the one that the tests build with. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from '../../tools/lib/run.mjs';
import { hasRustup } from '../../tools/setup/toolchains.mjs';
import { rustEnvironment } from '../../tools/setup/rust.mjs';
import { tripleOf } from './triples.mjs';

/** @typedef {{env: Record<string, string>, label: string}} Toolchain */

let stable;

/**
 * @param {import('./cells.mjs').Cell} cell
 * @returns {Toolchain}
 */
export function toolchainFor(cell) {
  const triple = tripleOf(cell.platform);
  stable ??= findStable();
  if (stable && hasStd(stable, triple)) return { env: { RUSTUP_TOOLCHAIN: stable.name }, label: stable.name };
  return { env: rustEnvironment(), label: 'the system' };
}

function findStable() {
  if (!hasRustup()) return undefined;
  const name = capture('rustup', ['toolchain', 'list', '-q']).stdout.split('\n').find((line) => /^stable\b|^\d+\.\d+\.\d+-/.test(line));
  const sysroot = name && capture('rustc', [`+${name}`, '--print', 'sysroot']).stdout.trim();
  return sysroot ? { name, sysroot, refused: new Set() } : undefined;
}

function hasStd({ name, sysroot, refused }, triple) {
  const there = () => existsSync(join(sysroot, 'lib/rustlib', triple, 'lib'));
  if (there()) return true;
  if (refused.has(triple)) return false;
  const { code } = capture('rustup', ['target', 'add', '--toolchain', name, triple], { timeoutMs: 120_000 });
  if (code !== 0) refused.add(triple);
  return there();
}
