/** Nx's self-hosted remote cache: shared entries, what is in them, and who may write. */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../tools/lib/paths.mjs';
import { e2e } from './rig.mjs';
import { startCacheServer, TOKENS } from './rig/cache-server.mjs';
import { CROSS, forget, handedOut, remoteEnv, TWO_PROGRAMS, warnings } from './rig/remote.mjs';
import { makeWorkspace } from './rig/workspace.mjs';

/** A run that must end well, without a warning. */
async function runWell(workspace, args, env) {
  const ran = await workspace.nx(args, { env });
  assert.equal(ran.code, 0, ran.text);
  assert.deepEqual(warnings(ran), [], ran.text);
  return ran;
}

/** A folder for what the plugin notes, with the standard libraries that were built already. */
function ownCache(folder) {
  mkdirSync(folder);
  mkdirSync(cacheFolder('std'), { recursive: true });
  symlinkSync(cacheFolder('std'), join(folder, 'std'));
  return folder;
}

e2e('remote cache: one clone builds, the other and the one after nx reset do not', TWO_PROGRAMS, async (workspace) => {
  const server = await startCacheServer({ folder: join(workspace.folder, 'server') });
  const clone = await makeWorkspace('remote-cache-clone', TWO_PROGRAMS);
  try {
    await runWell(workspace, CROSS, remoteEnv(server));
    const built = handedOut(workspace);
    assert.deepEqual(Object.keys(built), ['one/manifest.json', 'one/one.wasm', 'two/manifest.json', 'two/two.wasm'].map((file) => `wasm32-wasip1/${file}`));
    assert.equal(server.hashes().length, 2);

    for (const [name, other] of [['another clone', clone], ['the same one, after nx reset', workspace]]) {
      await other.nx(['reset']);
      forget(other);
      other.remove('one/target');
      other.remove('two/target');
      const ran = await runWell(other, CROSS, remoteEnv(server));
      assert.match(ran.text, /one:cross-wasm32-wasip1\s+\[remote cache\]/, name);
      assert.match(ran.text, /two:cross-wasm32-wasip1\s+\[remote cache\]/, name);
      assert.deepEqual(handedOut(other), built, name);
    }

    for (const hash of server.hashes()) {
      const listed = (await workspace.run('tar', ['-tzf', join(server.folder, hash)])).stdout.split('\n').filter((path) => path !== '' && statSync(workspace.path(path), { throwIfNoEntry: false })?.isDirectory() !== true);
      const crate = listed.some((path) => path.includes('/one/')) ? 'one' : 'two';
      const files = ['manifest.json', `${crate}.wasm`].map((file) => `dist/cross/wasm32-wasip1/${crate}/${file}`);
      assert.deepEqual(listed.sort(), ['code', ...files, 'terminalOutput'].sort());
      const size = files.reduce((sum, file) => sum + statSync(workspace.path(file)).size, 0);
      assert.ok(server.entry(hash).length <= size, `an entry of ${server.entry(hash).length} bytes for artifacts of ${size}`);
    }

    // A pull request: what is there is taken, what is new is built and not stored, and nobody is warned of what is meant to be so.
    forget(workspace);
    workspace.write({ 'two/src/main.rs': 'fn main() { println!("changed"); }\n' });
    server.requests.length = 0;
    const ran = await runWell(workspace, CROSS, remoteEnv(server, { token: TOKENS.read }));
    assert.match(ran.text, /one:cross-wasm32-wasip1\s+\[remote cache\]/);
    assert.deepEqual(server.requests.map(({ method, status }) => `${method} ${status}`).sort(), ['GET 200', 'GET 404', 'PUT 403']);
    assert.equal(server.hashes().length, 2);
  } finally {
    await server.close();
    rmSync(clone.folder, { recursive: true, force: true });
  }
});

e2e('remote cache: what came from a cache is held against its manifest, and built at the next try', TWO_PROGRAMS, async (workspace) => {
  const server = await startCacheServer({ folder: join(workspace.folder, 'server') });
  const env = { ...remoteEnv(server), NX_CARGO_CROSS_CACHE: ownCache(join(workspace.folder, 'own-cache')) };
  const one = ['run', 'one:cross-wasm32-wasip1'];
  const artifact = 'dist/cross/wasm32-wasip1/one/one.wasm';

  async function expectRefused(name, built, details) {
    const refused = await workspace.nx(one, { env });
    assert.equal(refused.code, 1, `${name}: ${refused.text}`);
    assert.match(refused.text, /error\[restored-damaged\]: What Nx took from its cache for one:cross-wasm32-wasip1 is damaged/, name);
    assert.match(refused.text, details, name);
    assert.equal(workspace.exists('dist/cross/wasm32-wasip1/one'), false, name);
    const again = await workspace.nx(one, { env });
    assert.equal(again.code, 0, `${name}: ${again.text}`);
    assert.deepEqual(handedOut(workspace), built, name);
  }

  try {
    await runWell(workspace, one, env);
    const built = handedOut(workspace);
    const [hash] = server.hashes();
    const local = join(workspace.folder, 'nx-cache', hash, artifact);
    const bytes = readFileSync(local);
    bytes[bytes.length >> 1] ^= 1;
    writeFileSync(local, bytes);
    workspace.remove('dist');
    await expectRefused('a flipped bit in the local cache', built, /one\.wasm has SHA-256 [0-9a-f]{64}; the manifest says [0-9a-f]{64}/);

    // The whole and unsealed entry of another task, which has no outputs: Nx itself takes it for a hit, and hands out nothing.
    await runWell(workspace, ['run', 'words:say'], { ...env, NX_CARGO_CROSS_REMOTE_GUARD: 'false' });
    const stranger = server.hashes().find((other) => other !== hash);
    rmSync(join(server.folder, hash));
    cpSync(join(server.folder, stranger), join(server.folder, hash));
    rmSync(join(env.NX_CARGO_CROSS_CACHE, 'distrusted-entries.json'));
    forget(workspace);
    await expectRefused("another task's entry on the server", built, /manifest\.json is missing/);
  } finally {
    await server.close();
  }
});
