import { describe, expect, test } from '@jest/globals';
import { parseToolchainIndex, partsOf, renderToolchainIndex, type ToolchainIndex } from './toolchain-index.js';

const NAME = '0123456789abcdef0123456789abcdef';
const PATHS = [`zig/h/${NAME}.txt`, `zig/o/${NAME}/libc.so.6`, `zig/o/${NAME}/deep/a.o`, 'std/libstd-1.rlib', 'std/self-contained/crt1.o'];
const INDEX: ToolchainIndex = { size: 12, sha256: 'f'.repeat(64), zigLib: '/cache/zig', sysroot: '1.96.0-x', files: PATHS.map((path) => ({ path, size: 3 })) };
const parsed = (index: unknown): unknown => {
  const result = parseToolchainIndex(typeof index === 'string' ? index : renderToolchainIndex(index as ToolchainIndex));
  return result.ok ? result.index : result.why;
};

test('what is written is read', () => {
  expect(parsed(INDEX)).toMatchObject(INDEX);
  expect(parsed({ ...INDEX, zigLib: undefined, sysroot: undefined })).toMatchObject({ size: 12 });
});

test('what zig looks up comes after what it then takes', () => expect(partsOf(INDEX.files)).toEqual(['std', `zig/o/${NAME}`, `zig/h/${NAME}.txt`]));

describe('what is refused', () => {
  test.each([
    `zig/h/../../${NAME}.txt`,
    `zig/h/${NAME}.txt/x`,
    'zig/h/x.txt',
    `zig/z/${NAME}`,
    `zig/o/${NAME}`,
    `zig/o/${NAME}/`,
    `zig/o/${NAME}/../../x`,
    `zig/o/${NAME}\\..\\x/y`,
    'zig/tmp/x',
    '/std/x',
    'std',
    'std/',
    'std/../x',
    'std//x',
    'other/x',
    '',
  ])('the path %j', (path) => expect(parsed({ ...INDEX, files: [{ path, size: 1 }] })).toBe(`toolchain.json has ${JSON.stringify(path)}, which is no file of a toolchain`));

  test.each<[string, unknown, string]>([
    ['no JSON', '{', 'toolchain.json is none of this version of nx-cargo-cross'],
    ['another form', '{"form":2}', 'toolchain.json is none of this version of nx-cargo-cross'],
    ['no files', { ...INDEX, files: undefined }, 'toolchain.json is damaged'],
    ['a size below nothing', { ...INDEX, files: [{ path: 'std/x', size: -1 }] }, 'toolchain.json is damaged'],
    ['a sysroot that is no text', { ...INDEX, sysroot: 1 }, 'toolchain.json is damaged'],
    ['a file twice', { ...INDEX, files: [{ path: 'std/x', size: 1 }, { path: 'std/x', size: 1 }] }, 'toolchain.json has "std/x" twice'],
  ])('%s', (_, index, why) => expect(parsed(index)).toBe(why));
});
