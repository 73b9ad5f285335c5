import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { eventually } from '../testkit/processes.js';
import { aTempFolder } from '../testkit/temp.js';
import { pauseAfter, takeLock, type LockHolder } from './locks.js';

const folder = aTempFolder('locks-wait');

describe('who waits for a lock', () => {
  test('tells of nobody whom it has waited for no longer than it is to be quiet', async () => {
    const path = join(folder, 'lock');
    const first = await takeLock({ path, what: 'first', onWait: () => undefined });
    const told: string[] = [];
    const wish = { path, everyMs: 5, onWait: ({ what }: LockHolder) => void told.push(what) };
    const quiet = takeLock({ ...wish, what: 'second', quietMs: 1_000_000 });
    const loud = takeLock({ ...wish, what: 'third', quietMs: 1 });
    await eventually(() => told, ({ length }) => length > 0);
    await first?.();
    const ended = await Promise.all([quiet, loud].map(async (taken) => (await taken)?.()));
    expect(ended).toHaveLength(2);
    expect(told.filter((what) => what === 'first')).toHaveLength(1);
  });

  test.each([
    [0, 50, 5],
    [100, 50, 30],
    [180, 50, 50],
    [1_000, 50, 70],
    [1_000_000, 50, 250],
    [0, 200, 20],
  ])('after %i ms, of which it looks every %i in the end, it looks again in %i', (waited, everyMs, pause) => {
    expect(Math.round(pauseAfter(waited, everyMs))).toBe(pause);
  });
});
