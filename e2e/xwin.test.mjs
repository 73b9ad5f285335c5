/** Windows of Microsoft's ABI, by clang-cl and lld-link, against a stand-in for Microsoft's files that really links; and what is said where the files are not. */
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { runnerFor } from '../tools/demo/runners.mjs';
import { toolchainFor } from './matrix/toolchain.mjs';
import { e2e, lacking } from './rig.mjs';
import { cmakeCrate, crate } from './rig/crates.mjs';
import { MICROSOFT_PROGRAMS, standInMicrosoft } from './rig/microsoft.mjs';

const skip = lacking(...MICROSOFT_PROGRAMS);

/** The Rust that has std for these triples, where one has. */
const rust = toolchainFor({ platform: 'x86_64-windows-msvc', backend: 'xwin' }).env;
toolchainFor({ platform: 'aarch64-windows-msvc', backend: 'xwin' });

const FILES = {
  ...crate('app', {
    main: `
use std::{panic, thread};
fn main() {
    let four = thread::spawn(|| app::four()).join().unwrap();
    let caught = panic::catch_unwind(|| { if four == 4 { panic!("on purpose") } }).is_err();
    println!("C says {four}, a panic was {}", if caught { "caught" } else { "missed" });
}
`,
    lib: `
extern "C" { fn twice(value: i32) -> i32; fn counted(text: *const i8) -> i32; }
#[no_mangle] pub extern "C" fn four() -> i32 { unsafe { twice(counted(c"ab".as_ptr().cast())) } }
`,
    build: `
fn main() {
    cc::Build::new().file("twice.c").compile("twice");
    cc::Build::new().cpp(true).file("counted.cpp").compile("counted");
    println!("cargo:rerun-if-changed=build.rs");
}
`,
    manifest: '\n[lib]\ncrate-type = ["cdylib", "rlib"]\n\n[build-dependencies]\ncc = "1.2"\n',
    lock: false,
  }),
  'app/twice.c': `
#include <stdlib.h>
#include <windows.h>
#if !defined(_MSC_VER) || defined(__MINGW32__)
#error "not Microsoft's ABI"
#endif
int twice(int value) { int *kept = malloc(sizeof(int)); *kept = GetCurrentProcessId() ? 2 * value : 0; value = *kept; free(kept); return value; }
`,
  'app/counted.cpp': 'extern "C" {\n#include <string.h>\n}\nextern "C" int counted(const char *text) { try { return (int)strlen(text); } catch (...) { return -1; } }\n',
};

e2e(
  "a program and a library with C and C++ in them are built with Microsoft's files, and run",
  { files: FILES, options: { platforms: ['x86_64-windows-msvc', 'aarch64-windows-msvc'], profile: 'dev' }, skip },
  async (workspace) => {
    Object.assign(workspace.env, rust);
    await workspace.lock('app');
    // A place with a blank in it, as the folders of Visual Studio have.
    const files = join(workspace.folder, "Microsoft's files");
    symlinkSync(standInMicrosoft(), files);
    const { code, text } = await workspace.nx(['run-many', '-t', 'cross'], { env: { XWIN_ROOT: files } });
    assert.equal(code, 0, text);
    for (const machine of ['x86_64', 'aarch64']) {
      const folder = `dist/cross/${machine}-windows-msvc/app`;
      const manifest = workspace.readJson(`${folder}/manifest.json`);
      assert.equal(manifest.backend.id, 'xwin');
      assert.deepEqual(manifest.files.map(({ name }) => name).sort(), ['app.dll', 'app.dll.lib', 'app.exe']);
      for (const file of manifest.files.filter(({ name }) => !name.endsWith('.lib'))) {
        assert.equal(file.format, 'pe');
        assert.equal(file.machine, machine);
        const needed = file.needed.map((name) => name.toLowerCase());
        assert.ok(needed.includes('kernel32.dll'), `${needed}`);
        assert.ok(!needed.some((name) => /libgcc|msvcrt\.dll|winpthread/.test(name)), `${needed}`);
      }
    }
    const runner = runnerFor('x86_64-pc-windows-msvc', false);
    if ('why' in runner) console.log(`  (x86_64-windows-msvc: ${runner.why})`);
    else {
      const ran = runner.run(workspace.path('dist/cross/x86_64-windows-msvc/app/app.exe'), []);
      assert.equal(ran.stdout, 'C says 4, a panic was caught\n', ran.stderr);
    }
  },
);

e2e(
  "Microsoft's own layout is read too, from the folder that \"sdk\" names",
  { files: crate('app'), options: { platforms: ['x86_64-windows-msvc'], platform: { 'x86_64-windows-msvc': { sdk: 'microsoft' } }, profile: 'dev' }, skip },
  async (workspace) => {
    Object.assign(workspace.env, rust);
    symlinkSync(standInMicrosoft({ layout: 'winsysroot' }), workspace.path('microsoft'));
    const { code, text } = await workspace.nx(['run', 'app:cross-x86_64-windows-msvc'], { env: { XWIN_ROOT: '/nowhere' } });
    assert.equal(code, 0, text);
    assert.equal(workspace.readJson('dist/cross/x86_64-windows-msvc/app/manifest.json').files[0].machine, 'x86_64');
  },
);

const MSVC = `
#include <windows.h>
#if !defined(_MSC_VER) || !defined(_M_ARM64)
#error "CMake did not build for the platform that was asked for"
#endif
int native(void) { return GetCurrentProcessId() != 0; }
`;

e2e(
  'a crate that is built by CMake gets clang-cl, on a machine without Visual Studio',
  { files: cmakeCrate('app', MSVC), options: { platforms: ['aarch64-windows-msvc'], profile: 'dev' }, skip: skip || lacking('cmake', 'ninja') },
  async (workspace) => {
    Object.assign(workspace.env, rust);
    await workspace.lock('app');
    const { code, text } = await workspace.nx(['run', 'app:cross-aarch64-windows-msvc'], { env: { XWIN_ROOT: standInMicrosoft() } });
    assert.equal(code, 0, text);
    assert.equal(workspace.readJson('dist/cross/aarch64-windows-msvc/app/manifest.json').files[0].machine, 'aarch64');
  },
);

e2e(
  "without Microsoft's files nothing is downloaded, and what to do is said, licence and all",
  { files: crate('app'), options: { platforms: ['x86_64-windows-msvc', 'i686-windows-msvc'], platform: { 'i686-windows-msvc': { sdk: 'not/here' } }, profile: 'dev' }, skip },
  async (workspace) => {
    Object.assign(workspace.env, rust);
    const home = { HOME: join(workspace.folder, 'home'), CARGO_HOME: workspace.env.CARGO_HOME ?? join(workspace.env.HOME, '.cargo'), RUSTUP_HOME: workspace.env.RUSTUP_HOME ?? join(workspace.env.HOME, '.rustup') };
    const build = async (platform, env) => {
      const { code, text } = await workspace.nx(['run', `app:cross-${platform}`], { env: { ...home, ...env } });
      assert.notEqual(code, 0, text);
      assert.doesNotMatch(text, /Compiling/);
      return text;
    };
    assert.match(await build('x86_64-windows-msvc', {}), /tool-missing[\s\S]*Windows SDK with Microsoft's C runtime was not found[\s\S]*\$XWIN_ROOT[\s\S]*https:\/\/go\.microsoft\.com[\s\S]*never downloads[\s\S]*XWIN_ACCEPT_LICENSE=1 xwin --arch x86_64 splat/);
    assert.match(await build('x86_64-windows-msvc', { XWIN_ROOT: workspace.root }), /tool-broken[\s\S]*\$XWIN_ROOT names it/);
    assert.match(await build('i686-windows-msvc', {}), /tool-broken[\s\S]*not\/here/);
  },
);
