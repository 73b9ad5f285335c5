import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { readBuilds } from './manifests.js';

let folder;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fleet-web-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(path, text) {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

test('builds are read by project and platform', async () => {
  await write('x86_64-windows/vault/manifest.json', '{"files": []}');
  await write('aarch64-linux/vault/manifest.json', '{"files": []}');
  await write('x86_64-windows/dial/manifest.json', '{"files": []}');
  const builds = await readBuilds(folder);
  assert.deepEqual(
    builds.map(({ project, platform }) => `${project} ${platform}`),
    ['dial x86_64-windows', 'vault aarch64-linux', 'vault x86_64-windows'],
  );
  assert.deepEqual(builds[0].manifest, { files: [] });
});

test('what is no finished build is passed over', async () => {
  await write('aarch64-linux/.staging/manifest.json', '{');
  await write('aarch64-linux/vault/vault', '');
  await write('notes.txt', '');
  assert.deepEqual(await readBuilds(folder), []);
});

test('a folder that is not there holds no builds', async () => {
  assert.deepEqual(await readBuilds(join(folder, 'nowhere')), []);
});

test('a broken manifest is an error', async () => {
  await write('aarch64-linux/vault/manifest.json', '{');
  await assert.rejects(readBuilds(folder), SyntaxError);
});
