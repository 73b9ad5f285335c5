import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { seal } from '../remote/seal.js';
import { entry, entryFiles, FOLDER, sha256 } from '../testkit/cache-entry.js';
import { startRemoteGuard, type RemoteGuard } from './remote-guard.js';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let answer: Answer;
let asked: string[] = [];
const upstream = createServer((request, response) => {
  asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
  answer(request, response);
});
let base = '';
let guard: RemoteGuard;
let offs = 0;

beforeAll(async () => {
  await new Promise<void>((ready) => upstream.listen(0, '127.0.0.1', ready));
  base = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
});
afterAll(() => {
  upstream.closeAllConnections();
  upstream.close();
});

async function start(to = base, distrusted: readonly string[] = [], sealedOnly = false): Promise<void> {
  asked = [];
  offs = 0;
  guard = await startRemoteGuard({ upstream: { base: to, patience: 1500 }, distrusted: new Set(distrusted), sealedOnly, onOff: () => void offs++ });
}

beforeEach(() => start());
afterAll(() => guard.close());

const ask = (method: string, hash = '17', body?: Uint8Array): Promise<Response> => fetch(`${guard.url}/v1/cache/${hash}`, { method, headers: { authorization: 'Bearer t' }, ...(body ? { body } : {}) });
const say =
  (status: number, body: string | Uint8Array = ''): Answer =>
  (request, response) => {
    request.resume();
    response.writeHead(status).end(body);
  };
const good = seal(entry(), '17', sha256);

test('a good entry comes through, with the token', async () => {
  let token: string | undefined;
  answer = (request, response) => {
    token = request.headers.authorization;
    response.end(good);
  };
  const found = await ask('GET');
  expect([found.status, Buffer.from(await found.arrayBuffer()).equals(good), token, guard.warning()]).toEqual([200, true, 'Bearer t', undefined]);
});

test('an entry is sealed before it is stored', async () => {
  let stored = Buffer.alloc(0);
  answer = (request, response) => {
    request.on('data', (part: Buffer) => (stored = Buffer.concat([stored, part]))).on('end', () => response.end());
  };
  expect((await ask('PUT', '17', entry())).status).toBe(200);
  expect(stored.equals(good)).toBe(true);
});

describe('what Nx is told', () => {
  const flipped = good.map((byte, index) => (index === good.length >> 1 ? byte ^ 1 : byte));
  const lying = seal(entry(entryFiles({ path: `${FOLDER}/app.wasm`, text: 'A program' })), '17', sha256);
  test.each<[string, 'GET' | 'PUT', Answer, number, RegExp | undefined]>([
    ['a miss', 'GET', say(404), 404, undefined],
    ['a read-only token, storing', 'PUT', say(403), 403, undefined],
    ['an entry that exists', 'PUT', say(409), 409, undefined],
    ['a stored entry, in the words of other servers', 'PUT', say(201), 200, undefined],
    ['an unknown token', 'GET', say(401, 'Who are you?'), 404, /status 401 \(Who are you\?\)/],
    ['a token that may not read', 'GET', say(403), 404, /status 403/],
    ['a page of a gateway', 'GET', say(502, '<html>'), 404, /status 502$/m],
    ['an entry that is too large', 'PUT', say(413), 200, /status 413/],
    ['an error when storing', 'PUT', say(500), 200, /Storing 17: status 500/],
    ['no answer', 'GET', () => undefined, 404, /not done within \d+ s/],
    ['no answer when storing', 'PUT', () => undefined, 200, /not done within \d+ s/],
    ['a broken connection', 'GET', (request) => request.socket.destroy(), 404, /no answer/],
    ['an entry that breaks off', 'GET', (_request, response) => void response.writeHead(200, { 'content-length': 999 }).write('x', () => response.destroy()), 404, /no answer/],
    ['an entry that trickles', 'GET', (_request, response) => void response.writeHead(200, { 'content-length': 999 }).write('x'), 404, /not done within \d+ s/],
    ['a flipped bit', 'GET', say(200, flipped), 404, /not those that were stored/],
    ['half an entry', 'GET', say(200, good.subarray(0, good.length >> 1)), 404, /not those that were stored/],
    ["another's entry", 'GET', say(200, seal(entry(), '18', sha256)), 404, /it was stored as 18/],
    ['a login page', 'GET', say(200, '<html>'), 404, /not a gzip file/],
    ['a whole entry with artifacts that are not those of their manifest', 'GET', say(200, lying), 404, /app\.wasm has SHA-256/],
    ['an unsealed entry that cannot be unpacked', 'GET', say(200, entry().subarray(0, 60)), 404, /it cannot be unpacked/],
  ])('%s', async (_name, method, as, status, warning) => {
    answer = as;
    const told = await ask(method, '17', method === 'PUT' ? entry() : undefined);
    expect(told.status).toBe(status);
    if (warning) expect(guard.warning()).toMatch(warning);
    else expect(guard.warning()).toBeUndefined();
  });
});

test('a server that failed for good is asked no more', async () => {
  answer = say(401);
  expect([(await ask('GET')).status, (await ask('GET', '18')).status, (await ask('PUT', '18', entry())).status]).toEqual([404, 404, 200]);
  expect([asked.length, offs]).toEqual([1, 1]);
  expect(guard.warning()).toContain('2 more requests were not sent.');
});

test('a server that is not there', async () => {
  guard.close();
  await start('http://127.0.0.1:1');
  expect([(await ask('GET')).status, (await ask('PUT', '18', entry())).status]).toEqual([404, 200]);
  expect(guard.warning()).toContain('does not work; this run goes on without it');
});

test('an entry that was found wrong before is not asked for', async () => {
  guard.close();
  await start(base, ['17']);
  answer = say(200, good);
  expect([(await ask('GET')).status, asked]).toEqual([404, []]);
});

test.each([
  ['GET', 404],
  ['PUT', 200],
])('a result that was built from what its key does not hold is neither taken nor stored: %s', async (method, status) => {
  guard.close();
  asked = [];
  guard = await startRemoteGuard({ upstream: { base, patience: 1500 }, distrusted: new Set(), sealedOnly: false, withheld: (hash) => hash === '17', onOff: () => undefined });
  answer = say(200, good);
  expect((await ask(method, '17', method === 'PUT' ? entry() : undefined)).status).toBe(status);
  expect([asked, guard.warning()]).toEqual([[], undefined]);
});

test.each([
  [false, 200],
  [true, 404],
])("another plugin's entry without a seal, where only sealed ones are taken: %s", async (sealedOnly, status) => {
  guard.close();
  await start(base, [], sealedOnly);
  answer = say(200, entry([{ path: 'terminalOutput', text: 'words' }, { path: 'code', text: '\0\0\0\0' }]));
  expect((await ask('GET')).status).toBe(status);
});

test.each([
  ['GET', '/v1/other', 404],
  ['GET', '/v1/cache/..%2f17', 404],
  ['DELETE', '/v1/cache/17', 405],
])('%s %s is not of the protocol', async (method, path, status) => {
  expect((await fetch(`${guard.url}${path}`, { method })).status).toBe(status);
  expect(asked).toEqual([]);
});
