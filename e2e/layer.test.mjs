/** Compiled third-party crates as tasks of their own: restored where a machine has compiled nothing, never in the way, and never other bytes. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { filesBelow } from '../tools/lib/files.mjs';
import { e2e, until } from './rig.mjs';
import { startCacheServer } from './rig/cache-server.mjs';
import { crate } from './rig/crates.mjs';
import { forget as forgetAll, remoteEnv } from './rig/remote.mjs';

const PLATFORMS = ['x86_64-linux-musl', 'aarch64-linux-musl'];
const MUSL = 'app:cross-x86_64-linux-musl';

/** One crate with C in it, one macro, one plain one; and a library of the repository. */
const FILES = {
  'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["app", "own"]\n',
  ...crate('app', {
    lock: false,
    main: 'fn main() { alloca::with_alloca(10, |memory| { paste::paste! { let [<si ze>] = memory.len() + own::more(); } println!("{}", itoa::Buffer::new().format(size)); }); }\n',
    manifest: '\n[features]\nslow = []\n[dependencies]\nalloca = "=0.4.0"\npaste = "=1.0.15"\nitoa = "=1.0.15"\nown = { path = "../own" }\n',
  }),
  ...crate('own', { lock: false, main: '', lib: 'pub fn more() -> usize { 1 }\n' }),
};

const options = (layer) => ({ platforms: PLATFORMS, profile: 'dev', tests: false, ...(layer ? { layer: true } : {}) });

/** What was compiled, by name. */
function compiled(text) {
  return [...new Set([...text.matchAll(/^ +Compiling (\S+)/gm)].map(([, name]) => name))].sort();
}

/** As on a machine that has built nothing; Nx's cache is the team's. */
function forget(workspace) {
  for (const folder of ['target', 'dist']) workspace.remove(folder);
}

function artifact(workspace, platform) {
  return createHash('sha256').update(readFileSync(workspace.path('dist/cross', platform, 'app/app'))).digest('hex');
}

function events(workspace, name) {
  return { NX_CARGO_CROSS_EVENTS: join(workspace.folder, `${name}.jsonl`) };
}

/** What tasks whose names match printed in a run that was told to write it down. */
function said(workspace, name, tasks) {
  const lines = readFileSync(events(workspace, name).NX_CARGO_CROSS_EVENTS, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  return lines.flatMap(({ type, task, text }) => (type === 'output' && tasks.test(task) ? [text] : [])).join('');
}

/** The layer of a platform in Nx's cache, by the end of a file's name. */
function cached(workspace, name) {
  const folder = join(workspace.folder, 'nx-cache');
  return filesBelow(folder).filter((file) => file.endsWith(name)).map((file) => join(folder, file));
}

e2e('a machine that has compiled nothing compiles the crates of the repository alone, to the same bytes', { files: FILES, options: options(true) }, async (workspace) => {
  assert.equal((await workspace.run('cargo', ['generate-lockfile'])).code, 0);
  await workspace.commit();

  const made = await workspace.nx(['run', 'app:cross-layer-x86_64-linux-musl']);
  assert.equal(made.code, 0, made.text);
  assert.match(made.text, /layer {2}\S+\/dist\/cross\/\.layers\/x86_64-linux-musl\/app {2}6 packages, \d+ units, [\d.]+ MB, [\d.]+ MB compressed in [\d.]+ s/);
  assert.deepEqual(compiled(made.text), ['alloca', 'cc', 'find-msvc-tools', 'itoa', 'paste', 'shlex']);
  const first = await workspace.nx(['run', MUSL]);
  assert.equal(first.code, 0, first.text);
  assert.deepEqual(compiled(first.text), ['app', 'own']);

  forget(workspace);
  workspace.write({ 'own/src/lib.rs': 'pub fn more() -> usize { 2 }\n' });
  const restored = await workspace.nx(['run', MUSL]);
  assert.equal(restored.code, 0, restored.text);
  assert.match(restored.text, /\d+ units of 6 third-party packages are put into the target folder from the layer \([\d.]+ MB\)/);
  assert.deepEqual(compiled(restored.text), ['app', 'own']);

  // Nothing to do: no layer is brought.
  workspace.remove('dist');
  const idle = await workspace.nx(['run', MUSL]);
  assert.equal(idle.code, 0, idle.text);
  assert.equal(workspace.exists('dist/cross/.layers'), false);

  // In one cargo call: a layer from the cache, and one that is made.
  forget(workspace);
  workspace.write({ 'own/src/lib.rs': 'pub fn more() -> usize { 3 }\n' });
  const batch = await workspace.nx(['run-many', '-t', 'cross', '--batch'], { env: events(workspace, 'batch') });
  assert.equal(batch.code, 0, batch.text);
  assert.deepEqual(compiled(said(workspace, 'batch', /:cross-layer-/)), ['alloca', 'cc', 'find-msvc-tools', 'itoa', 'paste', 'shlex']);
  assert.deepEqual(compiled(said(workspace, 'batch', /Finished|:cross-(?!layer-)/)).filter((name) => ['app', 'own'].includes(name)), ['app', 'own']);
  const bytes = PLATFORMS.map((platform) => artifact(workspace, platform));

  // Another checkout, in a folder of another length; it has Nx's notes of what is in the cache, as a remote cache would tell it.
  const elsewhere = join(workspace.folder, 'in', 'another', 'place');
  cpSync(workspace.root, elsewhere, { recursive: true, verbatimSymlinks: true, filter: (path) => !['target', 'dist'].some((name) => path === workspace.path(name)) });
  const other = workspace.checkout(elsewhere);
  other.write({ 'own/src/lib.rs': 'pub fn more() -> usize { 3 }\n', 'app/src/more.rs': '// In no program, and in the key of all.\n' });
  const moved = await other.nx(['run', MUSL]);
  assert.equal(moved.code, 0, moved.text);
  assert.match(moved.text, /\d+ units of 6 third-party packages are put into the target folder from the layer/);
  assert.deepEqual(compiled(moved.text), ['app', 'own']);
  assert.equal(artifact(other, PLATFORMS[0]), bytes[0]);

  forget(workspace);
  // Nx has the text of nx.json in every key.
  const settings = workspace.read('nx.json');
  workspace.write({ 'nx.json': JSON.stringify({ ...JSON.parse(settings), plugins: [{ plugin: 'nx-cargo-cross', options: options(false) }] }) });
  const plain = await workspace.nx(['run-many', '-t', 'cross', '--skip-nx-cache'], { env: events(workspace, 'plain') });
  assert.equal(plain.code, 0, plain.text);
  assert.deepEqual(compiled(said(workspace, 'plain', /./)), ['alloca', 'app', 'cc', 'find-msvc-tools', 'itoa', 'own', 'paste', 'shlex']);
  assert.deepEqual(PLATFORMS.map((platform) => artifact(workspace, platform)), bytes);

  // A layer that is damaged in the cache costs its time, and nothing else.
  const [archive] = cached(workspace, 'x86_64-linux-musl/app/layer.br');
  const damaged = readFileSync(archive);
  damaged[Math.floor(damaged.length / 2)] ^= 1;
  writeFileSync(archive, damaged);
  forget(workspace);
  workspace.write({ 'nx.json': settings, 'own/src/lib.rs': 'pub fn more() -> usize { 4 }\n' });
  const warned = await workspace.nx(['run', MUSL]);
  assert.equal(warned.code, 0, warned.text);
  assert.match(warned.text, /warning\[layer-unusable\]: layer\.br cannot be unpacked: .*; third-party crates are compiled here/);
  assert.deepEqual(compiled(warned.text), ['alloca', 'app', 'cc', 'find-msvc-tools', 'itoa', 'own', 'paste', 'shlex']);

  // What does not compile for a build does not for its layer, which says why and not what it left out.
  const failing = await workspace.nx(['run', 'app:cross-layer-x86_64-linux-musl'], { env: { CC_x86_64_unknown_linux_musl: '/bin/false' } });
  assert.notEqual(failing.code, 0, failing.text);
  assert.match(failing.text, /error\[compile-failed\]/);
  assert.match(failing.text, /failed to run custom build command for `alloca/);
  assert.doesNotMatch(failing.text, /could not compile `(?:app|own)`/);
});

/** No compiler of C is needed for it; a source of serde_core is written by its build script, into its target folder. */
const SMALL = {
  'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["app"]\n',
  ...crate('app', { lock: false, main: 'fn main() { println!("{}", itoa::Buffer::new().format(1)); }\n', manifest: '\n[dependencies]\nitoa = "=1.0.15"\nserde_core = "=1.0.228"\n' }),
};

e2e('a layer that one CI machine has stored comes from the server to the next, whose checkout lies elsewhere', { files: SMALL, options: { platforms: ['wasm32-wasip1', 'aarch64-linux-musl'], profile: 'dev', tests: false, layer: true } }, async (workspace) => {
  const server = await startCacheServer({ folder: join(workspace.folder, 'remote') });
  // In CI a build fails that reads what is in no key.
  const env = { ...remoteEnv(server), CI: 'true' };
  try {
    assert.equal((await workspace.run('cargo', ['generate-lockfile'])).code, 0);
    await workspace.commit();
    const first = await workspace.nx(['run-many', '-t', 'cross'], { env });
    assert.equal(first.code, 0, first.text);
    const stored = server.hashes();
    assert.equal(stored.length, 4, 'two layers, and two artifacts');

    const elsewhere = join(workspace.folder, 'in', 'another', 'place');
    cpSync(workspace.root, elsewhere, { recursive: true, verbatimSymlinks: true, filter: (path) => !['target', 'dist', '.nx'].some((name) => path === workspace.path(name)) });
    forgetAll(workspace);
    const other = workspace.checkout(elsewhere);
    other.write({ 'app/src/main.rs': 'fn main() { println!("{}", itoa::Buffer::new().format(2)); }\n' });
    // They get ready while another has the turn, and the first of them builds both.
    const turn = other.path('target/nx-cross/named-folders-1');
    mkdirSync(turn, { recursive: true });
    writeFileSync(join(turn, 'debug.lock'), JSON.stringify({ pid: process.pid, host: hostname(), started: '', what: 'the test' }));
    const running = other.startNx(['run-many', '-t', 'cross', '--outputStyle=stream'], { env: { ...env, ...events(workspace, 'second') } });
    const waiting = () => filesBelow(turn).filter((file) => /^waiting\/debug\/.*\.json$/.test(file) && JSON.parse(readFileSync(join(turn, file), 'utf8')).content.build);
    assert.ok(await until(() => existsSync(join(turn, 'waiting/debug')) && waiting().length === 2, 120_000), running.printed());
    rmSync(join(turn, 'debug.lock'));
    const second = await running.ended;
    assert.equal(second.code, 0, second.text);
    assert.equal(second.text.match(/\d+ units of 2 third-party packages are put into the target folder from the layer/g)?.length, 2, second.text);
    assert.match(second.text, /building with it what waits: app:cross-/);
    assert.deepEqual(compiled(said(workspace, 'second', /./)), ['app']);
    assert.deepEqual(server.requests.filter(({ method, status }) => method === 'GET' && status === 200).map(({ hash }) => stored.includes(hash)), [true, true]);
  } finally {
    await server.close();
  }
});
