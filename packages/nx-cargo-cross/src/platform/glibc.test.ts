import { expect, test } from '@jest/globals';
import { compareGlibc, formatGlibc, parseGlibc } from './glibc.js';

test.each([
  ['2.17', '2.17'],
  ['2.4', '2.4'],
  ['2.17.1', '2.17'],
  ['10.0', '10.0'],
])('"%s" is the version %s', (text, written) => {
  const version = parseGlibc(text);
  expect(version && formatGlibc(version)).toBe(written);
});

test.each(['', '2', '2.', '.17', '2.x', 'v2.17', ' 2.17', '2.17 ', '2.17\n', '2.17.1.1', '-2.17', '2.1234'])('"%s" is no version', (text) => {
  expect(parseGlibc(text)).toBeUndefined();
});

test.each([
  ['2.4', '2.17', -1],
  ['2.17', '2.17', 0],
  ['2.34', '2.17', 1],
  ['3.0', '2.99', 1],
  ['1.99', '2.0', -1],
])('%s held against %s gives %i: numbers, not text', (a, b, sign) => {
  const [left, right] = [parseGlibc(a), parseGlibc(b)];
  expect(left && right && Math.sign(compareGlibc(left, right))).toBe(sign);
});
