/** OpenSSL in its three forms: built from source, in a folder, and nowhere. */
import assert from 'node:assert/strict';
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { addPrograms } from './matrix/workspace.mjs';
import { e2e, lacking } from './rig.mjs';

const TRIPLE = 'arm-unknown-linux-musleabihf';
const ANSWER = '9f9f5111f7b27a78';
const MINUTES = 60_000;

const options = { platforms: ['armv6l-linux'], names: { 'armv6l-linux': TRIPLE }, profile: 'dev' };

/** The first ARM1176, of the old Raspberry Pi, has no instruction of ARMv7. */
const onOldPi = (workspace, file) => workspace.run('qemu-arm', ['-cpu', 'arm1176', workspace.path(file)]);

e2e(
  'a server on ring and OpenSSL from source, for the old Raspberry Pi by a name of its own; then another program on the OpenSSL that this made',
  { options, skip: lacking('perl', 'make', 'qemu-arm', 'readelf'), timeoutMs: 60 * MINUTES },
  async (workspace) => {
    addPrograms(workspace);
    await workspace.commit('programs');
    const built = await workspace.nx(['run', 'server:cross-armv6l-linux'], { timeoutMs: 45 * MINUTES });
    assert.equal(built.code, 0, built.text);
    const server = 'dist/cross/armv6l-linux/server/server';
    const [file] = workspace.readJson('dist/cross/armv6l-linux/server/manifest.json').files;
    assert.equal(file.linkage, 'static');
    assert.match((await workspace.run('readelf', ['-A', workspace.path(server)])).stdout, /Tag_CPU_arch: v6\w*\n/);
    assert.equal((await onOldPi(workspace, server)).stdout, `${ANSWER}\n`);

    // What another build made of a target folder is taken away where variables are others now.
    const folder = join(workspace.folder, 'openssl');
    cpSync(opensslFolder(workspace), folder, { recursive: true });
    const env = { OPENSSL_LIB_DIR: `${folder}/lib`, OPENSSL_INCLUDE_DIR: `${folder}/include`, OPENSSL_STATIC: '1' };
    const prebuilt = await workspace.nx(['run', 'tls:cross-armv6l-linux'], { env });
    assert.equal(prebuilt.code, 0, prebuilt.text);
    assert.equal(workspace.readJson('dist/cross/armv6l-linux/tls/manifest.json').files[0].linkage, 'static');
    assert.equal((await onOldPi(workspace, 'dist/cross/armv6l-linux/tls/tls')).stdout, `${ANSWER}\n`);
  },
);

e2e('an OpenSSL that nobody names is missed before anything is compiled', { options }, async (workspace) => {
  addPrograms(workspace);
  await workspace.commit('programs');
  const { code, text } = await workspace.nx(['run', 'tls:cross-armv6l-linux']);
  assert.notEqual(code, 0);
  assert.match(text, /error\[crate-unbuildable\]: openssl-sys [\d.]+ cannot be built for arm-unknown-linux-musleabihf with backend "zig"/);
  assert.match(text, /cargo add openssl --features vendored --package tls/);
  assert.doesNotMatch(text, /Compiling/);
});

/** Where openssl-src left what it built. */
function opensslFolder(workspace) {
  const scripts = workspace.path(`programs/target/nx-cross/named-folders-1/${TRIPLE}/debug/build`);
  const script = readdirSync(scripts).find((name) => workspace.exists(`programs/target/nx-cross/named-folders-1/${TRIPLE}/debug/build/${name}/out/openssl-build/install`));
  return `${scripts}/${script}/out/openssl-build/install`;
}
