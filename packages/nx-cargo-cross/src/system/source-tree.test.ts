import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { aTempFolder } from '../testkit/temp.js';
import { makeSourceTree } from './source-tree.js';

const root = aTempFolder('tree');

beforeEach(() => {
  for (const name of ['a', 'b.txt']) rmSync(join(root, name), { recursive: true, force: true });
  mkdirSync(join(root, 'a/sub'), { recursive: true });
  writeFileSync(join(root, 'a/one'), '1');
  writeFileSync(join(root, 'a/Two'), '2');
});

describe('the files on disk', () => {
  const tree = makeSourceTree(root);

  test('are read', () => {
    expect(tree.readText('a/one')).toEqual({ text: '1' });
    expect([tree.isFile('a/one'), tree.isFile('a'), tree.isFile('a/none')]).toEqual([true, false, false]);
    expect(tree.list('a')).toEqual(['Two', 'one', 'sub']);
  });

  test.each(['none', 'a/none', 'a/one/below', 'a'])('are none at %s', (path) => {
    expect(tree.readText(path)).toBeUndefined();
    expect(tree.isFile(path)).toBe(false);
  });

  test('are none below a file', () => {
    expect(tree.list('a/one')).toEqual([]);
    expect(tree.list('none')).toEqual([]);
  });

  test('that may not be read say so, without the path to the workspace', () => {
    chmodSync(join(root, 'a/one'), 0);
    const read = tree.readText('a/one');
    // Root may read everything.
    if (process.getuid?.() !== 0) expect(read).toEqual({ error: "EACCES: permission denied, open 'a/one'" });
    else expect(read).toEqual({ text: '1' });
  });
});
