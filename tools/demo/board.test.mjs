import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addTasks, applyEvent, applyNxLine, makeBoard, summary, tasksInAll } from './board.mjs';

const tasks = ['x', 'y'].map((platform) => ({ task: `app:cross-${platform}`, project: 'app', platform }));
const event = (type, more = {}) => ({ type, ...tasks[0], ...more });

test('a build goes through its phases', () => {
  const board = makeBoard(tasks);
  const steps = [
    [event('planned', { backend: 'zig' }), 'planned', true],
    [event('preparing', { what: 'std' }), 'preparing', true],
    [event('preparing', { what: 'std' }), 'preparing', false],
    [event('preparing', { what: 'a lock' }), 'preparing', true],
    [event('started', { command: 'cargo' }), 'building', true],
    [event('progress', { done: 3, total: 9, current: 'libc' }), 'building', false],
    [event('preparing', { what: 'waiting for a lock' }), 'preparing', true],
    [event('progress', { done: 4, total: 9, current: 'libc' }), 'building', true],
    [event('output', { text: 'warning' }), 'building', false],
    [event('finished', { success: true, durationMs: 1234, failures: [] }), 'proved', true],
  ];
  for (const [step, phase, changed] of steps) {
    assert.equal(applyEvent(board, step, 5), changed, step.type);
    assert.equal(board.get('app:cross-x').phase, phase);
  }
  assert.equal(board.get('app:cross-x').built, true);
  assert.equal(board.get('app:cross-x').durationMs, 1234);
  assert.equal(summary(board), '1 of 2 proved, 0 at work');
});

test('a failure keeps its reasons', () => {
  const board = makeBoard(tasks);
  const failures = [{ code: 'compile-failed' }];
  assert.equal(applyEvent(board, event('finished', { success: false, durationMs: 1, failures }), 0), true);
  assert.equal(board.get('app:cross-x').detail, 'compile-failed');
  assert.equal(board.get('app:cross-x').failures, failures);
  assert.equal(summary(board), '0 of 2 proved, 1 failed, 0 at work');
});

test('a task that nobody announced gets its line with its first event', () => {
  const board = makeBoard();
  assert.equal(applyEvent(board, event('planned', { backend: 'zig' }), 0), true);
  assert.deepEqual([...board.keys()], ['app:cross-x']);
});

test('tasks that are announced late leave what is known as it is', () => {
  const board = makeBoard();
  applyEvent(board, event('started', { command: 'cargo' }), 0);
  addTasks(board, tasks);
  assert.deepEqual([...board.values()].map(({ phase }) => phase), ['building', 'waiting']);
});

for (const [line, count] of [
  [' NX   Running target cross for 4 projects and 24 tasks they depend on:', 24],
  [' NX   Running target cross for project app and 1 task it depends on:', 1],
  [' NX   Running target cross for 2 projects:', undefined],
]) {
  test(`reads how many tasks Nx runs: ${line}`, () => assert.equal(tasksInAll(line), count));
}

for (const [line, task] of [
  ['✔  nx run app:cross-x  [local cache]', 'app:cross-x'],
  ['> nx run app:cross-y  [existing outputs match the cache, left as is]', 'app:cross-y'],
  ['✔  nx run app:cross-x', undefined],
  ['> nx run app:test  [local cache]', undefined],
]) {
  test(`reads what Nx says of its cache: ${line}`, () => {
    const board = makeBoard(tasks);
    assert.equal(applyNxLine(board, line, 0)?.task, task);
    if (task) assert.equal(board.get(task).phase, 'cached');
  });
}
