/** What Nx knows of Cargo crates: projects, targets, edges, and errors that say where. */
import assert from 'node:assert/strict';
import { e2e } from './rig.mjs';
import { crate, lockOf } from './rig/crates.mjs';

const OPTIONS = { platforms: ['x86_64-linux-musl', 'aarch64-linux'] };

const WORKSPACE = {
  'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["crates/*"]\nexclude = ["alone"]\n\n[workspace.package]\nversion = "0.1.0"\nedition = "2021"\n',
  'Cargo.lock': lockOf(['app', 'shared']).replace('name = "app"\nversion = "0.1.0"\n', 'name = "app"\nversion = "0.1.0"\ndependencies = [\n "shared",\n]\n'),
  'crates/app/Cargo.toml': '[package]\nname = "app"\nversion.workspace = true\nedition.workspace = true\n\n[dependencies]\nshared = { path = "../shared" }\n',
  'crates/app/src/main.rs': 'fn main() { println!("{}", shared::word()); }\n',
  'crates/shared/Cargo.toml': '[package]\nname = "shared"\nversion.workspace = true\nedition.workspace = true\n',
  'crates/shared/src/lib.rs': 'pub fn word() -> &\'static str { "shared" }\n',
  ...crate('alone'),
  ...crate('plugin', { main: '', lib: '', manifest: '[workspace]\n\n[lib]\ncrate-type = ["cdylib"]\n' }),
};

e2e('crates become projects, with a target per platform and one for all', { files: WORKSPACE, options: OPTIONS }, async (workspace) => {
  const shown = await workspace.nx(['show', 'projects', '--json']);
  assert.equal(shown.code, 0, shown.stderr);
  const projects = JSON.parse(shown.stdout);
  for (const name of ['app', 'shared', 'alone', 'plugin']) assert.ok(projects.includes(name), `${name} in ${shown.stdout}`);
  for (const [name, targets] of [
    ['app', ['cross', 'cross-aarch64-linux', 'cross-test', 'cross-test-aarch64-linux', 'cross-test-x86_64-linux-musl', 'cross-x86_64-linux-musl']],
    ['alone', ['cross', 'cross-aarch64-linux', 'cross-test', 'cross-test-aarch64-linux', 'cross-test-x86_64-linux-musl', 'cross-x86_64-linux-musl']],
    ['shared', []],
  ]) {
    const { stdout } = await workspace.nx(['show', 'project', name, '--json']);
    const cross = Object.keys(JSON.parse(stdout).targets ?? {}).filter((target) => target.startsWith('cross'));
    assert.deepEqual(cross.sort(), targets, name);
  }
});

e2e('the graph draws an edge between local crates', { files: WORKSPACE, options: OPTIONS }, async (workspace) => {
  const { stdout, stderr, code } = await workspace.nx(['graph', '--print']);
  assert.equal(code, 0, stderr);
  const edges = JSON.parse(stdout).graph.dependencies.app;
  assert.deepEqual(edges.map(({ target }) => target), ['shared']);
});

e2e('the graph needs neither cargo nor rustc', { files: WORKSPACE, options: OPTIONS }, async (workspace) => {
  workspace.write({ 'bin/.keep': '' });
  const { code, stdout, stderr } = await workspace.run(process.execPath, ['node_modules/.bin/nx', 'show', 'projects'], { env: { PATH: workspace.path('bin'), RUSTUP_TOOLCHAIN: 'none' } });
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^app$/m);
});

e2e('a syntax error in Cargo.toml is named with file and line', { files: { ...crate('app'), 'app/Cargo.toml': '[package]\nname = "app"\nversion = 0.1.0"\n' }, options: OPTIONS }, async (workspace) => {
  const { code, text } = await workspace.nx(['show', 'projects']);
  assert.notEqual(code, 0);
  assert.match(text, /app\/Cargo\.toml:3/);
});

e2e('an unknown platform is refused with the nearest word', { files: crate('app'), options: { platforms: ['x86_64-linux-mussl'] } }, async (workspace) => {
  const { code, text } = await workspace.nx(['show', 'projects']);
  assert.notEqual(code, 0);
  assert.match(text, /nx\.json/);
  assert.match(text, /x86_64-linux-mussl/);
  assert.match(text, /Did you mean "x86_64-linux-musl"\?/);
});

e2e('an unknown option is refused with the nearest word', { files: crate('app'), options: { platfroms: ['aarch64-linux'] } }, async (workspace) => {
  const { code, text } = await workspace.nx(['show', 'projects']);
  assert.notEqual(code, 0);
  assert.match(text, /Did you mean "platforms"\?/);
});
