/** Both Macs through an osxcross, which here is a stand-in that really compiles and links; and Apple's SDK through zig. */
import assert from 'node:assert/strict';
import { symlinkSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from '../tools/lib/run.mjs';
import { e2e, lacking } from './rig.mjs';
import { crate } from './rig/crates.mjs';
import { OSXCROSS_PROGRAMS, standInOsxcross, standInSdk } from './rig/osxcross.mjs';

const skip = lacking(...OSXCROSS_PROGRAMS, 'llvm-objdump-19');

/** A library with C in it, and with a function that only the program that loads it has. */
const FILES = {
  ...crate('mixed', {
    main: '',
    lib: `
extern "C" { fn twice(value: i32) -> i32; fn host_function(value: i32) -> i32; }
#[no_mangle] pub extern "C" fn plugged(value: i32) -> i32 { unsafe { host_function(twice(value)) } }
`,
    build: 'fn main() { cc::Build::new().file("twice.c").compile("twice"); println!("cargo:rustc-cdylib-link-arg=-undefined"); println!("cargo:rustc-cdylib-link-arg=dynamic_lookup"); }\n',
    manifest: '\n[lib]\ncrate-type = ["cdylib", "staticlib"]\n\n[build-dependencies]\ncc = "1.2"\n',
    lock: false,
  }),
  'mixed/twice.c': '#include <stdio.h>\n#include <TargetConditionals.h>\nint twice(int value) { return TARGET_OS_MAC ? 2 * value : 0; }\n',
};

const dylibs = (file) => capture('llvm-objdump-19', ['--macho', '--dylibs-used', file]).stdout.split('\n').slice(1).flatMap((line) => line.trim().split(' (')[0] || []);

e2e(
  'Rust and C are built for both Macs by an osxcross that is found beside a program on the PATH, with symbols left for whoever loads the library',
  { files: FILES, options: { platforms: ['aarch64-macos', 'x86_64-macos'], backends: { '*-apple-*': 'osxcross' }, profile: 'dev' }, skip },
  async (workspace) => {
    await workspace.lock('mixed');
    const missing = await workspace.nx(['run', 'mixed:cross-aarch64-macos', '--dry-run']);
    assert.match(missing.text, /osxcross was not found/);
    assert.match(missing.text, /OSXCROSS_ROOT/);
    // The folder of the PATH has but a link to it.
    mkdirSync(join(workspace.folder, 'links'));
    symlinkSync(join(standInOsxcross(), 'target/bin/o64-clang'), join(workspace.folder, 'links/o64-clang'));
    const env = { PATH: `${join(workspace.folder, 'links')}:${workspace.env.PATH}` };
    const { code, text } = await workspace.nx(['run', 'mixed:cross'], { env });
    assert.equal(code, 0, text);
    for (const [platform, machine, minOs] of [['aarch64-macos', 'aarch64', '11.0'], ['x86_64-macos', 'x86_64', '10.12']]) {
      const folder = `dist/cross/${platform}/mixed`;
      const { backend, files } = workspace.readJson(`${folder}/manifest.json`);
      assert.deepEqual(backend, { id: 'osxcross', version: 'with SDK 13.3' });
      assert.deepEqual(files.map(({ name }) => name), ['libmixed.a', 'libmixed.dylib']);
      const library = files.find(({ name }) => name === 'libmixed.dylib');
      assert.deepEqual({ machine: library.machine, minOs: library.minOs, flatSymbols: library.flatSymbols }, { machine, minOs, flatSymbols: ['_host_function'] });
      assert.deepEqual(dylibs(workspace.path(folder, 'libmixed.dylib')).filter((path) => !path.startsWith('/usr/lib/') && path !== '@rpath/libmixed.dylib'), []);
    }
  },
);

e2e(
  'an osxcross that spells arm64 in one way only, or has no such compiler, and a macOS newer than its SDK',
  { files: crate('hello'), options: { platforms: ['aarch64-macos'], backend: 'osxcross', profile: 'dev' }, skip },
  async (workspace) => {
    const built = await workspace.nx(['run', 'hello:cross'], { env: { OSXCROSS_ROOT: standInOsxcross({ arches: ['x86_64', 'arm64'], darwin: '23' }), MACOSX_DEPLOYMENT_TARGET: '12.0' } });
    assert.equal(built.code, 0, built.text);
    assert.equal(workspace.readJson('dist/cross/aarch64-macos/hello/manifest.json').files[0].minOs, '12.0');
    const intel = await workspace.nx(['run', 'hello:cross'], { env: { OSXCROSS_ROOT: standInOsxcross({ arches: ['x86_64'] }) } });
    assert.match(intel.text, /it has no compiler for aarch64/);
    const newer = await workspace.nx(['run', 'hello:cross'], { env: { OSXCROSS_TARGET_DIR: join(standInOsxcross(), 'target'), MACOSX_DEPLOYMENT_TARGET: '14.0' } });
    assert.match(newer.text, /minOs = "14.0" is impossible.*osxcross/);
    const elsewhere = await workspace.nx(['run', 'hello:cross'], { env: { OSXCROSS_ROOT: workspace.folder } });
    assert.match(elsewhere.text, /OSXCROSS_ROOT/);
  },
);

e2e(
  "with Apple's SDK named, zig takes headers and frameworks from it, and without says why C code cannot have them",
  {
    files: {
      ...crate('keys', {
        main: '#[link(name = "Security", kind = "framework")]\nextern "C" {}\nextern "C" { fn types() -> usize; }\nfn main() { println!("{}", unsafe { types() }); }\n',
        build: 'fn main() { cc::Build::new().file("keys.c").compile("keys"); println!("cargo:rustc-link-lib=framework=CoreFoundation"); }\n',
        manifest: '\n[build-dependencies]\ncc = "1.2"\n',
        lock: false,
      }),
      'keys/keys.c': '#include <CoreFoundation/CoreFoundation.h>\n#include <Security/Security.h>\nunsigned long types(void) { return CFStringGetTypeID() + SecKeyGetTypeID(); }\n',
    },
    options: { platforms: ['aarch64-macos'], profile: 'dev' },
    skip,
  },
  async (workspace) => {
    await workspace.lock('keys');
    const without = await workspace.nx(['run', 'keys:cross']);
    assert.equal(without.code, 1, without.text);
    assert.match(without.text, /CoreFoundation\/CoreFoundation\.h/);
    assert.match(without.text, /a header of Apple's SDK, which is not there/);
    const env = { SDKROOT: standInSdk() };
    const built = await workspace.nx(['run', 'keys:cross'], { env });
    assert.equal(built.code, 0, built.text);
    const file = workspace.path('dist/cross/aarch64-macos/keys/keys');
    // The SDK's own version numbers: no stub of ours was there.
    assert.match(capture('llvm-objdump-19', ['--macho', '--dylibs-used', file]).stdout, /Security \(compatibility version 150/);
    workspace.write({ 'nx.json': JSON.stringify({ plugins: [{ plugin: 'nx-cargo-cross', options: { platforms: ['aarch64-macos'], profile: 'dev', sdk: workspace.root } }] }) });
    const wrong = await workspace.nx(['run', 'keys:cross']);
    assert.equal(wrong.code, 1, wrong.text);
    assert.match(wrong.text, /Apple's SDK/);
  },
);
