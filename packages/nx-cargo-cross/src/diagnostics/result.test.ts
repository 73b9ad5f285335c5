import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { FAILURES } from '../testkit/failures.js';
import { internalFailure } from './internal-failure.js';
import { all, failed, success } from './result.js';

const { internal, interrupted } = FAILURES;

test('all successes are one success, in their order', () => {
  expect(all([success(1), success(2), success(3)])).toEqual({ ok: true, value: [1, 2, 3] });
  expect(all([])).toEqual({ ok: true, value: [] });
});

test('one failure among successes fails, and every failure is kept in its order', () => {
  expect(all([success(1), failed(internal, interrupted), success(2), failed(interrupted)])).toEqual({ ok: false, failures: [internal, interrupted, interrupted] });
});

test('what was thrown becomes a failure with message and stack', () => {
  const error = new TypeError('no such thing');
  expect(internalFailure(error)).toEqual({ code: 'internal', message: 'no such thing', stack: error.stack });
});

test("what Node threw does too, though its errors may be another realm's", () => {
  const error: unknown = runInNewContext('new Error("from elsewhere")');
  expect(error instanceof Error).toBe(false);
  expect(internalFailure(error)).toEqual({ code: 'internal', message: 'from elsewhere', stack: expect.stringContaining('from elsewhere') });
});

test('what only looks like an error is told without a stack', () => {
  expect(internalFailure({ message: 'odd', stack: 1 })).toEqual({ code: 'internal', message: 'odd', stack: undefined });
});

test.each([
  ['text', 'text'],
  [undefined, 'undefined'],
  [null, 'null'],
  [42, '42'],
  [Symbol('odd'), 'Symbol(odd)'],
])('%p thrown is told too', (thrown, message) => {
  expect(internalFailure(thrown)).toEqual({ code: 'internal', message, stack: undefined });
});
