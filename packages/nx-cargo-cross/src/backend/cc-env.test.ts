import { describe, expect, test } from '@jest/globals';
import { aTriple } from '../testkit/builders.js';
import { ccEnv, closedPkgConfig, targeted } from './cc-env.js';
import { applyEnvEdits, type EnvEdit } from './env-edit.js';

const { name } = aTriple('aarch64-unknown-linux-gnu');
const tools = { linker: '/ld', cc: '/cc', cxx: '/cxx', ar: '/ar', ranlib: '/ranlib' };

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
    });
  });

  test('that are not there are not told', () => {
    expect(Object.keys(afterwards(ccEnv(name, { linker: '/ld', cc: '/cc' })))).toEqual(['CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER', 'CC_aarch64_unknown_linux_gnu']);
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

describe('pkg-config', () => {
  const allow = 'PKG_CONFIG_ALLOW_CROSS_aarch64_unknown_linux_gnu';

  test('is closed for the triple, so that no library of the host is linked', () => {
    expect(afterwards(closedPkgConfig(name))).toEqual({ [allow]: '0' });
  });

  test.each(['PKG_CONFIG', 'PKG_CONFIG_PATH', 'PKG_CONFIG_LIBDIR', 'PKG_CONFIG_SYSROOT_DIR', 'PKG_CONFIG_ALLOW_CROSS'].flatMap((variable) => [
    `${variable}_aarch64_unknown_linux_gnu`,
    `${variable}_aarch64-unknown-linux-gnu`,
    `TARGET_${variable}`,
  ]))('is left as the user opened it with %s', (spelling) => {
    expect(afterwards(closedPkgConfig(name), { [spelling]: '1' })[allow]).toBe(spelling === allow ? '1' : undefined);
  });

  test.each(['PKG_CONFIG_ALLOW_CROSS', 'PKG_CONFIG_SYSROOT_DIR'])('is left as the user opened it with %s, which is about cross builds only', (variable) => {
    expect(afterwards(closedPkgConfig(name), { [variable]: '1' })[allow]).toBeUndefined();
  });

  test.each(['PKG_CONFIG_PATH', 'PKG_CONFIG_LIBDIR', 'PKG_CONFIG_PATH_x86_64_unknown_linux_gnu'])('stays closed when %s is set for the host', (variable) => {
    expect(afterwards(closedPkgConfig(name), { [variable]: '/usr/lib/pkgconfig' })).toEqual({ [allow]: '0' });
  });
});
