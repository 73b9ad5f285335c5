import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { aTriple } from '../../testkit/builders.js';
import { aTempFolder } from '../../testkit/temp.js';
import { aZigRig, type ZigCall } from '../../testkit/zig-rig.js';
import { mingwCore, WHOLE_MINGW } from './mingw-core.js';
import { NO_CHECKS } from './script.js';

const WINDOWS = 'x86_64-pc-windows-gnu';
const folder = aTempFolder("mingw's core");
const shared = { path: join(folder, "it's shared"), nameOf: () => 'named' };
const CORE = join(shared.path, 'zig-mingw-0.16.0-named', 'lib');
const OWN = '/lib of zig';

mkdirSync(join(CORE, 'std'), { recursive: true });
const rig = aZigRig(folder, WINDOWS, { shared, zigEnv: { ZIG_LIB_DIR: OWN } });
const nothingMade = aZigRig(aTempFolder('no core'), WINDOWS, { shared: { ...shared, path: join(folder, 'nothing') }, zigEnv: { ZIG_LIB_DIR: OWN } });

const link = (words: readonly string[], env: Readonly<Record<string, string>> = {}, exit = 0): ZigCall => rig.run('clang', words, { env, exit });

describe("a part of zig's mingw", () => {
  test.each([
    [WINDOWS, '0.16.0', true],
    ['x86_64-pc-windows-gnullvm', '0.16.0', true],
    ['x86_64-pc-windows-gnu', '0.15.2', false],
    ['x86_64-pc-windows-gnu', '0.17.1', false],
    ['i686-pc-windows-gnu', '0.16.0', false],
    ['aarch64-pc-windows-gnullvm', '0.16.0', false],
    ['x86_64-pc-windows-msvc', '0.16.0', false],
    ['x86_64-unknown-linux-musl', '0.16.0', false],
  ])('is there for %s by zig %s: %s', (triple, version, expected) => {
    expect(mingwCore(aTriple(triple).facts, version, shared) !== undefined).toBe(expected);
  });

  test('needs a place to be made in', () => {
    expect(mingwCore(aTriple(WINDOWS).facts, '0.16.0', undefined)).toBeUndefined();
  });

  test('has nothing in what is left out, but for symbols that other libraries have, too', () => {
    const files = mingwCore(aTriple(WINDOWS).facts, '0.16.0', shared)?.files ?? {};
    expect(files['winpthreads/thread.c']).toBe('');
    expect(files['misc/fegetround.c']).toBe('extern const char nx_cargo_cross_left_out;\nconst void *const fegetround = &nx_cargo_cross_left_out;\n');
    expect(Object.values(files).filter((text) => text.includes('nx_cargo_cross_left_out'))).toHaveLength(10);
    expect(Object.values(files).filter((text) => text === '')).toHaveLength(206);
  });
});

test('what stays and reads <windows.h> reads less of it', () => {
  const files = mingwCore(aTriple(WINDOWS).facts, '0.16.0', shared)?.files ?? {};
  const define = '#define WIN32_LEAN_AND_MEAN\n#define __IMMINTRIN_H\n#define __X86INTRIN_H\n';
  expect(files['crt/crtexe.c']).toBe(`${define}#include "../../../../origin/libc/mingw/crt/crtexe.c"\n`);
  expect(files['libsrc/ws2tcpip/gai_strerrorA.c']).toBe(`${define}#include "../../../../../origin/libc/mingw/libsrc/ws2tcpip/gai_strerrorA.c"\n`);
});

describe('a link for Windows', () => {
  test('is made with it', () => {
    const { argv, env, stderr, status } = link(['a.o', '-o', 'a.exe']);
    expect([argv, env['ZIG_LIB_DIR'], stderr, status]).toEqual([['cc', '-target', 'x86_64-windows-gnu', NO_CHECKS, 'a.o', '-o', 'a.exe', '-lcompiler_rt'], CORE, '', 0]);
  });

  test('that asks for what is left out is made with all of the library, which is said', () => {
    const { argv, env, stderr, status } = link(['a.o'], { FAKE_CORE_SAYS: 'error: lld-link: undefined symbol: clock_gettime' });
    expect([argv?.slice(3), env['ZIG_LIB_DIR'], stderr, status]).toEqual([[NO_CHECKS, 'a.o', '-lcompiler_rt'], OWN, `${WHOLE_MINGW}\n`, 0]);
  });

  test('that asks for what is nowhere fails with what the whole link says', () => {
    const says = 'error: lld-link: undefined symbol: nowhere';
    expect(link(['a.o'], { FAKE_CORE_SAYS: says, FAKE_LINK_SAYS: says })).toMatchObject({ argv: undefined, stderr: `${says}\n`, status: 1 });
  });

  test.each(['error: lld-link: could not open a.o', "error: unable to find dynamic system library 'x'"])('that fails otherwise fails so, and is not tried again: %s', (says) => {
    expect(link(['a.o'], { FAKE_CORE_SAYS: says })).toMatchObject({ argv: undefined, stderr: `${says}\n`, status: 1 });
  });

  test.each([[['-c', 'a.c']], [['a.c', '-o', 'a.exe']], [['-fsanitize=undefined', 'a.o']]])('of %j is no such link', (words) => {
    expect(link(words).env['ZIG_LIB_DIR']).toBe(OWN);
  });

  test('is made with all of the library where the part was not made', () => {
    expect(nothingMade.run('clang', ['a.o']).env['ZIG_LIB_DIR']).toBe(OWN);
  });
});
