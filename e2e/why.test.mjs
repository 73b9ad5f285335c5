/** `nx-cargo-cross why`: what of a key changed between two runs, with real Nx and cargo. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { e2e } from './rig.mjs';
import { crate } from './rig/crates.mjs';

const PLATFORM = 'x86_64-linux-musl';
const TASK = `app:cross-${PLATFORM}`;
const OPTIONS = { platforms: [PLATFORM], backends: { '*': 'zig' }, profile: 'dev', tests: false };
const DEPENDENCIES = '\n[dependencies]\ndep = "1"\nlib = { path = "../lib" }\n';
const FILES = {
  'Cargo.toml': '[workspace]\nresolver = "3"\nmembers = ["app", "lib", "other"]\n',
  ...crate('app', { main: 'fn main() { println!("{}", lib::answer() + dep::one()); }\n', build: 'fn main() {}\n', manifest: DEPENDENCIES, lock: false }),
  ...crate('lib', { main: '', lib: 'pub fn answer() -> u32 { 41 }\n', lock: false }),
  ...crate('other', { main: '', lib: '', lock: false }),
};

e2e('each change of a key is named, and nothing else', { files: FILES, options: OPTIONS }, async (workspace) => {
  // Packages of a registry, without one: a folder outside of the repository stands in.
  workspace.env.CARGO_HOME = join(workspace.folder, 'cargo-home');
  const publish = (version) => {
    const folder = join(workspace.folder, 'packages', `dep-${version}`);
    mkdirSync(join(folder, 'src'), { recursive: true });
    writeFileSync(join(folder, 'Cargo.toml'), `[package]\nname = "dep"\nversion = "${version}"\nedition = "2021"\n`);
    writeFileSync(join(folder, 'src/lib.rs'), 'pub fn one() -> u32 { 1 }\n');
    writeFileSync(join(folder, '.cargo-checksum.json'), JSON.stringify({ files: {}, package: version.replaceAll('.', '').padEnd(64, '0') }));
    return workspace.lock('.');
  };
  mkdirSync(workspace.env.CARGO_HOME);
  writeFileSync(join(workspace.env.CARGO_HOME, 'config.toml'), `[source.crates-io]\nreplace-with = "here"\n[source.here]\ndirectory = "${join(workspace.folder, 'packages')}"\n`);
  await publish('1.0.0');

  const why = async (...words) => workspace.run(process.execPath, [workspace.path('node_modules/nx-cargo-cross/dist/cli/main.js'), 'why', ...words]);
  const told = async (...words) => JSON.parse((await why(TASK, '--json', ...words)).stdout).tasks[0];
  const changes = async (...words) => (await told(...words)).changes;
  const build = async (env = {}, ...words) => {
    const { code, text } = await workspace.nx(['run', TASK, ...words], { env });
    assert.equal(code, 0, text);
  };

  const before = await why(TASK);
  assert.equal(before.code, 2);
  assert.match(before.stderr, /no record of a run of app:cross-x86_64-linux-musl[^]*npx nx run app:cross-x86_64-linux-musl/);

  await build();
  assert.match((await why(TASK)).stdout, /^app:cross-x86_64-linux-musl  key \d{6}…: there is one recorded run \(built [\d:]+\)\n$/);

  // What no key holds.
  workspace.write({ 'other/src/lib.rs': '// changed\n', 'README.md': 'changed\n' });
  await build();
  assert.match((await why(TASK)).stdout, /^app:cross-x86_64-linux-musl  same key \d{6}… in all 2 recorded runs; the last one was from the local cache [\d:]+\n$/);

  await publish('1.0.1');
  await build();
  assert.deepEqual(await changes(), [{ kind: 'lock package', name: 'dep', from: '1.0.0', to: '1.0.1' }]);

  const env = { CFLAGS_x86_64_unknown_linux_musl: '-O1' };
  await build(env);
  assert.deepEqual(await changes(), [{ kind: 'variable', name: 'CFLAGS_x86_64_unknown_linux_musl', from: 'not set', to: '"-O1"' }]);

  workspace.write({ 'lib/src/lib.rs': 'pub fn answer() -> u32 { 42 }\n', 'lib/src/more.rs': '' });
  await build(env);
  assert.deepEqual(await changes(), [
    { kind: 'file', name: 'lib/src/lib.rs', note: 'changed' },
    { kind: 'file', name: 'lib/src/more.rs', note: 'added' },
  ]);
  const built = (await told()).to.key;

  workspace.write({ 'nx.json': workspace.read('nx.json').replace('"tests"', `"platform": { "${PLATFORM}": { "rustflags": ["-Copt-level=1"] } }, "tests"`) });
  await build(env);
  assert.deepEqual((await changes()).map(({ kind, name, from, to }) => [kind, name, from, to]), [
    ['option', 'rustflags', '[]', '["-Copt-level=1"]'],
    ['nx.json', `plugins.nx-cargo-cross.options.platform.${PLATFORM}.rustflags`, undefined, '["-Copt-level=1"]'],
  ]);

  // A run that is written down is compared with as one that is recorded here.
  const file = join(workspace.folder, 'run.json');
  assert.equal((await why(TASK, '--to', built, '--record', file)).code, 0);
  assert.deepEqual(await changes('--from', file), await changes());
  assert.deepEqual((await changes('--from', '6')).map(({ kind }) => kind), ['lock package', 'option', 'variable', 'file', 'file', 'nx.json']);
  assert.deepEqual((await why('app:cross', '--list')).stdout.match(/\d{6}…  .*/g).map((line) => line.slice(9)), ['built', 'built', 'built', 'built', 'from the local cache', 'built']);

  await build(env, '--skip-nx-cache');
  assert.match((await told()).again, /Nx was told not to look into its cache/);
  assert.equal((await workspace.nx(['reset'])).code, 0);
  await build(env);
  assert.match((await why(TASK)).stdout, /built though this key was good before \([\d:]+\): Nx's cache did not have it any more/);
});
