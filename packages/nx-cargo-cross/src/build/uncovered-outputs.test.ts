import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { aTempFolder } from '../testkit/temp.js';
import { isUncoveredOutput, noteOutput } from './uncovered-outputs.js';

const root = aTempFolder('outputs');

test('a folder is known by its manifest, until it is built from what its key holds', async () => {
  const [one, two] = ['one', 'two'].map((name) => join(root, name));
  for (const folder of [one, two]) {
    mkdirSync(folder ?? '');
    writeFileSync(join(folder ?? '', 'manifest.json'), '{}');
  }
  const known = async (): Promise<readonly boolean[]> => Promise.all([one, two, join(root, 'none')].map((folder) => isUncoveredOutput(root, folder ?? '')));
  await noteOutput(root, one ?? '', false);
  await noteOutput(root, join(root, 'none'), false);
  expect(await known()).toEqual([true, false, false]);
  writeFileSync(join(one ?? '', 'manifest.json'), '{"other":1}');
  expect(await known()).toEqual([false, false, false]);
  writeFileSync(join(one ?? '', 'manifest.json'), '{}');
  await noteOutput(root, one ?? '', true);
  expect(await known()).toEqual([false, false, false]);
});
