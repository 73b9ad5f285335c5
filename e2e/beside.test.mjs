/** Calls beside the one that has the turn in a target folder: the same bytes, nothing compiled twice for the machine that builds, and what they leave is everybody's. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { e2e, until } from './rig.mjs';
import { crate, lockOf } from './rig/crates.mjs';
import { holdTurn } from './rig/turn.mjs';

const FOLDER = 'target/nx-cross/named-folders-1';
const MAIN = 'fn main() { println!("{} {}", dep::says(), mac::answer!()); }\n';
const FILES = {
  'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["app", "dep", "mac"]\n[profile.release]\ndebug = true\n',
  ...crate('app', { lock: false, main: MAIN, manifest: '[dependencies]\ndep = { path = "../dep" }\nmac = { path = "../mac" }\n' }),
  ...crate('dep', {
    lock: false,
    main: '',
    // One folder's name would be in the program, where another's is in those of all others.
    lib: 'include!(concat!(env!("OUT_DIR"), "/made.rs"));\npub fn says() -> String { format!("{} {MADE} {}", env!("OUT_DIR"), unsafe { native() }) }\nextern "C" { fn native() -> i32; }\n',
    build: `fn main() {
    let out = std::env::var("OUT_DIR").unwrap();
    std::fs::write(format!("{out}/made.rs"), "pub const MADE: &str = file!();").unwrap();
    std::fs::write(format!("{out}/made.h"), "#define MADE 42").unwrap();
    println!("cargo:rerun-if-changed=native.c");
    cc::Build::new().include(out).file("native.c").compile("native");
}
`,
    manifest: '[build-dependencies]\ncc = "1"\n',
  }),
  'dep/native.c': '#include "made.h"\nint native(void) { return MADE; }\n',
  ...crate('mac', { lock: false, main: '', lib: '#[proc_macro]\npub fn answer(_: proc_macro::TokenStream) -> proc_macro::TokenStream { "42".parse().unwrap() }\n', manifest: '[lib]\nproc-macro = true\n' }),
};
const PLATFORMS = ['aarch64-linux', 'x86_64-linux-musl'];
const OPTIONS = { platforms: PLATFORMS, backends: { '*': 'zig' } };

function artifacts(workspace) {
  return Object.fromEntries(workspace.list('dist/cross').map((file) => [file, createHash('sha256').update(readFileSync(workspace.path('dist/cross', file))).digest('hex')]));
}

const compiled = (text) => [...text.matchAll(/^\s*Compiling (\S+) v/gm)].map(([, name]) => name);
const RUN = ['run-many', '-t', 'cross', '--output-style=static', '--skip-nx-cache'];

e2e(
  'a build beside another compiles what it would in its turn, to the byte, and the machine’s part is compiled once',
  { files: FILES, options: OPTIONS, skip: availableParallelism() < 2 && 'this machine has one core' },
  async (workspace) => {
    await workspace.lock('.');
    const first = await workspace.nx(RUN);
    assert.equal(first.code, 0, first.text);
    assert.equal(compiled(first.text).filter((name) => name === 'mac').length, 1, first.text);

    // Another process has the turn and keeps it: who needs it would wait for ever.
    const free = holdTurn(workspace.path(FOLDER, 'release.lock'));
    workspace.write({ 'app/src/main.rs': MAIN.replace('{} {}', 'edited {} {}'), 'dep/native.c': FILES['dep/native.c'].replace('MADE;', 'MADE + 1;') });
    const events = join(workspace.folder, 'beside.jsonl');
    const beside = await workspace.nx(RUN, { env: { NX_CARGO_CROSS_EVENTS: events } });
    assert.equal(beside.code, 0, beside.text);
    const commands = readFileSync(events, 'utf8').trim().split('\n').map((line) => JSON.parse(line)).filter(({ type }) => type === 'started').map(({ command }) => command);
    assert.equal(commands.length, PLATFORMS.length);
    for (const command of commands) assert.match(command, /--target-dir \S*\/named-folders-1\/beside-[12] /);
    assert.deepEqual([...new Set(compiled(beside.text))].sort(), ['app', 'dep']);
    const made = artifacts(workspace);
    free();

    // What was left is what the first folder would have: nothing is compiled again, there or beside it.
    const again = await workspace.nx(RUN);
    assert.deepEqual([again.code, compiled(again.text)], [0, []], again.text);
    assert.deepEqual(artifacts(workspace), made);
    workspace.remove('target');
    workspace.remove('dist');
    const anew = await workspace.nx([...RUN, '--parallel=1']);
    assert.equal(anew.code, 0, anew.text);
    assert.deepEqual(artifacts(workspace), made);

    // A macro that has changed is the turn's to compile.
    const freeAgain = holdTurn(workspace.path(FOLDER, 'release.lock'));
    workspace.write({ 'mac/src/lib.rs': FILES['mac/src/lib.rs'].replace('"42"', '"43"') });
    const waits = workspace.startNx([...RUN.slice(0, 3), '--output-style=stream-without-prefixes', '--skip-nx-cache']);
    assert.ok(await until(() => /waiting for \S+ \(release\): held for \d+ s by the test/.test(waits.printed()), 60_000), waits.printed());
    freeAgain();
    const { code, text } = await waits.ended;
    assert.equal(code, 0, text);
    assert.equal(compiled(text).filter((name) => name === 'mac').length, 1, text);
  },
);

/** No two of them join in one call. */
const APART = { platforms: ['aarch64-linux', 'x86_64-windows'], backends: { '*': 'zig' } };
const startsOf = (file) => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []).flatMap((line) => (line.includes('"type":"started"') ? [/\/beside-\d /.test(line) ? 'beside' : 'in turn'] : []));

e2e(
  'in a batch, too, calls run beside who has the turn when the machine’s part is compiled',
  { files: { 'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["app"]\n', 'Cargo.lock': lockOf(['app']), ...crate('app', { lock: false }) }, options: APART, skip: availableParallelism() < 2 && 'this machine has one core' },
  async (workspace) => {
    const built = async (name) => {
      const events = join(workspace.folder, `${name}.jsonl`);
      const { code, text } = await workspace.nx([...RUN, '--batch'], { env: { NX_CARGO_CROSS_EVENTS: events } });
      assert.equal(code, 0, text);
      return startsOf(events);
    };
    assert.equal((await built('first')).length, 2);
    // Who has the turn keeps it: what needed it would wait for ever.
    const free = holdTurn(workspace.path(FOLDER, 'release.lock'));
    workspace.write({ 'app/src/main.rs': 'fn main() { println!("edited"); }\n' });
    assert.deepEqual(await built('edited'), ['beside', 'beside']);
    free();
  },
);

/** Compiles no further than its macro until a file is there. */
const WAITS = `#[proc_macro]
pub fn wait(_: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let go = std::env::var("TEST_GO").unwrap();
    while !std::path::Path::new(&go).exists() { std::thread::sleep(std::time::Duration::from_millis(50)); }
    "42".parse().unwrap()
}
`;

e2e(
  'of builds from an empty target folder, too, the second is started as soon as the first has compiled the machine’s part',
  {
    files: {
      'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["app", "mac"]\n',
      ...crate('app', { lock: false, main: 'fn main() { println!("{}", mac::wait!()); }\n', manifest: '[dependencies]\nmac = { path = "../mac" }\n' }),
      ...crate('mac', { lock: false, main: '', lib: WAITS, manifest: '[lib]\nproc-macro = true\n' }),
    },
    options: APART,
    skip: availableParallelism() < 2 && 'this machine has one core',
  },
  async (workspace) => {
    await workspace.lock('.');
    for (const mode of ['', '--batch']) {
      workspace.remove('target');
      const go = join(workspace.folder, `go${mode}`);
      const events = join(workspace.folder, `cold${mode}.jsonl`);
      const builds = workspace.startNx([...RUN, ...(mode === '' ? [] : [mode])], { env: { NX_CARGO_CROSS_EVENTS: events, TEST_GO: go } });
      const both = await until(() => startsOf(events).length === 2, 120_000);
      writeFileSync(go, '');
      const { code, text } = await builds.ended;
      assert.ok(both, text);
      assert.equal(code, 0, text);
      assert.deepEqual(startsOf(events), ['in turn', 'beside']);
      // Nx shows a batch's words twice.
      const said = readFileSync(events, 'utf8').trim().split('\n').map((line) => JSON.parse(line)).map(({ type, text: words }) => (type === 'output' ? words : ''));
      assert.equal(compiled(said.join('')).filter((name) => name === 'mac').length, 1, text);
    }
  },
);

/** Compiles no further than its macro until a file is there that is named after what it is compiled for. */
const WAITS_FOR_EACH = WAITS.replace('let go = std::env::var("TEST_GO").unwrap();', 'let go = format!("{}{}", std::env::var("TEST_GO").unwrap(), std::env::args().skip_while(|word| word != "--target").nth(1).unwrap());');
const TRIPLES = { 'aarch64-linux': 'aarch64-unknown-linux-gnu', 'x86_64-windows': 'x86_64-pc-windows-gnu' };
const DEP = 'pub fn says() -> i32 { mac::wait!() }\n';

e2e(
  'of two builds that are left, the one that has nothing left but the crate itself lets the other come as far',
  {
    files: {
      'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["app", "dep", "mac"]\n',
      ...crate('app', { lock: false, main: 'fn main() { println!("{}", dep::says()); }\n', manifest: '[dependencies]\ndep = { path = "../dep" }\n' }),
      ...crate('dep', { lock: false, main: '', lib: DEP, manifest: '[dependencies]\nmac = { path = "../mac" }\n' }),
      ...crate('mac', { lock: false, main: '', lib: WAITS_FOR_EACH, manifest: '[lib]\nproc-macro = true\n' }),
    },
    options: APART,
    skip: availableParallelism() < 2 && 'this machine has one core',
  },
  async (workspace) => {
    await workspace.lock('.');
    const go = (platform) => `go.${TRIPLES[platform]}`;
    const env = { TEST_GO: workspace.path('go.') };
    for (const platform of Object.keys(TRIPLES)) workspace.write({ [go(platform)]: '' });
    const before = await workspace.nx(RUN, { env });
    assert.equal(before.code, 0, before.text);

    workspace.write({ 'dep/src/lib.rs': `${DEP}// edited\n` });
    for (const platform of Object.keys(TRIPLES)) workspace.remove(go(platform));
    const events = join(workspace.folder, 'last.jsonl');
    const told = () => (existsSync(events) ? readFileSync(events, 'utf8').trim().split('\n').filter(Boolean).map((line) => JSON.parse(line)) : []);
    const isTold = (wanted) => until(() => told().some(wanted), 60_000);
    // One begins five seconds after the other, which is as long as that has taken when it has come to its crate.
    const free = holdTurn(workspace.path(FOLDER, 'release.x86_64-pc-windows-gnu.lock'));
    const builds = workspace.startNx(RUN, { env: { ...env, NX_CARGO_CROSS_EVENTS: events } });
    const one = await isTold(({ type, platform }) => type === 'started' && platform === 'aarch64-linux');
    await pause(5000);
    free();
    const other = await isTold(({ type, platform }) => type === 'started' && platform === 'x86_64-windows');
    workspace.write({ [go('aarch64-linux')]: '' });
    const waited = await isTold(({ type, platform, what }) => type === 'preparing' && platform === 'aarch64-linux' && /^its last crate waits until others are as far: app:cross-x86_64-windows \(process \d+\)$/.test(what));
    workspace.write({ [go('x86_64-windows')]: '' });
    const { code, text } = await builds.ended;
    assert.deepEqual([one, other, waited], [true, true, true], text);
    assert.equal(code, 0, text);
    assert.deepEqual(told().filter(({ type, success }) => type === 'finished' && success).map(({ platform }) => platform).sort(), Object.keys(TRIPLES));
  },
);
