import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findBeside, findFolder } from './folders.js';

let root = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'folders-'));
  const files = ['ndk/9.1.2/source.properties', 'ndk/27.0.1/source.properties', 'ndk/27.0.1/prebuilt/linux/bin/clang', 'ndk/28.0.0/empty', 'one/a.b/bin/x'];
  for (const file of files) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), '');
  }
});

afterAll(() => rm(root, { recursive: true, force: true }));

describe('a folder is', () => {
  test.each<[string, string, string, string, string | undefined]>([
    ['the root itself, where nothing lies between', 'ndk/27.0.1', '', 'source.properties', 'ndk/27.0.1'],
    ['the highest version that holds what it should', 'ndk', '*', 'source.properties', 'ndk/27.0.1'],
    ['one of a narrower pattern', 'ndk', '9.*', 'source.properties', 'ndk/9.1.2'],
    ['one whose holdings are a pattern', 'ndk', '*', 'prebuilt/*/bin/clang', 'ndk/27.0.1'],
    ['not one whose name only looks alike, since a dot is a dot', 'one', 'a.b', 'bin/x', 'one/a.b'],
    ['none where nothing holds it', 'ndk', '*', 'bin/clang', undefined],
    ['none where the root is not there', 'sdk', '*', 'source.properties', undefined],
    ['none where a pattern meets a file', 'ndk/28.0.0/empty', '*', 'x', undefined],
  ])('%s', async (_, at, below, holds, expected) => {
    expect(await findFolder(join(root, at), below, holds)).toBe(expected && join(root, expected));
  });
});

describe('the folder above that of a program on the PATH', () => {
  test.each([
    ['tool-20.4-cc', 'bin/tool-*-cc', 'real'],
    ['tool-*-cc', 'bin', 'real'],
    ['linked', 'bin/tool-*-cc', 'real'],
    ['linked', 'SDK', undefined],
    ['none', 'bin', undefined],
  ])('of %s that holds %s is %s', async (program, holds, expected) => {
    const own = await realpath(await mkdtemp(join(tmpdir(), 'beside-')));
    await mkdir(join(own, 'real/bin'), { recursive: true });
    await mkdir(join(own, 'links'));
    await writeFile(join(own, 'real/bin/tool-20.4-cc'), '');
    await symlink('../real/bin/tool-20.4-cc', join(own, 'links/linked'));
    expect(await findBeside({ from: 'beside', program, holds }, { PATH: `relative:${join(own, 'links')}:${join(own, 'real/bin')}` })).toBe(expected && join(own, expected));
    await rm(own, { recursive: true });
  });
});
