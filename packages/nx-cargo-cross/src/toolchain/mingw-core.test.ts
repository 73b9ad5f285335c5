import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { MingwCore } from '../backend/zig/mingw-core.js';
import { aTool } from '../testkit/builders.js';
import type { FakeAnswers } from '../testkit/fake-system.js';
import { aTempFolder } from '../testkit/temp.js';
import { aStdContext, aToolchain, write } from '../testkit/toolchains.js';
import { ensureMingwCore, mingwDigest } from './mingw-core.js';

const WINDOWS = 'x86_64-pc-windows-gnu';
const FILES = { 'std/std.zig': 'std', 'include/stddef.h': 'stddef', 'libc/include/windows.h': 'windows', 'libc/mingw/crt/crtexe.c': 'start', 'libc/mingw/misc/sleep.c': 'sleep', 'libc/mingw/misc/alarm.c': 'alarm', 'libc/mingw/lib-common/x.def': 'x' };
const root = aTempFolder('mingw core');
let count = 0;

/** A library folder of zig, and what is to be made of it. */
async function aPlace(answers: FakeAnswers = {}) {
  const folder = join(root, `it's place ${count++}`);
  const library = aLibrary(join(folder, 'checkout', 'lib'));
  const core: MingwCore = { folder: join(folder, 'shared', 'core'), digest: await mingwDigest(library), files: { 'misc/sleep.c': '' } };
  const context = aStdContext(folder, aToolchain(folder), answers);
  const ensure = (zig = zigWith(library), wanted: MingwCore | undefined = core) => ensureMingwCore(context, WINDOWS, wanted, zig);
  const made = (path: string): string => readFileSync(join(core.folder, 'lib', path), 'utf8');
  return { folder, library, core, context, ensure, made };
}

function aLibrary(library: string): string {
  for (const [path, text] of Object.entries(FILES)) write(join(library, path), text);
  return library;
}

const zigWith = (library: string) => aTool('/opt/zig/zig', '0.16.0', { ZIG_LIB_DIR: library });
const MADE = { ok: true, value: true };
const DONE = { ok: true, value: false };

describe("a library folder with a part of zig's mingw", () => {
  test("holds all of zig's, but for what is left out", async () => {
    const { ensure, made, core } = await aPlace();
    expect(await ensure()).toEqual(MADE);
    expect(Object.fromEntries(Object.keys(FILES).map((path) => [path, made(path)]))).toEqual({ ...FILES, 'libc/mingw/misc/sleep.c': '' });
    expect(existsSync(`${core.folder}.lock`)).toBe(false);
  });

  test('is made once', async () => {
    const { ensure, made, library } = await aPlace();
    await ensure();
    write(join(library, 'added later'), '');
    expect(await ensure()).toEqual(DONE);
    expect(() => made('added later')).toThrow();
  });

  test('is led to another folder of the same zig where the one that it was made of is gone', async () => {
    const { ensure, made, library, folder } = await aPlace();
    await ensure();
    renameSync(join(folder, 'checkout'), join(folder, 'moved away'));
    expect(existsSync(library)).toBe(false);
    const other = aLibrary(join(folder, 'another checkout', 'lib'));
    writeFileSync(join(other, 'std', 'std.zig'), 'of the other');
    expect(await ensure(zigWith(other))).toEqual(MADE);
    expect([made('std/std.zig'), made('libc/mingw/crt/crtexe.c'), made('libc/mingw/misc/sleep.c')]).toEqual(['of the other', 'start', '']);
  });

  test('is not made of sources that nobody looked at', async () => {
    const { ensure, core, library } = await aPlace();
    write(join(library, 'libc/mingw/misc/alarm.c'), 'changed');
    expect(await ensure()).toEqual(DONE);
    expect(existsSync(core.folder)).toBe(false);
  });

  test('is not made where none is wanted', async () => {
    const { context, core, library } = await aPlace();
    expect(await ensureMingwCore(context, WINDOWS, undefined, zigWith(library))).toEqual(DONE);
    expect([existsSync(core.folder), context.system.ran]).toEqual([false, []]);
  });

  test('is made of the folder that zig itself names, where nothing else does', async () => {
    let says = '';
    const { ensure, made, context, library } = await aPlace({ capture: () => ({ stdout: says }) });
    says = `.{\n    .zig_exe = "/opt/zig/zig",\n    .lib_dir = "${library}",\n    .std_dir = "${library}/std",\n}\n`;
    expect(await ensure(aTool('/opt/zig/zig', '0.16.0'))).toEqual(MADE);
    expect([context.system.ran, made('std/std.zig')]).toEqual([['zig env'], 'std']);
  });

  test('fails with the place where it cannot be written', async () => {
    const { ensure, core, folder } = await aPlace();
    write(join(folder, 'shared', 'a file'), '');
    const result = await ensure(undefined, { ...core, folder: join(folder, 'shared', 'a file', 'core') });
    expect(result).toMatchObject({ ok: false, failures: [{ code: 'cache-unwritable', directory: join(folder, 'cache') }] });
  });
});
