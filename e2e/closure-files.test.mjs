/** The option `closureFile`: a committed file per crate, kept by `nx sync`, by which `nx affected` selects what a change of Cargo.lock really means. */
import assert from 'node:assert/strict';
import { e2e } from './rig.mjs';
import { crate } from './rig/crates.mjs';

const OPTIONS = { platforms: ['wasm32-wasip1'], profile: 'dev', tests: false, closureFile: true };
const NAMES = ['one', 'two', 'three'];
const REGISTRY = 'registry+https://github.com/rust-lang/crates.io-index';
const needs = { one: 'itoa', two: 'ryu', three: undefined };

const lockFile = (itoa) => {
  const local = NAMES.map((name) => `\n[[package]]\nname = "${name}"\nversion = "0.1.0"\n${needs[name] ? `dependencies = [\n "${needs[name]}",\n]\n` : ''}`);
  const others = [['itoa', itoa], ['ryu', '1.0.20']].map(([name, version]) => `\n[[package]]\nname = "${name}"\nversion = "${version}"\nsource = "${REGISTRY}"\nchecksum = "${'0'.repeat(64)}"\n`);
  return `version = 4\n${[...local, ...others].join('')}`;
};

const member = (name) => crate(name, { lock: false, folder: `apps/${name}`, manifest: needs[name] ? `\n[dependencies]\n${needs[name]} = "1"\n` : '' });
const FILES = { 'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["apps/*"]\n', 'Cargo.lock': lockFile('1.0.14'), ...Object.assign({}, ...NAMES.map(member)) };
const FILE = (name) => `apps/${name}/cross-closure.json`;

e2e('closure files: a bump in the closure of one of three crates selects that one, synced or not', { files: FILES, options: OPTIONS }, async (workspace) => {
  const HERE = { env: { CI: '' } };
  const affected = async () => {
    const { code, stdout, text } = await workspace.nx(['affected', '-t', 'cross', '--base=HEAD', '--graph=stdout']);
    assert.equal(code, 0, text);
    return Object.keys(JSON.parse(stdout.slice(stdout.indexOf('{'))).tasks.tasks).filter((task) => task.includes(':cross-')).sort();
  };

  const missing = await workspace.nx(['sync:check']);
  assert.equal(missing.code, 1, missing.text);
  for (const name of NAMES) assert.ok(missing.text.includes(FILE(name)), missing.text);
  const synced = await workspace.nx(['sync'], HERE);
  assert.equal(synced.code, 0, synced.text);
  assert.equal((await workspace.nx(['sync:check'])).code, 0);
  await workspace.commit('closure files');

  workspace.write({ 'Cargo.lock': `# A comment.\n${lockFile('1.0.14')}` });
  assert.deepEqual(await affected(), [], 'a comment');

  workspace.write({ 'Cargo.lock': lockFile('1.0.15') });
  assert.deepEqual(await affected(), ['one:cross-wasm32-wasip1'], 'before nx sync');
  const stale = await workspace.nx(['sync:check']);
  assert.equal(stale.code, 1, stale.text);
  assert.deepEqual(NAMES.filter((name) => stale.text.includes(FILE(name))), ['one'], stale.text);

  // Nx itself looks only where it is no CI; there the build refuses.
  const refused = await workspace.nx(['affected', '-t', 'cross', '--base=HEAD']);
  assert.equal(refused.code, 1, refused.text);
  assert.match(refused.text, /error\[closure-stale\]: apps\/one\/cross-closure\.json does not say what one is built from now/);
  assert.match(refused.text, /npx nx sync$/m);
  assert.doesNotMatch(refused.text, /Compiling|Updating/);
  const stopped = await workspace.nx(['run', 'one:cross'], HERE);
  assert.equal(stopped.code, 1, stopped.text);
  assert.match(stopped.text, /The workspace is out of sync[^]*apps\/one\/cross-closure\.json/);

  assert.equal((await workspace.nx(['sync'], HERE)).code, 0);
  assert.deepEqual((await workspace.run('git', ['status', '--porcelain'])).stdout.trim().split('\n').map((line) => line.trim()), ['M Cargo.lock', `M ${FILE('one')}`]);
  assert.deepEqual(await affected(), ['one:cross-wasm32-wasip1'], 'after nx sync');
  await workspace.commit('bump');
  assert.deepEqual(await affected(), []);
});
