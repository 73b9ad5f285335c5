import { expect, test } from '@jest/globals';
import { matchesAny, matchesPattern } from './pattern.js';

test.each([
  ['a*c', 'abc', true],
  ['a*c', 'ac', true],
  ['a*c', 'abcd', false],
  ['a*b*c', 'a1b2c', true],
  ['a*b*c', 'acb', false],
  ['a*b*c', 'axc', false],
  ['a*a', 'a', false],
  ['a', 'ab', false],
  ['*', '', true],
])('pattern %s on %s: %p', (pattern, name, expected) => {
  expect(matchesPattern(pattern, name)).toBe(expected);
});

test('any of several', () => {
  expect(matchesAny(['a', 'b*'], 'bc')).toBe(true);
  expect(matchesAny([], 'bc')).toBe(false);
});
