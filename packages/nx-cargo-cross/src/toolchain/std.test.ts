import { chmodSync, existsSync, mkdirSync, readFileSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { aTempFolder } from '../testkit/temp.js';
import { HOST, MUSL, WASM, aStdContext, aToolchain, installStd, write } from '../testkit/toolchains.js';
import { ensureStd } from './std.js';
import { cachedSysroot } from './std-sysroot.js';

const root = aTempFolder('std');
let count = 0;
const aFolder = (): string => join(root, `it's place ${count++}`);

const NO_RUSTUP = { onPath: {} };
const RUSTUP_FAILS = { capture: () => ({ exitCode: 1, stderr: 'info: syncing\n  error: could not download file\nbacktrace\n' }) };

describe('std that is installed', () => {
  test('is used as it is: no command, no wrapper, no cache', async () => {
    const folder = aFolder();
    const context = aStdContext(folder, aToolchain(folder, { installed: [MUSL] }));
    expect(await ensureStd(context, [MUSL])).toEqual({ ok: true, value: { rustcWrapper: undefined, sysroot: undefined } });
    expect([context.system.ran, context.told, existsSync(join(folder, 'cache'))]).toEqual([[], [], false]);
  });

  test('is not taken for it where only a folder is there', async () => {
    const folder = aFolder();
    const toolchain = aToolchain(folder);
    mkdirSync(join(toolchain.sysroot, 'lib/rustlib', MUSL, 'lib/self-contained'), { recursive: true });
    expect(await ensureStd(aStdContext(folder, toolchain, NO_RUSTUP), [MUSL])).toMatchObject({ ok: false });
  });
});

describe('std that was built before', () => {
  const cached = (folder: string, toolchain = aToolchain(folder, { installed: [WASM] })) => {
    const sysroot = cachedSysroot(join(folder, 'cache'), toolchain);
    write(join(sysroot.libOf(MUSL), 'libstd-1.rlib'), '');
    return { toolchain, sysroot };
  };

  test('is named to rustc by a wrapper, and no command is run', async () => {
    const folder = aFolder();
    const { toolchain, sysroot } = cached(folder);
    const context = aStdContext(folder, toolchain);
    expect(await ensureStd(context, [MUSL])).toEqual({ ok: true, value: { rustcWrapper: sysroot.rustc, sysroot: sysroot.root } });
    expect(context.system.ran).toEqual([]);
  });

  test('is found by a wrapper that hands on every word', async () => {
    const folder = aFolder();
    const { toolchain, sysroot } = cached(folder);
    write(toolchain.realRustc, '#!/bin/sh\nprintf "%s|" "$@"\n');
    chmodSync(toolchain.realRustc, 0o755);
    await ensureStd(aStdContext(folder, toolchain), [MUSL]);
    expect(spawnSync(sysroot.rustc, ['--crate-name', 'a b', "it's", ''], { encoding: 'utf8' }).stdout).toBe(`--sysroot|${sysroot.root}|--crate-name|a b|it's||`);
  });

  test('is named as the file system calls it: a link to the folder may be gone when others use the wrapper', async () => {
    const folder = aFolder();
    const { toolchain, sysroot } = cached(folder);
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    symlinkSync(join(folder, 'cache/std'), join(elsewhere, 'std'));
    const context = aStdContext(folder, toolchain);
    expect(await ensureStd({ ...context, system: { ...context.system, cacheFolder: elsewhere } }, [MUSL])).toEqual({ ok: true, value: { rustcWrapper: sysroot.rustc, sysroot: sysroot.root } });
  });

  test('comes with everything that is installed, so that one wrapper serves a whole call', async () => {
    const folder = aFolder();
    const { toolchain, sysroot } = cached(folder);
    await ensureStd(aStdContext(folder, toolchain), [MUSL, WASM]);
    for (const triple of [HOST, WASM]) expect(readlinkSync(join(sysroot.root, 'lib/rustlib', triple))).toBe(join(toolchain.sysroot, 'lib/rustlib', triple));
  });

  test('is found again without writing anything anew', async () => {
    const folder = aFolder();
    const { toolchain, sysroot } = cached(folder);
    await ensureStd(aStdContext(folder, toolchain), [MUSL]);
    const before = statSync(sysroot.rustc);
    await ensureStd(aStdContext(folder, toolchain), [MUSL]);
    expect(statSync(sysroot.rustc).ino).toBe(before.ino);
  });

  test('by another rustc is not taken', async () => {
    const folder = aFolder();
    cached(folder);
    const other = aToolchain(folder, { commit: 'other', rustupName: undefined });
    expect(await ensureStd(aStdContext(folder, other, NO_RUSTUP), [MUSL])).toMatchObject({ ok: false });
  });
});

describe('std that rustup can install', () => {
  test('is installed for the very toolchain that builds, all triples at once', async () => {
    const folder = aFolder();
    const toolchain = aToolchain(folder);
    const context = aStdContext(folder, toolchain, {
      capture() {
        for (const triple of [MUSL, WASM]) installStd(toolchain.sysroot, triple);
        return {};
      },
    });
    expect(await ensureStd(context, [MUSL, WASM])).toEqual({ ok: true, value: { rustcWrapper: undefined, sysroot: undefined } });
    expect(context.system.ran).toEqual([`rustup target add --toolchain 1.96.0-x86_64-unknown-linux-gnu ${MUSL} ${WASM}`]);
    expect(context.told).toEqual([`installing std for ${MUSL}, ${WASM} with rustup`]);
  });

  test('is asked for only where it lacks', async () => {
    const folder = aFolder();
    const toolchain = aToolchain(folder, { installed: [WASM] });
    const context = aStdContext(folder, toolchain, {
      capture() {
        installStd(toolchain.sysroot, MUSL);
        return {};
      },
    });
    await ensureStd(context, [WASM, MUSL]);
    expect(context.system.ran).toEqual([`rustup target add --toolchain 1.96.0-x86_64-unknown-linux-gnu ${MUSL}`]);
  });

  test('goes with what was built before', async () => {
    const folder = aFolder();
    const toolchain = aToolchain(folder);
    const sysroot = cachedSysroot(join(folder, 'cache'), toolchain);
    write(join(sysroot.libOf(MUSL), 'libstd-1.rlib'), '');
    const context = aStdContext(folder, toolchain, {
      capture() {
        installStd(toolchain.sysroot, WASM);
        return {};
      },
    });
    expect(await ensureStd(context, [MUSL, WASM])).toEqual({ ok: true, value: { rustcWrapper: sysroot.rustc, sysroot: sysroot.root } });
  });

  test('waits for another who runs rustup, and says so', async () => {
    const folder = aFolder();
    const toolchain = aToolchain(folder);
    const lock = join(folder, 'cache', 'rustup.lock');
    write(lock, JSON.stringify({ pid: process.pid, host: hostname(), started: '', what: 'running rustup target add x' }));
    const context = aStdContext(folder, toolchain, {
      capture() {
        installStd(toolchain.sysroot, MUSL);
        return {};
      },
    });
    const told: string[] = [];
    const onProgress = (what: string): void => {
      told.push(what);
      if (what.startsWith('waiting')) rmSync(lock);
    };
    expect(await ensureStd({ ...context, onProgress }, [MUSL])).toMatchObject({ ok: true });
    expect(told[1]).toBe(`waiting for process ${process.pid}, which is running rustup target add x`);
  });
});

describe('std that cannot be had', () => {
  test('is told with all that was tried, and a command for each way', async () => {
    const folder = aFolder();
    const toolchain = aToolchain(folder);
    expect(await ensureStd(aStdContext(folder, toolchain, RUSTUP_FAILS), [MUSL, WASM])).toMatchObject({
      ok: false,
      failures: [MUSL, WASM].map((triple) => ({
        code: 'std-missing',
        triple,
        toolchain: toolchain.label,
        tried: [
          `rustup target add --toolchain 1.96.0-x86_64-unknown-linux-gnu ${MUSL} ${WASM}: error: could not download file`,
          `std's source is not there either: ${toolchain.sysroot}/lib/rustlib/src/rust/library`,
        ],
        commands: expect.arrayContaining([`rustup target add ${triple} --toolchain 1.96.0-x86_64-unknown-linux-gnu`]),
      })),
    });
  });

  test.each([
    ['no rustup', NO_RUSTUP, {}, 'rustup is not on the PATH'],
    ["a toolchain that is not rustup's", {}, { rustupName: undefined }, 'the toolchain is not one that rustup manages'],
    ['a rustup that does not start', { capture: () => ({ exitCode: undefined, spawnError: 'spawn EACCES' }) }, {}, /rustup target add .*: spawn EACCES$/],
    ['a rustup that takes too long', { capture: () => ({ exitCode: undefined, signal: 'time limit' }) }, {}, /rustup target add .*: time limit$/],
    ['a rustup without words', { capture: () => ({ exitCode: 7 }) }, {}, /rustup target add .*: exit code 7$/],
    ['a rustup that says other things', { capture: () => ({ exitCode: 7, stderr: '\nno space left\nat all\n' }) }, {}, /rustup target add .*: no space left$/],
    ['a rustup that did nothing', { capture: () => ({}) }, {}, /rustup target add .*: done$/],
  ])('says so of %s', async (_, answers, more, tried) => {
    const folder = aFolder();
    const result = await ensureStd(aStdContext(folder, aToolchain(folder, more), answers), [MUSL]);
    expect(!result.ok && result.failures[0]).toMatchObject({ code: 'std-missing', tried: [typeof tried === 'string' ? tried : expect.stringMatching(tried), expect.anything()] });
  });

  test('because nothing can be kept is no bug of ours', async () => {
    const folder = aFolder();
    write(join(folder, 'cache'), 'a file');
    const result = await ensureStd(aStdContext(folder, aToolchain(folder), NO_RUSTUP), [MUSL]);
    expect(result).toMatchObject({ ok: false, failures: [{ code: 'cache-unwritable', directory: join(folder, 'cache'), cause: expect.stringMatching(/ENOTDIR|EEXIST/) }] });
  });
});

test('the wrapper is a script that may be run', async () => {
  const folder = aFolder();
  const toolchain = aToolchain(folder);
  const sysroot = cachedSysroot(join(folder, 'cache'), toolchain);
  write(join(sysroot.libOf(MUSL), 'libstd-1.rlib'), '');
  writeFileSync(sysroot.rustc, 'of an older version');
  await ensureStd(aStdContext(folder, toolchain), [MUSL]);
  expect(readFileSync(sysroot.rustc, 'utf8').split('\n')[0]).toBe('#!/bin/sh');
  expect(statSync(sysroot.rustc).mode % 0o1000).toBe(0o755);
});
