/** Workspaces that want what the tests want, for the doctor to look at. Written into the cache folder; nothing is built in them. */
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../lib/paths.mjs';

const PLUGIN = 'nx-cargo-cross';

/** Every platform by every backend of the build matrix, but for those that a stand-in serves, for a program that has no dependencies. */
export async function everyBackend() {
  const { CELLS } = await import('../../e2e/matrix/cells.mjs');
  const { matrixOptions } = await import('../../e2e/matrix/workspace.mjs');
  const cells = CELLS.filter(({ standIn }) => standIn === undefined);
  return makeWish('backends', matrixOptions(cells), ['plain']);
}

/**
 * Every program of the matrix, C and all, for a platform of each runner: what build scripts start on this machine is the same for all. But for those that want
 * libraries of one platform's system, which the others have not.
 */
export async function everyProgram() {
  const { CELLS } = await import('../../e2e/matrix/cells.mjs');
  const programs = new Set(CELLS.filter(({ files }) => files === undefined).map(({ program }) => program));
  return makeWish('programs', { platforms: ['x86_64-linux-musl', 'aarch64-linux', 'x86_64-windows'], backends: { '*windows*': 'gcc', '*': 'zig' } }, [...programs]);
}

/** What needs no C compiler: for tests that are about Nx. */
export async function webAssembly() {
  return makeWish('webassembly', { platforms: ['wasm32-wasip1'] }, ['plain']);
}

async function makeWish(name, options, only) {
  const { PROGRAMS } = await import('../../e2e/matrix/workspace.mjs');
  const { ensureModules } = await import('../../e2e/rig/template.mjs');
  const modules = ensureModules(console.log);
  const folder = cacheFolder('setup', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  writeFileSync(join(folder, 'nx.json'), `${JSON.stringify({ plugins: [{ plugin: PLUGIN, options }] }, null, 2)}\n`);
  symlinkSync(modules, join(folder, 'node_modules'));
  const isProgram = (entry) => existsSync(join(PROGRAMS, entry, 'Cargo.toml'));
  for (const entry of readdirSync(PROGRAMS)) {
    if (only && isProgram(entry) && !only.includes(entry)) continue;
    cpSync(join(PROGRAMS, entry), join(folder, 'programs', entry), { recursive: true });
  }
  return folder;
}
