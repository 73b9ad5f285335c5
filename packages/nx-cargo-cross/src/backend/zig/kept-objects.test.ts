import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { aTempFolder } from '../../testkit/temp.js';
import { aZigRig } from '../../testkit/zig-rig.js';

const folder = realpathSync(aTempFolder("kept objects' *"));
const gnu = aZigRig(folder, 'aarch64-unknown-linux-gnu');
const at = (path: string): string => join(folder, path);
const CRATE = at('home/registry/src/index-1f/sqlite-1.0.0');
const CHECKOUT = at('home/git/checkouts/zstd-1f/abc');
const OUT = at('ws/target/release/build/sqlite-1f/out');
const MEMBER = at('ws/crates/app');
for (const path of [CRATE, CHECKOUT, OUT, MEMBER]) mkdirSync(path, { recursive: true });

const NX_CARGO_CROSS_FOLDERS = [
  [at('home/git/checkouts'), '/cargo/git/checkouts'],
  [at('home/registry/src'), '/cargo/registry/src'],
  [at('ws/target/x1'), './target/x'],
  [at('ws/target'), './target'],
  [at('ws'), '.'],
]
  .map((named) => named.join('='))
  .join('\n');

/** The cache that zig is told, undefined for its own; and the word that says the folder. */
function compiled(cwd: string, words: readonly string[], env: Readonly<Record<string, string>> = {}): readonly [cache: string | undefined, folder: string | undefined] {
  const called = gnu.run('clang', words, { env: { NX_CARGO_CROSS_FOLDERS, ...env }, cwd });
  expect(called).toMatchObject({ status: 0, stderr: '' });
  expect(called.words.slice(-words.length)).toEqual(words);
  return [called.env['ZIG_LOCAL_CACHE_DIR'], called.words.find((word) => word.startsWith('-fdebug-compilation-dir='))];
}

const CC = ['-O3', '-ffunction-sections', '-fPIC', '-gdwarf-4', '-fno-omit-frame-pointer', '-std=c11', '-W', '-DNAME="/a b"', '-MD', '-MF', '/anywhere/x.d', '-o', '/anywhere/x.o', '-c'];

test.each<readonly [string, string, readonly string[]]>([
  ['a file of a crate of a registry', CRATE, [...CC, 'sqlite3.c']],
  ['and by its path', CRATE, [...CC, join(CRATE, 'a b.cpp')]],
  ['of a git dependency', CHECKOUT, [...CC, 'lib/zstd.c']],
  ['with folders of the crate', CRATE, ['-I', 'include', '-Isrc', '-isystem', join(CRATE, 'x'), '-c', 'sqlite3.c']],
  ['with what a build script generated', CRATE, ['-I', OUT, `-I${at('ws/target/x1/include')}`, '-c', 'sqlite3.c']],
  ['from the folder that a build script writes into, as CMake does', OUT, ['-Iinclude', '-c', join(CRATE, 'sqlite3.c')]],
  ['with folders that have names', CRATE, [`-ffile-prefix-map=${CRATE}=/x`, '-c', 'sqlite3.c']],
])('%s is kept for all builds, and the folder said', (_, cwd, words) => {
  expect(compiled(cwd, words)).toEqual([undefined, `-fdebug-compilation-dir=${cwd}`]);
});

const SQLITE = ['-c', 'sqlite3.c'];

test.each<readonly [string, string, readonly string[], Readonly<Record<string, string>>?]>([
  ["the workspace's own file", MEMBER, ['-c', 'a.c']],
  ['and by its path', CRATE, ['-c', join(MEMBER, 'a.c')]],
  ['a file that a build script generated', OUT, ['-c', 'generated.c']],
  ['one beside the registry', CRATE, ['-c', `${at('home/registry/src-2')}/a.c`]],
  ['one out of the registry', CRATE, ['-c', '../../../../../a.c']],
  ["with folders of the system's", CRATE, ['-I/usr/include', ...SQLITE]],
  ["with folders of the system's, in two words", CRATE, ['-isystem', '/usr/include', ...SQLITE]],
  ["with folders of the workspace's", CRATE, ['-I', MEMBER, ...SQLITE]],
  ['with folders above the crate', CRATE, ['-I..', ...SQLITE]],
  ['with a folder where headers are looked for', CRATE, ['--sysroot=/x', ...SQLITE]],
  ['with a file that says how to optimize', CRATE, ['-fprofile-use=/x/y.profdata', ...SQLITE]],
  ['with words for the assembler', CRATE, ['-Wa,-I/x', ...SQLITE]],
  ['with a header', CRATE, ['-include', 'x.h', ...SQLITE]],
  ["with words for the compiler's core", CRATE, ['-Xclang', '-load', ...SQLITE]],
  ['an assembler file, which may include any bytes', CRATE, ['-c', 'a.S']],
  ['with a variable that adds folders', CRATE, SQLITE, { CPATH: '/x' }],
  ['with a variable that changes words', CRATE, SQLITE, { CCC_OVERRIDE_OPTIONS: '+-O0' }],
  ['where folders have no names', CRATE, SQLITE, { NX_CARGO_CROSS_FOLDERS: '' }],
])('%s is kept below the target folder', (_, cwd, words, ...[env]) => {
  expect(compiled(cwd, words, env)).toEqual([at('cache/zig'), undefined]);
});

const named = (words: readonly string[], cwd: string): readonly string[] =>
  gnu.run('clang', words, { env: { NX_CARGO_CROSS_FOLDERS, NX_CARGO_CROSS_OUTPUTS_NAMED: '1', OUT_DIR: OUT }, cwd }).words.filter((word) => word.startsWith('-ffile-prefix-map=') && word.includes(at('ws')));

test('the checkout is named only where the words know it', () => {
  expect(named(SQLITE, CRATE)).toEqual([]);
  for (const [cwd, words] of [[CRATE, ['-I', OUT, ...SQLITE]], [OUT, ['-c', join(CRATE, 'sqlite3.c')]], [MEMBER, ['-c', join(CRATE, 'sqlite3.c')]], [MEMBER, ['-c', 'a.c']]] as const) expect(named(words, cwd)).toHaveLength(4);
});

test("the user's cache is the user's choice", () => {
  expect(compiled(CRATE, SQLITE, { ZIG_LOCAL_CACHE_DIR: '/mine' })).toEqual(['/mine', undefined]);
});

test('a link keeps nothing for other builds', () => {
  expect(gnu.run('clang', ['a.o'], { env: { NX_CARGO_CROSS_FOLDERS }, cwd: CRATE }).env['ZIG_LOCAL_CACHE_DIR']).toBe(at('cache/zig'));
});
