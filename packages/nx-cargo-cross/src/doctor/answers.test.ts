import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { aTempFolder } from '../testkit/temp.js';
import { openAnswers } from './answers.js';

const cache = aTempFolder('answers');

async function kept(root: string, state: string): Promise<string | undefined> {
  return (await openAnswers(cache, root, state)).recall('cargo tree');
}

test('an answer is kept for the same workspace in the same state, and forgotten in another', async () => {
  const answers = await openAnswers(cache, '/ws', 'lock 1');
  expect(answers.recall('cargo tree')).toBeUndefined();
  answers.note('cargo tree', 'ring 0.17');
  await answers.save();
  expect(await kept('/ws', 'lock 1')).toBe('ring 0.17');
  expect(await kept('/ws', 'lock 2')).toBeUndefined();
  expect(await kept('/other', 'lock 1')).toBeUndefined();
});

test.each(['', 'no JSON', '[]', 'null', '{"state":1}', '{"answers":{"cargo tree":7}}'])('a file that holds %j is no answer, and is replaced', async (text) => {
  const answers = await openAnswers(cache, '/ws', 's');
  answers.note('cargo tree', 'x');
  await answers.save();
  for (const file of readdirSync(join(cache, 'doctor'))) writeFileSync(join(cache, 'doctor', file), text);
  expect(await kept('/ws', 's')).toBeUndefined();
});

test('a cache folder that cannot be written is no failure', async () => {
  const answers = await openAnswers('/dev/null/cache', '/ws', 's');
  answers.note('cargo tree', 'x');
  await expect(answers.save()).resolves.toBeUndefined();
});
