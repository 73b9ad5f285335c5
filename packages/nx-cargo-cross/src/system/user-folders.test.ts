import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { cacheFolder } from './user-folders.js';

const byDefault = { darwin: join(homedir(), 'Library/Caches'), linux: join(homedir(), '.cache') }[process.platform as string] ?? '';

test.each<readonly [Readonly<Record<string, string>>, string]>([
  [{ NX_CARGO_CROSS_CACHE: '/mine', XDG_CACHE_HOME: '/xdg' }, '/mine'],
  [{ XDG_CACHE_HOME: '/xdg' }, '/xdg/nx-cargo-cross'],
  [{ NX_CARGO_CROSS_CACHE: 'relative', XDG_CACHE_HOME: '/xdg' }, '/xdg/nx-cargo-cross'],
  [{ NX_CARGO_CROSS_CACHE: '', XDG_CACHE_HOME: 'relative' }, join(byDefault, 'nx-cargo-cross')],
  [{}, join(byDefault, 'nx-cargo-cross')],
])('the cache folder for %j is %s', (env, path) => {
  expect(cacheFolder(env)).toBe(path);
});
