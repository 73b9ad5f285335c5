import { mkdirSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { aTempFolder } from '../testkit/temp.js';
import { recordTree, stillTrue, type ReadNote, type TreeRecorder } from './tree-record.js';

const root = aTempFolder('record');
const at = (path: string): string => join(root, path);

beforeEach(() => {
  for (const name of ['a', 'b.txt', 'other', 'gone', 'a.new']) rmSync(at(name), { recursive: true, force: true });
  mkdirSync(at('a/sub'), { recursive: true });
  mkdirSync(at('other'));
  writeFileSync(at('a/one'), '1');
  writeFileSync(at('a/Two'), '2');
  symlinkSync('../other/target', at('a/link'));
});

function ask({ tree }: TreeRecorder): void {
  tree.readText('a/one');
  tree.readText('b.txt');
  tree.readText('a/absent');
  for (const name of ['Two', 'three', 'link', 'sub']) tree.isFile(`a/${name}`);
  tree.list('a/sub');
  tree.foldersAndLinks('a');
  tree.foldersAndLinks('a/sub');
}

/** Recorded right after it was written, and an hour later by the recorder's clock, when identities are relied on. */
const CLOCKS: readonly (readonly [string, () => number])[] = [
  ['young', Date.now],
  ['old', () => Date.now() + 3_600_000],
];

describe.each(CLOCKS)('a recording of what is %s', (_, now) => {
  const record = (): readonly ReadNote[] => {
    const recorder = recordTree(root, now);
    ask(recorder);
    return recorder.notes();
  };

  test.each<[string, boolean, () => void]>([
    ['nothing changed', true, () => undefined],
    ['something else changed', true, () => writeFileSync(at('a/Two'), 'changed')],
    ['a text was written anew', true, () => writeFileSync(at('a/one'), '1')],
    ['a text was replaced by the same', true, () => void (writeFileSync(at('a.new'), '1'), renameSync(at('a.new'), at('a/one')))],
    ['a text changed', false, () => writeFileSync(at('a/one'), '3')],
    ['a text changed, its time put back', false, () => void (((times) => (writeFileSync(at('a/one'), '3'), utimesSync(at('a/one'), times.atime, times.mtime)))(statSync(at('a/one'))))],
    ['an absent file came', false, () => writeFileSync(at('b.txt'), '')],
    ['an absent file came into a folder that was looked through', false, () => writeFileSync(at('a/absent'), '')],
    ['a file that was looked for came', false, () => writeFileSync(at('a/three'), '')],
    ['a file went', false, () => rmSync(at('a/Two'))],
    ['a file became a folder', false, () => void (rmSync(at('a/Two')), mkdirSync(at('a/Two')))],
    ['a link leads to a file now', false, () => writeFileSync(at('other/target'), '')],
    ['a folder has a file more', false, () => writeFileSync(at('a/sub/file'), '')],
    ['a folder below, which had none, has a folder', false, () => mkdirSync(at('a/sub/more'))],
    ['a folder has a file more that nobody asked for', true, () => writeFileSync(at('a/four'), '')],
    ['a link leads elsewhere', false, () => void (rmSync(at('a/link')), symlinkSync('../elsewhere', at('a/link')))],
  ])('holds when %s: %s', (_name, expected, change) => {
    const notes = JSON.parse(JSON.stringify(record())) as readonly ReadNote[];
    change();
    expect(stillTrue(root, notes)).toBe(expected);
  });
});

describe('a recording', () => {
  test('gives the same answer twice, whatever happened between', () => {
    const recorder = recordTree(root);
    ask(recorder);
    writeFileSync(at('a/one'), 'changed');
    expect(recorder.tree.readText('a/one')).toEqual({ text: '1' });
    expect(stillTrue(root, recorder.notes())).toBe(false);
  });

  test('relies on no identity within the grain of the clock', () => {
    const [young = [], old = []] = CLOCKS.map(([, now]) => {
      const recorder = recordTree(root, now);
      recorder.tree.readText('a/one');
      return recorder.notes()[0] ?? [];
    });
    expect(young[2]).toBe('');
    expect(old[2]).toMatch(/^[\d.]+ [\d.]+ 1 \d+ \d+ \d+$/);
  });

  test('leaves it to a folder what is there by which name', () => {
    const recorder = recordTree(root, CLOCKS[1]?.[1]);
    ask(recorder);
    expect(recorder.notes().map(([question, path, , , names]) => [`${question} ${path}`, ...names.map(([asked, name, answer]) => `${asked} ${name} ${answer}`)])).toEqual([
      ['foldersAndLinks a', 'readText absent -', 'isFile Two 1', 'isFile three 0', 'isFile sub 0'],
      ['foldersAndLinks a/sub'],
      ['readText a/one'],
      ['readText b.txt'],
      ['isFile a/link'],
      ['list a/sub'],
    ]);
  });
});
