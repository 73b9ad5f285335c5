import { expect, test } from '@jest/globals';
import { entryFiles, FOLDER, manifestOf, sha256 } from '../testkit/cache-entry.js';
import { tar, type TarFile } from '../testkit/tar.js';
import { judgeEntry } from './judge.js';
import type { SealCheck } from './seal.js';

const whole: SealCheck = { state: 'whole' };
const unsealed: SealCheck = { state: 'unsealed' };
const others: readonly TarFile[] = [{ path: 'dist/web/manifest.json', text: '{ "name": "web", "icons": [] }' }, { path: 'terminalOutput' }, { path: 'code', text: '\0\0\0\0' }];

test.each<[string, SealCheck, readonly TarFile[], string | undefined]>([
  ['an entry of ours', whole, entryFiles(), undefined],
  ['one with copies for Gradle', whole, entryFiles({ path: `${FOLDER}/jniLibs/arm64-v8a/app.wasm`, text: 'a program' }), undefined],
  ["another plugin's, sealed", whole, others, undefined],
  ["another plugin's, by a client without this plugin", unsealed, others, undefined],
  ['a broken seal', { state: 'broken', why: 'it was stored as 18' }, entryFiles(), 'it was stored as 18'],
  ['one of ours without a seal', unsealed, entryFiles(), 'it holds artifacts of nx-cargo-cross, but not the seal with which they are stored'],
  ['a changed program of the same size', whole, entryFiles({ path: `${FOLDER}/app.wasm`, text: 'A program' }), `app.wasm has SHA-256 ${sha256(Buffer.from('A program'))}; the manifest says ${sha256(Buffer.from('a program'))}`],
  ['a program of another size', whole, entryFiles({ path: `${FOLDER}/app.wasm`, text: 'short' }), 'app.wasm has 5 bytes; the manifest says 9'],
  ['a program that is missing', whole, entryFiles({ path: `${FOLDER}/manifest.json`, text: manifestOf({ 'app.wasm': 'a program', 'tool.wasm': 'x' }) }), 'tool.wasm is missing'],
  ['a file that nobody knows', whole, entryFiles({ path: `${FOLDER}/other`, text: 'x' }), 'other is not in the manifest'],
  ['a link in the place of a program', whole, entryFiles({ path: `${FOLDER}/app.wasm`, type: '2' }), 'app.wasm is not a plain file'],
  ['a manifest for another platform', whole, entryFiles({ path: `${FOLDER}/manifest.json`, text: manifestOf({ 'app.wasm': 'a program' }, 'wasm32') }), 'manifest.json is one for wasm32, not for wasm32-wasip1'],
  ['a manifest that is none', whole, entryFiles({ path: `${FOLDER}/manifest.json`, text: '"schema" "triple" "platform" "sha256"' }), 'manifest.json: not a JSON object'],
  ['no exit code', whole, [{ path: 'terminalOutput' }], 'it holds no exit code'],
])('%s', (_name, seal, files, expected) => {
  expect(judgeEntry(seal, tar(files), sha256, (bytes) => Buffer.from(bytes).toString())).toBe(expected);
});

test('an archive that is cut off', () => {
  expect(judgeEntry(whole, tar(entryFiles()).subarray(0, 2100), sha256, String)).toBe('the archive ends at byte 2100, in the middle of a file');
});
