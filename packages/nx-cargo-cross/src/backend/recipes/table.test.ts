import { describe, expect, test } from '@jest/globals';
import type { UsedPackage } from '../../cargo/tree.js';
import type { BackendId } from '../../config/backend-id.js';
import { describe as inWords } from '../../diagnostics/describe.js';
import { LINUX, MAC, aTool, aTriple } from '../../testkit/builders.js';
import { knownTriples } from '../../platform/known.js';
import type { FoundTools, Host } from '../contract.js';
import { applyEnvEdits } from '../env-edit.js';
import { recipeEnv, recipeNeeds, recipeRefusals, wantsCertainty, type PlannedUse } from './recipe.js';
import { RECIPES, logPage } from './table.js';

type Using = Partial<UsedPackage> & { readonly name: string };
interface Case {
  readonly triple?: string;
  readonly backend?: BackendId;
  readonly host?: Host;
  readonly env?: Readonly<Record<string, string>>;
  readonly tools?: FoundTools;
  readonly compiles?: PlannedUse['compiles'];
}

const MUSL = 'aarch64-unknown-linux-musl';
const GNU = 'aarch64-unknown-linux-gnu';
const using = ({ name, ...more }: Using): UsedPackage => ({ name, version: '1.0.0', features: [], part: 'target', usedBy: ['app'], ...more });
const context = (packages: readonly Using[], { triple = MUSL, backend = 'zig', host = LINUX, env = {} }: Case = {}) => ({
  triple: aTriple(triple),
  host,
  backend,
  closure: packages.map(({ name, version = '1.0.0' }) => ({ name, version })),
  used: packages.map(using),
  env,
});
const envOf = (packages: readonly Using[], at: Case = {}) =>
  Object.fromEntries(applyEnvEdits(at.env ?? {}, recipeEnv(RECIPES, context(packages, at)), ':').map(({ name, value }) => [name, value]));
const needsOf = (packages: readonly Using[], at: Case = {}) => recipeNeeds(RECIPES, context(packages, at)).map(({ need, crate }) => `${need.key} for ${crate.replace(/^app, through /, '')}`);
const refusalsOf = (packages: readonly Using[], at: Case = {}) =>
  recipeRefusals(RECIPES, context(packages, at), { tools: at.tools ?? {}, compiles: at.compiles ?? { c: true, cxx: true }, platform: 'pi', wanted: 'app' }).map((failure) => {
    const { title, details, help } = inWords(failure);
    return [title, ...details, ...help].join('\n');
  });

const VENDORED = [{ name: 'openssl-sys', features: ['vendored'] }, { name: 'openssl-src', part: 'host', version: '300.6.1' }] as const;
const SYSTEM = [{ name: 'openssl-sys', version: '0.9.118' }] as const;

test('every recipe says why, and by what source', () => {
  for (const { id, why, source, crates } of RECIPES) {
    expect(id).toMatch(/^[a-z0-9-]+$/);
    expect([why, source].every((text) => text.length > 10)).toBe(true);
    expect(crates.length).toBeGreaterThan(0);
  }
  expect(new Set(RECIPES.map(({ id }) => id)).size).toBe(RECIPES.length);
});

describe('jemalloc', () => {
  test.each([
    ['aarch64-unknown-linux-gnu', '16'],
    ['aarch64-unknown-linux-musl', '16'],
    ['powerpc64le-unknown-linux-gnu', '16'],
    ['loongarch64-unknown-linux-gnu', '14'],
    ['aarch64-apple-darwin', '14'],
    ['aarch64-linux-android', '14'],
    ['x86_64-linux-android', '14'],
    ['aarch64-pc-windows-gnullvm', '12'],
    ['x86_64-unknown-linux-gnu', undefined],
    ['armv7-unknown-linux-gnueabihf', undefined],
    ['armv7-linux-androideabi', undefined],
  ])('on %s is made for pages of 2^%s bytes', (triple, page) => {
    const variable = `${triple.toUpperCase().replaceAll('-', '_')}_JEMALLOC_SYS_WITH_LG_PAGE`;
    expect(envOf([{ name: 'tikv-jemalloc-sys' }], { triple })[variable]).toBe(page);
    expect(logPage(aTriple(triple))).toBe(page === undefined ? undefined : Number(page));
  });

  test("is made for the user's own pages where they are said", () => {
    expect(envOf([{ name: 'jemalloc-sys' }], { env: { JEMALLOC_SYS_WITH_LG_PAGE: '12' } })).toEqual({ AARCH64_UNKNOWN_LINUX_MUSL_JEMALLOC_SYS_WITH_LG_PAGE: undefined });
  });

  test('needs make, and is refused where there is no compiler for configure', () => {
    expect(needsOf([{ name: 'tikv-jemalloc-sys', version: '0.7.1' }])).toEqual(['make for tikv-jemalloc-sys 0.7.1']);
    expect(refusalsOf([{ name: 'tikv-jemalloc-sys' }])).toEqual([]);
    expect(refusalsOf([{ name: 'tikv-jemalloc-sys' }], { triple: 'x86_64-pc-windows-msvc', backend: 'xwin' })[0]).toContain('target_env = "msvc"');
  });

  test('is built for macOS, with an SDK and without', () => {
    expect(refusalsOf([{ name: 'tikv-jemalloc-sys', version: '0.7.1+5.3.1' }], { triple: 'aarch64-apple-darwin' })).toEqual([]);
  });

  test.each(['x86_64-pc-windows-gnu', 'i686-pc-windows-gnu', 'aarch64-pc-windows-gnullvm'])('is an archive under the name that its crate asks for: %s', (triple) => {
    expect(envOf([{ name: 'tikv-jemalloc-sys' }], { triple })['GNUMAKEFLAGS']).toBe('A=a LIBPREFIX=lib');
    expect(refusalsOf([{ name: 'tikv-jemalloc-sys', version: '0.7.1+5.3.1' }], { triple })).toEqual([]);
    expect(envOf([{ name: 'tikv-jemalloc-sys' }], { triple: MUSL })['GNUMAKEFLAGS']).toBeUndefined();
  });
});

describe('variables', () => {
  test.each<readonly [string, Using, Case, Readonly<Record<string, string>>]>([
    ["zlib is the crate's own", { name: 'libz-sys' }, {}, { LIBZ_SYS_STATIC: '1' }],
    ["zlib is the machine's where the machine's compiler builds", { name: 'libz-sys' }, { backend: 'native' }, {}],
    ["AWS-LC is the crate's own", { name: 'aws-lc-sys' }, {}, { AWS_LC_SYS_USE_SYSTEM_aarch64_unknown_linux_musl: '0' }],
    [
      "AWS-LC for Windows has the crate's own assembled objects",
      { name: 'aws-lc-sys' },
      { triple: 'x86_64-pc-windows-gnu' },
      { AWS_LC_SYS_USE_SYSTEM_x86_64_pc_windows_gnu: '0', AWS_LC_SYS_PREBUILT_NASM_x86_64_pc_windows_gnu: '1' },
    ],
    ['a static program takes the archives of a prebuilt OpenSSL', SYSTEM[0], { env: { OPENSSL_DIR: '/o' } }, { AARCH64_UNKNOWN_LINUX_MUSL_OPENSSL_STATIC: '1' }],
    ['a dynamic one takes what is there', SYSTEM[0], { triple: GNU, env: { OPENSSL_DIR: '/o' } }, {}],
    ['a crate without a recipe asks for nothing', { name: 'serde' }, {}, {}],
  ])('%s', (_, crate, at, expected) => {
    expect(envOf([crate], at)).toEqual(expected);
  });

  test("are the user's where he set them", () => {
    expect(envOf([{ name: 'libz-sys' }], { env: { LIBZ_SYS_STATIC: '0' } })).toEqual({ LIBZ_SYS_STATIC: '0' });
    expect(envOf([{ name: 'aws-lc-sys' }], { env: { AWS_LC_SYS_SYSTEM_DIR: '/o' } })).toEqual({ AWS_LC_SYS_USE_SYSTEM_aarch64_unknown_linux_musl: undefined });
    expect(envOf(SYSTEM, { env: { OPENSSL_DIR: '/o', OPENSSL_STATIC: '0' } })).toEqual({ AARCH64_UNKNOWN_LINUX_MUSL_OPENSSL_STATIC: undefined });
  });

  test('are set for a crate that only may be there', () => {
    expect(recipeEnv(RECIPES, { ...context([]), closure: [{ name: 'libz-sys', version: '1.1.31' }], used: undefined }).map(({ name }) => name)).toEqual(['LIBZ_SYS_STATIC']);
    expect(recipeEnv(RECIPES, { ...context([]), closure: [{ name: 'libz-sys', version: '1.1.31' }] })).toEqual([]);
  });
});

describe('tools of the host', () => {
  test.each<readonly [string, readonly Using[], Case, readonly string[]]>([
    ['OpenSSL from source: perl and make', VENDORED, {}, ['perl for openssl-src 300.6.1', 'make for openssl-src 300.6.1']],
    ['a crate that runs cmake: cmake, and make for it', [{ name: 'cmake', part: 'host', usedBy: ['libz-ng-sys'] }], {}, ['cmake for libz-ng-sys, through cmake 1.0.0', 'make for libz-ng-sys, through cmake 1.0.0']],
    ['with another generator: cmake alone', [{ name: 'cmake', part: 'host' }], { env: { CMAKE_GENERATOR: 'Ninja' } }, ['cmake for cmake 1.0.0']],
    ['aws-lc-sys has cmake for cases that are not these', [{ name: 'cmake', part: 'host', usedBy: ['aws-lc-sys'] }, { name: 'aws-lc-sys' }], {}, []],
    ['aws-lc-sys with bindings made anew: cmake', [{ name: 'cmake', part: 'host', usedBy: ['aws-lc-sys'] }, { name: 'aws-lc-sys', features: ['bindgen'] }], {}, ['cmake for aws-lc-sys 1.0.0', 'make for aws-lc-sys 1.0.0']],
    ['bindgen: libclang', [{ name: 'clang-sys', part: 'host' }], {}, ['libclang for clang-sys 1.0.0']],
    ['bindgen whose libclang is named: nothing to look for', [{ name: 'clang-sys', part: 'host' }], { env: { LIBCLANG_PATH: '/l' } }, []],
    ['autotools: make', [{ name: 'autotools', part: 'host' }], {}, ['make for autotools 1.0.0']],
    ['OpenSSL that is there, with Debian’s compiler: its description and pkg-config', SYSTEM, { triple: GNU, backend: 'gcc' }, ['openssl.pc for openssl-sys 0.9.118', 'pkg-config for openssl-sys 0.9.118']],
    ['OpenSSL in a folder: nothing', SYSTEM, { triple: GNU, backend: 'gcc', env: { OPENSSL_DIR: '/o' } }, []],
    ['ring: nothing', [{ name: 'ring' }], {}, []],
  ])('for %s', (_, packages, at, expected) => {
    expect(needsOf(packages, at)).toEqual(expected);
  });

  test('are said to be needed by whom the user knows', () => {
    const crates = (packages: readonly Using[]) => recipeNeeds(RECIPES, context(packages)).map(({ crate }) => crate);
    expect(crates([{ name: 'clang-sys', part: 'host', usedBy: ['bindgen'] }])).toEqual(['bindgen, through clang-sys 1.0.0']);
    expect(crates([{ name: 'tikv-jemalloc-sys' }])).toEqual(['tikv-jemalloc-sys 1.0.0']);
  });

  test('are asked for only where cargo says that the crate is compiled', () => {
    const closure = [{ name: 'openssl-src', version: '300.6.1' }];
    expect(wantsCertainty(RECIPES, closure)).toBe(true);
    expect(wantsCertainty(RECIPES, [{ name: 'serde', version: '1.0.0' }, { name: 'libc', version: '1.0.0' }])).toBe(false);
    expect(recipeNeeds(RECIPES, { ...context([]), closure, used: undefined })).toEqual([]);
    expect(recipeNeeds(RECIPES, { ...context([]), closure })).toEqual([]);
  });

  test('have an install command of the machine that builds', () => {
    const commands = (host: Host) => recipeNeeds(RECIPES, context([...VENDORED, { name: 'cmake', part: 'host' }, { name: 'clang-sys', part: 'host' }], { host })).map(({ need }) => need.install);
    expect(commands(LINUX)).toEqual(['apt-get install perl', 'apt-get install make', 'apt-get install cmake', 'apt-get install libclang-dev']);
    expect(commands(MAC)).toEqual(['brew install perl', 'xcode-select --install', 'brew install cmake', 'brew install llvm']);
  });

  test.each([
    ['aarch64-unknown-linux-gnu', '/usr/lib/aarch64-linux-gnu/pkgconfig', 'arm64'],
    ['armv7-unknown-linux-gnueabihf', '/usr/lib/arm-linux-gnueabihf/pkgconfig', 'armhf'],
    ['i686-unknown-linux-gnu', '/usr/lib/i386-linux-gnu/pkgconfig', 'i386'],
    ['powerpc64le-unknown-linux-gnu', '/usr/lib/powerpc64le-linux-gnu/pkgconfig', 'ppc64el'],
    ['s390x-unknown-linux-gnu', '/usr/lib/s390x-linux-gnu/pkgconfig', 's390x'],
    ['riscv64gc-unknown-linux-gnu', '/usr/lib/riscv64-linux-gnu/pkgconfig', 'riscv64'],
  ])("Debian's OpenSSL for %s lies in %s", (triple, folder, architecture) => {
    const [openssl] = recipeNeeds(RECIPES, context(SYSTEM, { triple, backend: 'gcc' }));
    expect(openssl?.need).toMatchObject({ candidates: [{ at: { path: folder }, holds: 'openssl.pc' }], install: `apt-get install libssl-dev:${architecture}` });
  });
});

describe('what cannot work is said', () => {
  const pc = { 'openssl.pc': aTool('/usr/lib/aarch64-linux-gnu/pkgconfig', '') };
  const pkgConfig = { 'pkg-config': aTool('/usr/bin/pkg-config', '') };

  test.each<readonly [string, readonly Using[], Case, readonly RegExp[]]>([
    ['an OpenSSL that nobody names', SYSTEM, {}, [/openssl-sys 0\.9\.118 cannot be built for aarch64-unknown-linux-musl with backend "zig"/, /cargo add openssl --features vendored --package app/, /platform\.pi\.env\] with OPENSSL_DIR/]],
    ["an OpenSSL that nobody names, where Debian's could be taken", SYSTEM, { triple: GNU, backend: 'gcc' }, [/dpkg --add-architecture arm64 && apt-get update && apt-get install libssl-dev:arm64/]],
    ["Debian's OpenSSL without pkg-config", SYSTEM, { triple: GNU, backend: 'gcc', tools: pc }, [/pkg-config is not on the PATH/, /apt-get install pkg-config/]],
    ['half a folder of OpenSSL', SYSTEM, { env: { OPENSSL_LIB_DIR: '/o' } }, [/none is named/]],
    ['the vendored OpenSSL that the user switched off', VENDORED, { env: { OPENSSL_NO_VENDOR: '1' } }, [/openssl-sys .* none is named/s]],
    ['OpenSSL from source for msvc', VENDORED, { triple: 'x86_64-pc-windows-msvc', backend: 'xwin' }, [/nmake/, /OPENSSL_NO_VENDOR = "1"/, /rustls/]],
    ['OpenSSL from source for aarch64 Windows', VENDORED, { triple: 'aarch64-pc-windows-gnullvm' }, [/no configuration/]],
    ['C without a compiler', [{ name: 'ring', version: '0.17.14' }], { backend: 'lld', compiles: { c: false, cxx: false } }, [/ring 0\.17\.14.*backend "lld"/, /compiles C, /, /"aarch64-unknown-linux-musl": "zig"/]],
    ['C++ without a compiler', [{ name: 'cxx' }], { triple: GNU, backend: 'gcc', compiles: { c: true, cxx: false } }, [/no C\+\+ compiler for aarch64-unknown-linux-gnu/]],
    ['C for wasm', [{ name: 'zstd-sys' }], { triple: 'wasm32-wasip1', backend: 'lld', compiles: { c: false, cxx: false } }, [/target_family = "wasm"/, /CC_wasm32_wasip1=/]],
    ['SQLite from source without a compiler', [{ name: 'libsqlite3-sys', features: ['bundled'] }], { backend: 'lld', compiles: { c: false, cxx: false } }, [/libsqlite3-sys/]],
    ['a ring that is too old for the processor', [{ name: 'ring', version: '0.16.20' }], { triple: 'riscv64gc-unknown-linux-gnu' }, [/ring 0\.16 has no code for riscv64/, /cargo tree --invert ring@0\.16/]],
  ])('%s', (_, packages, at, expected) => {
    const said = refusalsOf(packages, at);
    expect(said).toHaveLength(1);
    for (const words of expected) expect(said[0]).toMatch(words);
  });

  test.each<readonly [string, readonly Using[], Case]>([
    ['OpenSSL from source', VENDORED, {}],
    ['OpenSSL from source, said twice not to be switched off', VENDORED, { env: { OPENSSL_NO_VENDOR: '0' } }],
    ['OpenSSL in a folder', SYSTEM, { env: { OPENSSL_DIR: '/o' } }],
    ['OpenSSL in a folder of the triple', SYSTEM, { env: { AARCH64_UNKNOWN_LINUX_MUSL_OPENSSL_LIB_DIR: '/o', AARCH64_UNKNOWN_LINUX_MUSL_OPENSSL_INCLUDE_DIR: '/i' } }],
    ["Debian's OpenSSL", SYSTEM, { triple: GNU, backend: 'gcc', tools: { ...pc, ...pkgConfig } }],
    ["the machine's own OpenSSL", SYSTEM, { triple: 'x86_64-unknown-linux-gnu', backend: 'native' }],
    ['an OpenSSL that the user shows to pkg-config', SYSTEM, { env: { TARGET_PKG_CONFIG_LIBDIR: '/p' } }],
    ['another library in the place of OpenSSL', [{ name: 'openssl-sys', features: ['aws-lc'] }], {}],
    ['OpenSSL from source for msvc, from elsewhere', VENDORED, { triple: 'x86_64-pc-windows-msvc', backend: 'xwin', env: { OPENSSL_NO_VENDOR: '1', OPENSSL_DIR: '/o' } }],
    ["C with a compiler of the user's own", [{ name: 'ring' }], { backend: 'lld', compiles: { c: false, cxx: false }, env: { CC_aarch64_unknown_linux_musl: 'cc' } }],
    ['C in a build script alone', [{ name: 'ring', part: 'host' }], { backend: 'lld', compiles: { c: false, cxx: false } }],
    ["SQLite that is not the crate's own", [{ name: 'libsqlite3-sys' }], { backend: 'lld', compiles: { c: false, cxx: false } }],
    ['a new ring', [{ name: 'ring', version: '0.17.14' }], { triple: 'riscv64gc-unknown-linux-gnu' }],
  ])('but not of %s', (_, packages, at) => {
    expect(refusalsOf(packages, at)).toEqual([]);
  });

  test('nothing is said of what only may be compiled', () => {
    expect(recipeRefusals(RECIPES, { ...context(SYSTEM), used: undefined }, { tools: {}, compiles: { c: false, cxx: false }, platform: 'pi', wanted: 'app' })).toEqual([]);
  });

  test.each(knownTriples().filter(({ libc }) => libc === 'musl' || libc === 'glibc' || libc === 'bionic').map(({ triple }) => triple))('openssl-src is not refused for %s', (triple) => {
    expect(refusalsOf([VENDORED[1]], { triple })).toEqual([]);
  });
});

describe("headers of Apple's frameworks", () => {
  const SDK: FoundTools = { sdk: aTool('/sdks/MacOSX14.2.sdk', '') };
  const ARM = 'aarch64-apple-darwin';

  test.each<readonly [string, Using, Case, string | undefined]>([
    ['refused with zig', { name: 'hidapi' }, { triple: ARM }, 'IOKit/hid/IOHIDManager.h'],
    ['refused with the feature that includes them', { name: 'libgit2-sys', features: ['https', 'ssh'] }, { triple: ARM }, 'default-features = false'],
    ['fine without that feature', { name: 'libgit2-sys', features: ['ssh'] }, { triple: ARM }, undefined],
    ['fine with an SDK', { name: 'hidapi' }, { triple: ARM, tools: SDK }, undefined],
    ['fine with osxcross', { name: 'hidapi' }, { triple: ARM, backend: 'osxcross' }, undefined],
    ['fine for other systems', { name: 'hidapi' }, {}, undefined],
    ['fine where the host alone compiles them', { name: 'libgit2-sys', features: ['https'], part: 'host' }, { triple: ARM }, undefined],
  ])('are %s', (_, crate, at, said) => {
    const refusals = refusalsOf([crate], at);
    if (said === undefined) expect(refusals).toEqual([]);
    else expect(refusals).toEqual([expect.stringContaining(said)]);
  });
});
