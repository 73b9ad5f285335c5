import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { aTool, aTriple } from '../testkit/builders.js';
import { aTempFolder } from '../testkit/temp.js';
import { MUSL, aStdContext, aToolchain, installStd, write } from '../testkit/toolchains.js';
import { ensureStartFiles, linkInputs } from './start-files.js';
import { cachedSysroot } from './std-sysroot.js';

const root = aTempFolder('start-files');
let count = 0;
const aFolder = (): string => join(root, `it's place ${count++}`);
const MUSL_FILES = ['crt1.o', 'crti.o', 'crtn.o', 'crtbegin.o', 'crtend.o', 'crtbeginS.o', 'crtendS.o', 'libc.a', 'libunwind.a'];
const ZIG = aTool('/opt/zig/zig', '0.16.0');

/** Stands for zig: tells of a link, and writes what it is told to write. */
const zigWith = (folder: string, names: readonly string[]) => ({
  capture: (line: string, { cwd = '' }: { readonly cwd?: string }) => {
    const paths = names.map((name) => join(folder, 'zig-cache', name));
    for (const path of paths) write(path, path);
    const output = /-o (\S+)$/.exec(line)?.[1] ?? (line.includes('ar qcLS') ? 'done/libc.a' : undefined);
    if (output !== undefined) {
      mkdirSync(dirname(join(cwd, output)), { recursive: true });
      writeFileSync(join(cwd, output), line);
    }
    return { stderr: `ld.lld -o other /elsewhere/crt1.o\nld.lld --as-needed -o main ${paths.join(' ')}\n` };
  },
});

describe('start files', () => {
  test.each(['aarch64-unknown-linux-gnu', 'wasm32-unknown-unknown', 'x86_64-pc-windows-gnu'])('are nothing that %s needs', async (triple) => {
    const folder = aFolder();
    const context = aStdContext(folder, aToolchain(folder));
    expect(await ensureStartFiles(context, aTriple(triple), undefined)).toEqual({ ok: true, value: undefined });
    expect(context.system.ran).toEqual([]);
  });

  test('of an installed std are used as they are', async () => {
    const folder = aFolder();
    const toolchain = aToolchain(folder, { installed: [MUSL] });
    for (const name of MUSL_FILES) write(join(toolchain.sysroot, 'lib/rustlib', MUSL, 'lib/self-contained', name), '');
    const context = aStdContext(folder, toolchain);
    expect(await ensureStartFiles(context, aTriple(MUSL), ZIG)).toMatchObject({ ok: true });
    expect(context.system.ran).toEqual([]);
  });

  test('that an installed std has not are never written into the toolchain', async () => {
    const folder = aFolder();
    const toolchain = aToolchain(folder, { installed: [MUSL] });
    const result = await ensureStartFiles(aStdContext(folder, toolchain), aTriple(MUSL), ZIG);
    expect(result).toMatchObject({ ok: false, failures: [{ code: 'start-files-missing', triple: MUSL, missing: MUSL_FILES.toSorted(byStart) }] });
    expect(existsSync(join(toolchain.sysroot, 'lib/rustlib', MUSL, 'lib/self-contained'))).toBe(false);
  });

  test('of a std that was built here need zig, and the failure says what else would do', async () => {
    const folder = aFolder();
    const result = await ensureStartFiles(aStdContext(folder, aToolchain(folder)), aTriple(MUSL), undefined);
    expect(result).toMatchObject({
      ok: false,
      failures: [{ code: 'start-files-missing', tried: ['zig, which could make them, was not found'], commands: expect.arrayContaining([`rustup target add ${MUSL}`]) }],
    });
  });

  test("are taken from zig's own link, once", async () => {
    const folder = aFolder();
    const toolchain = aToolchain(folder);
    const sysroot = cachedSysroot(join(folder, 'cache'), toolchain);
    installStd(sysroot.root, MUSL);
    const context = aStdContext(folder, toolchain, zigWith(folder, ['crt1.o', 'libunwind.a', 'libc.a', 'libzigc.a', 'libcompiler_rt.a']));
    expect(await ensureStartFiles(context, aTriple(MUSL), ZIG)).toEqual({ ok: true, value: undefined });
    const made = join(sysroot.libOf(MUSL), 'self-contained');
    for (const name of MUSL_FILES) expect(existsSync(join(made, name))).toBe(true);
    expect(readFileSync(join(made, 'crt1.o'), 'utf8')).toBe(join(folder, 'zig-cache/crt1.o'));
    expect(readFileSync(join(made, 'libc.a'), 'utf8')).toMatch(/^zig ar qcLS done\/libc\.a .+\/libc\.a .+\/libzigc\.a .+\/libcompiler_rt\.a$/);
    expect(context.told).toEqual([expect.stringContaining('with zig 0.16.0, once')]);
    const { length } = context.system.ran;
    await ensureStartFiles(context, aTriple(MUSL), ZIG);
    expect(context.system.ran).toHaveLength(length);
  });

  test('that zig does not make are told in its own words, and nothing is left behind', async () => {
    const folder = aFolder();
    const toolchain = aToolchain(folder);
    const sysroot = cachedSysroot(join(folder, 'cache'), toolchain);
    installStd(sysroot.root, MUSL);
    const context = aStdContext(folder, toolchain, { capture: () => ({ exitCode: 1, stderr: 'note: x\nerror: unable to build musl\n' }) });
    expect(await ensureStartFiles(context, aTriple(MUSL), ZIG)).toMatchObject({ ok: false, failures: [{ tried: ['zig cc: error: unable to build musl'] }] });
    expect(existsSync(join(sysroot.libOf(MUSL), 'self-contained'))).toBe(false);
  });
});

const byStart = (a: string, b: string): number => MUSL_FILES.indexOf(a) - MUSL_FILES.indexOf(b);

test.each([
  ['ld.lld -o h /c/o/1/crt1.o /c/o/2/h.o --as-needed /c/o/3/libunwind.a\n', ['/c/o/1/crt1.o', '/c/o/2/h.o', '/c/o/3/libunwind.a']],
  ['ld.lld -r /first.o\nwarning: x\nwasm-ld --export-memory /c/crt1-command.o /c/libc.a\n', ['/c/crt1-command.o', '/c/libc.a']],
  ['ld.lld -o main /my home/c/crt1.o main.o /my home/c/libc.a\n', ['/my home/c/crt1.o', '/my home/c/libc.a']],
  ['error: no link\n', []],
])('of %j the linked files are %j', (printed, files) => {
  expect(linkInputs(printed)).toEqual(files);
});
