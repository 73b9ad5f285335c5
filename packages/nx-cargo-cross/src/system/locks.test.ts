import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { eventually, outputOf, printed, startNode } from '../testkit/processes.js';
import { aTempFolder } from '../testkit/temp.js';
import { attempt } from './files.js';
import { takeFirstLock, takeLock, withLock, type LockHolder } from './locks.js';

const folder = aTempFolder('locks');
let count = 0;
const aPlace = (): string => {
  const made = join(folder, `place ${count++}`);
  mkdirSync(made);
  return join(made, 'lock');
};

const IMPORTS = `
  import { mkdirSync, rmdirSync, existsSync, readFileSync } from 'node:fs';
  import { setTimeout as sleep } from 'node:timers/promises';
  import { withLock } from ${JSON.stringify(new URL('./locks.js', import.meta.url).href)};
  const [path, who] = process.argv.slice(1);
`;

/** Takes the lock, says so, and keeps it until the file \`go\` is there beside it. */
const KEEPER = `${IMPORTS}
  await withLock(path, 'building std for ' + who, () => {}, async () => {
    console.log('holds');
    while (!existsSync(path + '.go')) await sleep(20);
  });`;

/** Waits for the file \`go\`, then works under the lock again and again, and tells when it was not alone. */
const WORKER = `${IMPORTS}
  console.log('ready');
  while (!existsSync(path + '.go')) await sleep(1);
  for (let round = 0; round < 3; round++) {
    await withLock(path, who, () => {}, async () => {
      try { mkdirSync(path + '.inside'); } catch { console.log('not alone'); return; }
      await sleep(10);
      rmdirSync(path + '.inside');
    });
  }
  console.log('done');`;

const holderOf = (path: string): LockHolder => JSON.parse(readFileSync(path, 'utf8')) as LockHolder;
const plant = (path: string, holder: Partial<LockHolder>): void => writeFileSync(path, JSON.stringify({ pid: process.pid, host: hostname(), started: '', what: 'something', ...holder }));

/** The id of a process that has ended. */
async function aDeadPid(): Promise<number> {
  const child = startNode('');
  await outputOf(child);
  return child.pid ?? 0;
}

describe('the first of several choices', () => {
  test('is taken with all of its locks, or none of them is', async () => {
    const path = aPlace();
    const [other, third] = [`${path}.other`, `${path}.third`];
    const wish = { what: 'testing', onWait: () => undefined, everyMs: 5 };
    const first = await takeLock({ ...wish, path });
    const held = await takeLock({ ...wish, path: third });
    const taken = await takeFirstLock({ ...wish, choices: () => [[path], [other, third], [other]] });
    expect(taken?.choice).toBe(2);
    let may = false;
    const waiting = takeFirstLock({ ...wish, choices: () => [[path], ...(may ? [[third]] : [])] });
    await held?.();
    await taken?.release();
    expect([existsSync(path), existsSync(other), existsSync(third)]).toEqual([true, false, false]);
    may = true;
    expect((await waiting)?.choice).toBe(1);
    await (await waiting)?.release();
    await first?.();
    expect([path, other, third].some((one) => existsSync(one))).toBe(false);
  });
});

describe('a lock', () => {
  test('is held while the work is done, names its holder, and is gone after', async () => {
    const path = aPlace();
    const result = await withLock(path, 'testing', fail, async () => {
      expect(holderOf(path)).toMatchObject({ pid: process.pid, host: hostname(), what: 'testing' });
      return 42;
    });
    expect(result).toBe(42);
    expect(readdirSync(join(path, '..'))).toEqual([]);
  });

  test('is let go of when the work fails', async () => {
    const path = aPlace();
    const failing = withLock(path, 'testing', fail, async () => {
      throw new Error('no luck');
    });
    await expect(failing).rejects.toThrow('no luck');
    expect(readdirSync(join(path, '..'))).toEqual([]);
  });

  test('is made with the folders above it', async () => {
    expect(await withLock(join(aPlace(), 'not', 'there', 'lock'), 'testing', fail, async () => 'yes')).toBe('yes');
  });

  test('keeps two calls of one process apart, in some order', async () => {
    const path = aPlace();
    const log: string[] = [];
    const work = (who: string) =>
      withLock(path, who, () => undefined, async () => {
        log.push(`${who} in`);
        await new Promise((resolve) => setTimeout(resolve, 20));
        log.push(`${who} out`);
      });
    await Promise.all([work('a'), work('b')]);
    expect([
      ['a in', 'a out', 'b in', 'b out'],
      ['b in', 'b out', 'a in', 'a out'],
    ]).toContainEqual(log);
  });

  test('that cannot be had fails, and does not wait', async () => {
    const path = aPlace();
    writeFileSync(path, '');
    const taken = await attempt(() => withLock(join(path, 'below a file'), 'testing', fail, async () => 42));
    expect(taken).toMatchObject({ ok: false, code: expect.stringMatching(/^(ENOTDIR|EEXIST)$/) });
  });

  test('whose folder is taken away while it is waited for fails, and does not wait forever', async () => {
    const path = aPlace();
    plant(path, { pid: process.pid });
    const waiting = withLock(path, 'testing', () => rmSync(join(path, '..'), { recursive: true }), async () => 42);
    expect(await attempt(() => waiting)).toMatchObject({ ok: false, code: 'ENOENT' });
  });
});

describe('a lock that another process holds', () => {
  test('is waited for, and whoever waits is told once who holds it and why', async () => {
    const path = aPlace();
    const keeper = startNode(KEEPER, [path, 'wasm32-wasip1']);
    await printed(keeper, /holds/);
    const told: LockHolder[] = [];
    const waiting = withLock(
      path,
      'testing',
      (holder) => {
        told.push(holder);
        // Only now may the other go on: had we not waited, nobody would have told us.
        setTimeout(() => writeFileSync(`${path}.go`, ''), 500);
      },
      async () => holderOf(path).pid,
    );
    expect(await waiting).toBe(process.pid);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ pid: keeper.pid, what: 'building std for wasm32-wasip1' });
  });

  test('is taken over when that process is killed', async () => {
    const path = aPlace();
    const keeper = startNode(KEEPER, [path, 'x']);
    await printed(keeper, /holds/);
    const waiting = withLock(path, 'testing', () => keeper.kill('SIGKILL'), async () => holderOf(path).pid);
    expect(await waiting).toBe(process.pid);
    expect(existsSync(path)).toBe(false);
  });

  test('lets one in at a time, whoever comes', async () => {
    const path = aPlace();
    writeFileSync(`${path}.go`, '');
    const outputs = await Promise.all(['a', 'b', 'c'].map((who) => outputOf(startNode(WORKER, [path, who]))));
    expect(outputs).toEqual(['ready\ndone\n', 'ready\ndone\n', 'ready\ndone\n']);
  });

  test('and died, lets one in at a time, though all find it dead at once', async () => {
    for (let round = 0; round < 3; round++) {
      const path = aPlace();
      plant(path, { pid: await aDeadPid(), started: '1' });
      const workers = ['a', 'b', 'c', 'd'].map((who) => startNode(WORKER, [path, who]));
      const outputs = workers.map(outputOf);
      await Promise.all(workers.map((worker) => printed(worker, /ready/)));
      writeFileSync(`${path}.go`, '');
      expect(await Promise.all(outputs)).toEqual(workers.map(() => 'ready\ndone\n'));
      await eventually(() => readdirSync(join(path, '..')), (names) => names.join() === 'lock.go');
    }
  });
});

describe('a lock taken by hand', () => {
  test('can be let go of once: what is there afterwards is another\'s', async () => {
    const path = aPlace();
    const release = await takeLock({ path, what: 'first', onWait: fail });
    await release?.();
    const next = await takeLock({ path, what: 'second', onWait: fail });
    await release?.();
    expect(holderOf(path).what).toBe('second');
    await next?.();
    expect(readdirSync(join(path, '..'))).toEqual([]);
  });

  test('tells of each holder that is waited for, and how long it has held the lock', async () => {
    const path = aPlace();
    plant(path, { what: 'the first', started: '' });
    utimesSync(path, new Date(), new Date(Date.now() - 90_000));
    const told: string[] = [];
    const release = await takeLock({
      path,
      what: 'testing',
      everyMs: 5,
      onWait: ({ what }, seconds) => {
        told.push(`${what} ${seconds >= 90}`);
        if (what === 'the first') plant(path, { what: 'the second', host: 'another-machine', started: '1' });
        else rmSync(path);
      },
    });
    await release?.();
    expect(told).toEqual(['the first true', 'the second false']);
  });
});

describe('a lock left behind', () => {
  test.each([
    ['by a process that is dead', async (path: string) => plant(path, { pid: await aDeadPid(), started: '1' })],
    ['by a process whose id another has now', async (path: string) => plant(path, { pid: process.pid, started: '1' })],
    ['in pieces', async (path: string) => writeFileSync(path, '{"pid": 1')],
    ['empty', async (path: string) => writeFileSync(path, '')],
    ['without a holder', async (path: string) => writeFileSync(path, '{}')],
    ['with nothing in it that is one', async (path: string) => writeFileSync(path, 'null')],
    ['with a holder that can be none', async (path: string) => plant(path, { pid: 0 })],
    ['with its removal begun by a process that died too', async (path: string) => {
      plant(path, { pid: await aDeadPid(), started: '1' });
      plant(`${path}.removal`, { pid: await aDeadPid(), started: '2' });
    }],
  ])('%s is taken over, and nobody is told to wait', async (_, leave) => {
    const path = aPlace();
    await leave(path);
    expect(await withLock(path, 'testing', fail, async () => holderOf(path).what)).toBe('testing');
    expect(readdirSync(join(path, '..'))).toEqual([]);
  });

  test('on another machine is waited for, since nobody here can tell whether its holder lives', async () => {
    const path = aPlace();
    plant(path, { pid: await aDeadPid(), host: 'another-machine' });
    const told: LockHolder[] = [];
    const waiting = withLock(
      path,
      'testing',
      (holder) => {
        told.push(holder);
        rmSync(path);
      },
      async () => 42,
    );
    expect(await waiting).toBe(42);
    expect(told[0]?.host).toBe('another-machine');
  });
});

function fail(holder: LockHolder): never {
  throw new Error(`waits for ${JSON.stringify(holder)}`);
}

test('who is told to stop waiting stops, without doing its work', async () => {
  const path = aPlace();
  const stop = new AbortController();
  let done = false;
  await withLock(path, 'holding', () => undefined, async () => {
    const waited = withLock(
      path,
      'waiting',
      () => stop.abort(),
      async () => {
        done = true;
      },
      stop.signal,
    );
    expect(await waited).toBeUndefined();
  });
  expect(done).toBe(false);
  expect(existsSync(path)).toBe(false);
});

(process.platform === 'linux' ? test : test.skip)('a process that has ended and that nobody has waited for holds nothing (others than Linux do not tell)', async () => {
  const path = aPlace();
  const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (text) => resolve(Number(text))));
    await eventually(
      () => readFileSync(`/proc/${pid}/stat`, 'utf8'),
      (said) => said.includes(') Z '),
    );
    writeFileSync(path, JSON.stringify({ pid, host: hostname(), started: '', what: 'ended' }));
    const release = await takeLock({ path, what: 'next', onWait: () => undefined, signal: AbortSignal.timeout(2000) });
    expect(release).toBeDefined();
    await release?.();
  } finally {
    parent.kill('SIGKILL');
  }
});
