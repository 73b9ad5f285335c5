import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, jest, test } from '@jest/globals';
import { aSystem } from '../testkit/fake-system.js';
import { eventually } from '../testkit/processes.js';
import { inPool, neverWaits, slotsOf } from '../testkit/pool.js';
import { aTempFolder } from '../testkit/temp.js';
import { makeCorePool, type Cores, type LastCrate } from './cores.js';
import { streamWithCores } from './with-cores.js';

const root = aTempFolder('last crate');
let count = 0;
const aCache = (): string => join(root, `cache ${count++}`);

async function borrow(cache: string, last: LastCrate, say: (what: string) => void): Promise<Cores> {
  const cores = await makeCorePool(cache, { PATH: process.env['PATH'] ?? '' }, () => 2).borrow({ what: 'testing', jobs: undefined, say, last });
  if (!cores) throw new Error('stopped');
  return cores;
}

describe('a call that has come to its last crate', () => {
  const kin = { kin: 'app', isAwaited: async () => false };
  /** The first has run for a while when the second begins. */
  const twoCalls = async (cache: string, last: { first?: LastCrate; second?: LastCrate } = {}) => {
    const told: string[] = [];
    const first = await borrow(cache, last.first ?? kin, (what) => told.push(what));
    const now = Date.now();
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => now + 60_000);
    const second = await borrow(cache, last.second ?? kin, () => undefined);
    return { told, first, second, end: async () => (clock.mockRestore(), await first.release(), await second.release()) };
  };

  test('gives its cores to its kin, and goes on when that is as far', async () => {
    const cache = aCache();
    const { told, first, second, end } = await twoCalls(cache);
    let isPast = false;
    const past = first.lastCrate().then(() => (isPast = true));
    await eventually(() => inPool(cache), (names) => names.some((name) => /\.2\.2\.content\.[0-9a-f]{8}$/.test(name)) && names.some((name) => /\.2\.0\.content\.[0-9a-f]{8}\.last$/.test(name)));
    expect([told, isPast]).toEqual([[`its last crate waits until others are as far: testing (process ${process.pid})`], false]);
    await second.lastCrate();
    await past;
    expect(slotsOf(cache)).toBe(2);
    await end();
    expect(inPool(cache)).toEqual([]);
  });

  test('goes on when its kin has ended', async () => {
    const cache = aCache();
    const { first, second, end } = await twoCalls(cache);
    const past = first.lastCrate();
    await eventually(() => inPool(cache), (names) => names.some((name) => name.endsWith('.last')));
    await second.release();
    await past;
    await end();
  });

  test.each<[string, { first?: LastCrate; second?: LastCrate }]>([
    ['somebody waits until it has ended', { first: { ...kin, isAwaited: async () => true } }],
    ['the other builds something else', { second: { ...kin, kin: 'other' } }],
  ])('goes on at once where %s', async (_, last) => {
    const { told, first, end } = await twoCalls(aCache(), last);
    await first.lastCrate();
    expect(told).toEqual([]);
    await end();
  });

  test('goes on when somebody comes who waits until it has ended', async () => {
    const cache = aCache();
    let isAwaited = false;
    const { first, end } = await twoCalls(cache, { first: { ...kin, isAwaited: async () => isAwaited } });
    const past = first.lastCrate();
    await eventually(() => inPool(cache), (names) => names.some((name) => name.endsWith('.last')));
    isAwaited = true;
    await past;
    await end();
  });

  test('goes on when the pool is gone', async () => {
    const cache = aCache();
    const { first, end } = await twoCalls(cache);
    const past = first.lastCrate();
    await eventually(() => inPool(cache), (names) => names.some((name) => name.endsWith('.last')));
    rmSync(cache, { recursive: true });
    await past;
    await end();
  });

  test('has ended, and waits for nothing', async () => {
    const { first, end } = await twoCalls(aCache());
    const past = first.lastCrate();
    await end();
    await past;
    await first.lastCrate();
  });
});

test('a command that asks before its last crate is answered when that may be compiled, and so is who asks later', async () => {
  const asked: string[] = [];
  const system = aSystem();
  const cores: Cores = { env: { CARGO_MAKEFLAGS: '-j' }, descriptors: [20, 21], lastCrate: async () => void asked.push('last'), release: async () => undefined };
  const last = { kin: 'app', isAwaited: async () => false, env: { ASKS: '/ws/app' } };
  const spec = { args: [], cwd: root, env: { A: '1' } };
  const lending = { ...system, cores: { borrow: async () => cores } };
  await streamWithCores(lending, { what: 'task', jobs: undefined, say: neverWaits, last }, { ...spec, command: 'node' });
  await streamWithCores(lending, { what: 'task', jobs: undefined, say: neverWaits, last }, { ...spec, command: 'cargo' });
  const [other, cargo] = system.streamed;
  expect([other?.env, other?.onSocket]).toEqual([{ A: '1' }, undefined]);
  expect(cargo?.env).toEqual({ A: '1', CARGO_MAKEFLAGS: '-j', ASKS: '/ws/app' });
  const socket = new PassThrough();
  cargo?.onSocket?.(socket);
  socket.write('.');
  socket.write('.');
  await new Promise((resolve) => socket.once('finish', resolve));
  expect(asked).toEqual(['last']);
});
