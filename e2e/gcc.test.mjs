/** Cross compilers of the system: how they are found, what they cannot give, and linkers of one's own. */
import assert from 'node:assert/strict';
import { chmodSync, readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { runnerFor } from '../tools/demo/runners.mjs';
import { ROOT } from '../tools/lib/paths.mjs';
import { which } from '../tools/lib/run.mjs';
import { toolchainWith } from '../tools/setup/toolchains.mjs';
import { e2e, lacking, pathWithout } from './rig.mjs';
import { crate } from './rig/crates.mjs';

const TRIPLE = 'aarch64-unknown-linux-gnu';
const TARGET = 'app:cross-aarch64-linux';
const LOADER = '/lib/ld-linux-aarch64.so.1';
const GCC = 'aarch64-linux-gnu-gcc';
const env = toolchainWith([TRIPLE], ROOT)?.env ?? {};
const skip = lacking(GCC, 'qemu-aarch64');
const options = (platform = {}, backend = 'gcc') => ({ platforms: ['aarch64-linux'], ...(backend ? { backends: { '*': backend } } : {}), profile: 'dev', platform: { 'aarch64-linux': platform } });

function setOptions(workspace, platform) {
  workspace.write({ 'nx.json': JSON.stringify({ ...workspace.readJson('nx.json'), plugins: [{ plugin: 'nx-cargo-cross', options: options(platform) }] }) });
}

/** A PATH on which a script comes before all else. */
function pathWith(workspace, name, text) {
  workspace.write({ [`tools/${name}`]: `#!/bin/sh\n${text}\n` });
  chmodSync(workspace.path('tools', name), 0o755);
  return [workspace.path('tools'), workspace.env.PATH].join(delimiter);
}

async function runs(workspace) {
  const runner = runnerFor(TRIPLE, true);
  if ('why' in runner) return console.log(`  (${runner.why})`);
  const ran = await runner.run(workspace.path('dist/cross/aarch64-linux/app/app'), []);
  assert.equal(ran.stdout, 'hello from app\n', ran.stderr);
}

e2e('a compiler whose programs start nowhere else fails the proof, and "interpreter" sets the loader right', { files: crate('app'), options: options(), skip }, async (workspace) => {
  const PATH = pathWith(workspace, GCC, `exec ${which(GCC)} -Wl,--dynamic-linker=/nix/store/x-glibc-2.40/lib/ld-linux-aarch64.so.1 "$@"`);
  const baked = await workspace.nx(['run', TARGET], { env: { ...env, PATH } });
  assert.notEqual(baked.code, 0);
  assert.match(baked.text, /error\[promise-broken\]/);
  assert.match(baked.text, /\/nix\/store\/x-glibc-2\.40\/lib\/ld-linux-aarch64\.so\.1/);
  assert.ok(!workspace.exists('dist/cross/aarch64-linux/app'), 'nothing is staged');

  setOptions(workspace, { interpreter: LOADER });
  const mended = await workspace.nx(['run', TARGET], { env: { ...env, PATH } });
  assert.equal(mended.code, 0, mended.text);
  assert.equal(workspace.readJson('dist/cross/aarch64-linux/app/manifest.json').files[0].interpreter, LOADER);
  await runs(workspace);
});

e2e('a compiler of which only the numbered name is installed is found', { files: crate('app'), options: options(), skip }, async (workspace) => {
  const numbered = { ...env, PATH: pathWithout(workspace, [GCC]) };
  const { code, text } = await workspace.nx(['run', TARGET], { env: numbered });
  assert.equal(code, 0, text);
  const planned = await workspace.nx(['run', TARGET, '--dry-run', '--json'], { env: numbered });
  assert.match(planned.stdout, /CMAKE_C_COMPILER [^)]*aarch64-linux-gnu-gcc-\d+/);
  await runs(workspace);
});

e2e('what gcc cannot give is said before anything is compiled', { files: crate('app'), options: options({ glibc: '2.17' }), skip }, async (workspace) => {
  const floor = await workspace.nx(['run', TARGET], { env });
  assert.notEqual(floor.code, 0);
  assert.match(floor.text, /error\[linkage-impossible\]: glibc = "2\.17"/);
  assert.match(floor.text, /nx\.json:\d+/);
  assert.match(floor.text, /backend "zig"/);

  setOptions(workspace, {});
  const PATH = pathWith(workspace, GCC, `case $1 in -print-file-name=crt1.o) echo crt1.o;; *) exec ${which(GCC)} "$@";; esac`);
  const sysroot = await workspace.nx(['run', TARGET], { env: { ...env, PATH } });
  assert.notEqual(sysroot.code, 0);
  assert.match(sysroot.text, /error\[tool-missing\]: the C library of aarch64-unknown-linux-gnu \(crt1\.o\)/);
  assert.match(sysroot.text, /libc6-dev-arm64-cross/);
  assert.doesNotMatch(floor.text + sysroot.text, /Compiling/);
});

e2e(
  "a linker of the repository's own is taken as it is, and looked for before anything is compiled",
  { files: { ...crate('app'), '.cargo/config.toml': `[target.${TRIPLE}]\nlinker = "${GCC}"\n` }, options: options({}, ''), skip },
  async (workspace) => {
    const { code, text } = await workspace.nx(['run', TARGET], { env });
    assert.equal(code, 0, text);
    assert.equal(workspace.readJson('dist/cross/aarch64-linux/app/manifest.json').backend.id, 'cargo-config');
    await runs(workspace);

    workspace.write({ '.cargo/config.toml': `[target.${TRIPLE}]\nlinker = "tools/no-such-gcc"\n` });
    const missing = await workspace.nx(['run', TARGET], { env });
    assert.notEqual(missing.code, 0);
    assert.match(missing.text, /error\[tool-missing\]: tools\/no-such-gcc was not found/);
    assert.match(missing.text, /\.cargo\/config\.toml/);
    assert.doesNotMatch(missing.text, /Compiling/);
  },
);

e2e(
  'glibc is linked statically, on x86_64 at any address, and the program runs without any library',
  { files: crate('app'), options: { platforms: ['x86_64-linux'], backends: { '*': 'gcc' }, profile: 'dev', platform: { 'x86_64-linux': { linkage: 'static' } } }, skip: lacking('x86_64-linux-gnu-gcc') },
  async (workspace) => {
    const { code, text } = await workspace.nx(['run', 'app:cross-x86_64-linux'], { env });
    assert.equal(code, 0, text);
    const [file] = workspace.readJson('dist/cross/x86_64-linux/app/manifest.json').files;
    assert.deepEqual([file.linkage, file.interpreter], ['static', undefined]);
    // e_type of the ELF header: ET_DYN, a position independent program.
    assert.equal(readFileSync(workspace.path('dist/cross/x86_64-linux/app/app')).readUInt16LE(16), 3);
    assert.equal((await workspace.run(workspace.path('dist/cross/x86_64-linux/app/app'), [])).stdout, 'hello from app\n');
  },
);
