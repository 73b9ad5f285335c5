import { mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { aTempFolder } from '../testkit/temp.js';
import { readArchive, writeArchive, type ArchivedFile } from './brotli-archive.js';

const folder = aTempFolder('layer archive');
const CONTENTS = ['', 'first', '', 'x'.repeat(700_000), 'last', ''];
const sources = CONTENTS.map((text, nth) => {
  const path = join(folder, `from-${nth}`);
  writeFileSync(path, text);
  return { path, size: text.length };
});
const archive = join(folder, 'layer.br');
const made = await writeArchive(archive, sources);
const written = made.ok ? made.value : { size: 0, sha256: made.cause };

let folders = 0;
function places(sizes = CONTENTS.map(({ length }) => length)): readonly (ArchivedFile & { readonly to: string })[] {
  const to = join(folder, `to-${folders++}`);
  mkdirSync(to);
  return sizes.map((size, nth) => ({ size, to: join(to, String(nth)), executable: nth === 1 }));
}

test('what is written is read, empty files at both ends too', async () => {
  const files = places();
  expect(await readArchive(archive, written.sha256, files)).toEqual({ ok: true, value: undefined });
  expect(files.map(({ to }) => readFileSync(to, 'utf8'))).toEqual(CONTENTS);
  expect(files.map(({ to }) => (statSync(to).mode & 0o100) !== 0)).toEqual(CONTENTS.map((_, nth) => nth === 1));
  expect(written.size).toBe(statSync(archive).size);
});

test('what is there already is passed over', async () => {
  const files = places().map((file, nth) => (nth === 3 ? { ...file, to: undefined } : file));
  expect(await readArchive(archive, written.sha256, files)).toEqual({ ok: true, value: undefined });
  expect(readFileSync(files[4]?.to ?? '', 'utf8')).toBe('last');
});

describe('what is refused', () => {
  const cut = join(folder, 'cut.br');
  writeFileSync(cut, readFileSync(archive));
  truncateSync(cut, written.size - 3);
  test.each<[string, () => Promise<unknown>, RegExp]>([
    ['other bytes', () => readArchive(archive, '0'.repeat(64), places()), /its digest is another/],
    ['an archive that is cut off', () => readArchive(cut, written.sha256, places()), /unexpected end of file|cut off/],
    ['one that is no archive', () => readArchive(sources[3]?.path ?? '', written.sha256, places()), /Decompression failed|decompress/i],
    ['more files than bytes', () => readArchive(archive, written.sha256, places([...CONTENTS.map(({ length }) => length), 1])), /it is cut off/],
    ['more bytes than files', () => readArchive(archive, written.sha256, places([5])), /it is longer than its files/],
    ['a file in the way', () => readArchive(archive, written.sha256, sources.map(({ path, size }) => ({ size, to: path, executable: false }))), /EEXIST/],
    ['a file that changes while it is read', () => writeArchive(join(folder, 'other.br'), [{ path: sources[1]?.path ?? '', size: 3 }]), /changed while it was read/],
  ])('%s', async (_, work, message) => expect(await work()).toMatchObject({ ok: false, cause: expect.stringMatching(message) }));
});
