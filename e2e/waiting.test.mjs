/** Tasks in processes of their own: whoever's turn it is builds for those that wait, and each says for itself what became of it. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { e2e, until } from './rig.mjs';
import { crate, lockOf, SLOW_BUILD, SLOW_IGNORED } from './rig/crates.mjs';
import { holdTurn } from './rig/turn.mjs';

const PLATFORMS = ['x86_64-linux-musl', 'aarch64-linux-musl', 'aarch64-linux'];
const TASKS = PLATFORMS.map((platform) => `app:cross-${platform}`);
const OPTIONS = { platforms: PLATFORMS, backends: { '*': 'zig' }, profile: 'dev' };
const FOLDER = 'target/nx-cross/named-folders-1';

const FILES = {
  'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["app", "dep"]\n',
  'Cargo.lock': lockOf(['app', 'dep']).replace('name = "app"\nversion = "0.1.0"\n', 'name = "app"\nversion = "0.1.0"\ndependencies = [\n "dep",\n]\n'),
  ...crate('app', { lock: false, main: 'fn main() { println!("{}", dep::says()); }\nfn unused() {}\n', manifest: '[dependencies]\ndep = { path = "../dep" }\n' }),
  ...crate('dep', { lock: false, main: '', lib: 'pub fn says() -> &\'static str { env!("MADE_BY") }\n', build: 'fn main() { println!("cargo:rustc-env=MADE_BY=a build script"); println!("cargo:rerun-if-changed=build.rs"); }\n' }),
};

/** The builds that wait with all that it takes to build them. */
function waiting(workspace) {
  const folder = workspace.path(FOLDER, 'waiting/debug');
  const notices = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  return notices.map((name) => ({ ...JSON.parse(readFileSync(join(folder, name), 'utf8')), mode: statSync(join(folder, name)).mode & 0o777 })).filter(({ content }) => content.build);
}

/** Runs Nx while the turn is held, until that many builds wait. What is known to be compiled for the machine is forgotten, or they would not wait, but run beside whoever has the turn. */
async function whenTheyWait(workspace, runs, count) {
  workspace.remove(`${FOLDER}/debug.host-parts`);
  const free = holdTurn(workspace.path(FOLDER, 'debug.lock'));
  const all = runs.map(([words, env]) => workspace.startNx(words, { env }));
  const printed = () => all.map((nx) => nx.printed()).join('\n');
  assert.ok(await until(() => waiting(workspace).length === count, 60_000), printed());
  return { all, free, printed };
}

function eventsOf(path) {
  return readFileSync(path, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
}

/** The cargo calls in which something of ours was compiled: whose process made each, for which platforms. */
function compilingCalls(events) {
  const calls = [];
  const latest = new Map();
  for (const { type, task, command, text } of events) {
    if (type === 'started') latest.set(task, { task, triples: [...command.matchAll(/--target (\S+)/g)].map(([, triple]) => triple) });
    const call = latest.get(task);
    if (type === 'output' && /Compiling (app|dep) /.test(text) && !calls.includes(call)) calls.push(call);
  }
  return calls;
}

function artifacts(workspace) {
  const hash = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');
  return Object.fromEntries(workspace.list('dist/cross').map((path) => [path, hash(join(workspace.path('dist/cross'), path))]));
}

e2e('one cargo call compiles for all that wait; each has its own call, verdict and words, and the bytes of a build of its own', { files: FILES, options: OPTIONS }, async (workspace) => {
  const run = ['run-many', '-t', 'cross', '--parallel=3', '--nx-bail=false', '--output-style=stream-without-prefixes', '--skip-nx-cache'];
  const alone = await workspace.nx(['run-many', '-t', 'cross', '--parallel=1', '--skip-nx-cache'], { env: { NX_CARGO_CROSS_EVENTS: join(workspace.folder, 'alone.jsonl') } });
  assert.equal(alone.code, 0, alone.text);
  assert.equal(compilingCalls(eventsOf(join(workspace.folder, 'alone.jsonl'))).length, 3);
  assert.doesNotMatch(alone.text, /building with it/);
  const expected = artifacts(workspace);
  assert.equal(Object.keys(expected).length, 6);

  workspace.remove('dist');
  workspace.remove('target');
  const events = join(workspace.folder, 'joint.jsonl');
  const { all: [nx], free, printed } = await whenTheyWait(workspace, [[run, { NX_CARGO_CROSS_EVENTS: events, SECRET: 'not for others' }]], 3);
  assert.deepEqual(waiting(workspace).map(({ what }) => what).sort(), [...TASKS].sort());
  // A secret of the environment is not written down, and what is can be read by nobody else.
  for (const notice of waiting(workspace)) assert.deepEqual([notice.mode, JSON.stringify(notice).includes('not for others')], [0o600, false]);
  free();
  const joint = await nx.ended;
  assert.equal(joint.code, 0, joint.text);
  assert.deepEqual(artifacts(workspace), expected);
  const happened = eventsOf(events);
  const compiling = compilingCalls(happened);
  assert.deepEqual(compiling.map(({ triples }) => triples.length), [3], printed());
  const [{ task: leader }] = compiling;
  const others = TASKS.filter((task) => task !== leader);
  assert.match(joint.text, new RegExp(`building with it what waits: (${others.join(', ')}|${[...others].reverse().join(', ')})\n`));
  // One call for all, and one of each.
  assert.deepEqual(happened.filter(({ type }) => type === 'started').map(({ task }) => task).sort(), [...TASKS, leader].sort());
  // Each keeps its compiler's warning, once.
  const warned = happened.filter(({ type, text }) => type === 'output' && text.includes('function `unused` is never used'));
  assert.deepEqual(warned.map(({ task }) => task).sort(), [...TASKS].sort());
  assert.deepEqual(workspace.list(`${FOLDER}/waiting`), []);

  // One platform does not compile.
  const failing = join(workspace.folder, 'failing.jsonl');
  workspace.write({ 'app/src/main.rs': '#[cfg(all(target_arch = "aarch64", target_env = "gnu"))]\ncompile_error!("not on this one");\nfn main() { println!("other {}", dep::says()); }\n' });
  const second = await whenTheyWait(workspace, [[run, { NX_CARGO_CROSS_EVENTS: failing }]], 3);
  second.free();
  const failed = await second.all[0].ended;
  assert.notEqual(failed.code, 0, failed.text);
  const then = eventsOf(failing);
  assert.match(failed.text, /building with it what waits: /);
  assert.deepEqual(then.filter(({ type, success }) => type === 'finished' && !success).map(({ task, failures }) => [task, failures.map(({ code }) => code)]), [['app:cross-aarch64-linux', ['compile-failed']]]);
  assert.deepEqual(then.filter(({ type, text }) => type === 'output' && text.includes('error: not on this one')).map(({ task }) => task), ['app:cross-aarch64-linux']);
  for (const platform of ['x86_64-linux-musl', 'aarch64-linux-musl']) assert.match(readFileSync(workspace.path('dist/cross', platform, 'app/app'), 'latin1'), /other/, platform);

  // Runs of two environments have nothing to do with each other's builds.
  workspace.write({ 'app/src/main.rs': 'fn main() { println!("third {}", dep::says()); }\n' });
  const apart = await whenTheyWait(workspace, [[['run', TASKS[0], '--skip-nx-cache'], { MINE: '1' }], [['run', TASKS[1], '--skip-nx-cache'], { MINE: '2' }]], 2);
  apart.free();
  for (const ended of [await apart.all[0].ended, await apart.all[1].ended]) {
    assert.equal(ended.code, 0, ended.text);
    assert.doesNotMatch(ended.text, /building with it/);
  }

  // Whoever was killed while it waited is nobody's to build.
  const gone = await whenTheyWait(workspace, [[['run', TASKS[0], '--skip-nx-cache'], {}]], 1);
  gone.all[0].killGroup('SIGKILL');
  await gone.all[0].ended;
  const [left] = waiting(workspace);
  assert.ok(left, 'what the killed process left');
  process.kill(left.pid, 'SIGKILL');
  gone.free();
  const later = await workspace.nx(['run', TASKS[1], '--skip-nx-cache']);
  assert.equal(later.code, 0, later.text);
  assert.doesNotMatch(later.text, /building with it/);
  assert.deepEqual(workspace.list(`${FOLDER}/waiting`), []);
});

e2e('where the one that builds for all is killed, the others go on', { files: { 'Cargo.toml': '[workspace]\nmembers = ["app"]\n', 'Cargo.lock': lockOf(['app']), ...crate('app', { build: SLOW_BUILD, lock: false }), '.gitignore': SLOW_IGNORED }, options: OPTIONS, skip: process.platform === 'linux' ? false : 'it kills a process by what a lock says' }, async (workspace) => {
  const { all: [nx], free } = await whenTheyWait(workspace, [[['run-many', '-t', 'cross', '--parallel=3', '--nx-bail=false', '--output-style=stream-without-prefixes'], {}]], 3);
  free();
  assert.ok(await until(() => workspace.exists('app/at-work'), 300_000), nx.printed());
  const { pid, what } = workspace.readJson(`${FOLDER}/debug.lock`);
  process.kill(pid, 'SIGKILL');
  workspace.remove('app/at-work');
  assert.ok(await until(() => workspace.exists('app/at-work'), 300_000), nx.printed());
  workspace.write({ 'app/go-on': '' });
  const { code, text } = await nx.ended;
  assert.notEqual(code, 0, text);
  assert.equal(text.match(/building with it what waits: /g)?.length, 2, text);
  const left = PLATFORMS.filter((platform) => `app:cross-${platform}` !== what);
  for (const platform of left) assert.deepEqual(workspace.list(`dist/cross/${platform}/app`), ['app', 'manifest.json'], text);
  assert.deepEqual(workspace.list(`${FOLDER}/waiting`), []);
});
