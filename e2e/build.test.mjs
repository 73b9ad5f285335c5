/** One small crate, built for real: what comes out, what the cache gives, and what is said when something is wrong. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { e2e, lacking, pathWithout } from './rig.mjs';
import { crate, lockOf } from './rig/crates.mjs';

const OPTIONS = { platforms: ['x86_64-linux-musl'], backends: { '*': 'zig' }, profile: 'dev' };
const TARGET = 'app:cross-x86_64-linux-musl';
const OUTPUT = 'dist/cross/x86_64-linux-musl/app';
const CANNOT_RUN = process.platform === 'linux' && process.arch === 'x64' ? false : 'x86_64 Linux programs do not run here';

e2e('a program is built, proved, laid out, runs, and comes from the cache the second time', { files: crate('app'), options: OPTIONS, skip: CANNOT_RUN }, async (workspace) => {
  const first = await workspace.nx(['run', TARGET]);
  assert.equal(first.code, 0, first.text);
  assert.deepEqual(workspace.list(OUTPUT), ['app', 'manifest.json']);
  const manifest = workspace.readJson(`${OUTPUT}/manifest.json`);
  assert.equal(manifest.triple, 'x86_64-unknown-linux-musl');
  assert.equal(manifest.files[0].linkage, 'static');
  assert.equal(manifest.backend.id, 'zig');
  assert.ok(!workspace.read(`${OUTPUT}/manifest.json`).includes(workspace.folder), 'no path of this machine');
  const ran = await workspace.run(workspace.path(OUTPUT, 'app'), []);
  assert.equal(ran.stdout, 'hello from app\n');

  const bytes = workspace.read(`${OUTPUT}/manifest.json`);
  workspace.remove('dist');
  const second = await workspace.nx(['run', TARGET]);
  assert.equal(second.code, 0, second.text);
  assert.match(second.stdout, /local cache/);
  assert.equal(workspace.read(`${OUTPUT}/manifest.json`), bytes);

  workspace.write({ 'app/src/main.rs': 'fn main() { println!("changed"); }\n' });
  const third = await workspace.nx(['run', TARGET]);
  assert.equal(third.code, 0, third.text);
  assert.doesNotMatch(third.stdout, /local cache/);
  assert.equal((await workspace.run(workspace.path(OUTPUT, 'app'), [])).stdout, 'changed\n');
});

e2e('--dry-run prints the plan and builds nothing; --json prints it as JSON', { files: crate('app'), options: OPTIONS }, async (workspace) => {
  const text = await workspace.nx(['run', TARGET, '--dry-run', '--skip-nx-cache']);
  assert.equal(text.code, 0, text.text);
  for (const words of ['x86_64-unknown-linux-musl', 'zig', 'cargo', '--locked']) assert.ok(text.stdout.includes(words), `${words} in ${text.stdout}`);
  assert.ok(!workspace.exists('dist') && !workspace.exists('app/target'), 'nothing is built');

  const json = await workspace.nx(['run', TARGET, '--dry-run', '--json', '--skip-nx-cache']);
  assert.equal(json.code, 0, json.text);
  // Nx prints its own lines around the task's.
  const start = json.stdout.search(/^[[{]/m);
  const end = Math.max(json.stdout.lastIndexOf('\n}'), json.stdout.lastIndexOf('\n]')) + 2;
  assert.ok(JSON.parse(json.stdout.slice(start, end)), json.stdout);
});

e2e('a dry run leaves nothing in the cache that a build would take', { files: crate('app'), options: OPTIONS }, async (workspace) => {
  await workspace.nx(['run', TARGET, '--dry-run']);
  const { code, text } = await workspace.nx(['run', TARGET]);
  assert.equal(code, 0, text);
  assert.ok(workspace.exists(`${OUTPUT}/app`));
});

e2e('a dry run never puts older artifacts over newer ones', { files: crate('app'), options: OPTIONS, skip: CANNOT_RUN }, async (workspace) => {
  const done = async (words) => {
    const { code, text } = await workspace.nx(words);
    assert.equal(code, 0, text);
  };
  await done(['run', TARGET]);
  workspace.write({ 'app/src/main.rs': 'fn main() { println!("newer"); }\n' });
  // Nx keeps this run's output folder, which is still the older one, under the key of the dry run ...
  await done(['run', TARGET, '--dry-run']);
  await done(['run', TARGET]);
  // ... and would put it back here.
  await done(['run', TARGET, '--dry-run']);
  assert.equal((await workspace.run(workspace.path(OUTPUT, 'app'), [])).stdout, 'newer\n');
});

e2e('a missing lock file is an error with the command that mends it', { files: crate('app', { lock: false }), options: OPTIONS }, async (workspace) => {
  const { code, text } = await workspace.nx(['run', TARGET]);
  assert.notEqual(code, 0);
  assert.match(text, /error\[lock-missing\]/);
  await mend(workspace, text);
});

const STALE = { ...crate('app', { manifest: '\n[dependencies]\nother = { path = "../other" }\n' }), ...crate('other', { main: '', lib: '', lock: false }), 'app/Cargo.lock': lockOf(['app']) };

e2e('a stale lock file is an error with the command that mends it', { files: STALE, options: OPTIONS }, async (workspace) => {
  const { code, text } = await workspace.nx(['run', TARGET]);
  assert.notEqual(code, 0);
  assert.match(text, /error\[lock-stale\]/);
  await mend(workspace, text);
});

/** Runs the command that the message names, as it stands, and builds again. */
async function mend(workspace, said) {
  const [, command] = /help: .*?: (cargo .+)$/m.exec(said) ?? [];
  assert.ok(command, `a command to paste in:\n${said}`);
  const mended = await workspace.run('sh', ['-c', command]);
  assert.equal(mended.code, 0, mended.stderr);
  const again = await workspace.nx(['run', TARGET]);
  assert.equal(again.code, 0, again.text);
}

e2e("a compile error is shown in the compiler's own words, and stages nothing", { files: crate('app', { main: 'fn main() { let x: u32 = "text"; }\n' }), options: OPTIONS }, async (workspace) => {
  const { code, text } = await workspace.nx(['run', TARGET]);
  assert.notEqual(code, 0);
  assert.match(text, /mismatched types/);
  assert.match(text, /error\[compile-failed\]/);
  assert.ok(!workspace.exists(OUTPUT));
});

e2e('NO_COLOR is honoured, though Nx itself asks its children for colours', { files: crate('app', { main: 'fn main() { let x: u32 = "text"; }\n' }), options: OPTIONS }, async (workspace) => {
  const { stdout, stderr } = await workspace.nx(['run', TARGET]);
  assert.match(stderr, /mismatched types/);
  assert.doesNotMatch(stdout + stderr, /\x1b\[/);
});

e2e('a deleted zig is an error that says how to get it', { files: crate('app'), options: OPTIONS }, async (workspace) => {
  // Its own packages are links here, so this takes away the link alone; and no other zig may be found.
  rmSync(workspace.path('node_modules/@zigc'));
  const PATH = pathWithout(workspace, ['zig', 'python3', 'python']);
  const { code, text } = await workspace.nx(['run', TARGET], { env: { PATH } });
  assert.notEqual(code, 0);
  assert.match(text, /error\[tool-missing\]: zig was not found/);
  assert.match(text, /npm install --save-dev --save-exact @zigc\/cli@0\.16\.0/);
});

e2e('the gcc backend builds for aarch64 Linux, and qemu runs it', { files: crate('app'), options: { ...OPTIONS, platforms: ['aarch64-linux'], backends: { '*': 'gcc' } }, skip: lacking('aarch64-linux-gnu-gcc', 'qemu-aarch64') }, async (workspace) => {
  const { code, text } = await workspace.nx(['run', 'app:cross-aarch64-linux']);
  assert.equal(code, 0, text);
  const ran = await workspace.run('qemu-aarch64', ['-L', '/usr/aarch64-linux-gnu', workspace.path('dist/cross/aarch64-linux/app/app')]);
  assert.equal(ran.stdout, 'hello from app\n', ran.stderr);
});
