import { describe, expect, test } from '@jest/globals';
import { callName, isSameCall, jobsOf, mayTake, mustGive, parseCall, poolSize, shouldLetGo, type Call } from './core-shares.js';

const aCall = (more: Partial<Call> = {}): Call => ({ since: 1000, pid: 10, started: '77', nth: 0, size: 4, held: 0, wants: true, kin: '', last: false, ...more });
/** Lets others go. */
const patient = (more: Partial<Call> = {}): Call => aCall({ wants: false, kin: 'a', last: true, ...more });
const other = (held: number, wants = true, more: Partial<Call> = {}): Call => aCall({ pid: 20, since: 2000, held, wants, ...more });

describe('the name of a call', () => {
  test.each<[string, Call]>([
    ['that waits', aCall()],
    ['that has what it needs', aCall({ held: 3, wants: false })],
    ['where the system tells no time of start', aCall({ started: '' })],
    ['that has kin', aCall({ kin: '0a1b2c3d' })],
    ['that has nothing left but its last crate', aCall({ wants: false, kin: '0a1b2c3d', last: true })],
  ])('%s says all of it', (_, call) => expect(parseCall(callName(call))).toEqual(call));

  test.each(['slot.0', 'slot.0.removal', 'call', 'call.1.2.3', 'call.1.2.3.0.4.x.wants', 'call.1.2.3.0.4.1.sleeps', 'call.1.2.3.0.4.1.wants.kin', 'call.1.2.3.0.4.1.wants.last.0a', 'pipe.10.0'])('%s is none', (name) => expect(parseCall(name)).toBeUndefined());

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
    ['one that nobody wants for one who lets others go', patient(), [other(2, false)], 2, 1],
    ['none for one who lets others go where the others want what is free', patient(), [other(1), other(1, true, { pid: 21 })], 2, 0],
    ['the rest where its last crate is compiled already', aCall({ held: 1, kin: 'a', last: true }), [], 1, 3],
    ['all beside one who lets others go', aCall(), [patient({ pid: 20 })], 0, 4],
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
  test.each<[string, readonly Call[], number, number, boolean?]>([
    ['none where nobody wants one', [other(1, false)], 3, 0],
    ['none for one who lets others go, if it may soon use them', [patient()], 3, 0],
    ['one for one who lets others go, if it will not', [patient()], 3, 1, true],
    ['none for one whose last crate is compiled already', [patient({ held: 1 })], 3, 0, true],
    ['first for those who want one', [patient(), other(0)], 1, 1, true],
    ['for both where there are enough', [patient(), other(0)], 2, 2, true],
    ['none where all are at work', [other(0)], 0, 0],
    ['one for one who wants one', [other(0)], 1, 1],
    ['half of many', [other(0)], 7, 4],
    ['one for each who wants one', [other(0), other(0, true, { pid: 21 }), other(0, true, { pid: 22 })], 4, 3],
    ['no more than there are', [other(0), other(0, true, { pid: 21 })], 1, 1],
  ])('%s', (_, others, idle, count, spare = false) => expect(mustGive(others, idle, spare)).toBe(count));
});

describe('a call that has come to its last crate', () => {
  const me = aCall({ kin: 'a', last: true, held: 1 });
  const behind = (more: Partial<Call> = {}): Call => other(1, true, { kin: 'a', since: 20_000, ...more });
  /** It has run for ten seconds, the other for one. */
  const LATER = { ran: 10_000, now: 21_000 };

  test.each<[string, boolean, Call, readonly Call[], { ran: number; now: number }?]>([
    ['lets one go that began later', true, me, [behind()]],
    ['goes on where it is alone', false, me, []],
    ['goes on where the other is as far', false, me, [behind({ last: true })]],
    ['goes on where the other will soon be as far', false, me, [behind({ since: 12_000 })]],
    ['lets one go that has waited for a core for as long as it has run', true, me, [behind({ held: 0, since: 11_000 })]],
    ['goes on where it took no time itself', false, me, [behind()], { ran: 2000, now: 20_100 }],
    ['goes on where somebody else would get the core', false, me, [behind(), other(1)]],
    ['lets one of many go', true, me, [behind(), behind({ pid: 21, last: true })]],
    ['goes on where more are there than cores', false, me, [1, 2, 3, 4].map((nth) => behind({ pid: 20 + nth }))],
    ['goes on where it has no kin', false, { ...me, kin: '' }, [behind({ kin: '' })]],
  ])('%s', (_, lets, call, others, time = LATER) => expect(shouldLetGo(call, others, time)).toBe(lets));
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
