import { expect, test } from '@jest/globals';
import { isStatusLine } from './status-line.js';

test.each<readonly [string, boolean]>([
  ['   Compiling app v0.1.0 (/ws/app)\n', true],
  ['\u001b[1m\u001b[32m   Compiling\u001b[0m app v0.1.0\n', true],
  ['    Finished `release` profile [optimized] target(s) in 0.40s\n', true],
  ['  Downloaded libc v0.2.0\n', true],
  ['Undocumented x\n', true],
  ['warning: function `unused` is never used\n', false],
  ['   = note: the same\n', false],
  ['error: could not compile `app` (bin "app") due to 1 previous error\n', false],
  [' --> dep/src/lib.rs:3:4\n', false],
  ['            Indented by twelve\n', false],
  ['\n', false],
])('%j', (line, expected) => {
  expect(isStatusLine(line)).toBe(expected);
});
