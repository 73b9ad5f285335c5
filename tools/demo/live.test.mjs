import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEvent, makeBoard } from './board.mjs';
import { makeDisplay, seconds } from './live.mjs';
import { size, table } from './table.mjs';

for (const [ms, text] of [[0, '0.0 s'], [1234, '1.2 s'], [9949, '9.9 s'], [9950, '10 s'], [99_400, '99 s'], [100_000, '1 min 40 s'], [185_000, '3 min 05 s']]) {
  test(`${ms} ms is ${text}`, () => assert.equal(seconds(ms), text));
}

for (const [bytes, text] of [[999, '1 kB'], [123_456, '123 kB'], [3_140_000, '3.1 MB']]) {
  test(`${bytes} bytes are ${text}`, () => assert.equal(size(bytes), text));
}

test('a table has its columns under one another', () => {
  assert.equal(table(['a', 'size'], [['one', '1'], ['x', '1000']], new Set(['size'])), ['a    size', '---  ----', 'one     1', 'x    1000'].join('\n'));
});

test('without a terminal, a line per change of phase', () => {
  const written = [];
  const board = makeBoard([{ task: 'app:cross-x', project: 'app', platform: 'x' }]);
  const display = makeDisplay(board, () => 61_000, { write: (text) => written.push(text) });
  for (const event of [
    { type: 'planned', backend: 'zig' },
    { type: 'started', command: 'cargo' },
    { type: 'progress', done: 1, total: 2, current: 'libc' },
    { type: 'finished', success: true, durationMs: 2500, failures: [] },
  ]) {
    if (applyEvent(board, { task: 'app:cross-x', ...event }, 60_000)) display.changed(board.get('app:cross-x'));
  }
  display.end();
  assert.deepEqual(written, ['[        61 s] app:cross-x  building  zig\n', '[        61 s] app:cross-x  proved in 2.5 s\n']);
});

test('on a terminal, every task has its line, cut to the width', () => {
  const written = [];
  const board = makeBoard(['x', 'longer'].map((platform) => ({ task: `app:cross-${platform}`, project: 'app', platform })));
  const display = makeDisplay(board, () => 0, { isTTY: true, rows: 40, columns: 30, write: (text) => written.push(text) });
  display.end();
  const plain = written.join('').replace(/\x1b\[[0-9;]*[mAJ]/g, '');
  assert.match(plain, /^ {2}app {2}x {7}waiting$/m);
  assert.ok(plain.split('\n').every((line) => line.length < 30), plain);
});
