/** What one checkout compiled is no other's program; but of packages that are nobody's own, another checkout compiles nothing again, and C not even with an empty target folder. */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { e2e } from './rig.mjs';

const FILES = {
  'rust/Cargo.toml': '[workspace]\nmembers = ["app"]\nresolver = "2"\n',
  'rust/app/Cargo.toml': '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\narrayvec = "0.7"\nindoc = "2"\n',
  'rust/app/src/main.rs': `fn main() {
    let mut some = arrayvec::ArrayVec::<usize, 4>::new();
    for value in 0..std::env::args().count() { some.push(value); }
    println!("{} {}", some.remove(0), indoc::indoc!("of this checkout"));
}
`,
};
/** A library, a macro, and C. */
const WITH_C = {
  ...FILES,
  'rust/app/Cargo.toml': `${FILES['rust/app/Cargo.toml']}bzip2-sys = { version = "0.1", features = ["static"] }\n`,
  'rust/app/src/main.rs': FILES['rust/app/src/main.rs'].replace('fn main() {', 'fn main() {\n    println!("{}", unsafe { bzip2_sys::BZ2_bzCompressEnd(std::ptr::null_mut()) });'),
};
const THIRD_PARTY = ['arrayvec', 'indoc', 'bzip2-sys', 'cc'];
const PLATFORMS = ['x86_64-linux-musl', 'x86_64-windows'];

e2e('what was compiled of downloaded packages is fresh in another checkout, and its program has the same bytes', { files: WITH_C, options: { platforms: PLATFORMS, backends: { '*': 'zig' } } }, async (workspace) => {
  await workspace.lock('rust');
  await workspace.commit();
  const other = await anotherCheckout(workspace, 'another/folder/far/away');
  const here = await build(workspace);
  for (const crate of [...THIRD_PARTY, 'app']) assert.ok(here.compiled.includes(crate), `${crate} in ${here.compiled}`);
  assert.deepEqual((await build(workspace)).compiled, []);

  cpSync(workspace.path('rust/target'), other.path('rust/target'), { recursive: true, preserveTimestamps: true });
  const there = await build(other);
  assert.deepEqual([...new Set(there.compiled)], ['app']);
  assert.deepEqual(there.files, here.files);
});

e2e('a target folder that was moved to another checkout, or is shared by two, gives each its own program', { files: FILES, options: { platforms: ['wasm32-wasip1'] } }, async (workspace) => {
  await workspace.lock('rust');
  await workspace.commit();
  const other = await anotherCheckout(workspace, 'other');
  const source = 'rust/app/src/main.rs';
  other.write({ [source]: FILES[source].replace('of this', 'of that') });
  // As old as can be: cargo, which goes by times, sees no change.
  utimesSync(other.path(source), 1e9, 1e9);
  const holds = (checkout, text) => readFileSync(checkout.path('dist/cross/wasm32-wasip1/app/app.wasm')).includes(text);
  const shared = { CARGO_TARGET_DIR: join(workspace.folder, 'shared target') };
  for (const checkout of [workspace, other]) await build(checkout, shared);
  assert.deepEqual([workspace, other].map((checkout) => [holds(checkout, 'of this checkout'), holds(checkout, 'of that checkout')]), [[true, false], [false, true]]);

  await build(workspace);
  renameSync(workspace.path('rust/target'), other.path('rust/target'));
  await build(other);
  assert.ok(holds(other, 'of that checkout') && !holds(other, 'of this checkout'));
});

const OWN_C = {
  ...WITH_C,
  'rust/app/Cargo.toml': `${WITH_C['rust/app/Cargo.toml']}\n[build-dependencies]\ncc = "1"\n`,
  'rust/Cargo.toml': `${WITH_C['rust/Cargo.toml']}\n[profile.release]\ndebug = true\n`,
  'rust/app/build.rs': 'fn main() { cc::Build::new().include("near").include("far").file("own.c").compile("own"); }\n',
  'rust/app/own.c': '#include "own.h"\nint own(void) { return OWN; }\n',
  'rust/app/far/own.h': '#define OWN 40302010\n',
  'rust/app/src/main.rs': `extern "C" { fn own() -> i32; }\n${WITH_C['rust/app/src/main.rs'].replace('fn main() {', 'fn main() {\n    println!("{}", unsafe { own() });')}`,
};

e2e('C of downloaded packages is compiled once for all checkouts, and leaves nothing of one in the bytes of another; own C is none of them', { files: OWN_C, options: { platforms: ['aarch64-linux'], backends: { '*': 'zig' } } }, async (workspace) => {
  await workspace.lock('rust');
  await workspace.commit();
  const other = await anotherCheckout(workspace, 'other');
  const keeps = (name) => ({ ZIG_GLOBAL_CACHE_DIR: join(workspace.folder, name) });
  const kept = () => readdirSync(join(workspace.folder, 'zig/o'), { recursive: true }).filter((file) => file.endsWith('.o')).sort();
  const here = await build(workspace, keeps('zig'));
  const objects = kept();
  assert.ok(objects.length > 0);

  rmSync(workspace.path('rust/target'), { recursive: true });
  const again = await build(workspace, keeps('zig'));
  assert.ok(again.compiled.includes('bzip2-sys'));
  assert.deepEqual(kept(), objects);
  assert.deepEqual(again.files, here.files);

  const there = await build(other, keeps('zig'));
  assert.deepEqual(kept(), objects);
  rmSync(other.path('rust/target'), { recursive: true });
  const alone = await build(other, keeps('zig of nobody else'));
  assert.deepEqual([there.files, alone.files], [here.files, here.files]);

  // A header that comes before the one that was read is in no key of zig's.
  workspace.write({ 'rust/app/near/own.h': '#define OWN 50607080\n' });
  rmSync(workspace.path('rust/target'), { recursive: true });
  assert.notDeepEqual((await build(workspace, keeps('zig'))).files, here.files);
});

async function anotherCheckout(workspace, folder) {
  await workspace.run('git', ['clone', '-q', workspace.root, join(workspace.folder, folder)]);
  const other = workspace.checkout(join(workspace.folder, folder));
  mkdirSync(dirname(other.path()), { recursive: true });
  symlinkSync(workspace.path('node_modules'), other.path('node_modules'));
  return other;
}

/** Builds all; the crates that were compiled, and the files. */
async function build(workspace, env = {}) {
  const { code, text } = await workspace.nx(['run-many', '-t', 'cross', '--skip-nx-cache', '--output-style=static'], { env });
  assert.equal(code, 0, text);
  const compiled = [...text.matchAll(/^\s*Compiling (\S+) v/gm)].map(([, crate]) => crate);
  const files = Object.fromEntries(workspace.list('dist/cross').map((file) => [file, readFileSync(workspace.path('dist/cross', file), 'hex')]));
  return { compiled, files };
}
