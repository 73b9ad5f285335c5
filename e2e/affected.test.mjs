/** `nx affected -t cross`: what a change asks for, and what it doesn't. */
import assert from 'node:assert/strict';
import { e2e } from './rig.mjs';
import { crate } from './rig/crates.mjs';

const OPTIONS = { platforms: ['x86_64-linux-musl', 'aarch64-linux'] };
const FILES = { 'rust-toolchain.toml': '[toolchain]\nchannel = "1.95.0"\n', ...crate('one'), ...crate('two'), 'docs/readme.md': 'words\n' };

/** The cross tasks that `nx affected` would run after a change. */
async function affectedBy(workspace, files) {
  workspace.write(files);
  const { code, stdout, stderr } = await workspace.nx(['affected', '-t', 'cross', '--base=HEAD', '--graph=stdout']);
  assert.equal(code, 0, stderr);
  const tasks = Object.keys(JSON.parse(stdout.slice(stdout.indexOf('{'))).tasks.tasks);
  return tasks.filter((task) => task.includes(':cross-')).sort();
}

const ALL_OF = (name) => [`${name}:cross-aarch64-linux`, `${name}:cross-x86_64-linux-musl`];

e2e('affected: a change asks for what it can change, and for nothing else', { files: FILES, options: OPTIONS }, async (workspace) => {
  for (const [name, files, expected] of [
    ['a source file', { 'one/src/main.rs': 'fn main() {}\n' }, ALL_OF('one')],
    ['a manifest', { 'two/Cargo.toml': '[package]\nname = "two"\nversion = "0.2.0"\nedition = "2021"\n' }, ALL_OF('two')],
    ['a lock file', { 'one/Cargo.lock': '# changed\nversion = 4\n\n[[package]]\nname = "one"\nversion = "0.1.0"\n' }, ALL_OF('one')],
    ['a document', { 'docs/readme.md': 'other words\n' }, []],
    ['the toolchain file', { 'rust-toolchain.toml': '[toolchain]\nchannel = "1.96.0"\n' }, [...ALL_OF('one'), ...ALL_OF('two')]],
  ]) {
    assert.deepEqual(await affectedBy(workspace, files), expected, name);
    await workspace.run('git', ['checkout', '-q', '--', '.']);
  }
});
