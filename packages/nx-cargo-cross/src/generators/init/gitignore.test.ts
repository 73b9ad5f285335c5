import { describe, expect, test } from '@jest/globals';
import { withIgnored } from './gitignore.js';

describe('the output folder in .gitignore', () => {
  test.each([
    ['no file', '', '/dist/cross/\n'],
    ['other lines', 'node_modules\n', 'node_modules\n/dist/cross/\n'],
    ['a last line without an end', 'node_modules', 'node_modules\n/dist/cross/\n'],
    ['something alike', 'dist/crossing\n!dist\n', 'dist/crossing\n!dist\n/dist/cross/\n'],
  ])('is added: %s', (_name, before, after) => expect(withIgnored(before, 'dist/cross')).toBe(after));

  test.each([['dist'], ['/dist'], ['dist/'], ['dist/cross'], ['/dist/cross/'], ['a\r\ndist\r\n']])('is there already: %j', (text) => {
    expect(withIgnored(text, 'dist/cross')).toBe(text);
  });

  test('twice is once', () => {
    const once = withIgnored('node_modules\n', 'out');
    expect(withIgnored(once, 'out')).toBe(once);
  });
});
