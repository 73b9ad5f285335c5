/** Static programs for musl are linked with the C library that rustup's std brings: zig compiles the C in them, and builds no C library. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { runnerFor } from '../tools/demo/runners.mjs';
import { filesBelow } from '../tools/lib/files.mjs';
import { ROOT } from '../tools/lib/paths.mjs';
import { toolchainWith } from '../tools/setup/toolchains.mjs';
import { e2e } from './rig.mjs';
import { crate } from './rig/crates.mjs';

const MUSL = { 'x86_64-linux-musl': 'x86_64-unknown-linux-musl', 'aarch64-linux-musl': 'aarch64-unknown-linux-musl', 'i686-linux-musl': 'i686-unknown-linux-musl' };
const installed = toolchainWith(Object.values(MUSL), ROOT);

/** Numbers of 64 and 128 bits, which 32-bit and 64-bit machines divide by functions of the compiler; a thread with a deep stack; the C library's own parts. */
const C = `
#include <complex.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#ifdef __SIZEOF_INT128__
typedef __int128 wide;
#else
typedef long long wide;
#endif
static void *deep(void *sum) {
  volatile char large[1 << 20];
  memset((void *)large, 1, sizeof large);
  for (int i = 0; i < 1 << 20; i += 1 << 12) *(int *)sum += large[i];
  return sum;
}
int speak(char *said, int size, long long value, double root) {
  int sum = 0;
  pthread_t thread;
  if (pthread_create(&thread, 0, deep, &sum) || pthread_join(thread, 0)) return 1;
  long double length = sqrtl(root) * 1.5L;
  snprintf(said, size, "%d %lld %Lg %g", sum, (long long)((wide)value * 3 / 7), length, cabs(root + 12 * I));
  return 0;
}
`;

const MAIN = `
use std::{ffi::{c_char, c_double, c_int, c_longlong}, panic, thread};
extern "C" { fn speak(said: *mut c_char, size: c_int, value: c_longlong, root: c_double) -> c_int; }
fn main() {
    let caught = panic::catch_unwind(|| panic!("on purpose")).is_err();
    let said = thread::spawn(|| {
        let mut said = [0u8; 80];
        assert_eq!(unsafe { speak(said.as_mut_ptr().cast(), 80, 700, 81.0) }, 0);
        String::from_utf8(said.iter().copied().take_while(|&byte| byte != 0).collect()).unwrap()
    }).join().unwrap();
    println!("{said}, and a panic was {}", if caught { "caught" } else { "missed" });
}
`;

const BUILD = `
fn main() {
    cc::Build::new().file("speak.c").compile("speak");
    for library in ["m", "pthread", "dl"] { println!("cargo:rustc-link-lib={library}"); }
    println!("cargo:rustc-link-arg=-Wl,--build-id=none,--gc-sections");
}
`;

e2e(
  'a program with C in it is linked for musl with no C library built by zig, and runs',
  {
    files: { ...crate('app', { main: MAIN, build: BUILD, manifest: '\n[build-dependencies]\ncc = "1.2"\n', lock: false }), 'app/speak.c': C },
    options: { platforms: Object.keys(MUSL), backends: { '*': 'zig' }, profile: 'dev' },
    skip: !installed && "no toolchain here has rustup's std for three musl triples, which brings the C library",
  },
  async (workspace) => {
    await workspace.lock('app');
    const cache = join(workspace.folder, 'fresh zig cache');
    const { code, text } = await workspace.nx(['run-many', '-t', 'cross', '--output-style=static'], { env: { ZIG_GLOBAL_CACHE_DIR: cache, ...installed.env } });
    assert.equal(code, 0, text);
    assert.match(text, /x86_64-unknown-linux-musl with zig \S+ \(.*, linked with the C library of Rust's std\)/);
    assert.deepEqual(filesBelow(cache).filter((file) => /\.a$|crt\w*\.o$/.test(file)), []);
    for (const [platform, triple] of Object.entries(MUSL)) {
      const [file] = workspace.readJson(`dist/cross/${platform}/app/manifest.json`).files;
      assert.equal(file.linkage, 'static', platform);
      const runner = runnerFor(triple, false);
      if ('why' in runner) console.log(`${platform} was not run: ${runner.why}`);
      else assert.equal(runner.run(workspace.path(`dist/cross/${platform}/app/app`), []).stdout, '256 300 13.5 81.8841, and a panic was caught\n', platform);
    }
  },
);
