import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median } from './median.mjs';
import { renderBenchmarks, say } from './report.mjs';

const run = (rival, round, wall, cpu, more = {}) => ({ program: 'small', scenario: 'cold', rival, round, wall, cpu, ok: true, load: 1, ...more });

test('the median of an odd and of an even number', () => {
  assert.equal(median([5, 1, 3]), 3);
  assert.equal(median([4, 1, 3, 2]), 2.5);
});

const REFERENCE = [run('a', 1, 100, 50, { what: 'a loop' }), run('a', 2, 200, 40, { what: 'a loop' })];

for (const [name, runs, expected] of [
  ['nothing of what was not measured', [], ''],
  ['the reference has no ratio to itself', REFERENCE, '150.0 / 45.0 x2'],
  ['ratios are within a round', [run('ours', 1, 50, 25), run('ours', 2, 50, 30)], '50.0 / 27.5, **0.38** / **0.63** x2'],
  ['a round that the reference lacks has no part in the ratio', [run('ours', 3, 50, 25)], '50.0 / 25.0'],
  ['a failure is told', [run('ours', 1, 1, 1, { ok: false })], 'does not build'],
  ['a failure among others is told', [run('ours', 1, 1, 1), run('ours', 2, 1, 1, { ok: false })], 'does not build (1 of 2)'],
])
  test(`a cell: ${name}`, () => assert.equal(say(runs, REFERENCE), expected));

const CONTEXT = {
  plugin: 'abc',
  rivals: [{ id: 'ours', what: 'ours' }, { id: 'a', what: 'a loop' }],
  scenarios: [{ id: 'cold', what: 'everything' }, { id: 'edit', what: 'one file' }],
  programs: [{ name: 'small', version: '1.0.0', packages: ['small'] }, { name: 'other', packages: ['x', 'y'] }],
  platforms: [{ name: 'x86_64-linux', options: { glibc: '2.17' } }],
  added: { name: 'i686-linux' },
  versions: { Rust: '1.95.0' },
  machine: '2 cores',
};

test('the page has what was measured with this plugin, and says what was not', () => {
  const page = renderBenchmarks({ results: [...REFERENCE, run('a', 3, 1, 1, { what: 'another loop' }), run('ours', 1, 50, 25, { plugin: 'abc' }), run('ours', 2, 1, 1, { plugin: 'older' })], correct: { small: { joint: false } }, graph: [] }, CONTEXT);
  assert.match(page, /^\| cold \| 50\.0 \/ 25\.0, \*\*0\.50\*\* \/ \*\*0\.50\*\* \| 150\.0 \/ 45\.0 x2 \|$/m);
  assert.doesNotMatch(page, /^\| edit \| .*\d/m);
  assert.match(page, /## small 1\.0\.0[^]*Not the right program: one call for all platforms \(b, c\)/);
  assert.match(page, /## other: x, y\n\nNot measured yet\./);
});

test('the graph is told by its sizes, and hashing where it was measured', () => {
  const once = (count, first, plugin = 'abc') => ({
    count,
    round: 1,
    plugin,
    load: 1,
    nodes: { first, later: 10, json: 100, targets: count * 12 },
    show: { ours: { wall: 3, cpu: 2 }, hand: { wall: 2, cpu: 2 } },
    hash: count === 1000 ? { ours: { ms: 300, tasks: 5000 }, hand: { ms: 300, tasks: 5000 }, plain: { ms: 100, tasks: 5000 } } : undefined,
  });
  const page = renderBenchmarks({ results: [], correct: {}, graph: [once(1000, 80), once(100, 20), once(100, 5, 'older')] }, CONTEXT);
  assert.match(page, /^\| 100 \| 1200 \| 20 \| 10 \| 100 \| 3\.00 \| 2\.00 \| \*\*1\.50\*\* \/ \*\*1\.00\*\* x1 \|\n\| 1000 \| 12000 \| 80 /m);
  assert.match(page, /Hashing 5000 tasks: 300 ms; .*\(ratio \*\*1\.00\*\*\); 100 ms .*\(ratio \*\*3\.00\*\*\)/);
  assert.doesNotMatch(renderBenchmarks({ results: [], correct: {}, graph: [] }, CONTEXT), /The graph/);
});
