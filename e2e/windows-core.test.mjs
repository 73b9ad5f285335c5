/** Programs for Windows are linked with the part of zig's mingw that they ask for: the same bytes as with all of it, which zig builds where a program asks for more. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runnerFor } from '../tools/demo/runners.mjs';
import { filesBelow } from '../tools/lib/files.mjs';
import { cacheFolder } from '../tools/lib/paths.mjs';
import { e2e } from './rig.mjs';
import { crate } from './rig/crates.mjs';

const PLATFORM = 'x86_64-windows';

/** What of the C library lies in mingw, and not in Windows: the ways to print, numbers with 80 bits, threads' own variables. */
const C = `
#include <math.h>
#include <stdio.h>
#include <string.h>
static _Thread_local int times;
int speak(char *said, int size, double root) {
  char wide[40];
  long double length = sqrtl(root) * powl(2, 0.5L) * tanhl(20);
  snprintf(wide, sizeof wide, "%d %zu", ++times, strlen(said));
  return __mingw_snprintf(said, size, "%s %.12Lf %lld", wide, length, 1LL << 40);
}
`;

const MAIN = `
use std::{cell::RefCell, env, ffi::{c_char, c_double, c_int}, panic, thread};
extern "C" { fn speak(said: *mut c_char, size: c_int, root: c_double) -> c_int; }
struct Told(&'static str);
impl Drop for Told { fn drop(&mut self) { println!("{} ends", self.0); } }
thread_local! { static TOLD: RefCell<Option<Told>> = const { RefCell::new(None) }; }
fn main() {
    let caught = panic::catch_unwind(|| panic!("on purpose")).is_err();
    let said = thread::spawn(|| {
        TOLD.with(|told| *told.borrow_mut() = Some(Told("a thread")));
        let mut said = [0u8; 80];
        let length = unsafe { speak(said.as_mut_ptr().cast(), 80, 81.0) } as usize;
        String::from_utf8(said[..length].to_vec()).unwrap()
    }).join().unwrap();
    println!("{said}, {:?}, and a panic was {}", env::args().nth(1), if caught { "caught" } else { "missed" });
}
`;

const BUILD = 'fn main() { cc::Build::new().file("speak.c").compile("speak"); }\n';
const NEEDS_CC = '\n[build-dependencies]\ncc = "1.2"\n';
const DLL = '#[no_mangle]\npub extern "C" fn twice(n: i32) -> i32 { println!("{n}"); 2 * n }\n';

/** Asks for a clock of winpthreads, and for a function that UCRT has as well. */
const ASKS = `
extern "C" {
    fn gettimeofday(now: *mut [i64; 2], zone: *mut u8) -> i32;
    fn fegetround() -> i32;
}
fn main() {
    let mut now = [0; 2];
    println!("{} {}", unsafe { gettimeofday(&mut now, std::ptr::null_mut()) }, unsafe { fegetround() });
}
`;

/** A word that is C source has zig link at once with all of its library; of nothing, nothing is in the program. */
const ALL_OF_IT = `[package.metadata.nx-cargo-cross.platform.${PLATFORM}]\nrustflags = ["-Clink-arg=EMPTY"]\n`;

/** Of files that are left out: in the part they are objects without anything in them. */
const LEFT_OUT = ['dxguid.obj', 'strmiids.obj', 'thread.obj', 'uuid.obj'];

e2e(
  'a program for Windows is linked with a part of mingw as with all of it, and with all of it where it asks for more',
  {
    files: {
      ...crate('app', { main: MAIN, build: BUILD, manifest: NEEDS_CC, lock: false }),
      'app/speak.c': C,
      ...crate('library', { main: '', lib: DLL, manifest: '\n[lib]\ncrate-type = ["cdylib"]\n' }),
      ...crate('asks', { main: ASKS }),
      'empty.c': '',
    },
    options: { platforms: [PLATFORM], backends: { '*': 'zig' } },
    timeoutMs: 25 * 60_000,
  },
  async (workspace) => {
    await workspace.lock('app');
    const cache = join(workspace.folder, 'fresh zig cache');
    // A machine that has linked nothing for Windows, but has std.
    const home = join(workspace.folder, 'fresh-caches');
    mkdirSync(home);
    const std = join(cacheFolder(), 'std');
    if (existsSync(std)) symlinkSync(std, join(home, 'std'));
    const build = async (...words) => {
      const { code, text } = await workspace.nx([...words, '--output-style=static'], { env: { ZIG_GLOBAL_CACHE_DIR: cache, NX_CARGO_CROSS_CACHE: home }, timeoutMs: 20 * 60_000 });
      assert.equal(code, 0, text);
      return text;
    };
    const sums = () => ['app', 'library'].flatMap((name) => workspace.readJson(`dist/cross/${PLATFORM}/${name}/manifest.json`).files.map(({ name: file, sha256 }) => `${file} ${sha256}`));
    const sizes = () => filesBelow(cache).filter((file) => LEFT_OUT.includes(basename(file))).map((file) => statSync(join(cache, file)).size);

    const first = await build('run-many', '-t', 'cross', '-p', 'app,library');
    assert.equal(first.match(/building zig's libraries for Windows beside it/g)?.length, 1, first);
    const part = sums();
    assert.ok(part.length >= 2, part.join());
    // Once: what was built beside is what the links take.
    assert.equal(sizes().length, LEFT_OUT.length);
    assert.deepEqual(sizes().filter((size) => size > 5000), [], 'zig compiled what was to be left out');
    const runner = runnerFor('x86_64-pc-windows-gnu', false);
    const run = (name, args) => ('why' in runner ? console.log(`${name} was not run: ${runner.why}`) : runner.run(workspace.path(`dist/cross/${PLATFORM}/${name}/${name}.exe`), args).stdout);
    const said = run('app', ['grüße 世界']);
    if (said !== undefined) assert.equal(said, 'a thread ends\n1 0 12.727922061358 1099511627776, Some("grüße 世界"), and a panic was caught\n');

    assert.doesNotMatch(await build('run', `asks:cross-${PLATFORM}`), /beside it/);
    assert.ok(sizes().some((size) => size > 50_000), 'all of mingw was not compiled for a program that asks for more');
    const told = run('asks', []);
    if (told !== undefined) assert.equal(told, '0 0\n');

    for (const name of ['app', 'library']) workspace.write({ [`${name}/Cargo.toml`]: `${workspace.read(`${name}/Cargo.toml`)}\n${ALL_OF_IT.replace('EMPTY', workspace.path('empty.c'))}` });
    await build('run-many', '-t', 'cross', '-p', 'app,library');
    assert.deepEqual(sums(), part);
  },
);
