import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Captured } from '../system/process.js';
import { aSystem, type FakeAnswers } from '../testkit/fake-system.js';
import { aTempFolder } from '../testkit/temp.js';
import { parseVerboseVersion, readToolchain } from './identity.js';

const RUSTUP = `rustc 1.95.0 (59807616e 2026-04-14)
binary: rustc
commit-hash: 59807616e1fa2540724bfbac14d7976d7e4a3860
commit-date: 2026-04-14
host: x86_64-unknown-linux-gnu
release: 1.95.0
LLVM version: 22.1.2
`;
const DEBIAN = `rustc 1.63.0
binary: rustc
commit-hash: unknown
commit-date: unknown
host: x86_64-unknown-linux-gnu
release: 1.63.0
LLVM version: 14.0.6
`;

const folder = aTempFolder('identity');
const sysroot = join(folder, 'toolchains', '1.95.0-x86_64-unknown-linux-gnu');
mkdirSync(join(sysroot, 'bin'), { recursive: true });
writeFileSync(join(sysroot, 'bin', process.platform === 'win32' ? 'rustc.exe' : 'rustc'), '');

const onPath = { cargo: '/home/me/.cargo/bin/cargo', rustc: '/home/me/.cargo/bin/rustc' };
const answering = (version: string, root: string): FakeAnswers => ({ onPath, capture: (command) => ({ stdout: command.endsWith('-vV') ? version : root }) });

describe("rustc's own words", () => {
  test("of rustup's toolchains are read", () => {
    expect(parseVerboseVersion(RUSTUP)).toEqual({
      label: 'rustc 1.95.0 (59807616e 2026-04-14)',
      release: '1.95.0',
      host: 'x86_64-unknown-linux-gnu',
      commit: '59807616e1fa2540724bfbac14d7976d7e4a3860',
    });
  });

  test('of a distribution know no commit', () => {
    expect(parseVerboseVersion(DEBIAN)).toEqual({ label: 'rustc 1.63.0', release: '1.63.0', host: 'x86_64-unknown-linux-gnu', commit: '' });
    expect(parseVerboseVersion(DEBIAN.replace(/commit-.*\n/g, ''))?.commit).toBe('');
  });

  test.each([
    ['nothing', ''],
    ['a line alone', 'rustc 1.95.0'],
    ['no host', RUSTUP.replace(/host.*\n/, '')],
    ['no release', RUSTUP.replace(/release.*\n/, '')],
    ['an empty first line', `\n${RUSTUP}`],
  ])('that hold %s are not understood', (_, text) => {
    expect(parseVerboseVersion(text)).toBeUndefined();
  });
});

describe('the toolchain of a folder', () => {
  test('is what rustc says there, with its own rustc behind the proxy', async () => {
    const asked: (string | undefined)[] = [];
    const system = aSystem({
      onPath,
      capture(command, { cwd }) {
        asked.push(cwd);
        return { stdout: command.endsWith('-vV') ? RUSTUP : `${sysroot}\n` };
      },
    });
    expect(await readToolchain(system, '/ws/rust', system.env)).toEqual({
      ok: true,
      value: {
        cargo: onPath.cargo,
        rustc: onPath.rustc,
        realRustc: join(sysroot, 'bin', 'rustc'),
        sysroot,
        release: '1.95.0',
        commit: '59807616e1fa2540724bfbac14d7976d7e4a3860',
        host: 'x86_64-unknown-linux-gnu',
        label: 'rustc 1.95.0 (59807616e 2026-04-14)',
        rustupName: '1.95.0-x86_64-unknown-linux-gnu',
      },
    });
    expect(new Set(asked)).toEqual(new Set(['/ws/rust']));
  });

  describe('is asked', () => {
    const proxy = '/home/me/.cargo/bin/rustup';
    const behind = '/home/me/.rustup/toolchains/stable/bin/rustc';

    test.each<readonly [string, { readonly links?: Record<string, string>; readonly which?: Partial<Captured>; readonly root: string; readonly ran: readonly string[] }]>([
      ['once, of the rustc that rustup would start', { links: { [onPath.rustc]: proxy }, root: '/home/me/.rustup/toolchains/stable', ran: ['rustup which rustc', 'once: rustc -vV', 'once: rustc --print sysroot'] }],
      ['once, of a linked one', { links: { [onPath.rustc]: proxy, [behind]: '/usr/bin/rustc' }, root: '/usr', ran: ['rustup which rustc', 'once: rustc -vV', 'once: rustc --print sysroot'] }],
      ['once, where there is no rustup', { links: { [onPath.rustc]: '/usr/bin/rustc' }, root: '/usr', ran: ['once: rustc -vV', 'once: rustc --print sysroot'] }],
      ['every time, of a program that speaks for it', { root: '/usr', ran: ['once: rustc -vV', 'once: rustc --print sysroot', 'rustc -vV', 'rustc --print sysroot'] }],
      ['by the proxy, where rustup complains', { links: { [onPath.rustc]: proxy }, which: { exitCode: 1, stderr: 'error' }, root: '/usr', ran: ['rustup which rustc', 'rustc -vV', 'rustc --print sysroot'] }],
    ])('%s', async (_, { links = {}, which = { stdout: `${behind}\n` }, root, ran }) => {
      const system = aSystem({ onPath, links, capture: (line) => (line === 'rustup which rustc' ? which : { stdout: line.endsWith('-vV') ? RUSTUP : `${root}\n` }) });
      expect(await readToolchain(system, '/ws', system.env)).toMatchObject({ ok: true, value: { rustc: onPath.rustc, sysroot: root, release: '1.95.0' } });
      expect(system.ran).toEqual(ran);
    });
  });

  test('goes by RUSTC, if the user set it', async () => {
    const system = aSystem({ ...answering(RUSTUP, '/no/sysroot'), env: { RUSTC: '/mine/my-rustc' } });
    expect(await readToolchain(system, '/ws', system.env)).toMatchObject({ ok: true, value: { rustc: '/mine/my-rustc', realRustc: '/mine/my-rustc' } });
    expect(system.ran).toContain('my-rustc -vV');
  });

  test.each([
    ['/home/me/.rustup/toolchains/stable-x86_64-unknown-linux-gnu', 'stable-x86_64-unknown-linux-gnu'],
    // A linked toolchain: rustup cannot add to it.
    ['/usr', undefined],
    ['/opt/my-toolchains/rust', undefined],
    ['/home/me/rust/build/host/stage1', undefined],
  ])('in %s is known to rustup as %s', async (root, name) => {
    const system = aSystem({ ...answering(RUSTUP, root), env: { RUSTUP_TOOLCHAIN: 'debian' } });
    expect(await readToolchain(system, '/ws', system.env)).toMatchObject({ ok: true, value: { rustupName: name } });
  });

  test.each([
    ['cargo', { rustc: '/bin/rustc' }, ['the PATH']],
    ['rustc', { cargo: '/bin/cargo' }, ['the PATH', '$RUSTC']],
  ])('without %s is told what to install', async (tool, tools, searched) => {
    const system = aSystem({ onPath: tools as Record<string, string> });
    expect(await readToolchain(system, '/ws', system.env)).toMatchObject({ ok: false, failures: [{ code: 'tool-missing', tool, searched, install: expect.stringContaining('sh.rustup.rs | sh\n') }] });
    expect(system.ran).toEqual([]);
  });

  test('whose toolchain is not installed names the command that installs that one', async () => {
    const system = aSystem({ onPath, capture: () => ({ exitCode: 1, stderr: "error: toolchain '1.70.0-x86_64-unknown-linux-gnu' is not installed\n" }) });
    expect(await readToolchain(system, '/ws', system.env)).toMatchObject({ failures: [{ install: 'rustup toolchain install 1.70.0-x86_64-unknown-linux-gnu' }] });
  });

  test.each<readonly [string, FakeAnswers['capture'], string]>([
    ['does not start', () => ({ exitCode: undefined, spawnError: 'spawn EACCES' }), 'spawn EACCES'],
    ['ends with an error', () => ({ exitCode: 1, stderr: "error: toolchain 'x' is not installed\n" }), "error: toolchain 'x' is not installed"],
    ['ends with an error and a stack', () => ({ exitCode: 1, stderr: "error: toolchain 'x' is not installed\n\nStack backtrace:\n   0: anyhow::error\n" }), "error: toolchain 'x' is not installed"],
    ['ends with an error and no word', () => ({ exitCode: 3 }), 'exit code 3'],
    ['is no rustc', () => ({ stdout: 'hello' }), 'exit code 0'],
    ['knows no sysroot', (command) => (command.endsWith('-vV') ? { stdout: RUSTUP } : { exitCode: 1, stderr: 'no sysroot' }), 'no sysroot'],
  ])('whose rustc %s is broken, in its own words', async (_, capture, message) => {
    const system = aSystem({ onPath, ...(capture ? { capture } : {}) });
    expect(await readToolchain(system, '/ws', system.env)).toMatchObject({ ok: false, failures: [{ code: 'tool-broken', tool: 'rustc', path: onPath.rustc, message }] });
  });
});
