import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test } from '@jest/globals';
import { ARCHIVE_NAME, INDEX_NAME, renderToolchainIndex, type ToolchainIndex } from '../layer/toolchain-index.js';
import { writeArchive } from '../system/brotli-archive.js';
import { canonicalNow } from '../system/files-now.js';
import { aPlan, aProbe, aRequest } from '../testkit/builders.js';
import { aSystem } from '../testkit/fake-system.js';
import { aTempFolder } from '../testkit/temp.js';
import { aToolchain } from '../testkit/toolchains.js';
import { cachedSysroot } from '../toolchain/std-sysroot.js';
import type { Probed } from './probe.js';
import { bringToolchain } from './restore-toolchain.js';
import type { ToolchainSource } from './toolchain-source.js';

const [ONE, TWO] = ['1'.repeat(32), '2'.repeat(32)];
const CONTENT: Readonly<Record<string, string>> = { [`zig/h/${ONE}.txt`]: 'one', [`zig/o/${TWO}/libc.so.6`]: 'stubs', 'std/libstd-1.rlib': 'std', 'std/self-contained/crt1.o': 'start' };
const TRIPLE = 'x86_64-unknown-linux-musl';

const temp = canonicalNow(aTempFolder('restore toolchain'));
let nth = 0;
let root: string;
let index: Partial<ToolchainIndex>;
let asked: number;
const at = (...path: readonly string[]): string => join(root, ...path);
const zigHas = (path: string): boolean => existsSync(at('zig', path));
const toolchainHere = () => aToolchain(at('rust'), { source: true });
const stdHere = (): string => cachedSysroot(at('cache'), toolchainHere()).libOf(TRIPLE);

beforeEach(() => {
  root = join(temp, String(nth++));
  index = {};
  asked = 0;
});

function put(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

async function writeToolchain(): Promise<void> {
  const files = Object.entries(CONTENT).map(([path, text]) => ({ path, size: text.length, from: put(at('sources', path), text) }));
  const archive = await writeArchive(put(at('made', ARCHIVE_NAME), ''), files.map(({ from, size }) => ({ path: from, size })));
  const sysroot = cachedSysroot(at('cache'), toolchainHere()).root.split(/[/\\]/).at(-1);
  put(at('made', INDEX_NAME), renderToolchainIndex({ ...(archive.ok ? archive.value : { size: 0, sha256: '' }), zigLib: '/lib', sysroot, files: files.map(({ path, size }) => ({ path, size })), ...index }));
}

/** What was said, and why the toolchain was of no use. */
async function bring(source: Partial<ToolchainSource> = {}, { linksStd = false, toolchain = toolchainHere(), closure = [] as readonly string[] } = {}): Promise<{ readonly said: readonly string[]; readonly why: readonly string[] }> {
  const request = aRequest('x86_64-linux-musl');
  const probe = aProbe({ tools: { zig: { path: '/zig', version: '0.16.0', env: { ZIG_LIB_DIR: '/lib' } } } });
  const [said, why]: [string[], string[]] = [[], []];
  await bringToolchain({
    system: aSystem({ cacheFolder: at('cache'), env: { ZIG_GLOBAL_CACHE_DIR: at('zig') } }),
    source: {
      wishOf: () => ({ folder: at('made'), id: 'id' }),
      async bring() {
        asked++;
        return undefined;
      },
      ...source,
    },
    planned: { ...aPlan(request, probe), linksStd, request: { ...request, closure: closure.map((name) => ({ name, version: '1.0.0' })) } },
    probed: { probe, toolchain } as Probed,
    signal: undefined,
    say: (what) => said.push(what),
    hear: () => undefined,
    unusable: (what) => why.push(what),
  });
  if (existsSync(at('zig/tmp'))) expect(readdirSync(at('zig/tmp'))).toEqual([]);
  return { said, why };
}

test('all of it is put where builds look, and asked for once', async () => {
  await writeToolchain();
  const { said, why } = await bring();
  expect([said[0], why]).toEqual(['asking for the toolchain of its platform', []]);
  expect(said[1]).toMatch(/^3 parts of the toolchain of x86_64-unknown-linux-musl are put in place \(0\.0 MB\), in 0\.0 s$/);
  expect(readFileSync(at('zig/h', `${ONE}.txt`), 'utf8')).toBe('one');
  expect(readFileSync(at('zig/o', TWO, 'libc.so.6'), 'utf8')).toBe('stubs');
  expect(readdirSync(stdHere()).sort()).toEqual(['libstd-1.rlib', 'self-contained']);
  expect(await bring()).toEqual({ said: [], why: [] });
  expect(asked).toBe(1);
});

test('nothing that is there is overwritten', async () => {
  await writeToolchain();
  put(at('zig/o', TWO, 'libc.so.6'), 'own');
  put(join(stdHere(), 'libstd-9.rlib'), 'own');
  await bring();
  expect([readFileSync(at('zig/o', TWO, 'libc.so.6'), 'utf8'), readdirSync(stdHere()), zigHas(`h/${ONE}.txt`)]).toEqual(['own', ['libstd-9.rlib'], true]);
});

test('who throws the cache of zig away is asked again', async () => {
  await writeToolchain();
  await bring();
  rmSync(at('zig'), { recursive: true });
  await bring();
  expect([asked, zigHas(`h/${ONE}.txt`)]).toEqual([2, true]);
});

test('nobody is asked who wants none', async () => {
  expect(await bring({ wishOf: () => undefined })).toEqual({ said: [], why: [] });
  expect(asked).toBe(0);
});

test.each<[string, () => Promise<void> | void, string, Partial<ToolchainSource>]>([
  ['an archive that is damaged', async () => {
    await writeToolchain();
    const bytes = readFileSync(at('made', ARCHIVE_NAME));
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 2) ^ 1, bytes.length - 2);
    writeFileSync(at('made', ARCHIVE_NAME), bytes);
  }, 'toolchain.br cannot be unpacked: ', {}],
  ['one that is not there', () => undefined, 'toolchain.json is missing', {}],
  ['an index that leads elsewhere', async () => {
    index = { files: [{ path: 'zig/o/../../x', size: 1 }] };
    await writeToolchain();
  }, 'toolchain.json has "zig/o/../../x", which is no file of a toolchain', {}],
  ['one that could not be made', () => undefined, 'it does not link', { bring: async () => 'it does not link' }],
])('%s is told, puts nothing anywhere, and is asked for no more', async (_, prepare, expected, source) => {
  await prepare();
  const { why } = await bring(source);
  expect(why.join('\n').startsWith(expected)).toBe(true);
  expect([zigHas(`h/${ONE}.txt`), zigHas('o'), existsSync(join(stdHere(), 'libstd-1.rlib'))]).toEqual([false, false, false]);
  expect(await bring(source)).toEqual({ said: [], why: [] });
});

test('what was made with files of zig that lie elsewhere, and std of another rustc, stay out', async () => {
  index = { zigLib: '/other/lib', sysroot: 'another' };
  await writeToolchain();
  expect((await bring()).why).toEqual([]);
  expect([zigHas(`h/${ONE}.txt`), existsSync(stdHere())]).toEqual([false, false]);
});

test('is not asked for where std is installed and brings the C library, but for C++', async () => {
  await writeToolchain();
  const toolchain = aToolchain(at('rust'), { installed: [TRIPLE] });
  expect(await bring({}, { linksStd: true, toolchain })).toEqual({ said: [], why: [] });
  expect(asked).toBe(0);
  await bring({}, { linksStd: true, toolchain, closure: ['libc', 'cxx'] });
  expect(asked).toBe(1);
});

test('is asked for where std brings the C library and has to be built', async () => {
  await writeToolchain();
  await bring({}, { linksStd: true });
  expect(asked).toBe(1);
});
