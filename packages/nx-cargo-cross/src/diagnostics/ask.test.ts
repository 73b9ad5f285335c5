import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { askFirst } from './ask.js';

const run = (...commands: readonly string[]) => {
  const { stdout, stderr } = spawnSync('sh', ['-c', askFirst(...commands)], { env: { PATH: process.env['PATH'] ?? '', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' }, encoding: 'utf8' });
  return [stdout, stderr];
};

test.each([
  ['the first that works answers', ['echo one', 'echo two'], 'one\n'],
  ['one that is not there says nothing', ['no-such-tool --version', 'echo two'], 'two\n'],
  ['none is an answer', ['no-such-tool', 'ls /no/such/folder'], 'none\n'],
  ["the user's language is nobody's", ['echo "$LC_ALL"'], 'C\n'],
])('%s', (_, commands, answer) => {
  expect(run(...commands)).toEqual([answer, '']);
});
