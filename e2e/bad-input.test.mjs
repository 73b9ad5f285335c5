/** Wishes that cannot be fulfilled, and machines that lack what they need: said with code, cause and the way out, before anything is compiled. */
import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { e2e } from './rig.mjs';
import { crate } from './rig/crates.mjs';

const STATIC = { linkage: 'static' };

/** name of the platform -> what it is, its options, and what must be said */
const CASES = {
  // Not to be had from Debian 12 or 13; where it is, it is not named by this variable.
  'no-compiler': { triple: 'sparc64-unknown-linux-gnu', options: { backend: 'gcc' }, code: 'tool-missing', says: [/sparc64-linux-gnu-gcc was not found/, /apt-get install gcc-sparc64-linux-gnu/, /npx nx-cargo-cross doctor --platform no-compiler --fix/] },
  'no-sdk': { triple: 'aarch64-apple-darwin', options: { sdk: 'not/here' }, code: /tool-(missing|broken)/, says: [/not\/here/, /"sdk"/] },
  'not-served': { triple: 'powerpc64-unknown-linux-gnu', options: { backend: 'zig' }, code: 'triple-unserved', says: [/ELFv2/, /"backends": \{ "powerpc64-unknown-linux-gnu": "gcc" \}/] },
  'static-glibc': { triple: 'aarch64-unknown-linux-gnu', options: STATIC, code: 'linkage-impossible', says: [/glibc only dynamically/, /nx\.json:\d+/, /musl/] },
  'static-macos': { triple: 'x86_64-apple-darwin', options: STATIC, code: 'linkage-impossible', says: [/rustc ignores \+crt-static/, /nx\.json:\d+/] },
  'old-zig': { triple: 'x86_64-unknown-linux-musl', options: {}, code: 'tool-too-old', says: [/zig 0\.11\.0/, /0\.14\.0 or newer/, /npm install --save-dev --save-exact @zigc\/cli@/] },
  'no-zig': { triple: 'x86_64-unknown-linux-musl', options: {}, code: 'tool-broken', says: [/NX_CARGO_CROSS_ZIG names no file that can be run/] },
};

const OPTIONS = {
  platforms: Object.keys(CASES).filter((name) => name !== 'no-zig'),
  names: Object.fromEntries(Object.entries(CASES).map(([name, { triple }]) => [name, triple])),
  platform: Object.fromEntries(Object.entries(CASES).map(([name, { options }]) => [name, options])),
  profile: 'dev',
};
delete OPTIONS.names['no-zig'];
delete OPTIONS.platform['no-zig'];

/** What the build of each platform told, from the events of one run. */
function outcomes(workspace, file) {
  const events = workspace.read(file).trim().split('\n').map((line) => JSON.parse(line));
  const of = (platform) => events.filter((event) => event.platform === platform);
  return (platform) => ({ started: of(platform).some(({ type }) => type === 'started'), finished: of(platform).find(({ type }) => type === 'finished') });
}

e2e('what cannot be had is said before anything is compiled, for every backend', { files: crate('app'), options: OPTIONS }, async (workspace) => {
  workspace.write({ 'tools/old-zig': '#!/bin/sh\necho 0.11.0\n' });
  chmodSync(workspace.path('tools/old-zig'), 0o755);
  const check = (name, text, outcome) => {
    const { code, says } = CASES[name];
    assert.equal(outcome.started, false, `${name} was compiled:\n${text}`);
    assert.equal(outcome.finished?.success, false, name);
    assert.match(outcome.finished.failures[0].code, new RegExp(`^${code.source ?? code}$`), name);
    for (const said of says) assert.match(text, said, name);
    assert.doesNotMatch(text, /^\s+at .*:\d+:\d+\)?$/m, `${name} shows a stack trace`);
  };
  const build = async (name, env = {}) => {
    const events = workspace.path(`events-${name}`);
    const { code, text } = await workspace.nx(['run', `app:cross-${name === 'no-zig' ? 'old-zig' : name}`], { env: { NX_CARGO_CROSS_EVENTS: events, ...env } });
    assert.notEqual(code, 0, text);
    check(name, text, outcomes(workspace, `events-${name}`)(name === 'no-zig' ? 'old-zig' : name));
  };
  for (const name of ['no-compiler', 'no-sdk', 'not-served', 'static-glibc', 'static-macos']) await build(name);
  await build('old-zig', { NX_CARGO_CROSS_ZIG: 'tools/old-zig' });
  await build('no-zig', { NX_CARGO_CROSS_ZIG: 'tools/none' });
});

e2e('a glibc floor below what std needs is refused by the graph, at its line', { files: crate('app'), options: { platforms: ['aarch64-linux'], platform: { 'aarch64-linux': { glibc: '2.5' } } } }, async (workspace) => {
  const { code, text } = await workspace.nx(['run', 'app:cross-aarch64-linux']);
  assert.notEqual(code, 0);
  assert.match(text, /option-invalid[\s\S]*Rust needs glibc 2\.17 or newer for aarch64-unknown-linux-gnu; "2\.5" is older[\s\S]*nx\.json:\d+/);
});

const LINKS = `
#[link(name = "nothere")]
extern "C" { fn nothing() -> i32; }
fn main() { println!("{}", unsafe { nothing() }); }
`;

e2e("what a linker says is said again with its cause and the way out, and stays in the log", { files: crate('app', { main: LINKS }), options: { platforms: ['x86_64-linux'], backends: { '*': 'native' }, profile: 'dev' } }, async (workspace) => {
  const { code, text } = await workspace.nx(['run', 'app:cross-x86_64-linux']);
  assert.notEqual(code, 0);
  assert.match(text, /error\[compile-failed\][\s\S]*nothere[\s\S]*= A crate links the library nothere, and there is none for x86_64-unknown-linux-gnu[\s\S]*\(library-missing\)/);
  assert.match(text, /help: Take it from source/);
  const [, log] = /Whole log: (\S+)/.exec(text);
  const { stdout } = await workspace.run('cat', [log]);
  assert.match(stdout, /-lnothere/);
});
