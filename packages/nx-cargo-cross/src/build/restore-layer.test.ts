import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test } from '@jest/globals';
import { ARCHIVE_NAME, INDEX_NAME, renderLayerIndex, type LayerUnit } from '../layer/layer-index.js';
import { writeArchive } from '../system/brotli-archive.js';
import { thisProcess } from '../system/locks.js';
import { aPlan, aProbe, aRequest } from '../testkit/builders.js';
import { aSystem } from '../testkit/fake-system.js';
import { aTempFolder } from '../testkit/temp.js';
import { restoreLayer, wantsLayer } from './restore-layer.js';

const [RING, ITOA] = ['1111111111111111', '2222222222222222'];
const TREE = 'x86_64-unknown-linux-musl/release';

/** What rustc read for a unit, as it was noted in a target folder. */
const NOTES = `${TREE}/deps/ring-${RING}.d`;
const notes = (root: string): string => `${root}/${NOTES}: lib.rs ${root}/${TREE}/build/ring-${RING}/out/made.rs\n`;

/** What a unit consists of: path below the profile's folder to content. */
const CONTENT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [`${TREE} ${RING}`]: { [`deps/libring-${RING}.rlib`]: 'ring', [`deps/ring-${RING}.d`]: notes('/elsewhere'), [`.fingerprint/ring-${RING}/lib-ring`]: 'print', [`build/ring-${RING}/out/a.o`]: 'object' },
  [`release ${ITOA}`]: { [`deps/libitoa-${ITOA}.rlib`]: 'itoa', [`.fingerprint/itoa-${ITOA}/lib-itoa`]: 'print' },
};

const temp = aTempFolder('restore layer');
let nth = 0;
let targetDir: string;
let layer: string;
beforeEach(async () => {
  const root = join(temp, String(nth++));
  targetDir = join(root, 'target');
  layer = join(root, 'layer');
  mkdirSync(layer, { recursive: true });
  await writeLayer();
});

async function writeLayer(): Promise<void> {
  const sources: { path: string; size: number }[] = [];
  const units = Object.entries(CONTENT).map(([name, files]): LayerUnit => {
    const [profile = '', hash = ''] = name.split(' ');
    const listed = Object.entries(files).map(([path, text]) => {
      const source = join(layer, 'sources', String(sources.length));
      mkdirSync(dirname(source), { recursive: true });
      writeFileSync(source, text);
      sources.push({ path: source, size: text.length });
      return { path, size: text.length, executable: false };
    });
    return { profile, hash, files: listed, folders: hash === RING ? [`build/ring-${RING}/out`, `build/ring-${RING}/empty`] : [] };
  });
  const archive = await writeArchive(join(layer, ARCHIVE_NAME), sources);
  writeFileSync(join(layer, INDEX_NAME), renderLayerIndex({ packages: 2, ...(archive.ok ? archive.value : { size: 0, sha256: '' }), std: 'this one', units }));
}

/** What was said, and why the layer was of no use. */
async function restore(): Promise<{ readonly said: readonly string[]; readonly why: readonly string[] }> {
  const planned = aPlan(aRequest('x86_64-linux-musl'), aProbe({ targetDir }));
  const [said, why]: [string[], string[]] = [[], []];
  await restoreLayer({ system: aSystem(), planned, folder: layer, std: async () => 'this one', signal: undefined, say: (what) => said.push(what), unusable: (what) => why.push(what) });
  expect(wantsLayer(planned)).toBe(false);
  expect(existsSync(at('layer')) ? readdirSync(at('layer')) : []).toEqual([]);
  return { said, why };
}

function at(path: string): string {
  return join(targetDir, 'nx-cross', path);
}

function put(path: string, text: string): void {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), text);
}

const all = Object.entries(CONTENT).flatMap(([name, files]) => Object.entries(files).map(([path, text]): [string, string] => [`${name.split(' ')[0] ?? ''}/${path}`, text]));
/** What of it lies there afterwards: the notes of the folder that they lie in. */
const textOf = (path: string, text: string): string => (path === NOTES ? notes(join(targetDir, 'nx-cross').replaceAll(' ', '\\ ')) : text);

test('what is missing is put there, empty folders too, all with one present time', async () => {
  const begin = Math.floor(Date.now() / 1000) - 1;
  expect(await restore()).toEqual({ said: [expect.stringMatching(/^2 units of 2 third-party packages are put into the target folder from the layer \([\d.]+ MB\), in [\d.]+ s$/)], why: [] });
  for (const [path, text] of all) expect([path, readFileSync(at(path), 'utf8')]).toEqual([path, textOf(path, text)]);
  expect(readdirSync(at(`${TREE}/build/ring-${RING}/empty`))).toEqual([]);
  const times = new Set(all.map(([path]) => statSync(at(path)).mtimeMs));
  expect(times.size).toBe(1);
  expect([...times].every((time) => time / 1000 >= begin && time <= Date.now())).toBe(true);
});

/** Held by a living process, as long as the test lets it. */
async function hold(name: string): Promise<string> {
  put(name, JSON.stringify(await thisProcess('another build')));
  return at(name);
}

test('nobody is waited for whose turn it is', async () => {
  const lock = await hold('release.lock');
  expect((await restore()).said).toHaveLength(1);
  expect(existsSync(lock)).toBe(true);
});

test('nor a cargo that compiles for others, where only the platform is missing', async () => {
  for (const [path, text] of all) if (path.startsWith('release/')) put(path, text);
  const lock = await hold('release.writing.lock');
  expect((await restore()).said).toEqual([expect.stringMatching(/^1 units /)]);
  expect(existsSync(lock)).toBe(true);
});

test.each([
  ['for the platform', `release.x86_64-unknown-linux-musl.lock`, 'release/'],
  ['at all, where something for the machine that builds is missing', 'release.writing.lock', TREE],
])('a cargo that compiles %s is waited for', async (_, name, isThere) => {
  for (const [path, text] of all) if (path.startsWith(isThere)) put(path, text);
  const lock = await hold(name);
  let isPut = false;
  const restored = restore().finally(() => (isPut = true));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(isPut).toBe(false);
  rmSync(lock);
  expect((await restored).said.at(-1)).toMatch(/^1 units /);
});

test('a unit of which anything is there is left as it is', async () => {
  put(`release/.fingerprint/itoa-${ITOA}/lib-itoa`, 'its own');
  expect((await restore()).said).toEqual([expect.stringMatching(/^1 units /)]);
  expect(readFileSync(at(`release/.fingerprint/itoa-${ITOA}/lib-itoa`), 'utf8')).toBe('its own');
  expect(existsSync(at(`release/deps/libitoa-${ITOA}.rlib`))).toBe(false);
});

test('where all is there the archive is not even opened', async () => {
  for (const [path, text] of all) put(path, text);
  writeFileSync(join(layer, ARCHIVE_NAME), 'damaged');
  expect(await restore()).toEqual({ said: [], why: [] });
});

test.each<[string, () => void, RegExp]>([
  ['an archive with other bytes', () => flip(), /^layer\.br cannot be unpacked: /],
  ['an archive that is cut off', () => writeFileSync(join(layer, ARCHIVE_NAME), readFileSync(join(layer, ARCHIVE_NAME)).subarray(0, 20)), /^layer\.br cannot be unpacked: /],
  ['a digest of another', () => editIndex((text) => text.replace(/"sha256":"[^"]*"/, '"sha256":"0"')), /its digest is another$/],
  ['a path out of the folder', () => editIndex((text) => text.replace(`deps/libring-${RING}.rlib`, `deps/../../../../libring-${RING}.rlib`)), /which is no file of unit/],
  ['another triple', () => editIndex((text) => text.replaceAll(TREE, 'aarch64-apple-darwin/release')), /where this build has none$/],
  ['another std', () => editIndex((text) => text.replace('"std":"this one"', '"std":"another"')), /^it was compiled with another standard library than there is here for x86_64-unknown-linux-musl$/],
  ['no index', () => editIndex(() => '{'), /none of this version/],
])('%s is told, and nothing is put anywhere', async (_, damage, why) => {
  damage();
  expect(await restore()).toEqual({ said: [], why: [expect.stringMatching(why)] });
  for (const [path] of all) expect([path, existsSync(at(path))]).toEqual([path, false]);
});

test('a layer is asked for once, as long as the platform has a folder', async () => {
  const planned = aPlan(aRequest('x86_64-linux-musl'), aProbe({ targetDir }));
  expect(wantsLayer(planned)).toBe(true);
  await restore();
  for (const hash of [RING, ITOA]) expect(existsSync(at(hash === RING ? `${TREE}/deps/libring-${hash}.rlib` : `release/deps/libitoa-${hash}.rlib`))).toBe(true);
  expect(wantsLayer(aPlan(aRequest('aarch64-linux-musl'), aProbe({ targetDir })))).toBe(true);
});

function flip(): void {
  const bytes = readFileSync(join(layer, ARCHIVE_NAME));
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 0xff;
  writeFileSync(join(layer, ARCHIVE_NAME), bytes);
}

function editIndex(edit: (text: string) => string): void {
  writeFileSync(join(layer, INDEX_NAME), edit(readFileSync(join(layer, INDEX_NAME), 'utf8')));
}
