import { expect, test } from '@jest/globals';
import { makeTextTail } from './text-tail.js';

const of = (limit: number, texts: readonly string[]): string => {
  const tail = makeTextTail(limit);
  for (const text of texts) tail.add(text);
  return tail.text();
};

test.each<readonly [string, number, readonly string[], string]>([
  ['nothing', 8, [], ''],
  ['all of a short text', 8, ['abc', '', 'def'], 'abcdef'],
  ['all of a text that just fits', 6, ['abc', 'def'], 'abcdef'],
  ['the end of a longer one', 6, ['abc', 'def', 'gh'], 'cdefgh'],
  ['the end after many rounds', 4, ['abc', 'def', 'ghi', 'jkl', 'm'], 'jklm'],
  ['the end of one piece that is longer than all', 4, ['ab', 'cdefghij', 'k'], 'hijk'],
  ['whole characters', 4, ['aäöü'], 'öü'],
  ['no character whose beginning is gone', 5, ['aäöü'], 'öü'],
])('%s', (_, limit, texts, expected) => {
  expect(of(limit, texts)).toBe(expected);
});

test('pieces of all lengths, past the size that it begins with', () => {
  const pieces = Array.from({ length: 3000 }, (_, index) => `${index} ${'x'.repeat(index % 37)}\n`);
  const whole = pieces.join('');
  for (const limit of [100, 4096, 5000, 20_000, whole.length, whole.length + 1]) expect(of(limit, pieces)).toBe(whole.slice(-limit));
});
