import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { aTempFolder } from '../testkit/temp.js';
import { isUncovered, markUncovered, readUncovered, uncoveredKeys, unmarkUncovered } from './uncovered-marks.js';

const folder = aTempFolder('uncovered');

test('a key is noted until it is taken back', async () => {
  expect(await markUncovered(folder, '123', 0)).toBeUndefined();
  expect([isUncovered(folder, '123'), isUncovered(folder, '124'), await uncoveredKeys(folder)]).toEqual([true, false, ['123']]);
  expect([await readUncovered(folder, '123'), await readUncovered(folder, '../123')]).toEqual([undefined, undefined]);
  await markUncovered(folder, '123', 0, { read: 'words' });
  expect(await readUncovered(folder, '123')).toEqual({ read: 'words' });
  await unmarkUncovered(folder, '123');
  await unmarkUncovered(folder, '123');
  expect([isUncovered(folder, '123'), await uncoveredKeys(folder)]).toEqual([false, []]);
});

test('notes of a time long past go', async () => {
  await markUncovered(folder, '1', 0);
  utimesSync(join(folder, 'uncovered/1'), 1000, 1000);
  await markUncovered(folder, '2', 1_000_000 + 91 * 24 * 3600 * 1000);
  expect(isUncovered(folder, '1')).toBe(false);
});

test('what is no key is not noted, and a folder that cannot be written is told', async () => {
  expect(await markUncovered(folder, '../x', 0)).toContain('no key');
  expect(isUncovered(folder, '..')).toBe(false);
  mkdirSync(join(folder, 'full'));
  writeFileSync(join(folder, 'full/uncovered'), '');
  expect(await markUncovered(join(folder, 'full'), '1', 0)).toMatch(/EEXIST|ENOTDIR/);
});
