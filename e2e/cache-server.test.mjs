/** The cache server of these tests keeps to the protocol, and breaks it where it is told to. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startCacheServer, TOKENS } from './rig/cache-server.mjs';

async function withServer(body, options = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'cache-server-'));
  const server = await startCacheServer({ folder, ...options });
  try {
    await body(server, folder);
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const bearer = (token) => ({ authorization: `Bearer ${token}` });
const put = (server, hash, body, token = TOKENS.write) => fetch(`${server.url}/v1/cache/${hash}`, { method: 'PUT', headers: bearer(token), body });
const get = (server, hash, token = TOKENS.write, options = {}) => fetch(`${server.url}/v1/cache/${hash}`, { headers: bearer(token), ...options });

test('an entry is stored once, and never changes', () =>
  withServer(async (server) => {
    assert.equal((await get(server, '17')).status, 404);
    assert.equal((await put(server, '17', 'first')).status, 200);
    assert.equal((await put(server, '17', 'second')).status, 409);
    const found = await get(server, '17');
    assert.equal(found.status, 200);
    assert.equal(await found.text(), 'first');
  }));

test('of many writers of one entry, one wins and the others are told', () =>
  withServer(async (server) => {
    const bodies = Array.from({ length: 8 }, (_, index) => String(index).repeat(200_000));
    const statuses = (await Promise.all(bodies.map((body) => put(server, '17', body)))).map(({ status }) => status).sort();
    assert.deepEqual(statuses, [200, ...Array(7).fill(409)]);
    assert.ok(bodies.includes(await (await get(server, '17')).text()));
  }));

test('tokens say who may read and who may write', () =>
  withServer(async (server) => {
    await put(server, '17', 'first');
    for (const [name, answer, status] of [
      ['none', await fetch(`${server.url}/v1/cache/17`), 401],
      ['an unknown one, reading', await get(server, '17', 'x'), 401],
      ['an unknown one, writing', await put(server, '18', 'x', 'x'), 401],
      ['a read-only one, reading', await get(server, '17', TOKENS.read), 200],
      ['a read-only one, writing', await put(server, '18', 'x', TOKENS.read), 403],
    ]) {
      assert.equal(answer.status, status, name);
      if (status === 401) assert.match(answer.headers.get('content-type'), /^text\/plain/, name);
    }
    assert.deepEqual(server.hashes(), ['17']);
  }));

test('what the protocol does not know is refused', () =>
  withServer(
    async (server) => {
      assert.equal((await put(server, '17', 'more than eight')).status, 413);
      assert.equal((await fetch(`${server.url}/v1/cache/..%2Fx`, { headers: bearer(TOKENS.write) })).status, 404);
      assert.equal((await fetch(`${server.url}/v1/cache/17`, { method: 'DELETE', headers: bearer(TOKENS.write) })).status, 405);
      assert.deepEqual(server.hashes(), []);
    },
    { maxBytes: 8 },
  ));

test('an upload that breaks off leaves nothing', () =>
  withServer(async (server, folder) => {
    await new Promise((resolve) => {
      const upload = httpRequest(`${server.url}/v1/cache/17`, { method: 'PUT', headers: { ...bearer(TOKENS.write), 'content-length': 1000 } });
      upload.on('error', resolve).write('half', () => setTimeout(() => upload.destroy(), 50));
      upload.on('close', resolve);
    });
    while (readdirSync(folder).length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal((await get(server, '17')).status, 404);
  }));

const ENTRY = 'an entry of a task, sixty-four bytes long, for this very purpose';

for (const [kind, expected] of [
  ['401', 401],
  ['403', 403],
  ['404', 404],
  ['413', 413],
  ['500', 500],
  ['502', 502],
  ['hang', 'no answer'],
  ['slow', 'no answer'],
  ['reset', 'broken off'],
  ['dies', 'broken off'],
  ['truncated', ENTRY.slice(0, 32)],
  ['flipped', `${ENTRY.slice(0, 32)}${String.fromCharCode(ENTRY.charCodeAt(32) ^ 1)}${ENTRY.slice(33)}`],
  ['foreign', 'the other'],
  ['garbage', '<html>a login page</html>'],
]) {
  test(`fault ${kind}: from the second request on`, () =>
    withServer(async (server) => {
      await put(server, '17', ENTRY);
      await put(server, '18', 'the other');
      server.break(kind, { after: 1 });
      assert.equal(await (await get(server, '17')).text(), ENTRY);
      assert.deepEqual(await outcomeOf(get(server, '17', TOKENS.write, { signal: AbortSignal.timeout(1000) })), expected);
    }));
}

/** The status of what failed, the text of what came, or how nothing did. */
async function outcomeOf(asked) {
  try {
    const answer = await asked;
    const text = await answer.text();
    return answer.status === 200 ? text : answer.status;
  } catch (error) {
    return error.name === 'TimeoutError' ? 'no answer' : 'broken off';
  }
}
