import { describe, expect, test } from '@jest/globals';
import { callName, isSameCall, jobsOf, mayTake, mustGive, parseCall, poolSize, type Call } from './core-shares.js';

const aCall = (more: Partial<Call> = {}): Call => ({ since: 1000, pid: 10, started: '77', nth: 0, size: 4, held: 0, wants: true, ...more });
const other = (held: number, wants = true, more: Partial<Call> = {}): Call => aCall({ pid: 20, since: 2000, held, wants, ...more });

describe('the name of a call', () => {
  test.each<[string, Call]>([
    ['that waits', aCall()],
    ['that has what it needs', aCall({ held: 3, wants: false })],
    ['where the system tells no time of start', aCall({ started: '' })],
  ])('%s says all of it', (_, call) => expect(parseCall(callName(call))).toEqual(call));

  test.each(['slot.0', 'slot.0.removal', 'call', 'call.1.2.3', 'call.1.2.3.0.4.x.wants', 'call.1.2.3.0.4.1.sleeps', 'pipe.10.0'])('%s is none', (name) => expect(parseCall(name)).toBeUndefined());

  test('knows its call in another state, and no other call of the process or of its successor', () => {
    expect(isSameCall(aCall(), aCall({ held: 2, wants: false }))).toBe(true);
    expect(isSameCall(aCall(), aCall({ nth: 1 }))).toBe(false);
    expect(isSameCall(aCall(), aCall({ started: '78' }))).toBe(false);
  });
});

describe('cores that a call may take', () => {
  test.each<[string, Call, readonly Call[], number, number]>([
    ['alone: all', aCall(), [], 0, 4],
    ['alone, with some: the rest', aCall({ held: 1 }), [], 1, 3],
    ['alone, with fewer jobs than there are cores: as many as jobs', aCall({ size: 1 }), [], 0, 1],
    ['none where it has all it may have', aCall({ held: 4 }), [], 4, 0],
    ['none where it does not want any', aCall({ held: 1, wants: false }), [], 1, 0],
    ['none where none is free', aCall(), [other(4, false)], 4, 0],
    ['all that are free beside one who has what it needs', aCall(), [other(2, false)], 2, 2],
    ['one at a time beside one who wants some, too', aCall(), [other(1)], 1, 1],
    ['none where the only one is for somebody with fewer', aCall({ held: 1 }), [other(0)], 3, 0],
    ['one where there is one more than for those with fewer', aCall({ held: 1 }), [other(0)], 2, 1],
    ['the first come goes first among equals', aCall({ held: 1 }), [other(1)], 3, 1],
    ['the later come waits among equals', aCall({ held: 1, since: 3000 }), [other(1)], 3, 0],
    ['of one moment, the smaller process id', aCall({ held: 1 }), [other(1, true, { since: 1000 })], 3, 1],
    ['of one process, its earlier call', aCall({ nth: 1 }), [aCall({ nth: 0 })], 3, 0],
    ['the largest number of cores that anybody was given counts', aCall({ size: 2 }), [other(4, false, { size: 8 })], 4, 2],
    ['none where another was given more, and has them all', aCall({ size: 2 }), [other(8, false, { size: 8 })], 8, 0],
    ['none while more are held than there are now', aCall({ size: 2 }), [], 5, 0],
  ])('%s', (_, me, others, taken, count) => expect(mayTake(me, others, taken)).toBe(count));

  test('k calls that want all get about a k-th each, in whatever order they look', () => {
    for (const order of [[0, 1, 2], [2, 1, 0], [1, 0, 2]]) {
      const calls = [0, 1, 2].map((nth) => aCall({ pid: 10 + nth, size: 8 }));
      for (let round = 0; round < 20; round++) {
        for (const nth of order) {
          const me = calls[nth] ?? aCall();
          const taken = calls.reduce((sum, { held }) => sum + held, 0);
          const held = me.held + mayTake(me, calls.filter((call) => call !== me), taken);
          calls[nth] = { ...me, held, wants: held < me.size };
        }
      }
      expect(calls.map(({ held }) => held).sort()).toEqual([2, 3, 3]);
    }
  });

  test('the size of the pool is what the most generous was given', () => expect(poolSize(aCall({ size: 2 }), [other(0, true, { size: 16 })])).toBe(16));
});

describe('idle cores that a call gives back', () => {
  test.each<[string, readonly Call[], number, number]>([
    ['none where nobody wants one', [other(1, false)], 3, 0],
    ['none where all are at work', [other(0)], 0, 0],
    ['one for one who wants one', [other(0)], 1, 1],
    ['half of many', [other(0)], 7, 4],
    ['one for each who wants one', [other(0), other(0, true, { pid: 21 }), other(0, true, { pid: 22 })], 4, 3],
    ['no more than there are', [other(0), other(0, true, { pid: 21 })], 1, 1],
  ])('%s', (_, others, idle, count) => expect(mustGive(others, idle)).toBe(count));
});

test.each<[string | number | undefined, number | undefined]>([
  [undefined, undefined],
  [3, 3],
  ['3', 3],
  [16, 16],
  ['-1', 3],
  [-9, 1],
  ['default', undefined],
  [0, undefined],
  ['many', undefined],
  [1.5, undefined],
  ['', undefined],
])('build.jobs = %p on 4 cores are %p', (written, jobs) => expect(jobsOf(written, 4)).toBe(jobs));
