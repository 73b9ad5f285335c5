/** The package under one version of Nx and one of Node: installed by npm as a user does it, in a workspace of its own, and everything that depends on either. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { nodeProgram } from '../../tools/setup/node-versions.mjs';
import { startCacheServer } from '../rig/cache-server.mjs';
import { until } from '../rig/process.mjs';
import { CROSS, forget, handedOut, remoteEnv, TWO_PROGRAMS, warnings } from '../rig/remote.mjs';
import { template } from '../rig/template.mjs';
import { makeWorkspace } from '../rig/workspace.mjs';
import { NX, remark } from './versions.mjs';

const PLATFORM = 'wasm32-wasip1';
const TASKS = ['one', 'two'].map((name) => `${name}:cross-${PLATFORM}`);

/**
 * @param {string} nx    a key of `NX`
 * @param {string} version  of Node
 * @param {{daemon?: boolean, brief?: boolean}} [options]  whether it is tried with Nx's daemon, too; whether only the graph, a build and a selection are
 */
export function testPair(nx, version, options = {}) {
  const [node] = version.split('.');
  describe(`Nx ${nx} on Node ${node}`, () => testsOf(`Nx ${nx} on Node ${node}`, nx, node, version, options));
}

function testsOf(pair, nx, node, version, { daemon = false, brief = false }) {
  const sound = [];
  const tests = [];
  let workspace;

  /** One after another in one workspace, each from what is committed. The workspace is kept where one fails. */
  function step(name, body) {
    tests.push(name);
    test(`${pair}: ${name}`, { timeout: 10 * 60_000 }, async () => {
      await workspace.run('git', ['reset', '-q', '--hard']);
      await body();
      sound.push(name);
    });
  }

  async function well(args, env = {}) {
    const ran = await workspace.nx(args, { env });
    assert.equal(ran.code, 0, ran.text);
    return ran;
  }

  before(async () => {
    const { tarball } = template();
    const manifest = { name: 'workspace', private: true, devDependencies: { nx: NX[nx], 'nx-cargo-cross': `file:${tarball}` } };
    const files = { ...TWO_PROGRAMS.files, 'package.json': `${JSON.stringify(manifest)}\n`, 'docs/guide.md': 'words\n' };
    workspace = await makeWorkspace(pair, { ...TWO_PROGRAMS, files, skipModules: true, node: nodeProgram(version) });
  });

  after(() => {
    if (sound.length < tests.length || process.env.KEEP_WORKSPACES) console.log(`kept: ${workspace.root}`);
    else rmSync(workspace.folder, { recursive: true, force: true });
  });

  step(`npm installs it${remark(nx, node) ? `, though ${remark(nx, node)}` : ''}`, async () => {
    const installed = await workspace.run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund']);
    assert.equal(installed.code, 0, installed.text);
    assert.doesNotMatch(installed.text, /nx-cargo-cross.*(EBADENGINE|ERESOLVE)|(EBADENGINE|ERESOLVE).*nx-cargo-cross/s);
    await workspace.commit('installed');
    assert.equal((await workspace.run('node', ['--version'])).stdout.trim(), `v${version}`);
    assert.equal(workspace.readJson('node_modules/nx/package.json').version, NX[nx]);
    assert.ok(!workspace.exists('node_modules/nx-cargo-cross/node_modules/@nx/devkit'), 'a devkit of its own');
  });

  step('the graph has the projects and their targets', async () => {
    const { stdout } = await well(['show', 'projects', '--json']);
    assert.deepEqual(JSON.parse(stdout).filter((name) => ['one', 'two', 'words'].includes(name)).sort(), ['one', 'two', 'words']);
    const { targets } = JSON.parse((await well(['show', 'project', 'one', '--json'])).stdout);
    assert.deepEqual(Object.keys(targets).sort(), ['cross', `cross-${PLATFORM}`]);
  });

  step('a cross build, and again from the cache', async () => {
    await well(CROSS);
    const built = handedOut(workspace);
    assert.deepEqual(Object.keys(built), ['one/manifest.json', 'one/one.wasm', 'two/manifest.json', 'two/two.wasm'].map((file) => `${PLATFORM}/${file}`));
    workspace.remove('dist');
    const again = await well(CROSS);
    for (const task of TASKS) assert.match(again.text, new RegExp(`${task}\\s+\\[local cache\\]`));
    assert.deepEqual(handedOut(workspace), built);
  });

  step('nx affected asks for what a change can reach', async () => {
    for (const [name, files, expected] of [
      ['a source', { 'one/src/main.rs': 'fn main() {}\n' }, TASKS.slice(0, 1)],
      ['a lock file', { 'two/Cargo.lock': '# changed\nversion = 4\n\n[[package]]\nname = "two"\nversion = "0.1.0"\n' }, TASKS.slice(1)],
      ["cargo's configuration", { '.cargo/config.toml': '[build]\nrustflags = ["-Copt-level=1"]\n' }, TASKS],
      ['a document', { 'docs/guide.md': 'other words\n' }, []],
    ]) {
      workspace.write(files);
      const { stdout } = await well(['affected', '-t', 'cross', '--base=HEAD', '--graph=stdout']);
      const selected = Object.keys(JSON.parse(stdout.slice(stdout.indexOf('{'))).tasks.tasks).filter((task) => task.includes(':cross-'));
      assert.deepEqual(selected.sort(), expected, name);
      await workspace.run('git', ['clean', '-fdq']);
      await workspace.run('git', ['reset', '-q', '--hard']);
    }
  });

  if (brief) return;
  step('a broken Cargo.toml is told with its file and line', async () => {
    workspace.write({ 'two/Cargo.toml': '[package]\nname = "two\n' });
    const { code, text } = await workspace.nx(['show', 'projects']);
    assert.equal(code, 1, text);
    assert.match(text, /two\/Cargo\.toml:2/);
    assert.doesNotMatch(text, /^\s+at .*\.js:\d+/m);
  });

  step('the batch executor builds all in one call, and what changed is known afterwards', async () => {
    workspace.write({ 'one/src/main.rs': 'fn main() { println!("batch"); }\n', 'two/src/main.rs': 'fn main() { println!("batch"); }\n' });
    workspace.remove('dist');
    const { text } = await well([...CROSS, '--batch']);
    assert.match(text, /2 tasks with nx-cargo-cross:build|proved .*one[^]*proved .*two/, text);
    assert.deepEqual(Object.keys(handedOut(workspace)).length, 4);
    const told = await workspace.run('node', ['node_modules/nx-cargo-cross/dist/cli/main.js', 'why', TASKS[0], '--json']);
    assert.deepEqual(JSON.parse(told.stdout).tasks[0].changes, [{ kind: 'file', name: 'one/src/main.rs', note: 'changed' }], 'why');
  });

  step('the remote cache is guarded', async () => {
    const folder = join(workspace.folder, 'server');
    const server = await startCacheServer({ folder });
    try {
      forget(workspace);
      assert.deepEqual(warnings(await well(CROSS, remoteEnv(server))), []);
      const built = handedOut(workspace);
      assert.equal(server.hashes().length, 2);

      forget(workspace);
      const hit = await well(CROSS, remoteEnv(server));
      for (const task of TASKS) assert.match(hit.text, new RegExp(`${task}\\s+\\[remote cache\\]`));
      assert.deepEqual(warnings(hit), []);

      forget(workspace);
      server.break('flipped', { after: 0, only: 'GET' });
      const damaged = await well(CROSS, remoteEnv(server));
      assert.deepEqual(handedOut(workspace), built, 'damaged');
      assert.match(damaged.text, /those that were stored/);
      assert.equal(warnings(damaged).length, 1, damaged.text);

      await server.close();
      forget(workspace);
      const refused = await well(CROSS, remoteEnv(server));
      assert.deepEqual(handedOut(workspace), built, 'refused');
      assert.deepEqual(warnings(refused), [`warning[remote-cache]: The remote cache ${server.url} does not work; this run goes on without it`]);
    } finally {
      await server.close();
    }
  });

  step('init writes the plugin into nx.json', async () => {
    workspace.write({ 'nx.json': '{ "analytics": false, "neverConnectToCloud": true }\n' });
    await well(['g', 'nx-cargo-cross:init', `--platforms=${PLATFORM}`]);
    assert.deepEqual(workspace.readJson('nx.json').plugins, [{ plugin: 'nx-cargo-cross', options: { platforms: [PLATFORM], backends: {}, outDir: 'dist/cross' } }]);
  });

  if (!daemon) return;
  step("Nx's daemon sees new manifests, and runs", async () => {
    const env = { NX_DAEMON: 'true', CI: '' };
    try {
      await well(CROSS, env);
      const targets = async () => Object.keys(JSON.parse((await well(['show', 'project', 'two', '--json'], env)).stdout).targets);
      assert.ok(!(await targets()).includes('cross-wasm32-unknown-unknown'));
      workspace.write({ 'two/Cargo.toml': `${workspace.read('two/Cargo.toml')}\n[package.metadata.nx-cargo-cross]\nplatforms = ["wasm32-unknown-unknown"]\n` });
      assert.ok(await until(async () => (await targets()).includes('cross-wasm32-unknown-unknown')), 'the daemon does not see the change');
    } finally {
      await workspace.nx(['daemon', '--stop'], { env });
    }
  });
}
