import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, readlinkSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { outputOf, startNode } from '../testkit/processes.js';
import { aTempFolder } from '../testkit/temp.js';
import { attempt, exists, isExecutableFile, listDirectory, replaceSymlink, swapDirectory, uniqueSuffix, writeIfDifferent } from './files.js';

const folder = aTempFolder('files');
let count = 0;
const fresh = (): string => {
  const made = join(folder, `place ${count++}`);
  mkdirSync(made);
  return made;
};

const modeOf = (path: string): number => statSync(path).mode % 0o1000;

describe('an attempt', () => {
  test('that works gives its value', async () => {
    expect(await attempt(async () => 42)).toEqual({ ok: true, value: 42 });
  });

  test("that the system refuses gives the system's code and words", async () => {
    expect(await attempt(async () => readFileSync('/no/such/file'))).toEqual({ ok: false, code: 'ENOENT', cause: expect.stringContaining('/no/such/file') });
  });

  test.each([
    [new Error('plain'), 'plain'],
    ['text', 'text'],
    [undefined, 'undefined'],
  ])('that throws %p is told too', async (thrown, cause) => {
    expect(
      await attempt(async () => {
        throw thrown;
      }),
    ).toEqual({ ok: false, code: 'EUNKNOWN', cause });
  });
});

describe('a file that is written if it differs', () => {
  test('is made with its folders, text and mode', async () => {
    const path = join(fresh(), 'a b', 'c', 'tool');
    await writeIfDifferent(path, '#!/bin/sh\n', true);
    expect([readFileSync(path, 'utf8'), modeOf(path)]).toEqual(['#!/bin/sh\n', 0o755]);
    await writeIfDifferent(`${path}.txt`, 'text', false);
    expect(modeOf(`${path}.txt`)).toBe(0o644);
    expect(readdirSync(join(path, '..')).sort()).toEqual(['tool', 'tool.txt']);
  });

  test('keeps its time where nothing differs', async () => {
    const path = join(fresh(), 'tool');
    await writeIfDifferent(path, 'same', true);
    utimesSync(path, 1000, 1000);
    const before = statSync(path);
    await writeIfDifferent(path, 'same', true);
    const after = statSync(path);
    expect([after.mtimeMs, after.ino]).toEqual([before.mtimeMs, before.ino]);
  });

  test('changes its mode alone where the text is the same', async () => {
    const path = join(fresh(), 'tool');
    writeFileSync(path, 'same', { mode: 0o600 });
    utimesSync(path, 1000, 1000);
    await writeIfDifferent(path, 'same', true);
    expect([modeOf(path), statSync(path).mtimeMs]).toEqual([0o755, 1_000_000]);
  });

  test('is replaced, not written into, so that nobody who runs it sees half of it', async () => {
    const path = join(fresh(), 'tool');
    await writeIfDifferent(path, 'old', true);
    const before = statSync(path).ino;
    await writeIfDifferent(path, 'new', true);
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(statSync(path).ino).not.toBe(before);
    expect(readdirSync(join(path, '..'))).toEqual(['tool']);
  });

  test('has its mode whatever this process masks', async () => {
    const mask = process.umask(0o077);
    const path = join(fresh(), 'tool');
    await writeIfDifferent(path, 'x', true).finally(() => process.umask(mask));
    expect(modeOf(path)).toBe(0o755);
  });
});

describe('a symbolic link', () => {
  test('is made with its folders, and replaced whole', async () => {
    const path = join(fresh(), 'lib', 'rustlib');
    await replaceSymlink('/one', path);
    await replaceSymlink('/two', path);
    expect(readlinkSync(path)).toBe('/two');
    expect(readdirSync(join(path, '..'))).toEqual(['rustlib']);
  });
});

describe('what is there', () => {
  test('exists, be it a file or a folder, but not where a link leads nowhere', async () => {
    const here = fresh();
    symlinkSync('/no/such/file', join(here, 'dangling'));
    expect(await exists(here)).toBe(true);
    expect(await exists(join(here, 'none'))).toBe(false);
    expect(await exists(join(here, 'dangling'))).toBe(false);
  });

  test('is listed sorted; a folder that is not there holds nothing', async () => {
    const here = fresh();
    for (const name of ['b', 'a', 'C']) writeFileSync(join(here, name), '');
    expect(await listDirectory(here)).toEqual(['C', 'a', 'b']);
    expect(await listDirectory(join(here, 'none'))).toEqual([]);
    expect(await listDirectory(join(here, 'a'))).toEqual([]);
  });

  test('is a tool when it is a file that may be run', async () => {
    const here = fresh();
    writeFileSync(join(here, 'tool'), '', { mode: 0o755 });
    writeFileSync(join(here, 'text'), '', { mode: 0o644 });
    symlinkSync('tool', join(here, 'link'));
    const kinds = await Promise.all(['tool', 'link', 'text', 'none', '.'].map((name) => isExecutableFile(join(here, name))));
    expect(kinds).toEqual([true, true, false, false, false]);
  });
});

describe('a finished folder', () => {
  const finish = (here: string, name: string, files: Readonly<Record<string, string>>): string => {
    mkdirSync(join(here, name), { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(here, name, file), text);
    return join(here, name);
  };

  test('takes the place of the one before, whole', async () => {
    const here = fresh();
    const destination = finish(here, 'out', { old: '1', both: '1' });
    await swapDirectory(finish(here, '.draft', { both: '2', new: '2' }), destination);
    expect(readdirSync(destination).sort()).toEqual(['both', 'new']);
    expect(readFileSync(join(destination, 'both'), 'utf8')).toBe('2');
    expect(readdirSync(here)).toEqual(['out']);
  });

  test('takes a place where nothing was, with the folders above it', async () => {
    const here = fresh();
    await swapDirectory(finish(here, '.draft', { new: '1' }), join(here, 'a', 'b', 'out'));
    expect(existsSync(join(here, 'a/b/out/new'))).toBe(true);
  });

  test('takes the place of a file and of a link', async () => {
    const here = fresh();
    writeFileSync(join(here, 'file'), '');
    symlinkSync('/etc', join(here, 'link'));
    for (const name of ['file', 'link']) {
      await swapDirectory(finish(here, '.draft', { new: '1' }), join(here, name));
      expect(lstatSync(join(here, name)).isDirectory()).toBe(true);
    }
    expect(existsSync('/etc/passwd')).toBe(true);
  });

  test('that cannot be moved leaves what was there, and says why', async () => {
    const here = fresh();
    const destination = finish(here, 'out', { old: '1' });
    const swapped = await attempt(() => swapDirectory(join(here, 'never made'), destination));
    expect(swapped).toMatchObject({ ok: false, code: 'ENOENT' });
    expect(readdirSync(here)).toEqual(['out']);
    expect(readdirSync(destination)).toEqual(['old']);
  });

  test('in a folder that may not be written leaves what was there', async () => {
    const here = fresh();
    const destination = finish(here, 'locked/out', { old: '1' });
    const draft = finish(here, 'draft', { new: '1' });
    chmodSync(join(here, 'locked'), 0o555);
    // The superuser may write everywhere: for him the swap works, and there is nothing to leave.
    const swapped = await attempt(() => swapDirectory(draft, destination));
    chmodSync(join(here, 'locked'), 0o755);
    expect(readdirSync(destination)).toEqual(swapped.ok ? ['new'] : ['old']);
  });

  test('swapped by rivals at the same time is one of theirs, never a mix, and never gone', async () => {
    const here = fresh();
    const destination = join(here, 'out');
    const rival = `
      import { mkdirSync, writeFileSync, readdirSync, readFileSync } from 'node:fs';
      import { swapDirectory } from ${JSON.stringify(new URL('./files.js', import.meta.url).href)};
      const [here, who] = process.argv.slice(1);
      for (let round = 0; round < 60; round++) {
        const draft = here + '/.draft-' + who + '-' + round;
        mkdirSync(draft);
        for (const name of ['a', 'b', 'c']) writeFileSync(draft + '/' + name, who + round);
        await swapDirectory(draft, here + '/out');
      }
      console.log('done');`;
    const rivals = ['x', 'y', 'z'].map((who) => outputOf(startNode(rival, [here, who])));
    expect(await Promise.all(rivals)).toEqual(['done\n', 'done\n', 'done\n']);
    expect(readdirSync(destination).sort()).toEqual(['a', 'b', 'c']);
    expect(new Set(['a', 'b', 'c'].map((name) => readFileSync(join(destination, name), 'utf8'))).size).toBe(1);
    expect(readdirSync(here)).toEqual(['out']);
    rmSync(here, { recursive: true });
  });
});

test('no suffix comes twice', () => {
  const suffixes = Array.from({ length: 1000 }, uniqueSuffix);
  expect(new Set(suffixes).size).toBe(1000);
  for (const suffix of suffixes) expect(suffix).toMatch(new RegExp(`^${process.pid}-[0-9a-f]{8}$`));
});
