import { afterAll, beforeEach, expect, jest, test } from '@jest/globals';
import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { aTempFolder } from '../testkit/temp.js';
import { closeGuard, distrust, dropFromNx, openGuard } from './remote-runs.js';

const SERVER = 'NX_SELF_HOSTED_REMOTE_CACHE_SERVER';
const GUARD = /^http:\/\/127\.0\.0\.1:\d+$/;
const folder = aTempFolder('remote-runs');
let asked = 0;
const upstream = createServer((_request, response) => {
  asked++;
  response.writeHead(401).end('Who are you?');
});
await new Promise<void>((ready) => upstream.listen(0, '127.0.0.1', ready));
const url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
const env = (more: Readonly<Record<string, string>> = {}): Record<string, string> => ({ [SERVER]: url, NX_CARGO_CROSS_CACHE: folder, ...more });

let printed = '';
beforeEach(() => {
  printed = '';
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterAll(() => {
  jest.restoreAllMocks();
  upstream.closeAllConnections();
  upstream.close();
});

test.each<[string, readonly string[], Record<string, string>, RegExp | undefined]>([
  ['no server', [], { [SERVER]: '' }, undefined],
  ['switched off', [], { NX_CARGO_CROSS_REMOTE_GUARD: 'false' }, undefined],
  ['no remote cache wanted', ['--skipRemoteCache'], {}, undefined],
  ['the same, as people write it', ['--skip-remote-cache=true'], {}, undefined],
  ['the same, by a variable', [], { NX_SKIP_REMOTE_CACHE: 'true' }, undefined],
  ['guarded by an Nx above', [], { NX_CARGO_CROSS_GUARDED: url }, undefined],
  ['a server behind a proxy', [], { [SERVER]: 'http://cache.example.com', http_proxy: 'http://proxy:3128' }, /is reached through a proxy \(http:\/\/proxy:3128\)/],
])('nothing is changed: %s', async (_name, argv, more, said) => {
  expect(await openGuard('1', argv, env(more))).toEqual({});
  if (said) expect(printed).toMatch(said);
  else expect(printed).toBe('');
});

test('what is no address is no remote cache', async () => {
  expect(await openGuard('1', [], env({ [SERVER]: 'cache.example.com' }))).toEqual({ [SERVER]: '' });
  expect(printed).toContain('is not the address of a server');
});

test('a run has a guard, which says what went wrong, once', async () => {
  const changes = await openGuard('1', [], env());
  expect(changes).toEqual({ [SERVER]: expect.stringMatching(GUARD), NX_CARGO_CROSS_GUARDED: changes[SERVER] });
  expect((await fetch(`${changes[SERVER] ?? ''}/v1/cache/17`)).status).toBe(404);
  expect(await closeGuard('1')).toEqual({ [SERVER]: url, NX_CARGO_CROSS_GUARDED: '' });
  expect(printed.match(/warning\[remote-cache\]/g)).toHaveLength(1);
  expect(await closeGuard('1')).toEqual({});
  await expect(fetch(`${changes[SERVER] ?? ''}/v1/cache/17`)).rejects.toThrow();
});

test('two runs at once, and one whose environment still names an old guard, reach the server itself', async () => {
  const first = await openGuard('1', [], env());
  const second = await openGuard('2', [], env());
  expect(second[SERVER]).not.toBe(first[SERVER]);
  await closeGuard('1');
  const third = await openGuard('3', [], env(first));
  asked = 0;
  await fetch(`${third[SERVER] ?? ''}/v1/cache/17`);
  expect(asked).toBe(1);
  await closeGuard('2');
  await closeGuard('3');
});

test("an entry that was found wrong leaves Nx's cache, and is not asked for", async () => {
  mkdirSync(join(folder, 'nx', '17'), { recursive: true });
  await dropFromNx(['17'], join(folder, 'nx'));
  await distrust(['17'], env());
  expect(existsSync(join(folder, 'nx', '17'))).toBe(false);
  const changes = await openGuard('1', [], env());
  asked = 0;
  expect((await fetch(`${changes[SERVER] ?? ''}/v1/cache/17`)).status).toBe(404);
  expect(asked).toBe(0);
  await closeGuard('1');
  expect(printed).toContain('Looking up 17: the entry is damaged');
});
