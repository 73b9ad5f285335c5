/** Builds that are stopped, killed, starved of disk, or run beside another: nothing half-done is ever visible, and nothing stays behind. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { capture } from '../tools/lib/run.mjs';
import { e2e, until } from './rig.mjs';
import { crate, SLOW_BUILD, SLOW_IGNORED } from './rig/crates.mjs';
import { processesIn } from './rig/leftovers.mjs';

const OPTIONS = { platforms: ['x86_64-linux-musl'], backends: { '*': 'zig' }, profile: 'dev' };
const TARGET = 'app:cross-x86_64-linux-musl';
const OUTPUT = 'dist/cross/x86_64-linux-musl/app';
const NOT_LINUX = process.platform === 'linux' ? false : 'it looks for processes in /proc';
const NO_SMALL_DISK = smallDiskProblem();

const SLOW = { ...crate('app', { build: SLOW_BUILD }), '.gitignore': SLOW_IGNORED };

/** Why no small disk can be mounted here; false where it can. */
function smallDiskProblem() {
  const folder = mkdtempSync(join(tmpdir(), 'nx-cargo-cross-disk-'));
  const { code, stderr } = capture('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]);
  if (code === 0) capture('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
  return code === 0 ? false : `a small disk cannot be mounted: ${stderr.trim()}`;
}

/** Starts a build and returns once its build script is at work. */
async function startSlowBuild(workspace, words = ['run', TARGET]) {
  const nx = workspace.startNx(words);
  const started = await until(() => workspace.exists('app/at-work'), 300_000);
  assert.ok(started, `the build script is at work:\n${nx.printed()}`);
  return nx;
}

async function assertNothingLeft(workspace) {
  const gone = await until(() => processesIn(workspace.root).length === 0, 10_000);
  assert.ok(gone, `still there:\n${processesIn(workspace.root).map(({ pid, command }) => `${pid} ${command}`).join('\n')}`);
  assert.deepEqual(workspace.list('dist').filter((file) => !file.endsWith('.gitkeep')), [], 'no output, half or whole');
}

async function assertBuilds(workspace) {
  workspace.write({ 'app/go-on': '' });
  const { code, text } = await workspace.nx(['run', TARGET]);
  assert.equal(code, 0, text);
  assert.deepEqual(workspace.list(OUTPUT), ['app', 'manifest.json']);
}

for (const [name, stop] of [
  ['kill -9 of Nx in the middle of a build', (nx) => nx.kill('SIGKILL')],
  ['SIGTERM to Nx in the middle of a build', (nx) => nx.kill('SIGTERM')],
  ['Ctrl-C in the middle of a build', (nx) => nx.killGroup('SIGINT')],
]) {
  e2e(`${name} leaves no process and no output, and a later build works`, { files: SLOW, options: OPTIONS, skip: NOT_LINUX }, async (workspace) => {
    const nx = await startSlowBuild(workspace);
    assert.ok(processesIn(workspace.root).some(({ command }) => command.includes('build-script')), 'the build script is seen at work');
    stop(nx);
    const { code, signal } = await nx.ended;
    assert.notEqual(signal ?? code, 0);
    await assertNothingLeft(workspace);
    await assertBuilds(workspace);
  });
}

e2e(
  'SIGTERM to Nx while one cargo call builds two tasks leaves no process and no output, and a later build works',
  { files: SLOW, options: { ...OPTIONS, platforms: ['x86_64-linux-musl', 'aarch64-linux-musl'] }, skip: NOT_LINUX },
  async (workspace) => {
    const nx = await startSlowBuild(workspace, ['run-many', '-t', 'cross', '--batch']);
    assert.match(nx.printed(), /2 builds in one cargo call/);
    nx.kill('SIGTERM');
    const { code, signal } = await nx.ended;
    assert.notEqual(signal ?? code, 0);
    await assertNothingLeft(workspace);
    await assertBuilds(workspace);
  },
);

e2e('kill -9 of Nx keeps the output of the build before', { files: SLOW, options: OPTIONS, skip: NOT_LINUX }, async (workspace) => {
  await assertBuilds(workspace);
  const before = workspace.list(OUTPUT).map((file) => workspace.read(`${OUTPUT}/${file}`));
  workspace.remove('app/go-on');
  workspace.remove('app/at-work');
  workspace.write({ 'app/src/main.rs': 'fn main() { println!("other"); }\n', 'app/build.rs': `${SLOW_BUILD}// changed\n` });
  const nx = await startSlowBuild(workspace);
  nx.kill('SIGKILL');
  await nx.ended;
  await until(() => processesIn(workspace.root).length === 0, 10_000);
  // Nx itself takes a task's old output away before it runs the task; what is there must be the whole of it.
  const after = workspace.list(OUTPUT).map((file) => workspace.read(`${OUTPUT}/${file}`));
  assert.ok(after.length === 0 || JSON.stringify(after) === JSON.stringify(before), 'the whole output or none');
});

e2e('two builds of one target at once both succeed, and the one that waits says for whom', { files: SLOW, options: OPTIONS }, async (workspace) => {
  const [first, second] = [1, 2].map(() => workspace.startNx(['run-many', '-t', 'cross', '--output-style=stream']));
  assert.ok(await until(() => workspace.exists('app/at-work'), 300_000), first.printed() + second.printed());
  const waits = /waiting for target\/nx-cross\/named-folders-1 \(debug\): held for \d+ s by app:cross-x86_64-linux-musl \(process \d+\)/;
  assert.ok(await until(() => [first, second].filter(({ printed }) => waits.test(printed())).length === 1, 30_000), first.printed() + second.printed());
  workspace.write({ 'app/go-on': '' });
  for (const ended of [await first.ended, await second.ended]) assert.equal(ended.code, 0, ended.text);
  assert.deepEqual(workspace.list(OUTPUT), ['app', 'manifest.json']);
});

e2e('a full disk is an error that says so, and leaves no half output', { files: crate('app'), options: OPTIONS, skip: NO_SMALL_DISK }, async (workspace) => {
  mkdirSync(workspace.path('dist/cross'), { recursive: true });
  const mounted = await workspace.run('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', workspace.path('dist/cross')]);
  assert.equal(mounted.code, 0, mounted.stderr);
  try {
    const { code, text } = await workspace.nx(['run', TARGET]);
    assert.notEqual(code, 0);
    assert.match(text, /error\[stage-failed\]/);
    assert.match(text, /ENOSPC|no space left/);
    assert.deepEqual(workspace.list('dist/cross'), [], 'nothing is left on the small disk');
  } finally {
    await workspace.run('umount', [workspace.path('dist/cross')]);
  }
  await assertBuilds(workspace);
});
