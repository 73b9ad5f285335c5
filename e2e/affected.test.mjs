/** `nx affected -t cross`: what a change asks for, and what it doesn't. */
import assert from 'node:assert/strict';
import { e2e } from './rig.mjs';
import { crate } from './rig/crates.mjs';

const OPTIONS = { platforms: ['x86_64-linux-musl', 'aarch64-linux'] };
const FILES = { ...crate('one'), ...crate('two'), 'docs/readme.md': 'words\n' };

/** The cross tasks that `nx affected` would run after a change. */
async function affectedBy(workspace, files) {
  workspace.write(files);
  const { code, stdout, stderr } = await workspace.nx(['affected', '-t', 'cross', '--base=HEAD', '--graph=stdout']);
  assert.equal(code, 0, stderr);
  const tasks = Object.keys(JSON.parse(stdout.slice(stdout.indexOf('{'))).tasks.tasks);
  return tasks.filter((task) => task.includes(':cross-')).sort();
}

const ALL_OF = (name) => [`${name}:cross-aarch64-linux`, `${name}:cross-x86_64-linux-musl`];

for (const [name, files, expected] of [
  ['a source file asks for its own crate', { 'one/src/main.rs': 'fn main() {}\n' }, ALL_OF('one')],
  ['a manifest asks for its own crate', { 'two/Cargo.toml': '[package]\nname = "two"\nversion = "0.2.0"\nedition = "2021"\n' }, ALL_OF('two')],
  ['a lock file asks for the crates that it serves', { 'one/Cargo.lock': '# changed\nversion = 4\n\n[[package]]\nname = "one"\nversion = "0.1.0"\n' }, ALL_OF('one')],
  ['a document asks for nothing', { 'docs/readme.md': 'other words\n' }, []],
]) {
  e2e(`affected: ${name}`, { files: FILES, options: OPTIONS }, async (workspace) => assert.deepEqual(await affectedBy(workspace, files), expected));
}

e2e('affected: the toolchain file asks for everything', { files: { ...FILES, 'rust-toolchain.toml': '[toolchain]\nchannel = "1.95.0"\n' }, options: OPTIONS }, async (workspace) => {
  assert.deepEqual(await affectedBy(workspace, { 'rust-toolchain.toml': '[toolchain]\nchannel = "1.96.0"\n' }), [...ALL_OF('one'), ...ALL_OF('two')]);
});
