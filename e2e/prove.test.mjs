/** The proof in a build, and the same by the package's own command. */
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { e2e, lacking } from './rig.mjs';
import { crate } from './rig/crates.mjs';

const FOUND = 'rpath: promised relative to the file ($ORIGIN), found /opt/acme/lib';

e2e(
  'what a build script smuggles in fails the build, is accepted by its word, and is told of any file by `prove`',
  {
    files: crate('app', { build: 'fn main() { println!("cargo:rustc-link-arg=-Wl,-rpath,/opt/acme/lib"); }\n' }),
    options: { names: { board: 'x86_64-unknown-linux-gnu' }, platforms: ['board'], backend: 'native', profile: 'dev' },
    skip: process.arch !== 'x64' ? 'not an x86_64 machine' : lacking('cc'),
  },
  async (workspace) => {
    const { bin } = workspace.readJson('node_modules/nx-cargo-cross/package.json');
    const command = workspace.path('node_modules/nx-cargo-cross', bin['nx-cargo-cross']);
    const file = 'dist/cross/board/app/app';
    const prove = (...args) => workspace.run(process.execPath, [command, 'prove', ...args]);

    const refused = await workspace.nx(['run', 'app:cross-board']);
    assert.equal(refused.code, 1, refused.text);
    assert.ok(refused.text.includes(FOUND) && refused.text.includes('To accept it, on this platform: "allow": ["rpath:/opt/acme/lib"]'), refused.text);
    assert.ok(!workspace.exists(file), 'a file that breaks a promise is not laid out');

    const manifest = workspace.read('app/Cargo.toml');
    workspace.write({ 'app/Cargo.toml': `${manifest}\n[package.metadata.nx-cargo-cross.platform.board]\nallow = ["rpath:/opt/acme/*"]\n` });
    const accepted = await workspace.nx(['run', 'app:cross-board']);
    assert.equal(accepted.code, 0, accepted.text);

    // Outside the crate its options say nothing, so the finding is there.
    const told = await prove(file, '--platform', 'board', '--json');
    assert.equal(told.code, 1, told.text);
    const [result] = JSON.parse(told.stdout).files;
    const [finding] = result.findings;
    assert.deepEqual({ ok: result.ok, code: finding.code, value: finding.read.value, allow: finding.allow }, { ok: false, code: 'rpath', value: '/opt/acme/lib', allow: 'rpath:/opt/acme/lib' });
    const bytes = readFileSync(workspace.path(file));
    assert.equal(bytes.subarray(finding.read.offset, finding.read.offset + 14).toString(), '/opt/acme/lib\0', 'the offset is where the value lies');

    assert.equal((await prove(file, '--platform', 'board', '--allow', 'rpath')).code, 0);
    assert.equal((await prove(file, '--platform', 'aarch64-linux')).code, 1);

    // A file of nobody knows where, and one that is cut off.
    copyFileSync(process.execPath, join(workspace.root, 'node'));
    writeFileSync(join(workspace.root, 'half'), bytes.subarray(0, 5000));
    const strangers = await prove('node', 'half', '--platform', 'x86_64-linux');
    assert.equal(strangers.code, 1, strangers.text);
    assert.match(strangers.stdout, /^node is what platform x86_64-linux promises$/m);
    assert.match(strangers.stdout, /^error\[artifact-unreadable\]: half cannot be read/m);

    const misspelled = await prove(file, '--platfrom', 'board');
    assert.equal(misspelled.code, 2, misspelled.text);
    assert.match(misspelled.stderr, /Did you mean "--platform"\?/);
  },
);
