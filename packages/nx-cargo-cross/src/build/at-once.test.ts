import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { atOnce, type Jobs } from './at-once.js';

interface Job {
  readonly name: string;
  readonly needs?: string;
}

/** Each job gives two results, and says when it begins and ends. */
async function ran(jobs: readonly Job[], limit: number, joins: Jobs<Job, string>['mayJoin']): Promise<{ readonly results: readonly string[]; readonly most: number; readonly log: readonly string[] }> {
  const log: string[] = [];
  let now = 0;
  let most = 0;
  const run = async function* ({ name }: Job): AsyncGenerator<string, void> {
    most = Math.max(most, ++now);
    log.push(`+${name}`);
    await sleep(5);
    yield `${name}1`;
    await sleep(5);
    yield `${name}2`;
    now--;
    log.push(`-${name}`);
  };
  const results: string[] = [];
  for await (const result of atOnce(jobs, { limit, mayJoin: joins, run })) results.push(result);
  return { results, most, log };
}

const JOBS = ['a', 'b', 'c', 'd'].map((name) => ({ name }));
const ALL = JOBS.flatMap(({ name }) => [`${name}1`, `${name}2`]);

test.each([
  [1, true, 1],
  [2, true, 2],
  [9, true, 4],
  [9, false, 1],
])('at most %i at once, where others may join: %s', async (limit, joins, expected) => {
  const { results, most } = await ran(JOBS, limit, () => joins);
  expect([...results].sort()).toEqual(ALL);
  expect(most).toBe(expected);
});

test('who may not join yet lets others go first, and is started when nothing runs', async () => {
  const asked: string[] = [];
  const { log } = await ran([{ name: 'a' }, { name: 'b' }, { name: 'c' }], 2, ({ name }, running) => {
    asked.push(`${name} beside ${running.map((job) => job.name).join()}`);
    return name === 'c';
  });
  expect(log.slice(0, 2)).toEqual(['+a', '+c']);
  expect(log.indexOf('+b')).toBeGreaterThan(Math.max(log.indexOf('-a'), log.indexOf('-c')));
  expect(asked[0]).toBe('b beside a');
});

test('who may not join yet is started when a running job says that others may', async () => {
  const log: string[] = [];
  let may = false;
  let end = (): void => undefined;
  const over = new Promise<void>((resolve) => (end = resolve));
  const run = async function* (job: string, lookAgain: () => void): AsyncGenerator<string, void> {
    log.push(`+${job}`);
    if (job === 'a') {
      await sleep(5);
      may = true;
      lookAgain();
      await over;
    } else end();
    yield job;
  };
  const results: string[] = [];
  for await (const result of atOnce(['a', 'b'], { limit: 2, mayJoin: () => may, run })) results.push(result);
  // `a` ends only when `b` has begun.
  expect(log).toEqual(['+a', '+b']);
  expect(results.sort()).toEqual(['a', 'b']);
});

test('nothing to do gives nothing, and a job that fails is told', async () => {
  expect((await ran([], 3, () => true)).results).toEqual([]);
  const failing = atOnce([1], {
    limit: 1,
    mayJoin: () => true,
    run: async function* (): AsyncGenerator<string, void> {
      yield 'one';
      await sleep(1);
      throw new Error('no room');
    },
  });
  expect((await failing.next()).value).toBe('one');
  await expect(failing.next()).rejects.toThrow('no room');
});
