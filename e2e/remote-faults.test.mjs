/** A remote cache that fails, at the start of a run and in its middle: the run passes all the same, within a bounded time, with one warning, and with the right files. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { e2e } from './rig.mjs';
import { startCacheServer } from './rig/cache-server.mjs';
import { CROSS, forget, handedOut, remoteEnv, TWO_PROGRAMS, warnings } from './rig/remote.mjs';

/** Without the guard, Nx waits for ever for some of them. */
const BOUND = 300_000;

/** What ends by the guard's patience alone. */
const ENDLESS = new Set(['hang', 'slow']);

/** What is on the server, which requests fail, and what the warning says; the second of two requests is the middle of the run. */
const FILLED = [
  ['hang', /not done within \d+ s/],
  ['dies', /no answer/],
  ['flipped', /not those that were stored/],
  ['foreign', /it was stored as \d+/],
  ['slow', /not done within \d+ s/],
  ['reset', /no answer/],
  ['truncated', /not those that were stored/],
  ['garbage', /it is not a gzip file/],
  ['401', /status 401 \(fault 401\)/],
  ['403', /status 403/],
  ['500', /status 500/],
  ['502', /status 502/],
  ['413', /status 413/],
  ['404', undefined],
].flatMap(([kind, said]) => [0, 1].map((after) => ({ kind, after, only: 'GET', said })));

const EMPTY = [
  ['401', /Storing \d+: status 401/],
  ['404', /Storing \d+: status 404/],
  ['413', /Storing \d+: status 413/],
  ['500', /Storing \d+: status 500/],
  ['hang', /Storing \d+: not done within/],
  ['reset', /Storing \d+: no answer/],
  ['dies', /Storing \d+: no answer/],
].map(([kind, said], index) => ({ kind, after: index % 2, only: 'PUT', said }));

/** One run with a fault; everything that must be true of it. */
async function check(workspace, server, { kind, after, only, said }, built) {
  const name = `${only} ${kind} after ${after}`;
  forget(workspace);
  server.requests.length = 0;
  server.break(kind, { after, only });
  const ran = await workspace.nx(CROSS, { env: remoteEnv(server, ENDLESS.has(kind) ? { seconds: 3 } : {}), timeoutMs: BOUND });
  assert.equal(ran.code, 0, `${name}: ${ran.text}`);
  assert.ok(server.requests.some(({ status }) => status === kind), `${name} did not happen: ${JSON.stringify(server.requests)}`);
  assert.deepEqual(handedOut(workspace), built, name);
  assert.equal(warnings(ran).length, said ? 1 : 0, `${name}: ${ran.text}`);
  if (said) assert.match(ran.text, said, name);
}

for (const [name, rows, fill] of [
  ['lookups', FILLED, true],
  ['uploads', EMPTY, false],
]) {
  e2e(`remote cache: ${name} that fail`, { ...TWO_PROGRAMS, timeoutMs: 60 * 60_000 }, async (workspace) => {
    const folder = join(workspace.folder, 'server');
    let server = await startCacheServer({ folder });
    try {
      const first = await workspace.nx(CROSS, { env: fill ? remoteEnv(server) : {} });
      assert.equal(first.code, 0, first.text);
      const built = handedOut(workspace);
      for (const row of rows) {
        if (!fill) for (const hash of server.hashes()) rmSync(join(folder, hash));
        await check(workspace, server, row, built);
        // A server that died is followed by another, with the same entries.
        await server.close();
        server = await startCacheServer({ folder });
      }
      await server.close();
      if (!fill) return;
      forget(workspace);
      const refused = await workspace.nx(CROSS, { env: remoteEnv(server), timeoutMs: BOUND });
      assert.equal(refused.code, 0, refused.text);
      assert.deepEqual(handedOut(workspace), built, 'refused');
      assert.deepEqual(warnings(refused), [`warning[remote-cache]: The remote cache ${server.url} does not work; this run goes on without it`]);
      assert.match(refused.text, /ECONNREFUSED/);
    } finally {
      await server.close();
    }
  });
}
