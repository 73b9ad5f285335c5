import { describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { ASK_LIBRARY_VARIABLES, isLibraryVariable, mayFindLibraries } from './library-variables.js';

describe('variables that tell build scripts of libraries', () => {
  const table: readonly (readonly [string, boolean])[] = [
    ['ALSA_NO_PKG_CONFIG', true],
    ['PQ_LIB_DIR', true],
    ['LZMA_API_STATIC', true],
    ['SODIUM_USE_PKG_CONFIG', true],
    ['SYSTEM_DEPS_GTK_4_LINK', true],
    ['VCPKGRS_NO_SQLITE3', true],
    ['AWS_LC_SYS_NO_ASM_aarch64_unknown_linux_gnu', true],
    ['RUSTONIG_SYSTEM_LIBONIG', false],
    ['OPENSSL_STATIC', false],
    ['X86_64_PC_WINDOWS_GNU_OPENSSL_LIB_DIR', false],
    ['PATH', false],
    ['GITHUB_SHA', false],
    ['NX_TASK_HASH', false],
    ['VCPKG_INSTALLATION_ROOT', false],
    ['MY_LIBRARY', false],
  ];

  test.each(table)('%s: %s', (name, expected) => {
    expect(isLibraryVariable(name)).toBe(expected);
  });

  test('the command tells of the same ones, whole', () => {
    const env = Object.fromEntries(table.map(([name]) => [name, name === 'PATH' ? (process.env['PATH'] ?? '') : 'a\nb=c']));
    const told = execFileSync('sh', ['-c', ASK_LIBRARY_VARIABLES], { env, encoding: 'utf8' }).split('\n').flatMap((line) => (line.endsWith('=a') ? [line.slice(0, -2)] : []));
    expect(told.sort()).toEqual(table.flatMap(([name, expected]) => (expected ? [name] : [])).sort());
  });

  test('are not asked for a program in pure Rust', () => {
    expect([mayFindLibraries(new Set(['serde']), false), mayFindLibraries(new Set(['pkg-config']), false), mayFindLibraries(new Set(), true)]).toEqual([false, true, true]);
  });
});
