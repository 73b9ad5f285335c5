/** How programs of other platforms run on this machine. */
import { spawnSync } from 'node:child_process';
import { closeSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { arch, platform, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { cacheFolder } from '../lib/paths.mjs';
import { capture, which } from '../lib/run.mjs';
import { findWine, randomLibrary } from '../setup/wine.mjs';

const TIMEOUT_MS = 120_000;

/** Debian's libraries of other architectures, for programs that are linked dynamically. */
const QEMU = {
  aarch64: { program: 'qemu-aarch64', root: '/usr/aarch64-linux-gnu' },
  armv7: { program: 'qemu-arm', root: '/usr/arm-linux-gnueabihf' },
};

/**
 * @typedef {{how: string, run: (file: string, args: readonly string[]) => import('../lib/run.mjs').Ran}} Runner
 */

/**
 * @param {string} triple
 * @param {boolean} dynamic  whether the program needs shared libraries of its system
 * @returns {Runner | {why: string}} `why` when it cannot run here
 */
export function runnerFor(triple, dynamic) {
  const [machine] = triple.split('-');
  if (triple.includes('-apple-')) return platform() === 'darwin' ? direct() : { why: 'not here: needs macOS' };
  if (triple.includes('-windows-')) return windows();
  if (!triple.includes('-linux-') || platform() !== 'linux') return { why: 'not here' };
  if (machine === { x64: 'x86_64', arm64: 'aarch64' }[arch()]) return direct();
  return emulated(QEMU[machine], dynamic);
}

/** @returns {Runner} */
function direct() {
  return { how: 'directly', run: (file, args) => capture(file, args, { timeoutMs: TIMEOUT_MS }) };
}

function emulated(row, dynamic) {
  if (!row || !which(row.program)) return { why: `not here: ${row?.program ?? 'no emulator'} is missing` };
  if (dynamic && !existsSync(row.root)) return { why: `not here: ${row.root} is missing` };
  return { how: row.program, run: (file, args) => capture(row.program, [...(dynamic ? ['-L', row.root] : []), file, ...args], { timeoutMs: TIMEOUT_MS }) };
}

function windows() {
  if (platform() === 'win32') return direct();
  const wine = findWine();
  if (!wine) return { why: 'not here: wine is missing' };
  if (!existsSync(randomLibrary)) return { why: 'not here: bcryptprimitives.dll is missing' };
  return { how: 'wine', run: (file, args) => runInWine(wine, file, args) };
}

/** Beside a copy, for the library that wine lacks must lie beside the program, and the output folder is the build's alone. */
function runInWine(wine, file, args) {
  const folder = mkdtempSync(join(tmpdir(), 'nx-cargo-cross-wine-'));
  try {
    const copy = join(folder, basename(file));
    copyFileSync(file, copy);
    copyFileSync(randomLibrary, join(folder, basename(randomLibrary)));
    const prefix = cacheFolder('wine', 'prefix');
    mkdirSync(prefix, { recursive: true });
    const env = { ...process.env, WINEPREFIX: prefix, WINEDEBUG: '-all', WINEDLLOVERRIDES: 'mscoree,mshtml=', DISPLAY: undefined };
    const ran = captureInFiles(wine, [copy, ...args], folder, env);
    return { ...ran, stdout: ran.stdout.replaceAll('\r\n', '\n') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** wine leaves a server behind for some seconds, which would hold a pipe open for as long; a file it may hold. */
function captureInFiles(program, args, folder, env) {
  const [out, err] = ['stdout.txt', 'stderr.txt'].map((name) => join(folder, name));
  const handles = [openSync(out, 'w'), openSync(err, 'w')];
  const { status, error } = spawnSync(program, args, { cwd: folder, env, timeout: TIMEOUT_MS, stdio: ['ignore', ...handles] });
  for (const handle of handles) closeSync(handle);
  const [stdout, stderr] = [out, err].map((file) => readFileSync(file, 'utf8'));
  return { code: error ? 127 : (status ?? 128), stdout, stderr: error ? String(error) : stderr };
}
