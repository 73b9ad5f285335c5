/** A program and libraries for both Macs in one file. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { capture } from '../tools/lib/run.mjs';
import { e2e, lacking } from './rig.mjs';
import { crate } from './rig/crates.mjs';

const LIPO = 'llvm-lipo-19';

/** The files in a universal file, by its own table (`mach-o/fat.h`): LLVM 19 reads no library with newer bitcode in it. */
function slices(file) {
  return Array.from({ length: file.readUInt32BE(4) }, (_, index) => {
    const offset = file.readUInt32BE(16 + 20 * index);
    return file.subarray(offset, offset + file.readUInt32BE(20 + 20 * index));
  });
}

e2e(
  'universal-macos: both Macs are built though nobody listed them, joined, proved and cached; planned by --dry-run, joined in a batch too',
  {
    files: crate('app', {
      lib: '#[no_mangle] pub extern "C" fn answer() -> i32 { 42 }\n',
      main: 'fn main() { println!("{}", app::answer()); }\n',
      manifest: '\n[lib]\ncrate-type = ["rlib", "cdylib", "staticlib"]\n',
    }),
    options: { platforms: ['universal-macos'], profile: 'dev' },
    skip: lacking(LIPO),
  },
  async (workspace) => {
    const planned = await workspace.nx(['run', 'app:cross-universal-macos', '--dryRun']);
    assert.equal(planned.code, 0, planned.text);
    assert.match(planned.text, /triple {5}x86_64-apple-darwin/);
    assert.match(planned.text, /joins {6}.*dist\/cross\/aarch64-macos\/app/);
    assert.ok(!workspace.exists('dist'), 'a dry run builds nothing');

    const built = await workspace.nx(['run', 'app:cross']);
    assert.equal(built.code, 0, built.text);
    const folder = 'dist/cross/universal-macos/app';
    const manifest = workspace.readJson(`${folder}/manifest.json`);
    assert.deepEqual([manifest.platform, manifest.triple, manifest.files.map(({ name, slices }) => [name, slices])], [
      'universal-macos',
      'universal2-apple-darwin',
      [['app', ['x86_64', 'aarch64']], ['libapp.a', ['x86_64', 'aarch64']], ['libapp.dylib', ['x86_64', 'aarch64']]],
    ]);
    for (const name of ['app', 'libapp.dylib']) assert.equal(capture(LIPO, ['-archs', workspace.path(folder, name)]).stdout.trim(), 'x86_64 arm64');
    for (const name of ['app', 'libapp.a', 'libapp.dylib']) {
      const [intel, arm, ...more] = slices(readFileSync(workspace.path(folder, name)));
      assert.equal(more.length, 0);
      assert.deepEqual(intel, readFileSync(workspace.path('dist/cross/x86_64-macos/app', name)), name);
      assert.deepEqual(arm, readFileSync(workspace.path('dist/cross/aarch64-macos/app', name)), name);
    }

    const prove = (file, platform) => workspace.run(process.execPath, [workspace.path('node_modules/nx-cargo-cross/dist/cli/main.js'), 'prove', file, '--platform', platform]);
    assert.equal((await prove(`${folder}/app`, 'universal-macos')).code, 0);
    const thin = await prove('dist/cross/aarch64-macos/app/app', 'universal-macos');
    assert.equal(thin.code, 1, thin.text);

    const before = workspace.read(`${folder}/manifest.json`);
    workspace.remove('dist');
    const cached = await workspace.nx(['run', 'app:cross']);
    assert.equal(cached.code, 0, cached.text);
    assert.equal(cached.text.match(/\[local cache\]/g)?.length, 3, cached.text);
    assert.equal(workspace.read(`${folder}/manifest.json`), before);

    workspace.write({ 'app/src/main.rs': 'fn main() { println!("changed {}", app::answer()); }\n' });
    const batch = await workspace.nx(['run-many', '-t', 'cross', '--batch']);
    assert.equal(batch.code, 0, batch.text);
    assert.notEqual(workspace.read(`${folder}/manifest.json`), before);
  },
);
