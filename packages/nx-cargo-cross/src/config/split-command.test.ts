import { expect, test } from '@jest/globals';
import { splitCommand } from './split-command.js';

test.each<[string, readonly string[]]>([
  ['make  -j2\tall', ['make', '-j2', 'all']],
  [`sh -c 'echo "$HOME" | cat'`, ['sh', '-c', 'echo "$HOME" | cat']],
  [`go build -ldflags "-s -w" -o {buildDir}/{exe}`, ['go', 'build', '-ldflags', '-s -w', '-o', '{buildDir}/{exe}']],
  [`a"b c"'d e'f ""`, ['ab cd ef', '']],
  [String.raw`"a\"b" "c\d" e\ f`, ['a"b', String.raw`c\d`, 'e f']],
])('%s', (line, words) => {
  expect(splitCommand(line)).toEqual({ ok: true, words });
});

test.each<[string, RegExp]>([
  ['make && make install', /"&" would need a shell/],
  ['echo $HOME', /"\$" would need a shell/],
  ['cat *.c', /"\*" would need a shell/],
  [`sh -c 'open`, /not closed/],
  ['  ', /empty/],
])('%s is refused', (line, problem) => {
  expect(splitCommand(line)).toEqual({ ok: false, problem: expect.stringMatching(problem) });
});
