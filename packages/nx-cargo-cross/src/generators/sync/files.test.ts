import { describe, expect, test } from '@jest/globals';
import { renderClosureFile } from '../../graph/closure-file.js';
import { closureChanges, outOfSync, type SyncedProject } from './files.js';

const entry = (file: string, key: string, digest: string): object => ({ closure: { file, key, digest, current: false } });
const APP: SyncedProject = { root: 'app', targets: { 'cross-b': { metadata: entry('app/cross-closure.json', 'cross-b', '2') }, 'cross-a': { metadata: entry('app/cross-closure.json', 'cross-a', '1') }, cross: {} } };
const RIGHT = renderClosureFile([{ key: 'cross-a', digest: '1' }, { key: 'cross-b', digest: '2' }]);

describe('the closure files of a graph', () => {
  test.each<[string, SyncedProject, string | undefined, readonly object[]]>([
    ['are written where there is none', APP, undefined, [{ file: 'app/cross-closure.json', text: RIGHT }]],
    ['are left where they are right', APP, RIGHT, []],
    ['are left where a formatter wrote them in its own way', APP, JSON.stringify(JSON.parse(RIGHT)), []],
    ['are mended in one line', APP, RIGHT.replace('"1"', '"0"'), [{ file: 'app/cross-closure.json', text: RIGHT }]],
    ['are mended where a target is gone', APP, RIGHT.replace('"cross-a"', '"cross-0": "0",\n    "cross-a"'), [{ file: 'app/cross-closure.json', text: RIGHT }]],
    ['are written anew in the middle of a merge', APP, `<<<<<<< HEAD\n${RIGHT}`, [{ file: 'app/cross-closure.json', text: RIGHT }]],
    ['are taken away where no target wants one', { root: 'app', targets: { build: {} } }, RIGHT, [{ file: 'app/cross-closure.json', text: undefined }]],
    ["are not the plugin's where they say something else", { root: 'app' }, '{ "mine": true }', []],
    ['lie in the root where the crate does', { ...APP, root: '.' }, undefined, [{ file: 'cross-closure.json', text: RIGHT }]],
  ])('%s', (_, project, text, expected) => {
    expect(closureChanges([project], () => text)).toEqual(expected);
  });

  test('hold one line per target, in order', () => {
    expect(RIGHT).toBe('{\n  "about": "Kept by `npx nx sync`, for nx affected. After a conflict: npx nx sync.",\n  "targets": {\n    "cross-a": "1",\n    "cross-b": "2"\n  }\n}\n');
  });
});

describe('what Nx is told', () => {
  const told = (count: number): object => outOfSync(Array.from({ length: count }, (_, at) => ({ file: `c${at}`, text: '' })));
  const message = 'What crates are built from, as nx affected is to know it, has changed:';
  test.each<[number, object]>([
    [0, {}],
    [1, { outOfSyncMessage: `${message} c0` }],
    [2, { outOfSyncMessage: `${message} c0, c1` }],
    [7, { outOfSyncMessage: `${message} c0, c1, c2, c3, c4 and 2 more`, outOfSyncDetails: ['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6'] }],
  ])('of %i files', (count, expected) => expect(told(count)).toEqual(expected));
});
