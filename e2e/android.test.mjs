/** Android through the NDK: C, C++ and Rust for four ABIs against a stand-in that really compiles and links, and every way an NDK can be wrong. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from '../tools/lib/run.mjs';
import { e2e, lacking } from './rig.mjs';
import { cmakeCrate, crate } from './rig/crates.mjs';
import { toolchainFor } from './matrix/toolchain.mjs';
import { NDK_PROGRAMS, standInNdk } from './rig/ndk.mjs';

const skip = lacking(...NDK_PROGRAMS);

/** The Rust that has std for Android, where one has. */
const rust = toolchainFor({ platform: 'aarch64-android', backend: 'ndk' }).env;

/** platform -> ABI, machine, loader, and what every segment that is loaded is aligned to */
const PLATFORMS = {
  'aarch64-android': { abi: 'arm64-v8a', machine: 'aarch64', interpreter: '/system/bin/linker64', page: 0x4000 },
  'x86_64-android': { abi: 'x86_64', machine: 'x86_64', interpreter: '/system/bin/linker64', page: 0x4000 },
  'armv7-android': { abi: 'armeabi-v7a', machine: 'arm', interpreter: '/system/bin/linker', page: 0x1000 },
  'i686-android': { abi: 'x86', machine: 'i386', interpreter: '/system/bin/linker', page: 0x1000 },
};

const FILES = {
  ...crate('app', {
    main: 'fn main() { println!("{}", app::four()); }\n',
    lib: `
extern "C" { fn twice(value: i32) -> i32; fn boxed(value: i32) -> i32; }
#[no_mangle] pub extern "C" fn four() -> i32 { unsafe { boxed(twice(2)) } }
`,
    build: `
fn main() {
    cc::Build::new().file("twice.c").compile("twice");
    cc::Build::new().cpp(true).file("boxed.cpp").compile("boxed");
    // Many crates write these, and Android has them in its C library.
    println!("cargo:rustc-link-lib=pthread");
    println!("cargo:rustc-link-lib=rt");
    let level = std::env::var("ANDROID_PLATFORM").unwrap();
    assert_eq!(level, std::env::var("CARGO_NDK_ANDROID_PLATFORM").unwrap());
    println!("cargo:rerun-if-changed=build.rs");
}
`,
    manifest: '\n[lib]\ncrate-type = ["cdylib", "rlib"]\n\n[build-dependencies]\ncc = "1.2"\n',
    lock: false,
  }),
  'app/twice.c': `
#include <android/log.h>
#include <stdio.h>
#if __ANDROID_API__ != 24
#error "not the API level that was asked for"
#endif
int twice(int value) { __android_log_write(ANDROID_LOG_INFO, "app", "twice"); return 2 * value; }
`,
  'app/boxed.cpp': 'struct Box { virtual ~Box() {} int value; };\nextern "C" int boxed(int value) { Box *box = new Box; box->value = value; int kept = box->value; delete box; return kept; }\n',
};

const LEVEL_24 = Object.fromEntries(Object.keys(PLATFORMS).map((platform) => [platform, { apiLevel: '24' }]));

/** What `.note.android.ident` says: the API level that the start files were made for. */
function apiLevel(bytes) {
  const at = bytes.indexOf('Android\0');
  return at < 0 ? undefined : bytes.readUInt32LE(at + 8);
}

/** The alignments of all segments that are loaded. */
function pages(file) {
  const { stdout } = capture('llvm-readelf-19', ['-lW', file]);
  return [...stdout.matchAll(/^\s+LOAD\s.*\s(0x[0-9a-f]+)$/gm)].map(([, align]) => Number(align));
}

const dynamic = (file) => capture('llvm-readelf-19', ['-dW', file]).stdout;

e2e(
  'a program and a library with C and C++ in them are built for four ABIs, with what an app takes of them',
  { files: FILES, options: { platforms: Object.keys(PLATFORMS), platform: LEVEL_24, profile: 'dev' }, skip },
  async (workspace) => {
    Object.assign(workspace.env, rust);
    await workspace.lock('app');
    const { code, text } = await workspace.nx(['run-many', '-t', 'cross'], { env: { ANDROID_NDK_HOME: standInNdk() } });
    assert.equal(code, 0, text);
    for (const [platform, expected] of Object.entries(PLATFORMS)) {
      const folder = `dist/cross/${platform}/app`;
      const { files, backend } = workspace.readJson(`${folder}/manifest.json`);
      assert.deepEqual(backend, { id: 'ndk', version: '27.2.12479018' });
      const file = (name) => files.find((one) => one.name === name);
      assert.deepEqual(files.map(({ name }) => name).sort(), ['app', 'libapp.so', 'libc++_shared.so'], platform);
      assert.equal(file('app').interpreter, expected.interpreter);
      for (const name of ['app', 'libapp.so']) {
        const path = workspace.path(folder, name);
        assert.equal(file(name).machine, expected.machine);
        assert.ok(file(name).needed.includes('libc++_shared.so'), `${platform} ${name}: ${file(name).needed}`);
        assert.deepEqual([...new Set(pages(path))], [expected.page], `${platform} ${name}`);
        assert.equal(apiLevel(readFileSync(path)), 24, `${platform} ${name}`);
      }
      assert.match(dynamic(workspace.path(folder, 'libapp.so')), /SONAME.*\[libapp\.so\]/);
      assert.deepEqual(workspace.list(`${folder}/jniLibs`).sort(), [`${expected.abi}/libapp.so`, `${expected.abi}/libc++_shared.so`]);
      assert.deepEqual(readFileSync(workspace.path(folder, 'jniLibs', expected.abi, 'libapp.so')), readFileSync(workspace.path(folder, 'libapp.so')));
    }
  },
);

const TUI = crate('app', {
  main: `
use ratatui::widgets::Paragraph;
fn main() -> std::io::Result<()> {
    let mut terminal = ratatui::try_init()?;
    terminal.draw(|frame| frame.render_widget(Paragraph::new("hello"), frame.area()))?;
    crossterm::event::read()?;
    ratatui::try_restore()
}
`,
  manifest: '\n[dependencies]\nratatui = "0.29"\ncrossterm = "0.28"\n',
  lock: false,
});

const PAGES = [
  { title: 'a program with a terminal interface links with an NDK of 4 KB pages, for 16 KB all the same', files: TUI, platform: 'aarch64-android', revision: '25.1.8937393' },
  { title: 'a program links with an NDK whose pages are 16 KB by default', files: crate('app'), platform: 'x86_64-android', revision: '28.0.12433566' },
];

for (const { title, files: written, platform, revision } of PAGES) {
  e2e(title, { files: written, options: { platforms: [platform], profile: 'dev' }, skip }, async (workspace) => {
    Object.assign(workspace.env, rust);
    await workspace.lock('app');
    const { code, text } = await workspace.nx(['run', `app:cross-${platform}`], { env: { ANDROID_NDK_ROOT: standInNdk({ revision }) } });
    assert.equal(code, 0, text);
    const { files, backend } = workspace.readJson(`dist/cross/${platform}/app/manifest.json`);
    assert.equal(backend.version, revision);
    assert.deepEqual(files.map(({ name }) => name), ['app']);
    const program = workspace.path(`dist/cross/${platform}/app/app`);
    assert.deepEqual([...new Set(pages(program))], [0x4000]);
    assert.equal(apiLevel(readFileSync(program)), 21);
    assert.ok(!workspace.exists(`dist/cross/${platform}/app/jniLibs`), 'a program is nothing for jniLibs');
  });
}

e2e(
  'a program that is asked to be static is, and the library beside it is not',
  { files: crate('app', { lib: '#[no_mangle] pub extern "C" fn four() -> i32 { 4 }\n', manifest: '\n[lib]\ncrate-type = ["cdylib"]\n' }), options: { platforms: ['x86_64-android'], platform: { 'x86_64-android': { linkage: 'static' } }, profile: 'dev' }, skip },
  async (workspace) => {
    Object.assign(workspace.env, rust);
    const { code, text } = await workspace.nx(['run', 'app:cross-x86_64-android'], { env: { ANDROID_NDK_HOME: standInNdk() } });
    assert.equal(code, 0, text);
    const { files } = workspace.readJson('dist/cross/x86_64-android/app/manifest.json');
    assert.deepEqual(Object.fromEntries(files.map(({ name, linkage }) => [name, linkage])), { app: 'static', 'libapp.so': 'dynamic' });
  },
);

const CXX = {
  ...crate('app', {
    lib: 'extern "C" { fn boxed(value: i32) -> i32; }\n#[no_mangle] pub extern "C" fn four() -> i32 { unsafe { boxed(4) } }\n',
    main: '',
    build: 'fn main() { cc::Build::new().cpp(true).file("boxed.cpp").compile("boxed"); }\n',
    manifest: '\n[lib]\ncrate-type = ["cdylib"]\n\n[build-dependencies]\ncc = "1.2"\n',
    lock: false,
  }),
  'app/boxed.cpp': FILES['app/boxed.cpp'],
};

e2e(
  "an old NDK's C++ library, whose pages are of 4 KB, is not handed on",
  { files: CXX, options: { platforms: ['aarch64-android'], profile: 'dev' }, skip },
  async (workspace) => {
    Object.assign(workspace.env, rust);
    await workspace.lock('app');
    const { code, text } = await workspace.nx(['run', 'app:cross-aarch64-android'], { env: { ANDROID_NDK_HOME: standInNdk({ revision: '25.1.8937393' }) } });
    assert.notEqual(code, 0, text);
    assert.match(text, /promise-broken[\s\S]*libc\+\+_shared\.so[\s\S]*pages of up to 4 KB[\s\S]*Take a newer ndk/);
    assert.ok(!workspace.exists('dist/cross/aarch64-android/app'), 'nothing is staged');
  },
);

const LEVEL = `
#if !defined(__ANDROID__) || __ANDROID_API__ != 26
#error "CMake did not build for the platform that was asked for"
#endif
int native(void) { return __ANDROID_API__; }
`;

e2e(
  "a crate that is built by CMake gets the NDK's own toolchain file, with ABI and level",
  { files: cmakeCrate('app', LEVEL), options: { platforms: ['armv7-android'], platform: { 'armv7-android': { apiLevel: '26' } }, profile: 'dev' }, skip: skip || lacking('cmake', 'make') },
  async (workspace) => {
    Object.assign(workspace.env, rust);
    await workspace.lock('app');
    const { code, text } = await workspace.nx(['run', 'app:cross-armv7-android'], { env: { ANDROID_NDK_HOME: standInNdk() } });
    assert.equal(code, 0, text);
    assert.equal(workspace.readJson('dist/cross/armv7-android/app/manifest.json').files[0].machine, 'arm');
  },
);

/** An NDK with another source.properties: the rest is the stand-in's. */
function variant(folder, properties) {
  const whole = standInNdk();
  mkdirSync(folder, { recursive: true });
  for (const entry of ['build', 'meta', 'toolchains']) symlinkSync(join(whole, entry), join(folder, entry));
  writeFileSync(join(folder, 'source.properties'), properties);
  return folder;
}

const PLAIN = crate('app', { manifest: '\n[package.metadata.nx-cargo-cross.platform.x86_64-android]\napi-level = "19"\n' });

e2e(
  'an NDK that is missing, too old or broken, and an API level that cannot be had, fail before anything is compiled',
  { files: PLAIN, options: { platforms: ['aarch64-android', 'x86_64-android', 'armv7-android'], platform: { 'armv7-android': { apiLevel: '99' } }, profile: 'dev' }, skip },
  async (workspace) => {
    Object.assign(workspace.env, rust);
    const at = (name) => join(workspace.folder, name);
    const revision = (text) => `Pkg.Desc = Android NDK\nPkg.Revision = ${text}\n`;
    const home = { HOME: at('home'), CARGO_HOME: workspace.env.CARGO_HOME ?? join(workspace.env.HOME, '.cargo'), RUSTUP_HOME: workspace.env.RUSTUP_HOME ?? join(workspace.env.HOME, '.rustup') };
    const build = async (platform, env) => {
      const { code, text } = await workspace.nx(['run', `app:cross-${platform}`], { env: { ...home, ...env } });
      assert.notEqual(code, 0, text);
      assert.doesNotMatch(text, /Compiling/);
      return text;
    };
    const whole = { ANDROID_NDK_HOME: standInNdk() };
    assert.match(await build('aarch64-android', {}), /tool-missing[\s\S]*Android NDK was not found[\s\S]*\$ANDROID_NDK_HOME[\s\S]*sdkmanager --install "ndk;/);
    assert.match(await build('aarch64-android', { ANDROID_NDK_HOME: at('nowhere') }), /tool-broken[\s\S]*nowhere does not work[\s\S]*\$ANDROID_NDK_HOME names it/);
    assert.match(await build('aarch64-android', { ANDROID_NDK_HOME: variant(at('old'), revision('22.1.7171670')) }), /tool-too-old[\s\S]*Android NDK 22\.1\.7171670[\s\S]*23\.0\.0 or newer/);
    assert.match(await build('aarch64-android', { ANDROID_NDK_HOME: variant(at('broken'), 'Pkg.Desc = Android NDK\n') }), /tool-broken[\s\S]*source\.properties/);
    assert.match(await build('x86_64-android', whole), /linkage-impossible[\s\S]*API level 19[\s\S]*app\/Cargo\.toml:7[\s\S]*"apiLevel": "21"/);
    assert.match(await build('armv7-android', whole), /linkage-impossible[\s\S]*API level 99[\s\S]*nx\.json[\s\S]*"apiLevel": "35"/);
  },
);

e2e(
  'of two NDKs beside each other the numerically newer one builds',
  { files: PLAIN, options: { platforms: ['aarch64-android'], profile: 'dev' }, skip },
  async (workspace) => {
    Object.assign(workspace.env, rust);
    const sdk = join(workspace.folder, 'sdk');
    variant(join(sdk, 'ndk/9.1.1'), 'Pkg.Revision = 9.1.1\n');
    variant(join(sdk, 'ndk/27.2.12479018'), 'Pkg.Revision = 27.2.12479018\n');
    const { code, text } = await workspace.nx(['run', 'app:cross-aarch64-android'], { env: { ANDROID_HOME: sdk } });
    assert.equal(code, 0, text);
    assert.equal(workspace.readJson('dist/cross/aarch64-android/app/manifest.json').backend.version, '27.2.12479018');
  },
);
