import { expect, test } from '@jest/globals';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { manifestOf } from '../testkit/cache-entry.js';
import { aTempFolder } from '../testkit/temp.js';
import { refuseDamaged } from './restored.js';

const folder = aTempFolder('restored');
const OURS = 'dist/cross/wasm32-wasip1/app';
const good = { 'app.wasm': 'a program', 'manifest.json': manifestOf({ 'app.wasm': 'a program' }) };
let count = 0;

/** Files below an output, made in a workspace of their own. */
function workspaceWith(output: string, files: Readonly<Record<string, string>>): string {
  const root = join(folder, String(count++));
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, output, name);
    mkdirSync(dirname(path), { recursive: true });
    if (text.startsWith('-> ')) symlinkSync(text.slice(3), path);
    else writeFileSync(path, text);
  }
  return root;
}

test.each<[string, string, Readonly<Record<string, string>>, readonly string[]]>([
  ['what is as it was', OURS, good, []],
  ['with copies for Gradle', OURS, { ...good, 'jniLibs/arm64-v8a/app.wasm': 'a program' }, []],
  ['in a folder that a crate names itself', 'elsewhere/wasm32-wasip1/app', good, []],
  ['a shorter program', OURS, { ...good, 'app.wasm': 'a prog' }, ['app.wasm has 6 bytes; the manifest says 9']],
  ['the same in a folder that a crate names itself', 'elsewhere/wasm32-wasip1/app', { ...good, 'app.wasm': 'a prog' }, ['app.wasm has 6 bytes; the manifest says 9']],
  ['a link', OURS, { ...good, 'app.wasm': '-> manifest.json' }, ['app.wasm is not a plain file']],
  ['a file too many', OURS, { ...good, 'extra/app.dll': 'x' }, ['extra/app.dll is not in the manifest']],
  ['no program, and no sense in the manifest', OURS, { 'manifest.json': '{}' }, ['manifest.json: "schema" is missing or not of the kind that schema 1 has']],
  ['nothing', OURS, {}, ['manifest.json is missing']],
  ["another plugin's outputs", 'dist/web', { 'manifest.json': '{ "name": "web" }' }, []],
  ["another plugin's outputs in a folder below ours", 'dist/cross/packed', {}, []],
])('%s', async (_name, output, files, wrong) => {
  const root = workspaceWith(output, files);
  const found = await refuseDamaged(root, 'dist/cross', [{ id: 'app:cross', outputs: [output] }]);
  expect(found).toEqual(wrong.length === 0 ? [] : [{ code: 'restored-damaged', task: 'app:cross', directory: output, wrong }]);
  if (wrong.length > 0) expect(existsSync(join(root, output))).toBe(false);
  else expect(existsSync(join(root, output))).toBe(Object.keys(files).length > 0);
});

test('a target with several configurations fills the folder of one', async () => {
  const root = workspaceWith(OURS, good);
  expect(await refuseDamaged(root, 'dist/cross', [{ id: 'app:cross:pi', outputs: [OURS, 'dist/cross/armv7-linux/app', '{projectRoot}/*.log'] }])).toEqual([]);
});
