import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { outputOf, startNode } from '../testkit/processes.js';
import { aTempFolder } from '../testkit/temp.js';
import { thisProcess } from './locks.js';
import { parseNotice, postNotice, readNotices } from './notices.js';

const root = aTempFolder('notices');
let count = 0;
const aFolder = (): string => join(root, `waiting ${count++}`);
const contents = async (folder: string): Promise<readonly unknown[]> => (await readNotices(folder)).map(({ what, content }) => [what, content]);

test('a notice is read until it is withdrawn, and nobody but the user can read it', async () => {
  const folder = aFolder();
  expect(await readNotices(folder)).toEqual([]);
  const posted = await postNotice(folder, 'a:cross-x', { coming: true });
  await postNotice(folder, 'b:cross-x', 1);
  expect(statSync(posted.path).mode & 0o777).toBe(0o600);
  expect(await contents(folder)).toEqual(expect.arrayContaining([['a:cross-x', { coming: true }], ['b:cross-x', 1]]));
  await posted.replace('ready');
  expect(await contents(folder)).toEqual(expect.arrayContaining([['a:cross-x', 'ready'], ['b:cross-x', 1]]));
  expect(statSync(posted.path).mode & 0o777).toBe(0o600);
  expect(await posted.isThere()).toBe(true);
  await posted.withdraw();
  await posted.withdraw();
  expect(await posted.isThere()).toBe(false);
  expect(await contents(folder)).toEqual([['b:cross-x', 1]]);
  expect(readdirSync(folder)).toHaveLength(1);
});

test('where nothing can be written, nobody reads anything', async () => {
  const folder = aFolder();
  writeFileSync(folder, 'no folder');
  const posted = await postNotice(folder, 'a', 1);
  expect([await posted.isThere(), await readNotices(folder)]).toEqual([false, []]);
  await posted.replace(2);
  await posted.withdraw();
});

describe('whoever reads', () => {
  /** A process that has ended. */
  const deadProcess = async (): Promise<number> => Number(await outputOf(startNode('console.log(process.pid)')));
  const me = (): Promise<object> => thisProcess('me');

  test.each<[string, (dead: number) => Promise<readonly [name: string, text: string]>, boolean, boolean]>([
    ['sees a living process', async () => ['1.json', JSON.stringify({ ...(await me()), content: 1 })], true, true],
    ['takes away what a dead one left', async (pid) => [`${pid}-a.json`, JSON.stringify({ ...(await me()), pid, started: '', content: 1 })], false, false],
    ['takes away what one left whose number another has now', async () => ['1.json', JSON.stringify({ ...(await me()), started: '1', content: 1 })], false, false],
    ['takes away the draft of a dead one', async (pid) => [`${pid}-a.json.draft`, '{"pid":'], false, false],
    ['leaves the draft of a living one, and reads it not', async () => [`${process.pid}-a.json.draft`, JSON.stringify({ ...(await me()), content: 1 })], false, true],
    ['leaves what another machine has there, and reads it not', async () => ['1.json', JSON.stringify({ ...(await me()), host: `not ${hostname()}`, content: 1 })], false, true],
    ['takes away what is no notice', async () => ['other', ''], false, false],
  ])('%s', async (_, make, isRead, stays) => {
    const folder = aFolder();
    mkdirSync(folder);
    const [name, text] = await make(await deadProcess());
    writeFileSync(join(folder, name), text);
    expect(await contents(folder)).toEqual(isRead ? [['me', 1]] : []);
    expect(existsSync(join(folder, name))).toBe(stays);
  });
});

test.each<[string, unknown]>([
  ['', undefined],
  ['null', undefined],
  ['{"pid":"1","host":"h","started":"","what":"w"}', undefined],
  ['{"pid":1,"host":"h","what":"w"}', undefined],
  ['{"pid":1,"host":"h","started":"","what":"w","content":[1]}', { pid: 1, host: 'h', started: '', what: 'w', content: [1] }],
])('%j', (text, expected) => expect(parseNotice(text)).toEqual(expected));
