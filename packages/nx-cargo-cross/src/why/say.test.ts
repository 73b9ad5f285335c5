import { expect, test } from '@jest/globals';
import type { Change } from './change.js';
import type { Entry } from './history.js';
import { sayHistory, sayTask, type Told } from './say.js';

const entry = (number: number, key: string, status: string, when: number): Entry => ({ number, key, status, when, started: when, cacheable: true, uncovered: [], skippedCache: false });
const [before, after] = [entry(2, '1111111111', 'remote-cache', 1), entry(1, '2222222222', 'success', 2)];
const when = (moment: number): string => `12:0${moment}`;

function told(changes: readonly Change[] | undefined, more: Partial<Told> = {}, untold: readonly string[] = []): string {
  return sayTask({ task: 'app:cross-x', kind: 'build', history: [after, before], picked: { from: before, to: after }, comparison: changes && { changes, untold }, ...more }, when);
}

test.each<[string, string, string]>([
  [
    'changes, as a table',
    told([{ kind: 'lock package', name: 'serde', from: '1.0.200', to: '1.0.201' }, { kind: 'variable', name: 'CFLAGS', from: 'not set', to: '"-O3"' }, { kind: 'file', name: 'src/main.rs', note: 'changed' }, { kind: 'profile', name: 'release.lto', to: 'true', note: 'added' }]),
    'app:cross-x  key 111111… (from the remote cache 12:01)  ->  222222… (built 12:02)\n  lock package  serde  1.0.200 -> 1.0.201\n  variable      CFLAGS  not set -> "-O3"\n  file          src/main.rs  changed\n  profile       release.lto  true (added)\n',
  ],
  ['nothing that is held', told([]), 'app:cross-x  key 111111… (from the remote cache 12:01)  ->  222222… (built 12:02)\n  The keys differ, and nothing that is recorded of them does. (Nx knows of its parts by name and hash alone; this is one that it does not tell.)\n'],
  ['nx.json alone', told([{ kind: 'nx.json', name: 'a.b', note: 'changed' }]).split('\n').slice(1).join('\n'), '  nx.json  a.b  changed\n  Nx has the whole of nx.json in every key, whatever of it concerns a task.\n'],
  ['what may differ', told([{ kind: 'file', name: 'a', note: 'changed' }], {}, ['TOKEN']), 'app:cross-x  key 111111… (from the remote cache 12:01)  ->  222222… (built 12:02)\n  file  a  changed\n  TOKEN may differ: values of variables that may be secret leave no machine\n'],
  ['one run', told(undefined, { history: [after], picked: { from: undefined, to: after } }), 'app:cross-x  key 222222…: there is one recorded run (built 12:02)\n'],
  [
    'one key',
    told(undefined, { kind: 'test', history: [entry(1, '1111111111', 'local-cache', 3), entry(2, '1111111111', 'success', 1)], picked: { from: undefined, to: entry(1, '1111111111', 'local-cache', 3) } }),
    'app:cross-x  same key 111111… in all 2 recorded runs; the last one was from the local cache 12:03\n',
  ],
  ['another machine', told([], { picked: { from: { ...before, file: 'ci.json', key: after.key }, to: after } }), 'app:cross-x  same key 222222… in both runs: from the remote cache 12:01, ci.json, built 12:02\n'],
])('%s', (_, text, expected) => expect(text).toBe(expected));

test('of many changes of a kind some are told', () => {
  const files = Array.from({ length: 22 }, (_, index): Change => ({ kind: 'file', name: `f${index}`, note: 'changed' }));
  const text = told([...files, { kind: 'tsconfig', name: 'x', note: 'changed' }]);
  expect(text).toMatch(/ {2}file {6}f19 {2}changed\n {2}file {6}and 2 more \(--json has all\)\n {2}tsconfig {2}x {2}changed\n$/);
});

test('a long value is cut', () => {
  expect(told([{ kind: 'variable', name: 'A', from: 'x'.repeat(300), to: 'y' }])).toContain(`A  ${'x'.repeat(100)}… -> y`);
});

test('what happened to tests is said in their words', () => {
  expect(sayHistory('app:cross-test-x', 'test', [entry(1, '2222222222', 'failure', 2), entry(10, '1111111111', 'success', 1)], when)).toBe('app:cross-test-x\n   1  12:02  222222…  failed\n  10  12:01  111111…  passed\n');
});
