/** The programs that are measured: published crates, pinned, with the lock files and profiles that they were published with, and two of the fleet's. */
import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { filesBelow } from '../lib/files.mjs';
import { cacheFolder, FLEET } from '../lib/paths.mjs';
import { capture } from '../lib/run.mjs';

/**
 * @typedef {object} Program
 * @property {string} name
 * @property {string} [version]          of the published crate
 * @property {readonly string[]} packages  what is built
 * @property {string} edit               the source file that is changed
 * @property {string} [manifest]         what its user adds to its Cargo.toml
 */

/** By the number of packages that are compiled for Linux, as `cargo tree` counts them: 60, 150 and 400, more or less. @type {readonly Program[]} */
export const PROGRAMS = [
  { name: 'fleet', packages: ['dial', 'vault'], edit: 'crates/ledger/src/format.rs' },
  { name: 'zoxide', version: '0.10.0', packages: ['zoxide'], edit: 'src/main.rs' },
  // What its build script and its sources read besides, as `nx run --fix-inputs` writes it: CI builds nothing under a key that does not hold it.
  { name: 'bat', version: '0.26.1', packages: ['bat'], edit: 'src/bin/bat/main.rs', manifest: '[package.metadata.nx-cargo-cross]\ninputs = ["../.git/HEAD"]\nenv-inputs = ["BAT_SYSTEM_CONFIG_PREFIX", "PROJECT_NAME", "PROJECT_EXECUTABLE", "BAT_ASSETS_GEN_DIR"]\n' },
  { name: 'jj-cli', version: '0.46.0', packages: ['jj-cli'], edit: 'src/main.rs' },
];

/**
 * Puts the sources of a program into a folder, a Cargo workspace of its own, and has cargo download what it is made of.
 * @param {Program} program @param {string} folder @param {Record<string, string>} env
 */
export function putSources(program, folder, env) {
  if (program.version === undefined) cpSync(FLEET, folder, { recursive: true, filter: (path) => !/[\\/](target|dist|node_modules|\.nx|station|web|nx\.json|package(-lock)?\.json)$/.test(path) });
  else cpSync(published(program, env), folder, { recursive: true });
  if (program.manifest) appendFileSync(join(folder, 'Cargo.toml'), `\n${program.manifest}`);
  run('cargo', ['fetch', '--locked', '--manifest-path', join(folder, 'Cargo.toml')], env);
}

/** The published crate, unpacked. Cargo downloads it as a dependency, and knows where its index puts things; it lists no programs as packages, so the folder is looked for. */
function published({ name, version }, env) {
  const kept = cacheFolder('bench', 'sources', `${name}-${version}`);
  if (existsSync(kept)) return kept;
  const asking = cacheFolder('bench', 'asking', `${name}-${version}`);
  mkdirSync(join(asking, 'src'), { recursive: true });
  writeFileSync(join(asking, 'Cargo.toml'), `[package]\nname = "asking"\nversion = "0.0.0"\nedition = "2021"\n\n[dependencies]\n${name} = "=${version}"\n\n[workspace]\n`);
  writeFileSync(join(asking, 'src/lib.rs'), '');
  run('cargo', ['fetch', '--manifest-path', join(asking, 'Cargo.toml')], env);
  const registries = join(env.CARGO_HOME ?? join(homedir(), '.cargo'), 'registry/src');
  const found = readdirSync(registries).map((index) => join(registries, index, `${name}-${version}`)).find((folder) => existsSync(folder));
  if (!found) throw new Error(`cargo fetch ended well, and ${name} ${version} is in no folder of ${registries}.`);
  const fresh = `${kept}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  for (const file of filesBelow(found)) if (file !== '.cargo-ok') cpSync(join(found, file), join(fresh, file));
  // Else cargo takes the package for a member of a workspace that lies above it.
  const manifest = join(fresh, 'Cargo.toml');
  if (!/^\[workspace\]/m.test(readFileSync(manifest, 'utf8'))) appendFileSync(manifest, '\n[workspace]\n');
  rmSync(kept, { recursive: true, force: true });
  renameSync(fresh, kept);
  return kept;
}

function run(program, args, env) {
  const { code, stderr } = capture(program, args, { env });
  if (code !== 0) throw new Error(`${[program, ...args].join(' ')}:\n${stderr}`);
}
