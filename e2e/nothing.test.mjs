/** Where nothing has changed, nothing is started: no compiler and nobody who would choose one. */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { capture, which } from '../tools/lib/run.mjs';
import { e2e } from './rig.mjs';
import { crate, lockOf } from './rig/crates.mjs';

const OPTIONS = { platforms: ['x86_64-linux-musl', 'wasm32-wasip1'], profile: 'dev', tests: false };

/** What a run of Nx starts: the programs by their names, each as often as it is started; how many cargos build; and how often a program of the package answers for a key. */
async function startedBy(workspace, args) {
  const folder = join(workspace.folder, 'traces');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  // A file for each process: in one file, a line that another process's cuts in two names no program.
  const { code, text } = await workspace.run('strace', ['-ff', '-qq', '-e', 'trace=execve', '-s', '4096', '-o', join(folder, 'of'), process.execPath, workspace.path('node_modules/.bin/nx'), ...args]);
  assert.equal(code, 0, text);
  // What is looked for along the PATH is tried in each folder; only what was found is started.
  const processes = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8').split('\n').filter((line) => line.endsWith(' = 0')));
  const started = processes.flat();
  const programs = started.flatMap((line) => /^execve\("(?:[^"]*\/)?([^"/]+)"/.exec(line)?.[1] ?? []);
  assert.equal(programs.length, started.length);
  // rustup's proxy becomes the very cargo, in one process.
  const builds = processes.filter((lines) => lines.some((line) => /^execve\("[^"]*\/cargo", \["[^"]*", "build"/.test(line))).length;
  return { programs, text, builds, answers: started.filter((line) => /^execve\("[^"]*\/node", .*\/rustc-said-main\.js"/.test(line)).length };
}

const untraced = which('strace') === undefined ? 'strace is not on this machine' : capture('strace', ['-o', '/dev/null', 'true']).code !== 0 && 'strace may not look at processes here';

e2e('nothing: a run whose tasks are all cached starts no cargo, rustc, rustup or zig', { files: { ...crate('one'), ...crate('two') }, options: OPTIONS, skip: untraced }, async (workspace) => {
  const all = ['run-many', '-t', 'cross'];
  const first = await startedBy(workspace, all);
  for (const name of ['cargo', 'rustc']) assert.ok(first.programs.includes(name), `${name} is seen when it is started: ${first.programs.join(' ')}`);
  const second = await startedBy(workspace, all);
  assert.match(second.text, /instead of running the command for 4 out of/);
  assert.deepEqual(second.programs.filter((name) => /^(cargo|rustc|rustup|zig)(-|$)/.test(name)), []);
});

/** Two programs of one Cargo workspace, which one cargo call builds. */
const TOGETHER = {
  'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["one", "two"]\n',
  'Cargo.lock': lockOf(['one', 'two']),
  ...crate('one', { lock: false }),
  ...crate('two', { lock: false }),
};

e2e('nothing: after nx reset, what is compiled already is laid out again by one cargo call for all that share one, and no compiler', { files: TOGETHER, options: { ...OPTIONS, platforms: ['x86_64-linux-musl', 'aarch64-linux-musl'] }, skip: untraced }, async (workspace) => {
  const all = ['run-many', '-t', 'cross', '--batch'];
  const first = await startedBy(workspace, all);
  assert.ok(first.builds >= 1 && first.programs.includes('rustc'), first.programs.join(' '));
  const made = workspace.list('dist/cross');
  assert.equal((await workspace.nx(['reset'])).code, 0);
  workspace.remove('dist');
  const second = await startedBy(workspace, all);
  assert.doesNotMatch(second.text, /instead of running the command/);
  assert.deepEqual(workspace.list('dist/cross'), made);
  assert.deepEqual([second.builds, second.programs.filter((name) => name === 'rustc')], [1, []], second.programs.join(' '));

  // Nx asks for the key what rustc is. The build, which asks the same, knows it.
  workspace.write({ 'one/src/main.rs': 'fn main() { println!("other"); }\n' });
  const one = await startedBy(workspace, ['run', 'one:cross-x86_64-linux-musl']);
  assert.deepEqual([one.builds, one.answers], [1, 1], one.programs.join(' '));
});
