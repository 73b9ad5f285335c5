/** Several tasks by one cargo call, where that changes nothing; and by calls of their own, where it would. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { e2e } from './rig.mjs';
import { crate, lockOf } from './rig/crates.mjs';

const PLATFORMS = ['x86_64-linux-musl', 'aarch64-linux-musl', 'aarch64-linux'];

/** Two programs that need the same of `dep`, and one that needs more of it where the C library is musl. */
const FILES = {
  'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["app", "tool", "odd", "dep"]\n',
  'Cargo.lock': lockOf(['app', 'dep', 'odd', 'tool']).replace(/(name = "(?:app|odd|tool)"\nversion = "0.1.0"\n)/g, '$1dependencies = [\n "dep",\n]\n'),
  ...member('app', '[dependencies]\ndep = { path = "../dep" }\n'),
  ...member('tool', '[dependencies]\ndep = { path = "../dep" }\n'),
  ...member('odd', '[dependencies]\ndep = { path = "../dep" }\n[target.\'cfg(target_env = "musl")\'.dependencies]\ndep = { path = "../dep", features = ["loud"] }\n'),
  ...crate('dep', {
    lock: false,
    main: '',
    lib: '#[inline(never)]\npub fn say(who: &str) { if cfg!(feature = "loud") { println!("{}!", who.to_uppercase()); } else { println!("{who}, made by {}", env!("MADE_BY")); } }\nfn unused() {}\n',
    build: 'fn main() { println!("cargo:rustc-env=MADE_BY=a build script"); println!("cargo:rerun-if-changed=build.rs"); }\n',
    manifest: '[features]\nloud = []\n',
  }),
};

function member(name, manifest) {
  return crate(name, { lock: false, main: `fn main() { dep::say("${name}"); }\n`, manifest });
}

/** What happened in a run that was told to write it down. */
function eventsOf(env) {
  return readFileSync(env.NX_CARGO_CROSS_EVENTS, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
}

/** The packages and platforms of each cargo call. */
function callsOf(env) {
  const commands = [...new Set(eventsOf(env).flatMap(({ type, command }) => (type === 'started' ? [command] : [])))];
  return commands.map((command) => {
    const values = (word) => [...command.matchAll(new RegExp(`${word} (\\S+)`, 'g'))].map(([, value]) => value.replace(/@.*/, '').replace('-unknown', ''));
    return `${values('--package').join('+')} for ${values('--target').join('+')}`;
  });
}

function sha256(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

function artifacts(workspace) {
  return Object.fromEntries(workspace.list('dist/cross').map((path) => [path, sha256(join(workspace.path('dist/cross'), path))]));
}

e2e('tasks share cargo calls where each gets what a call of its own would give, byte for byte; a failure takes nobody with it', { files: FILES, options: { platforms: PLATFORMS, profile: 'release' } }, async (workspace) => {
  const events = (name) => ({ NX_CARGO_CROSS_EVENTS: join(workspace.folder, `${name}.jsonl`) });
  const alone = await workspace.nx(['run-many', '-t', 'cross', '--parallel=1', '--no-batch', '--skip-nx-cache'], { env: events('alone') });
  assert.equal(alone.code, 0, alone.text);
  assert.equal(callsOf(events('alone')).length, 9);
  const expected = artifacts(workspace);
  assert.equal(Object.keys(expected).filter((path) => !path.endsWith('.json')).length, 9);

  workspace.remove('dist');
  workspace.remove('target');
  const joint = await workspace.nx(['run-many', '-t', 'cross', '--batch', '--skip-nx-cache'], { env: events('joint') });
  assert.equal(joint.code, 0, joint.text);
  assert.deepEqual(artifacts(workspace), expected);
  assert.deepEqual(callsOf(events('joint')).sort(), [
    'app+tool for aarch64-linux-gnu+aarch64-linux-musl+x86_64-linux-musl',
    'odd for aarch64-linux-gnu',
    'odd for aarch64-linux-musl+x86_64-linux-musl',
  ]);

  // What a compiler warns of is shown once, and kept for each task of the call.
  const warnings = eventsOf(events('joint')).filter(({ type, text }) => type === 'output' && text.includes('function `unused` is never used'));
  assert.equal(warnings.length, 9);
  assert.equal(warnings.filter(({ shownBefore }) => !shownBefore).length, 3);

  // One platform of one program does not compile.
  workspace.write({ 'app/src/main.rs': '#[cfg(all(target_arch = "aarch64", target_env = "gnu"))]\ncompile_error!("not on this one");\nfn main() { dep::say("other"); }\n' });
  const failing = await workspace.nx(['run-many', '-t', 'cross', '--batch', '--nx-bail=false'], { env: events('failing') });
  assert.notEqual(failing.code, 0, failing.text);
  const happened = eventsOf(events('failing'));
  assert.deepEqual(happened.filter(({ type, success }) => type === 'finished' && !success).map(({ task }) => task), ['app:cross-aarch64-linux']);
  assert.deepEqual(happened.filter(({ type, text }) => type === 'output' && text.includes('error: not on this one')).map(({ task }) => task), ['app:cross-aarch64-linux']);
  for (const platform of ['x86_64-linux-musl', 'aarch64-linux-musl']) {
    const file = workspace.path('dist/cross', platform, 'app/app');
    assert.match(readFileSync(file, 'latin1'), /other/, platform);
  }
  assert.equal(sha256(workspace.path('dist/cross/aarch64-linux/tool/tool')), expected['aarch64-linux/tool/tool']);

  // What waits for another task is built after it, and not at all where that is not well.
  workspace.write({ 'tool/project.json': '{ "name": "tool", "targets": { "cross-aarch64-linux": { "dependsOn": [{ "projects": ["app"], "target": "cross-aarch64-linux" }] } } }\n' });
  const waiting = await workspace.nx(['run', 'tool:cross-aarch64-linux', '--batch'], { env: events('waiting') });
  assert.notEqual(waiting.code, 0, waiting.text);
  assert.match(waiting.text, /tool:cross-aarch64-linux is not built: it depends on app:cross-aarch64-linux, which was not\./);
  workspace.write({ 'app/src/main.rs': 'fn main() { dep::say("well"); }\n' });
  const well = await workspace.nx(['run', 'tool:cross-aarch64-linux', '--batch'], { env: events('well') });
  assert.equal(well.code, 0, well.text);
  assert.deepEqual(callsOf(events('well')), ['app for aarch64-linux-gnu', 'tool for aarch64-linux-gnu']);

  // Nx counts a project's .env for the key of a task, and reads none for a batch.
  workspace.write({ 'tool/.env': 'RUSTFLAGS=--cfg=other\n' });
  const batch = await workspace.nx(['run-many', '-t', 'cross-aarch64-linux-musl', '-p', 'app,tool', '--batch']);
  assert.notEqual(batch.code, 0, batch.text);
  assert.match(batch.text, /error\[env-file-in-batch\]: tool:cross-aarch64-linux-musl was handed over in a batch, for which Nx does not read tool\/\.env/);
  assert.match(batch.text, /proved\s+\S+aarch64-linux-musl\/app/);
  const single = await workspace.nx(['run', 'tool:cross-aarch64-linux-musl'], { env: events('single') });
  assert.equal(single.code, 0, single.text);
  assert.equal(callsOf(events('single')).length, 1);
});
