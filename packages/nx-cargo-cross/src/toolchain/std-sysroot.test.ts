import { mkdirSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { aTempFolder } from '../testkit/temp.js';
import { HOST, MUSL, WASM, aToolchain, write } from '../testkit/toolchains.js';
import { cachedSysroot, linkInstalledStd } from './std-sysroot.js';

const root = aTempFolder('sysroot');
let count = 0;
const aFolder = (): string => join(root, `place ${count++}`);
const toolchain = aToolchain(aFolder());

describe('the cached sysroot', () => {
  test('says for people which rustc it is for', () => {
    expect(cachedSysroot('/cache', toolchain).root).toMatch(/^\/cache\/std\/1\.96\.0-x86_64-unknown-linux-gnu-[0-9a-f]{12}$/);
  });

  test('is the same for the same toolchain', () => {
    expect(cachedSysroot('/cache', { ...toolchain, cargo: '/other', rustc: '/other', rustupName: undefined }).root).toBe(cachedSysroot('/cache', toolchain).root);
  });

  test.each([{ commit: 'other' }, { label: 'rustc 1.96.0 (rebuilt)' }, { sysroot: '/usr' }, { release: '1.97.0' }, { host: 'aarch64-apple-darwin' }])('is another for %j', (more) => {
    expect(cachedSysroot('/cache', { ...toolchain, ...more }).root).not.toBe(cachedSysroot('/cache', toolchain).root);
  });

  test('holds wrapper and libraries where rustc looks for them', () => {
    const sysroot = cachedSysroot('/cache', toolchain);
    expect(sysroot.rustc).toBe(`${sysroot.root}/rustc`);
    expect(sysroot.libOf('x')).toBe(`${sysroot.root}/lib/rustlib/x/lib`);
  });
});

describe('what is installed', () => {
  test('is linked, but for the source and for folders that hold no libraries', async () => {
    const folder = aFolder();
    const installed = aToolchain(folder, { installed: [MUSL], source: true });
    mkdirSync(join(installed.sysroot, 'lib/rustlib/etc'), { recursive: true });
    const sysroot = cachedSysroot(join(folder, 'cache'), installed);
    await linkInstalledStd(installed, sysroot);
    expect(readdirSync(join(sysroot.root, 'lib/rustlib')).sort()).toEqual([MUSL, HOST].sort());
  });

  test('does not take the place of what was built, but that of a link to nowhere', async () => {
    const folder = aFolder();
    const installed = aToolchain(folder, { installed: [MUSL, WASM] });
    const sysroot = cachedSysroot(join(folder, 'cache'), installed);
    write(join(sysroot.libOf(MUSL), 'libstd-built.rlib'), '');
    symlinkSync('/no/such/toolchain', join(sysroot.root, 'lib/rustlib', WASM));
    await linkInstalledStd(installed, sysroot);
    expect(readdirSync(sysroot.libOf(MUSL))).toEqual(['libstd-built.rlib']);
    expect(readlinkSync(join(sysroot.root, 'lib/rustlib', WASM))).toBe(join(installed.sysroot, 'lib/rustlib', WASM));
  });
});
