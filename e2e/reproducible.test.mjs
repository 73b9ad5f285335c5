/** Another checkout, another user's cargo home, another time: the same bytes. And what is done for it can be left undone. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { e2e, lacking } from './rig.mjs';

/**
 * Panics, file names and assertions of one's own crates, of a crate of the registry, of generated code, of C; of a package that lies outside the Cargo workspace, whose
 * absolute path cargo hashes into symbols; with a shared and a static library, and with debug information.
 */
const FILES = {
  'rust/Cargo.toml': '[workspace]\nmembers = ["app", "native"]\nresolver = "2"\n',
  'rust/app/Cargo.toml':
    '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n\n[lib]\ncrate-type = ["cdylib", "staticlib", "rlib"]\n\n[dependencies]\narrayvec = "0.7"\nnative = { path = "../native" }\nshared = { path = "../../shared" }\n',
  'rust/app/build.rs':
    'use std::{env, fs, path::Path};\nfn main() { fs::write(Path::new(&env::var("OUT_DIR").unwrap()).join("made.rs"), "pub fn made(n: usize) { if n > 7 { panic!(\\"made {n}\\") } }").unwrap(); }\n',
  'rust/app/src/lib.rs': `include!(concat!(env!("OUT_DIR"), "/made.rs"));
#[no_mangle]
pub extern "C" fn pick(n: usize) -> usize {
    let mut some = arrayvec::ArrayVec::<usize, 4>::new();
    for value in 0..n { some.push(value); }
    made(n);
    shared::same(some.remove(n / 2))
}
`,
  'rust/app/src/main.rs': 'fn main() {\n    let n = std::env::args().count();\n    println!("{} {} {}", file!(), app::pick(n + 1), native::twice(n));\n}\n',
  'shared/Cargo.toml': '[package]\nname = "shared"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\narrayvec = "0.7"\n\n[build-dependencies]\ncc = "1.2"\n',
  'shared/build.rs': `use std::{env, fs, path::Path};
fn main() {
    let out = env::var("OUT_DIR").unwrap();
    fs::write(Path::new(&out).join("made.rs"), "#[inline(never)] pub fn same(n: usize) -> usize { if n > 70 { panic!(\\"shared {n}\\") } n }").unwrap();
    fs::write(Path::new(&out).join("one.c"), "int c_one(void) { return 1; }\\n").unwrap();
    cc::Build::new().file(Path::new(&out).join("one.c")).compile("one");
}
`,
  'shared/src/lib.rs': `mod made { include!(concat!(env!("OUT_DIR"), "/made.rs")); }
extern "C" { fn c_one() -> i32; }
pub fn same(n: usize) -> usize {
    let mut some = arrayvec::ArrayVec::<usize, 2>::new();
    some.push(made::same(n));
    some.remove(0) * unsafe { c_one() } as usize
}
`,
  'rust/native/Cargo.toml': '[package]\nname = "native"\nversion = "0.1.0"\nedition = "2021"\n\n[build-dependencies]\ncc = "1.2"\n',
  'rust/native/build.rs': 'fn main() { cc::Build::new().file("twice.c").compile("twice"); }\n',
  'rust/native/src/lib.rs': 'extern "C" { fn c_twice(value: usize) -> usize; }\npub fn twice(value: usize) -> usize { assert!(value < 9, "too many"); unsafe { c_twice(value) } }\n',
  'rust/native/twice.c':
    '#include <stddef.h>\n#include <stdio.h>\nsize_t c_twice(size_t value) { if (value > 8) { puts(__FILE__); puts(__DATE__ " " __TIME__); } return 2 * value; }\n',
};

const names = { 'musl-debug': 'x86_64-linux-musl', 'windows-debug': 'x86_64-windows', 'windows-gcc': 'x86_64-windows' };
const OPTIONS = {
  names,
  platforms: ['x86_64-windows', 'aarch64-macos', ...Object.keys(names)],
  backends: { 'windows-gcc': 'gcc', '*': 'zig' },
  platform: { 'musl-debug': { profile: 'dev' }, 'windows-debug': { profile: 'dev' } },
};

e2e('two checkouts with two cargo homes give the same bytes', { files: FILES, options: OPTIONS, skip: lacking('x86_64-w64-mingw32-gcc') }, async (workspace) => {
  await workspace.lock('rust');
  await workspace.commit();
  const there = 'another/folder/far/away';
  const home = join(workspace.folder, 'another-home');
  // The downloads are shared, which no path tells.
  mkdirSync(home);
  symlinkSync(join(process.env.CARGO_HOME ?? join(homedir(), '.cargo'), 'registry'), join(home, 'registry'));
  await workspace.run('git', ['clone', '-q', workspace.root, join(workspace.folder, there)]);
  const other = workspace.checkout(join(workspace.folder, there));
  symlinkSync(workspace.path('node_modules'), other.path('node_modules'));

  const here = await build(workspace);
  const elsewhere = await build(other, { CARGO_HOME: home, TZ: 'Asia/Tokyo' });
  assert.deepEqual(elsewhere.sums, here.sums);
  for (const platform of OPTIONS.platforms) assert.ok(Object.keys(here.sums).some((file) => file.startsWith(`${platform}/`)), platform);
  for (const { text } of [here, elsewhere]) assert.doesNotMatch(text, /host-path/);
  for (const [file, bytes] of elsewhere.files) assert.ok(!bytes.includes(workspace.folder), `${file} holds ${workspace.folder}`);

  const leaky = { 'rust/Cargo.toml': `${workspace.read('rust/Cargo.toml')}\n[workspace.metadata.nx-cargo-cross]\nreproducible = false\n` };
  workspace.write(leaky);
  const left = await workspace.nx(['run', 'app:cross-musl-debug']);
  assert.equal(left.code, 0, left.text);
  assert.doesNotMatch(left.stdout, /local cache/);
  assert.ok(readFileSync(workspace.path('dist/cross/musl-debug/app/app')).includes(workspace.folder), "a debugger finds the sources by the machine's paths");
});

async function build(workspace, env = {}) {
  const { code, text } = await workspace.nx(['run-many', '-t', 'cross', '--skip-nx-cache'], { env, timeoutMs: 20 * 60_000 });
  assert.equal(code, 0, text);
  const files = workspace.list('dist/cross').map((file) => [file, readFileSync(workspace.path('dist/cross', file))]);
  return { text, files, sums: Object.fromEntries(files.map(([file, bytes]) => [file, createHash('sha256').update(bytes).digest('hex')])) };
}
