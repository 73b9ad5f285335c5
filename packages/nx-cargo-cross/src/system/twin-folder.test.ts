import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { aTempFolder } from '../testkit/temp.js';
import { matchTwin } from './twin-folder.js';

const root = aTempFolder('twins');
let count = 0;

function aFolder(files: Readonly<Record<string, string>>): { readonly from: string; readonly to: string; match(): Promise<boolean>; write(path: string, text: string): void; all(): readonly string[] } {
  const folder = join(root, String(count++));
  const [from, to] = [join(folder, 'from'), join(folder, 'to')];
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const [path, text] of Object.entries(files)) write(`from/${path}`, text);
  const all = (): readonly string[] => readdirSync(to, { recursive: true }).map(String).sort();
  return { from, to, write, all, match: () => matchTwin(from, to, (name) => name.endsWith('.rlib')) };
}

const timeOf = (path: string): bigint => statSync(path, { bigint: true }).mtimeNs;
const apart = (one: string, other: string): number => Math.abs(Number(timeOf(one) - timeOf(other)));

test('has the same files, folders and times, and shares what is only ever replaced', async () => {
  const { from, to, match, all } = aFolder({ 'a/dep-x': 'one', 'deps/liba.rlib': 'two' });
  mkdirSync(join(from, 'empty'));
  symlinkSync('nowhere', join(from, 'link'));
  utimesSync(join(from, 'a/dep-x'), 1_700_000_000, 1_700_000_000.123457);
  expect(await match()).toBe(true);
  expect(all()).toEqual(['a', 'a/dep-x', 'deps', 'deps/liba.rlib', 'empty']);
  expect(readFileSync(join(to, 'a/dep-x'), 'utf8')).toBe('one');
  expect(apart(join(to, 'a/dep-x'), join(from, 'a/dep-x'))).toBeLessThan(1000);
  const [shared, copied] = ['deps/liba.rlib', 'a/dep-x'].map((path) => statSync(join(to, path)).ino === statSync(join(from, path)).ino);
  expect([shared, copied]).toEqual([true, false]);
});

test('what is written into a copy is not written into the first, and is as that again after the next time', async () => {
  const { from, to, match, write, all } = aFolder({ fingerprint: 'of the first', 'gone/x': '' });
  await match();
  write('to/fingerprint', 'of the other!');
  write('to/own/unit', 'of the other');
  rmSync(join(from, 'gone'), { recursive: true });
  expect(readFileSync(join(from, 'fingerprint'), 'utf8')).toBe('of the first');
  await match();
  expect(all()).toEqual(['fingerprint']);
  expect(readFileSync(join(to, 'fingerprint'), 'utf8')).toBe('of the first');
});

test('what has changed in the first is copied again: by its time, its size or as another file', async () => {
  const { from, to, match, write } = aFolder({ 'same-size': 'one', 'liba.rlib': 'one', 'file-or-folder': '' });
  await match();
  write('from/same-size', 'two');
  rmSync(join(from, 'liba.rlib'));
  write('from/liba.rlib', 'two');
  rmSync(join(from, 'file-or-folder'));
  write('from/file-or-folder/x', 'three');
  await match();
  expect(['same-size', 'liba.rlib', 'file-or-folder/x'].map((path) => readFileSync(join(to, path), 'utf8'))).toEqual(['two', 'two', 'three']);
});

test('what was copied before is left alone', async () => {
  const { to, match } = aFolder({ x: 'one' });
  await match();
  const { ino } = statSync(join(to, 'x'));
  await match();
  expect(statSync(join(to, 'x')).ino).toBe(ino);
});
