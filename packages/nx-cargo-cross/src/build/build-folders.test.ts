import { mkdir, realpath, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { canonicalPath } from '../system/files.js';
import { aTempFolder } from '../testkit/temp.js';
import { buildFolders } from './build-folders.js';

const folder = aTempFolder('build-folders');

test('folders are told as they are called and as they are, whether or not cargo has made them yet', async () => {
  const disk = join(await realpath(folder), 'disk');
  await mkdir(join(disk, 'ws', 'rust'), { recursive: true });
  await mkdir(join(disk, 'cargo'));
  const [ws, cargoHome] = [join(folder, 'ws'), join(folder, 'home')];
  await symlink(join(disk, 'ws'), ws);
  await symlink(join(disk, 'cargo'), cargoHome);
  const look = () => buildFolders({ canonicalPath, cargoHome }, ws, join(ws, 'rust'), join(disk, 'scratch', 'target'));
  const found = await look();
  expect(found).toEqual({
    repository: [ws, join(disk, 'ws')],
    workspace: [join(ws, 'rust'), join(disk, 'ws', 'rust')],
    target: [join(disk, 'scratch', 'target')],
    registries: [join(cargoHome, 'registry', 'src'), join(disk, 'cargo', 'registry', 'src')],
    checkouts: [join(cargoHome, 'git', 'checkouts'), join(disk, 'cargo', 'git', 'checkouts')],
  });
  for (const path of [...found.target, ...found.registries]) await mkdir(path, { recursive: true });
  expect(await look()).toEqual(found);
  await rm(disk, { recursive: true });
});
