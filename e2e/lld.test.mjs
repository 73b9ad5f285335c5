/** The lld backend: programs without a C compiler anywhere, from Rust's own start files and LLVM's linker. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { runnerFor } from '../tools/demo/runners.mjs';
import { ROOT } from '../tools/lib/paths.mjs';
import { toolchainWith } from '../tools/setup/toolchains.mjs';
import { compilersOnPath, e2e, pathWithout } from './rig.mjs';
import { crate } from './rig/crates.mjs';
import { callWasm, runWasi } from './rig/wasi.mjs';

/** Threads, and a panic that is caught: the C library, its start files and the unwinder all have a part in it. */
const PROGRAM = `
use std::{panic, thread};
fn main() {
    let doubled = thread::spawn(|| 2 * std::env::args().count()).join().unwrap();
    let caught = panic::catch_unwind(|| { if doubled == 2 { panic!("on purpose") } }).is_err();
    println!("{doubled}, and a panic was {}", if caught { "caught" } else { "missed" });
}
`;
const SAID = '2, and a panic was caught\n';

const MUSL = { 'x86_64-linux-musl': 'x86_64-unknown-linux-musl', 'aarch64-linux-musl': 'aarch64-unknown-linux-musl', 'i686-linux-musl': 'i686-unknown-linux-musl' };
const installed = toolchainWith(Object.values(MUSL), ROOT);
const LACKING = !installed && "no toolchain here has rustup's std for three musl triples";

e2e(
  'pure Rust programs for musl are built without any C compiler',
  {
    files: crate('app', { main: PROGRAM }),
    options: { platforms: Object.keys(MUSL), backends: { '*': 'lld' }, profile: 'dev' },
    skip: LACKING,
  },
  async (workspace) => {
    const PATH = pathWithout(workspace, compilersOnPath(workspace));
    for (const compiler of ['cc', 'gcc', 'clang', 'zig', 'ld', 'ld.lld']) {
      assert.notEqual((await workspace.run('/bin/sh', ['-c', `command -v ${compiler}`], { env: { PATH } })).code, 0, `${compiler} is gone`);
    }
    const { code, text } = await workspace.nx(['run-many', '-t', 'cross'], { env: { PATH, ...installed.env } });
    assert.equal(code, 0, text);
    for (const [platform, triple] of Object.entries(MUSL)) {
      const manifest = workspace.readJson(`dist/cross/${platform}/app/manifest.json`);
      assert.equal(manifest.backend.id, 'lld');
      assert.equal(manifest.files[0].linkage, 'static', platform);
      says(runnerFor(triple, false), workspace.path(`dist/cross/${platform}/app/app`), platform);
    }
  },
);

e2e(
  "ARMv7 musl is linked by lld alone; where std was built here, zig's sources give its start files once",
  { files: crate('app', { main: PROGRAM }), options: { platforms: ['armv7-linux-musleabihf'], backends: { '*': 'lld' }, profile: 'dev' }, timeoutMs: 30 * 60_000 },
  async (workspace) => {
    const { code, text } = await workspace.nx(['run', 'app:cross-armv7-linux-musleabihf'], { timeoutMs: 30 * 60_000 });
    assert.equal(code, 0, text);
    const folder = 'dist/cross/armv7-linux-musleabihf/app';
    const [file] = workspace.readJson(`${folder}/manifest.json`).files;
    assert.deepEqual([file.machine, file.linkage], ['arm', 'static']);
    says(runnerFor('armv7-unknown-linux-musleabihf', false), workspace.path(folder, 'app'), 'armv7');
  },
);

const WITH_C = { build: 'fn main() { cc::Build::new().file("twice.c").compile("twice"); }\n', manifest: '\n[build-dependencies]\ncc = "1.2"\n', lock: false };

e2e(
  'a crate with C in it is refused before anything is compiled, with the crate named and the way out',
  { files: { ...crate('app', WITH_C), 'app/twice.c': 'int twice(int value) { return 2 * value; }\n' }, options: { platforms: ['x86_64-linux-musl'], backends: { '*': 'lld' }, profile: 'dev' }, skip: LACKING },
  async (workspace) => {
    await workspace.lock('app');
    const { code, text } = await workspace.nx(['run', 'app:cross-x86_64-linux-musl'], { env: installed.env });
    assert.notEqual(code, 0);
    assert.match(text, /error\[crate-unbuildable\]: app 0\.1\.0 /);
    assert.match(text, /"x86_64-unknown-linux-musl": "zig"/);
    assert.doesNotMatch(text, /Compiling/);

    // Who says that there is no C is believed, and cc itself then says no.
    workspace.write({ 'nx.json': JSON.stringify({ ...workspace.readJson('nx.json'), plugins: [{ plugin: 'nx-cargo-cross', options: { platforms: ['x86_64-linux-musl'], backends: { '*': 'lld' }, profile: 'dev', platform: { 'x86_64-linux-musl': { env: { CC_FORCE_DISABLE: '1' } } } } }] }) });
    const forced = await workspace.nx(['run', 'app:cross-x86_64-linux-musl'], { env: installed.env });
    assert.notEqual(forced.code, 0);
    assert.match(forced.text, /disabled by the `CC_FORCE_DISABLE` environment variable/);
  },
);

const WASM = ['wasm32-wasip1', 'wasm32-unknown-unknown'];
const wasmToolchain = toolchainWith(WASM, ROOT);

e2e(
  'WebAssembly programs and libraries are built by default without a C compiler, and run under node',
  {
    files: crate('app', {
      main: 'fn main() { let name = std::env::args().nth(1).unwrap_or_default(); println!("hello {name} from {}", parts::twice(21)); }\n',
      lib: '#[no_mangle]\npub extern "C" fn twice(value: i32) -> i32 { 2 * value }\n',
      manifest: '\n[lib]\nname = "parts"\ncrate-type = ["cdylib", "rlib"]\n',
    }),
    options: { platforms: WASM, profile: 'dev' },
    skip: !wasmToolchain && 'no toolchain here has std for WebAssembly',
  },
  async (workspace) => {
    const PATH = pathWithout(workspace, compilersOnPath(workspace));
    const { code, text } = await workspace.nx(['run-many', '-t', 'cross'], { env: { PATH, ...wasmToolchain.env } });
    assert.equal(code, 0, text);
    for (const platform of WASM) {
      const manifest = workspace.readJson(`dist/cross/${platform}/app/manifest.json`);
      assert.equal(manifest.backend.id, 'lld', platform);
      assert.deepEqual([...new Set(manifest.files.map(({ format }) => format))], ['wasm'], platform);
    }
    const ran = runWasi(workspace.path('dist/cross/wasm32-wasip1/app/app.wasm'), ['you']);
    assert.equal(ran.stdout, 'hello you from 42\n', ran.stderr);
    const library = readFileSync(workspace.path('dist/cross/wasm32-unknown-unknown/app/parts.wasm'));
    assert.equal(await callWasm(library, 'twice', 21), 42);
  },
);

function says(runner, file, what) {
  if ('why' in runner) console.log(`  (${what}: ${runner.why})`);
  else {
    const ran = runner.run(file, []);
    assert.equal(ran.stdout, SAID, `${what}: ${ran.stderr}`);
  }
}
