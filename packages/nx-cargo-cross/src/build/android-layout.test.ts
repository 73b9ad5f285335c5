import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { ManifestFile } from '../artifact/manifest.js';
import { aPlatform } from '../testkit/builders.js';
import { aTempFolder } from '../testkit/temp.js';
import { layOutForAndroid } from './android-layout.js';

const folder = aTempFolder('jni');

async function laidOut(platform: string, names: Readonly<Record<string, ManifestFile['kind']>>): Promise<string> {
  const draft = join(folder, platform);
  mkdirSync(draft, { recursive: true });
  const files = Object.entries(names).map(([name, kind]): ManifestFile => ({ name, kind, size: 1, sha256: '' }));
  for (const { name } of files) writeFileSync(join(draft, name), name);
  await layOutForAndroid(aPlatform(platform), draft, files);
  return join(draft, 'jniLibs');
}

test.each([
  ['aarch64-android', 'arm64-v8a'],
  ['armv7-android', 'armeabi-v7a'],
  ['i686-android', 'x86'],
  ['x86_64-android', 'x86_64'],
])('libraries for %s lie below %s, as Gradle looks for them, and nothing else does', async (platform, abi) => {
  const made = await laidOut(platform, { app: 'bin', 'libapp.so': 'cdylib', 'libc++_shared.so': 'cdylib', 'libapp.a': 'staticlib' });
  expect(readdirSync(made)).toEqual([abi]);
  expect(readdirSync(join(made, abi)).sort()).toEqual(['libapp.so', 'libc++_shared.so']);
  expect(readFileSync(join(made, abi, 'libapp.so'), 'utf8')).toBe('libapp.so');
});

test.each<[string, string, Readonly<Record<string, ManifestFile['kind']>>]>([
  ['a program alone', 'thumbv7neon-linux-androideabi', { app: 'bin' }],
  ['a library of another system', 'aarch64-linux', { 'libapp.so': 'cdylib' }],
])('there is no such folder for %s', async (_, platform, names) => {
  expect(existsSync(await laidOut(platform, names))).toBe(false);
});
