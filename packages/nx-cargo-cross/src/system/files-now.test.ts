import { expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aTempFolder } from '../testkit/temp.js';
import { linesWithNow } from './files-now.js';

const root = aTempFolder('files-now');

test.each<readonly [string, string, string]>([
  ['nothing of an empty file', '', ''],
  ['the lines that begin so', 'cargo:a\nother\n cargo:b\ncargo::c\n', 'cargo:a\ncargo::c\n'],
  ['the last line, which has no end', 'other\ncargo:a', 'cargo:a\n'],
  ['nothing of a beginning alone', 'car', ''],
  ['a line that goes over the end of a piece', `${'x'.repeat(65_533)}\ncargo:${'ä'.repeat(70_000)}\nother\n`, `cargo:${'ä'.repeat(70_000)}\n`],
  ['nothing of a long line that ends as one would begin', `${'x'.repeat(65_536)}cargo:a\ncargo:b\n`, 'cargo:b\n'],
  ['a line whose first letters end a piece', `${'x'.repeat(65_532)}\ncargo:a\n`, 'cargo:a\n'],
])('lines: %s', (name, text, expected) => {
  const file = join(root, name.replaceAll(/\W+/g, '-'));
  writeFileSync(file, text);
  expect(linesWithNow(file, 'cargo:')).toBe(expected);
});

test('lines: nothing of a file that is not there', () => {
  expect(linesWithNow(join(root, 'none'), 'cargo:')).toBe('');
});
