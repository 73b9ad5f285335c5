/** One program with C in it, for every platform of the demo monorepo: built in one run, proved, and run where it can run. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { runnerFor } from '../tools/demo/runners.mjs';
import { e2e, lacking } from './rig.mjs';
import { crate } from './rig/crates.mjs';

/** platform -> what its manifest must say of the program */
const PLATFORMS = {
  'x86_64-linux-musl': { name: 'app', format: 'elf', machine: 'x86_64', linkage: 'static' },
  'aarch64-linux': { name: 'app', format: 'elf', machine: 'aarch64', linkage: 'dynamic', interpreter: '/lib/ld-linux-aarch64.so.1' },
  'aarch64-linux-musl': { name: 'app', format: 'elf', machine: 'aarch64', linkage: 'static' },
  'armv7-linux-musleabihf': { name: 'app', format: 'elf', machine: 'arm', linkage: 'static' },
  'x86_64-windows': { name: 'app.exe', format: 'pe', machine: 'x86_64' },
  'aarch64-macos': { name: 'app', format: 'macho', machine: 'aarch64' },
};

const FILES = crate('app', {
  main: `
use std::{panic, thread};
extern "C" { fn twice(value: i32) -> i32; }
fn main() {
    let doubled = thread::spawn(|| unsafe { twice(21) }).join().unwrap();
    let caught = panic::catch_unwind(|| { if doubled == 42 { panic!("on purpose") } }).is_err();
    println!("C says {doubled}, a panic was {}", if caught { "caught" } else { "missed" });
}
`,
  build: 'fn main() { cc::Build::new().file("twice.c").compile("twice"); println!("cargo:rerun-if-changed=twice.c"); }\n',
  manifest: '\n[build-dependencies]\ncc = "1.2"\n',
  lock: false,
});

e2e(
  'a program with C in it is built for six platforms, and says the same wherever it runs',
  {
    files: { ...FILES, 'app/twice.c': '#include <stdio.h>\nint twice(int value) { return 2 * value; }\n' },
    options: { platforms: Object.keys(PLATFORMS), backends: { 'x86_64-pc-windows-gnu': 'gcc', '*': 'zig' }, profile: 'dev' },
    skip: lacking('x86_64-w64-mingw32-gcc'),
    timeoutMs: 40 * 60_000,
  },
  async (workspace) => {
    await workspace.lock('app');
    const { code, text } = await workspace.nx(['run-many', '-t', 'cross'], { timeoutMs: 40 * 60_000 });
    assert.equal(code, 0, text);
    assert.deepEqual(workspace.list('app').filter((file) => !file.startsWith('target/')).sort(), ['Cargo.lock', 'Cargo.toml', 'build.rs', 'src/main.rs', 'twice.c'], 'what compilers leave behind would be in the key');
    for (const [platform, expected] of Object.entries(PLATFORMS)) {
      const folder = `dist/cross/${platform}/app`;
      const manifest = workspace.readJson(`${folder}/manifest.json`);
      const [file] = manifest.files;
      assert.deepEqual(Object.fromEntries(Object.keys(expected).map((key) => [key, file[key]])), expected, platform);
      const runner = runnerFor(manifest.triple, file.linkage === 'dynamic');
      if ('why' in runner) console.log(`  (${platform}: ${runner.why})`);
      else {
        const ran = runner.run(workspace.path(folder, file.name), []);
        assert.equal(ran.stdout, 'C says 42, a panic was caught\n', `${platform}: ${ran.stderr}`);
      }
    }
    assert.equal(workspace.readJson('dist/cross/aarch64-linux/app/manifest.json').files[0].glibc, '2.17');

    // The same proof by the package's own command; and a byte that somebody changes is told by its page.
    const { bin } = workspace.readJson('node_modules/nx-cargo-cross/package.json');
    const prove = (file, platform) => workspace.run(process.execPath, [workspace.path('node_modules/nx-cargo-cross', bin['nx-cargo-cross']), 'prove', file, '--platform', platform]);
    for (const [platform, { name }] of Object.entries(PLATFORMS)) {
      const proved = await prove(`dist/cross/${platform}/app/${name}`, platform);
      assert.equal(proved.code, 0, proved.text);
    }
    const program = readFileSync(workspace.path('dist/cross/aarch64-macos/app/app'));
    const at = program.length >> 1;
    program[at] ^= 1;
    writeFileSync(workspace.path('changed'), program);
    const { code: changed, stdout } = await prove('changed', 'aarch64-macos');
    assert.equal(changed, 1, stdout);
    assert.match(stdout, new RegExp(`signature: promised hashes that fit the pages, found another hash than that of page ${at >> 14} `));
  },
);
