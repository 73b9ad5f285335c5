import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { aTempFolder } from '../../testkit/temp.js';
import { askSdk } from './sdk.js';

const TABLE = 'System/Library/Frameworks/CoreFoundation.framework/Versions/A/CoreFoundation.tbd';
const temporary = aTempFolder('an sdk');

function anSdk(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(temporary, 'MacOSX '));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const ask = (sdk: string | undefined, env: Readonly<Record<string, string>> = {}): string =>
  spawnSync('sh', ['-c', askSdk(sdk)], { env: { PATH: process.env['PATH'] ?? '', ...env }, encoding: 'utf8' }).stdout;

test('one SDK is told from another, not one folder from another', () => {
  const newer = { 'SDKSettings.json': '{ "Version": "15.2" }', [TABLE]: 'v4' };
  const [first, second, other, edited] = [anSdk(newer), anSdk(newer), anSdk({ ...newer, 'SDKSettings.json': '{ "Version": "14.5" }' }), anSdk({ [TABLE]: 'v4' })];
  expect(ask(first)).toMatch(/^\d+ \d+/);
  expect(ask(second)).toBe(ask(first));
  expect(new Set([ask(first), ask(other), ask(edited)]).size).toBe(3);
  expect(ask(undefined, { SDKROOT: first })).toBe(ask(first));
});

test('nothing is said where none is named', () => {
  expect(ask(undefined)).toBe('');
});
