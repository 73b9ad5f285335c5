import { describe, expect, test } from '@jest/globals';
import { aTriple } from '../testkit/builders.js';
import { ccEnv, clangArgs, plainCcEnv, targeted, type CcTools } from './cc-env.js';
import { applyEnvEdits, type EnvEdit } from './env-edit.js';

const { name } = aTriple('aarch64-unknown-linux-gnu');
const tools: CcTools = { linker: '/ld', cc: '/cc', cxx: '/cxx', ar: '/ar', ranlib: '/ranlib', pkgConfig: 'closed' };
const CLOSED = { PKG_CONFIG_ALLOW_CROSS_aarch64_unknown_linux_gnu: '0', PKG_CONFIG_LIBDIR_aarch64_unknown_linux_gnu: '/nonexistent' };

const afterwards = (edits: readonly EnvEdit[], env: Readonly<Record<string, string>> = {}) =>
  Object.fromEntries(applyEnvEdits(env, edits, ':').map((outcome) => [outcome.name, outcome.value]));

describe("a triple's tools", () => {
  test('are told to cargo and to build scripts, for this triple alone', () => {
    expect(afterwards(ccEnv(name, tools))).toEqual({
      CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER: '/ld',
      CC_aarch64_unknown_linux_gnu: '/cc',
      CXX_aarch64_unknown_linux_gnu: '/cxx',
      AR_aarch64_unknown_linux_gnu: '/ar',
      RANLIB_aarch64_unknown_linux_gnu: '/ranlib',
      ...CLOSED,
    });
  });

  test('that are not there are not told', () => {
    const told = afterwards(ccEnv(name, { linker: '/ld', cc: '/cc', pkgConfig: 'closed' }));
    expect(told).toEqual({ CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER: '/ld', CC_aarch64_unknown_linux_gnu: '/cc', ...CLOSED });
    expect(targeted('AR', name, undefined)).toEqual([]);
  });

  test.each(['CC_aarch64_unknown_linux_gnu', 'CC_aarch64-unknown-linux-gnu', 'TARGET_CC'])("give way to the user's own %s", (spelling) => {
    expect(applyEnvEdits({ [spelling]: 'mine' }, targeted('CC', name, '/cc'), ':')).toEqual([
      { name: 'CC_aarch64_unknown_linux_gnu', value: spelling === 'CC_aarch64_unknown_linux_gnu' ? 'mine' : undefined, keptFrom: spelling },
    ]);
  });

  test.each(['CC', 'HOST_CC', 'CC_x86_64_unknown_linux_gnu', 'TARGET_CXX'])("do not give way to %s, which is another's", (variable) => {
    expect(afterwards(targeted('CC', name, '/cc'), { [variable]: 'other' })).toEqual({ CC_aarch64_unknown_linux_gnu: '/cc' });
  });

  test("give way to the user's linker", () => {
    const linker = 'CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER';
    expect(afterwards(ccEnv(name, tools), { [linker]: 'mine' })[linker]).toBe('mine');
  });
});

describe('what else build scripts read', () => {
  const more: CcTools = {
    ...tools,
    rc: '/rc',
    windres: '/windres',
    cxxStdlib: 'c++',
    clang: { sysroot: '/sys root', includeDirs: ['/inc'] },
    cmake: { file: '/t.cmake', roots: [] },
  };

  test('is told for this triple alone too', () => {
    expect(afterwards(ccEnv(name, more))).toMatchObject({
      RC_aarch64_unknown_linux_gnu: '/rc',
      WINDRES_aarch64_unknown_linux_gnu: '/windres',
      CXXSTDLIB_aarch64_unknown_linux_gnu: 'c++',
      CMAKE_TOOLCHAIN_FILE_aarch64_unknown_linux_gnu: '/t.cmake',
      BINDGEN_EXTRA_CLANG_ARGS_aarch64_unknown_linux_gnu: "'--sysroot=/sys root' -nostdlibinc -isystem /inc",
    });
  });

  test('may be an empty word: a C++ runtime that is not to be linked', () => {
    expect(afterwards(ccEnv(name, { ...tools, cxxStdlib: '' }))).toMatchObject({ CXXSTDLIB_aarch64_unknown_linux_gnu: '' });
  });

  test.each(['CMAKE_TOOLCHAIN_FILE_aarch64_unknown_linux_gnu', 'CMAKE_TOOLCHAIN_FILE_aarch64-unknown-linux-gnu', 'TARGET_CMAKE_TOOLCHAIN_FILE', 'CMAKE_TOOLCHAIN_FILE'])(
    "is the user's own toolchain file where %s names one",
    (spelling) => {
      const variable = 'CMAKE_TOOLCHAIN_FILE_aarch64_unknown_linux_gnu';
      expect(afterwards(ccEnv(name, more), { [spelling]: '/mine' })[variable]).toBe(spelling === variable ? '/mine' : undefined);
    },
  );

  test.each<readonly [string, Readonly<Record<string, string>>, Readonly<Record<string, string>>]>([
    ['their own spelling', { BINDGEN_EXTRA_CLANG_ARGS_aarch64_unknown_linux_gnu: '-DA' }, { BINDGEN_EXTRA_CLANG_ARGS_aarch64_unknown_linux_gnu: '-DA -isystem /i' }],
    ['the spelling with dashes, which hides the other', { 'BINDGEN_EXTRA_CLANG_ARGS_aarch64-unknown-linux-gnu': '-DA' }, { 'BINDGEN_EXTRA_CLANG_ARGS_aarch64-unknown-linux-gnu': '-DA -isystem /i' }],
    ['the plain spelling, which the other would hide', { BINDGEN_EXTRA_CLANG_ARGS: '-DA' }, { BINDGEN_EXTRA_CLANG_ARGS_aarch64_unknown_linux_gnu: '-DA -isystem /i' }],
    ['both', { BINDGEN_EXTRA_CLANG_ARGS_aarch64_unknown_linux_gnu: '-DB', BINDGEN_EXTRA_CLANG_ARGS: '-DA' }, { BINDGEN_EXTRA_CLANG_ARGS_aarch64_unknown_linux_gnu: '-DB -isystem /i' }],
  ])("stands behind the user's own words for clang in %s", (_, user, expected) => {
    const told = afterwards(ccEnv(name, { ...tools, clang: { lastIncludeDirs: [], args: ['-isystem', '/i'] } }), user);
    expect(Object.fromEntries(Object.entries(told).filter(([variable]) => variable.startsWith('BINDGEN')))).toEqual(expected);
  });
});

describe('the words for clang', () => {
  test('have the headers of C++ first, those of C after them, and none of the host', () => {
    expect(clangArgs({ target: 'aarch64-linux-android24', includeDirs: ['/c'], cxxIncludeDirs: ['/c++'], lastIncludeDirs: ['/last'], args: ['-DX'] })).toEqual(
      '--target=aarch64-linux-android24 -nostdlibinc -cxx-isystem /c++ -isystem /c -idirafter /last -DX'.split(' '),
    );
  });

  test('are none where nothing is to be said', () => {
    expect(clangArgs({})).toEqual([]);
    expect(afterwards(ccEnv(name, { ...tools, clang: {} }))).not.toHaveProperty('BINDGEN_EXTRA_CLANG_ARGS_aarch64_unknown_linux_gnu');
  });
});

describe('the plain names', () => {
  test('are those of Makefiles and configure scripts', () => {
    expect(afterwards(plainCcEnv({ ...tools, strip: '/strip', cmake: { file: '/t.cmake', roots: [] }, pkgConfig: { libdir: ['/a', '/b'], sysroot: '/s' } }))).toEqual({
      CC: '/cc',
      CXX: '/cxx',
      AR: '/ar',
      RANLIB: '/ranlib',
      STRIP: '/strip',
      CMAKE_TOOLCHAIN_FILE: '/t.cmake',
      PKG_CONFIG_LIBDIR: '/a:/b',
      PKG_CONFIG_SYSROOT_DIR: '/s',
    });
  });

  test("are the user's where they set them, and pkg-config is closed by a folder that never is", () => {
    expect(afterwards(plainCcEnv(tools), { CC: 'mine' })).toMatchObject({ CC: 'mine', PKG_CONFIG_LIBDIR: '/nonexistent' });
    expect(afterwards(plainCcEnv(tools), { PKG_CONFIG_PATH: '/mine' })['PKG_CONFIG_LIBDIR']).toBeUndefined();
  });
});

describe('pkg-config', () => {
  const allow = 'PKG_CONFIG_ALLOW_CROSS_aarch64_unknown_linux_gnu';

  test('is closed for the triple, so that no library of the host is linked', () => {
    expect(afterwards(ccEnv(name, tools))).toMatchObject(CLOSED);
  });

  test.each(['PKG_CONFIG', 'PKG_CONFIG_PATH', 'PKG_CONFIG_LIBDIR', 'PKG_CONFIG_SYSROOT_DIR', 'PKG_CONFIG_ALLOW_CROSS'].flatMap((variable) => [
    `${variable}_aarch64_unknown_linux_gnu`,
    `${variable}_aarch64-unknown-linux-gnu`,
    `TARGET_${variable}`,
  ]))('is left as the user opened it with %s', (spelling) => {
    expect(afterwards(ccEnv(name, tools), { [spelling]: '1' })[allow]).toBe(spelling === allow ? '1' : undefined);
  });

  test.each(['PKG_CONFIG_ALLOW_CROSS', 'PKG_CONFIG_SYSROOT_DIR'])('is left as the user opened it with %s, which is about cross builds only', (variable) => {
    expect(afterwards(ccEnv(name, tools), { [variable]: '1' })[allow]).toBeUndefined();
  });

  test.each(['PKG_CONFIG_PATH', 'PKG_CONFIG_LIBDIR', 'PKG_CONFIG_PATH_x86_64_unknown_linux_gnu'])('stays closed when %s is set for the host', (variable) => {
    expect(afterwards(ccEnv(name, tools), { [variable]: '/usr/lib/pkgconfig' })).toMatchObject(CLOSED);
  });

  test("answers for the triple's own folders where it has some", () => {
    const open: CcTools = { ...tools, pkgConfig: { libdir: ['/usr/lib/aarch64-linux-gnu/pkgconfig', '/more'], sysroot: '/s' } };
    expect(afterwards(ccEnv(name, open))).toMatchObject({
      [allow]: '1',
      PKG_CONFIG_LIBDIR_aarch64_unknown_linux_gnu: '/usr/lib/aarch64-linux-gnu/pkgconfig:/more',
      PKG_CONFIG_SYSROOT_DIR_aarch64_unknown_linux_gnu: '/s',
    });
    const users = afterwards(ccEnv(name, open), { TARGET_PKG_CONFIG_LIBDIR: '/mine' });
    expect(Object.entries(users).filter(([variable, value]) => variable.startsWith('PKG_CONFIG') && value !== undefined)).toEqual([]);
  });
});
