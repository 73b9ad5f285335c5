import { describe, expect, test } from '@jest/globals';
import { historyOf, pickRuns, whyAgain, type Entry } from './history.js';
import type { RunRecord } from './record.js';

/** Runs of one task, the last one last: `key status`, with `!` behind it where the cache was not asked, `~` where the target is never cached, `?` where it read beside its key, `&` where it began before all others ended. */
function runsOf(...entries: readonly string[]): readonly RunRecord[] {
  return entries.map((entry, index) => {
    const [key = '', status = ''] = entry.replace(/[!~&?]$/, '').split(' ');
    return { id: String(index), when: index, started: entry.endsWith('&') ? -1 : index, skippedCache: entry.endsWith('!'), tasks: { 'app:x': { key, status, cacheable: !entry.endsWith('~'), uncovered: entry.endsWith('?') ? ['words.txt, read by app'] : [] }, ...(index === 0 ? { 'other:x': { key: '9', status: 'success', cacheable: true, uncovered: [] } } : {}) } };
  });
}

function history(...entries: readonly string[]): readonly [Entry, ...Entry[]] {
  const [first, ...rest] = historyOf(runsOf(...entries), 'app:x');
  if (!first) throw new Error('no run');
  return [first, ...rest];
}

test('the last run is number 1; runs of others are not in it', () => {
  expect(historyOf([...runsOf('aaaa success', 'bbbb success')].reverse(), 'app:x').map(({ number, key }) => [number, key])).toEqual([[1, 'bbbb'], [2, 'aaaa']]);
  expect(historyOf(runsOf('aaaa success', 'bbbb success'), 'other:x')).toHaveLength(1);
  expect(historyOf(runsOf('aaaa success'), 'toString')).toEqual([]);
});

describe('the runs that are compared', () => {
  test.each<[string, readonly string[], { from?: string; to?: string }, string]>([
    ['the last two with different keys', ['aaaa success', 'bbbb success'], {}, '2 1'],
    ['not those with the same key in between', ['aaaa success', 'bbbb success', 'bbbb local-cache', 'bbbb local-cache'], {}, '4 1'],
    ['nothing, where there is but one key', ['aaaa success', 'aaaa local-cache'], {}, '- 1'],
    ['by number', ['aaaa success', 'bbbb success', 'cccc success'], { from: '3', to: '2' }, '3 2'],
    ['by the beginning of a key', ['aaaa1 success', 'bbbb1 success', 'cccc1 success'], { from: 'aaaa', to: 'bbbb1…' }, '3 2'],
    ['the one before another', ['aaaa success', 'bbbb success', 'cccc success'], { to: '2' }, '3 2'],
  ])('%s', (_, entries, { from, to }, expected) => {
    const picked = pickRuns(history(...entries), { from, to }, 'app:x');
    expect(picked.ok && `${picked.value.from?.number ?? '-'} ${picked.value.to.number}`).toBe(expected);
  });

  test.each([{ from: '7' }, { to: 'aa' }, { to: 'dddd' }])('%j is none', ({ from, to }) => {
    const picked = pickRuns(history('aaaa success', 'bbbb success'), { from, to }, 'app:x');
    expect(picked).toMatchObject({ ok: false, failures: [{ code: 'unknown-word', kind: 'run', valid: ['1', '2', 'bbbb', 'aaaa'] }] });
  });
});

test.each<[readonly string[], RegExp | undefined]>([
  [['aaaa success'], undefined],
  [['bbbb success', 'aaaa success'], undefined],
  [['aaaa success', 'aaaa local-cache'], undefined],
  [['aaaa success', 'aaaa success'], /good before \(0\): Nx's cache did not have it any more/],
  [['aaaa success', 'bbbb success', 'aaaa success'], /good before \(0\)/],
  [['aaaa success', 'aaaa success&'], /another run was making it at the same time/],
  [['aaaa success', 'aaaa success!'], /not to look into its cache/],
  [['aaaa success~', 'aaaa success~'], /never cached/],
  [['aaaa success?', 'aaaa success?'], /no cache kept it, for it was built from what no cache key holds/],
  [['aaaa failure', 'aaaa success'], /The run before with this key \(0\) failed/],
  [['aaaa remote-cache', 'aaaa failure', 'aaaa success'], /good before \(0\)/],
])('%j: why it was built though the key was known', (entries, expected) => {
  const runs = history(...entries);
  const said = whyAgain(runs, runs[0], String);
  if (expected) expect(said).toMatch(expected);
  else expect(said).toBeUndefined();
});
