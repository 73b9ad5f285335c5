/** Building for Linux on a Mac: nothing of the plan may be of a Linux machine. */
import { describe, expect, test } from '@jest/globals';
import { backendOf } from '../backend/registry.js';
import type { FoundTools } from '../backend/contract.js';
import type { BackendId } from '../config/backend-id.js';
import type { PlatformBuild } from '../config/resolved.js';
import type { Failure } from '../diagnostics/failure.js';
import { describe as explain } from '../diagnostics/describe.js';
import { aProbe, aRequest, aTool, aTriple, MAC } from '../testkit/builders.js';
import { planBuild, type PlannedBuild } from './plan.js';

const BREW = '/opt/homebrew/bin';
const HOST = { ...MAC, sysroot: '/Users/me/.rustup/toolchains/stable-aarch64-apple-darwin' };
const gccTools = (prefix: string, answers?: Readonly<Record<string, string>>): FoundTools => ({
  cc: { ...aTool(`${BREW}/${prefix}-gcc`, '13.3.0'), ...(answers ? { answers } : {}) },
  cxx: aTool(`${BREW}/${prefix}-g++`, ''),
  ar: aTool(`${BREW}/${prefix}-ar`, ''),
  ranlib: aTool(`${BREW}/${prefix}-ranlib`, ''),
});
const CELLAR = '/opt/homebrew/Cellar/x86_64-unknown-linux-gnu/13.3.0/toolchain';
const GLIBC = { libc: `${CELLAR}/sysroot/usr/lib/`, gcc: `${CELLAR}/lib/gcc/x/13.3.0/`, folders: `${CELLAR}/lib/:/lib/`, glibc: '17' };
const ZIG: FoundTools = { zig: aTool('/Users/me/ws/node_modules/@zigc/darwin-arm64/bin/zig') };
const LLD: FoundTools = { lld: aTool(`${HOST.sysroot}/lib/rustlib/aarch64-apple-darwin/bin/rust-lld`, '21.1.8') };

function plan(platform: string, id: BackendId, tools: FoundTools, build: Partial<PlatformBuild> = {}) {
  return planBuild(aRequest(platform, { build: { backend: { id, reason: 'asked for' }, ...build } }), aProbe({ host: HOST, tools, workspaceRoot: '/Users/me/ws', env: { PATH: BREW }, targetDir: '/Users/me/ws/target', shared: { path: '/Users/me/Library/Caches/nx-cargo-cross/shared', nameOf: () => 'named' } }));
}

function planned(...args: Parameters<typeof plan>): PlannedBuild {
  const result = plan(...args);
  if (!result.ok) throw new Error(result.failures.map(({ code }) => code).join());
  return result.value;
}

const CELLS: readonly (readonly [string, BackendId, FoundTools, Partial<PlatformBuild>])[] = [
  ['x86_64-linux', 'zig', ZIG, {}],
  ['x86_64-linux.2.17', 'zig', ZIG, {}],
  ['x86_64-linux', 'gcc', gccTools('x86_64-unknown-linux-gnu', GLIBC), {}],
  ['x86_64-linux', 'gcc', gccTools('x86_64-unknown-linux-gnu', GLIBC), { linkage: 'static' }],
  ['x86_64-linux', 'gcc', { ...gccTools('x86_64-unknown-linux-gnu', GLIBC), ld: aTool(`${BREW}/x86_64-unknown-linux-gnu-ld`, '') }, { driver: 'ld' }],
  ['x86_64-linux-musl', 'zig', ZIG, {}],
  ['x86_64-linux-musl', 'lld', LLD, {}],
  ['x86_64-linux-musl', 'gcc', gccTools('x86_64-linux-musl'), {}],
  ['wasm32-wasip1', 'lld', LLD, {}],
];

/** Folders that a Mac has not, or whose tools make programs for a Mac. */
const OF_LINUX = /(^|[\s='":])\/usr\/(bin|lib|include|x86_64|aarch64)|apt-get/;

describe('on a Mac', () => {
  test.each(CELLS)('%s by %s names nothing of a Linux machine', (platform, id, tools, build) => {
    const { calls, files } = planned(platform, id, tools, build);
    for (const { env, args } of calls) for (const word of [...env.map(({ value }) => value ?? ''), ...args]) expect(word).not.toMatch(OF_LINUX);
    for (const { text } of files) expect(text).not.toMatch(OF_LINUX);
  });

  test.each(CELLS.filter(([, id]) => id !== 'lld'))("%s by %s never archives with the Mac's own ar, whose archives no Linux linker reads", (platform, id, tools, build) => {
    const [call] = planned(platform, id, tools, build).calls;
    const ar = call?.env.find(({ name }) => name.startsWith('AR_'))?.value;
    expect(ar).toMatch(/^(\/Users\/me\/Library\/Caches\/|\/opt\/homebrew\/bin\/).*-ar$/);
  });

  test.each(CELLS)('%s by %s is linked by a tool that is named', (platform, id, tools, build) => {
    const [call] = planned(platform, id, tools, build).calls;
    expect(call?.env.find(({ name }) => name.endsWith('_LINKER'))?.value).toMatch(/^\/(Users|opt)\//);
  });

  test('a static glibc is linked by gcc, and refused by zig with the reason', () => {
    const [call] = planned('x86_64-linux', 'gcc', gccTools('x86_64-unknown-linux-gnu', GLIBC), { linkage: 'static' }).calls;
    expect(call?.args.join(' ')).toContain('-Ctarget-feature=+crt-static');
    expect(plan('x86_64-linux', 'zig', ZIG, { linkage: 'static' })).toMatchObject({ ok: false, failures: [{ code: 'linkage-impossible', help: expect.stringContaining('"gcc"') }] });
  });

  test.each([
    ['x86_64-unknown-linux-gnu', 'gcc'],
    ['x86_64-unknown-linux-musl', 'gcc'],
    ['x86_64-pc-windows-gnu', 'gcc'],
    ['x86_64-unknown-linux-musl', 'lld'],
    ['wasm32-wasip1', 'lld'],
  ] as const)('what %s needs with %s is installed as one does on a Mac', (triple, id) => {
    for (const { install, optional } of backendOf(id).needs(aTriple(triple), HOST)) if (optional !== true) expect(install).toMatch(/^brew install /);
  });

  test('a C library that is missing is not asked of apt', () => {
    const failed = plan('x86_64-linux', 'gcc', gccTools('x86_64-unknown-linux-gnu', {}));
    const failures: readonly Failure[] = failed.ok ? [] : failed.failures;
    expect(failures.map((failure) => explain(failure).help.join(' '))).toEqual([expect.stringMatching(/^(?!.*apt-get).*brew install /)]);
  });
});
