/** Where nothing has changed, nothing is started: no compiler and nobody who would choose one. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture, which } from '../tools/lib/run.mjs';
import { e2e } from './rig.mjs';
import { crate } from './rig/crates.mjs';

const OPTIONS = { platforms: ['x86_64-linux-musl', 'wasm32-wasip1'], profile: 'dev', tests: false };

/** The programs that a run of Nx starts, by their names, each as often as it is started. */
async function startedBy(workspace, args) {
  const trace = join(workspace.folder, 'trace');
  const { code, text } = await workspace.run('strace', ['-f', '-qq', '-e', 'trace=execve', '-o', trace, process.execPath, workspace.path('node_modules/.bin/nx'), ...args]);
  assert.equal(code, 0, text);
  // What is looked for along the PATH is tried in each folder; only what was found is started.
  const programs = [...readFileSync(trace, 'utf8').matchAll(/execve\("(?:[^"]*\/)?([^"/]+)", .*\) = 0$/gm)].map(([, name]) => name);
  return { programs, text };
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
