import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { quoteWord, quoteWords } from './quote.js';

test.each(['cargo', '--target=aarch64-unknown-linux-gnu', '/opt/zig/zig', 'vault@1.2.3', 'a_b,c:d%e+f', '0'])('%s needs no quotes', (word) => {
  expect(quoteWord(word)).toBe(word);
});

const ODD = ['', ' ', 'two words', "it's", '"', '$HOME', '`id`', '$(id)', '\\', 'a\\', "'", "''", '*', '~', '#', ';', '&', '|', '<', '>', '(', '{a,b}', '!', '?', '[a]', 'a\nb', '\t', 'größe 中', '-n', '\u0081'];

test.each(ODD)('%j comes through a shell as it is', (word) => {
  expect(execFileSync('/bin/sh', ['-c', `printf '%s' ${quoteWord(word)}`], { encoding: 'utf8' })).toBe(word);
});

test('a pasted command has the words that were quoted', () => {
  const printed = execFileSync('/bin/sh', ['-c', quoteWords(['printf', '%s\\0', ...ODD])], { encoding: 'utf8' });
  expect(printed.split('\0').slice(0, -1)).toEqual(ODD);
});
