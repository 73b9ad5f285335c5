import { execFileSync } from 'node:child_process';
import { rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { eventually, printed, startNode } from '../testkit/processes.js';
import { inPool, neverWaits, slotsOf } from '../testkit/pool.js';
import { aTempFolder } from '../testkit/temp.js';
import { makeCorePool, type Cores } from './cores.js';
import { runStreaming } from './process.js';
import { streamWithCores } from './with-cores.js';
import { aSystem } from '../testkit/fake-system.js';

const root = aTempFolder('cores');
const ENV = { PATH: process.env['PATH'] ?? '' };
let count = 0;
const aCache = (): string => join(root, `cache ${count++}`);

/** Borrows as many cores as there are, says so, and keeps them until it is killed. */
const KEEPER = `
  import { makeCorePool } from ${JSON.stringify(new URL('./cores.js', import.meta.url).href)};
  const [cache, cores] = process.argv.slice(1);
  await makeCorePool(cache, process.env, () => Number(cores)).borrow({ what: 'app:cross-x', say: () => {} });
  console.log('has cores');
  setInterval(() => {}, 1000);`;

async function aKeeper(cache: string, cores: number) {
  const keeper = startNode(KEEPER, [cache, String(cores)]);
  await printed(keeper, /has cores/);
  return keeper;
}

async function borrow(cache: string, cores: number, more: { jobs?: number; say?: (what: string) => void; signal?: AbortSignal } = {}, env: Readonly<Record<string, string>> = ENV): Promise<Cores> {
  const cores_ = await makeCorePool(cache, env, () => cores).borrow({ what: 'testing', jobs: undefined, say: neverWaits, ...more });
  if (!cores_) throw new Error('stopped');
  return cores_;
}

/** A client's way of taking a token. In a process of its own: it waits for one. */
async function takeToken({ descriptors }: Cores): Promise<void> {
  const taken = await runStreaming({ command: 'head', args: ['-c', '1', '/dev/fd/4'], cwd: root, env: ENV, descriptors });
  expect(taken.exitCode).toBe(0);
}
const putToken = ({ descriptors: [, write = -1] }: Cores): number => writeSync(write, '+');

describe('a call', () => {
  test('that is alone has all cores at once, one without a token, and leaves nothing', async () => {
    const cache = aCache();
    const cores = await borrow(cache, 4);
    expect(slotsOf(cache)).toBe(4);
    expect(statSync(join(cache, 'cores', hostname())).mode % 0o1000).toBe(0o700);
    const seen = await runStreaming({ command: '/bin/sh', args: ['-c', 'head -c 3 <&4 >/dev/null && printf + >&5 && test "$CARGO_MAKEFLAGS" = "-j --jobserver-fds=4,5 --jobserver-auth=4,5"'], cwd: root, env: { ...ENV, ...cores.env }, descriptors: cores.descriptors });
    expect(seen.exitCode).toBe(0);
    await takeToken(cores);
    await cores.release();
    expect(inPool(cache)).toEqual([]);
  });

  test('has as many as cargo\'s configuration lets it have', async () => {
    const cache = aCache();
    const cores = await borrow(cache, 4, { jobs: 2 });
    expect(slotsOf(cache)).toBe(2);
    await cores.release();
  });

  test('gives what it does not use to one who comes later, and gets it back', async () => {
    const cache = aCache();
    const first = await borrow(cache, 2);
    const second = await borrow(cache, 2, { say: () => undefined });
    expect(slotsOf(cache)).toBe(2);
    await first.release();
    await eventually(() => inPool(cache), (names) => names.some((name) => /\.2\.2\.content$/.test(name)));
    await takeToken(second);
    await second.release();
    expect(inPool(cache)).toEqual([]);
  });

  test('keeps what it uses; who comes later is told who has the cores, and gets the first that is free', async () => {
    const cache = aCache();
    const first = await borrow(cache, 2);
    await takeToken(first);
    const told: string[] = [];
    const second = borrow(cache, 2, {
      say: (what) => {
        told.push(what);
        putToken(first);
      },
    });
    const cores = await second;
    expect(told).toEqual([`waiting for a core: 2 in use, 2 by testing (process ${process.pid})`]);
    await first.release();
    await cores.release();
  });

  test('that is stopped while it waits has none, and leaves nothing', async () => {
    const cache = aCache();
    const first = await borrow(cache, 1);
    const stop = new AbortController();
    const waiting = makeCorePool(cache, ENV, () => 1).borrow({ what: 'stopped', jobs: undefined, say: () => stop.abort(), signal: stop.signal });
    expect(await waiting).toBeUndefined();
    await first.release();
    expect(inPool(cache)).toEqual([]);
  });
});

describe('a process that is killed', () => {
  test('has no cores any more: who waits gets them, and its files are gone', async () => {
    const cache = aCache();
    const keeper = await aKeeper(cache, 3);
    const cores = await borrow(cache, 3, { say: (what) => void (/3 by app:cross-x \(process \d+\)/.test(what) && keeper.kill('SIGKILL')) });
    await eventually(() => inPool(cache), (names) => names.filter((name) => name.startsWith('slot.')).length === 3 && names.length === 4);
    await cores.release();
    expect(inPool(cache)).toEqual([]);
  });

  test('while it waits stands in nobody\'s way', async () => {
    const cache = aCache();
    const first = await borrow(cache, 1);
    const waiting = startNode(KEEPER, [cache, '1']);
    await eventually(() => inPool(cache), (names) => names.filter((name) => name.endsWith('.wants')).length === 1);
    waiting.kill('SIGKILL');
    await first.release();
    const next = await borrow(cache, 1);
    await next.release();
    expect(inPool(cache)).toEqual([]);
  });

  test('one of many at once costs the others nothing', async () => {
    const cache = aCache();
    const keepers = await Promise.all([1, 1, 1].map(async () => startNode(KEEPER, [cache, '1'])));
    await Promise.race(keepers.map((keeper) => printed(keeper, /has cores/)));
    expect(slotsOf(cache)).toBe(1);
    for (const keeper of keepers) keeper.kill('SIGKILL');
    const cores = await borrow(cache, 1, { say: () => undefined });
    expect(slotsOf(cache)).toBe(1);
    await cores.release();
    expect(inPool(cache)).toEqual([]);
  });
});

describe('there is no pool', () => {
  test('of its own below a job server that can be reached by its name', async () => {
    const cache = aCache();
    // Without a blank, as all of MAKEFLAGS.
    const fifo = join(tmpdir(), `nx-cargo-cross-cores-${process.pid}.fifo`);
    execFileSync('mkfifo', [fifo]);
    expect(await borrow(cache, 2, {}, { ...ENV, MAKEFLAGS: ` -j4 --jobserver-auth=fifo:${fifo}` })).toMatchObject({ env: {}, descriptors: [] });
    rmSync(fifo);
    const own = await borrow(cache, 2, {}, { ...ENV, MAKEFLAGS: ' -j4 --jobserver-auth=3,4' });
    expect(own.descriptors).toHaveLength(2);
    await own.release();
  });

  test('where its folder cannot be made', async () => {
    const cache = aCache();
    writeFileSync(cache, 'no folder');
    expect(await borrow(cache, 2)).toMatchObject({ env: {}, descriptors: [] });
  });

  test('where there is no mkfifo, and no core is kept', async () => {
    const cache = aCache();
    expect(await borrow(cache, 2, {}, { PATH: '/nowhere' })).toMatchObject({ env: {}, descriptors: [] });
    expect(inPool(cache)).toEqual([]);
  });

  test('to wait for in what runs on a core of it: it has that one, and no other', async () => {
    const cache = aCache();
    const outer = await borrow(cache, 1);
    const inner = await borrow(cache, 1, {}, { ...ENV, ...outer.env });
    expect(slotsOf(cache)).toBe(1);
    const token = await runStreaming({ command: '/bin/sh', args: ['-c', 'exec 3<&4; timeout 0.2 head -c 1 <&3'], cwd: root, env: ENV, descriptors: inner.descriptors });
    expect(token.exitCode).toBe(124);
    await inner.release();
    await outer.release();
  });
});

test.each([
  ['cargo', true],
  ['/usr/bin/cargo-1.90', true],
  ['bash', true],
  ['/bin/sh', true],
  ['make', true],
  ['node', false],
  ['python3', false],
  ['./tools/not-cargo', false],
  ['cargo/run', false],
])('%s is told of the job server: %p, for it hands open files on or not', async (command, isTold) => {
  const system = aSystem();
  const cores: Cores = { env: { CARGO_MAKEFLAGS: '-j', OTHER: '1' }, descriptors: [20, 21], lastCrate: async () => undefined, release: async () => undefined };
  await streamWithCores({ ...system, cores: { borrow: async () => cores } }, { what: 'task', jobs: undefined, say: neverWaits }, { command, args: [], cwd: root, env: {} });
  expect(system.streamed[0]).toEqual({ command, args: [], cwd: root, env: { OTHER: '1', ...(isTold ? { CARGO_MAKEFLAGS: '-j' } : {}) }, ...(isTold ? { descriptors: [20, 21] } : {}) });
});

test('a command gets the cores for as long as it runs, and says how many jobs it may have', async () => {
  const wished: unknown[] = [];
  let released = 0;
  const cores: Cores = { env: { CARGO_MAKEFLAGS: '-j' }, descriptors: [20, 21], lastCrate: async () => undefined, release: async () => void released++ };
  const system = aSystem();
  const lending = { ...system, cores: { borrow: async (wish: unknown) => (wished.push(wish), cores) } };
  const spec = { command: 'cargo', args: ['build'], cwd: root };
  await streamWithCores(lending, { what: 'task', jobs: 3, say: neverWaits }, { ...spec, env: { A: '1' } });
  await streamWithCores(lending, { what: 'task', jobs: 3, say: neverWaits }, { ...spec, env: { CARGO_BUILD_JOBS: '5' } });
  expect(system.streamed[0]).toMatchObject({ env: { A: '1', CARGO_MAKEFLAGS: '-j' }, descriptors: [20, 21] });
  expect(wished).toMatchObject([{ jobs: 3 }, { jobs: '5' }]);
  expect(released).toBe(2);
  expect(await streamWithCores({ ...system, cores: { borrow: async () => undefined } }, { what: 'task', jobs: 3, say: neverWaits }, { ...spec, env: {} })).toMatchObject({ signal: 'SIGTERM' });
  expect(system.streamed).toHaveLength(2);
});
