import { describe, expect, test } from '@jest/globals';
import { LINUX, MAC, aSetUp, aTriple } from '../testkit/builders.js';
import { knownTriples } from '../platform/known.js';
import type { CrossSetUp, FoundTool, SetUpInput } from './contract.js';
import { applyEnvEdits } from './env-edit.js';
import { ndk } from './ndk.js';

const PREBUILT = '/ndk/toolchains/llvm/prebuilt/linux-x86_64';
const PARTS: NonNullable<FoundTool['parts']> = {
  prebuilt: { path: PREBUILT },
  platforms: { path: '/ndk/meta/platforms.json', text: '{"min":21,"max":35}' },
  runtime: { path: `${PREBUILT}/lib/clang/18/lib/linux` },
  cxxShared: { path: `${PREBUILT}/sysroot/usr/lib/aarch64-linux-android/libc++_shared.so` },
  cmake: { path: '/ndk/build/cmake/android.toolchain.cmake' },
};
const found = (parts: FoundTool['parts'] = PARTS, version = '27.2.12479018'): SetUpInput['tools'] => ({ ndk: { path: '/ndk', version, env: {}, ...(parts ? { parts } : {}) } });
const AARCH64 = 'aarch64-linux-android';
const ANDROID = knownTriples().filter(({ os }) => os === 'android').map(({ triple }) => triple);

const ask = (triple = AARCH64, more: Partial<SetUpInput> = {}) => ndk.setUp(aSetUp(triple, { tools: found(), directory: '/ws/ndk', ...more }));
function setUp(triple = AARCH64, more: Partial<SetUpInput> = {}): CrossSetUp {
  const result = ask(triple, more);
  if (!result.ok) throw new Error(result.failures[0].code);
  return result.value;
}
const envOf = (value: CrossSetUp, user: Readonly<Record<string, string>> = {}) => Object.fromEntries(applyEnvEdits(user, value.env, ':').map(({ name, value: text }) => [name, text]));
const textOf = (value: CrossSetUp, path: string): string => value.files.find((file) => file.path === path)?.text ?? '';

describe('the NDK', () => {
  test.each(ANDROID)('serves %s', (triple) => {
    expect(ndk.refuses(aTriple(triple), LINUX)).toBeUndefined();
  });

  test.each(['aarch64-unknown-linux-gnu', 'x86_64-pc-windows-msvc', 'wasm32-wasip1'])('refuses %s', (triple) => {
    expect(ndk.refuses(aTriple(triple), LINUX)).toMatch(/Android only/);
    expect(ndk.needs(aTriple(triple), LINUX)).toEqual([]);
  });

  test.each([
    [LINUX, '~/Android/Sdk'],
    [MAC, '~/Library/Android/sdk'],
  ])('is looked for by variables, then in the usual places of %j', (host, sdk) => {
    const [need] = ndk.needs(aTriple(AARCH64), host);
    const places = need?.candidates.flatMap((candidate) => (candidate.from !== 'folder' ? [] : [`${'variable' in candidate.at ? `$${candidate.at.variable}` : candidate.at.path}${candidate.below ? `/${candidate.below}` : ''}`]));
    expect(places?.slice(0, 4)).toEqual(['$ANDROID_NDK_HOME', '$ANDROID_NDK_HOME/*', '$ANDROID_NDK_ROOT', '$ANDROID_NDK_ROOT/*']);
    expect(places).toEqual(expect.arrayContaining(['$NDK_HOME', '$ANDROID_HOME/ndk/*', '$ANDROID_SDK_ROOT/ndk-bundle', `${sdk}/ndk/*`, '/opt/android-ndk/*']));
    expect(places?.indexOf(`${sdk}/ndk/*`)).toBeGreaterThan(places?.indexOf('$ANDROID_SDK_HOME/ndk/*') ?? 0);
    expect(need?.minimum).toBe('23.0.0');
  });

  test.each([
    ['Pkg.Desc = Android NDK\nPkg.Revision = 27.2.12479018\n', '27.2.12479018'],
    ['Pkg.Revision=28.0.12433566-beta2\r\n', '28.0.12433566-beta2'],
    ['Pkg.Revision = r27\n', undefined],
    ['Pkg.BaseRevision = 27.2.1\n', undefined],
  ])('says its version in %j: %s', (text, version) => {
    const asked = ndk.needs(aTriple(AARCH64), LINUX)[0]?.version;
    expect(asked && 'file' in asked ? asked.pattern.exec(text)?.[1] : 'not asked').toBe(version);
  });

  test('for RISC-V must be newer', () => {
    expect(ndk.needs(aTriple('riscv64-linux-android'), LINUX)[0]?.minimum).toBe('27.0.0');
  });

  test('is known to the key by its revision, wherever it lies', () => {
    const { runtimes, env, pins } = ndk.identity(aTriple(AARCH64));
    expect(env).toEqual([]);
    expect(pins).toEqual([]);
    expect(runtimes).toEqual(ndk.identity(aTriple('i686-linux-android')).runtimes);
    expect(runtimes[0]).toMatch(/^\(cat "\$ANDROID_NDK_HOME"\/source\.properties \|\| .* \|\| echo none\) 2>\/dev\/null$/);
  });
});

describe('what the NDK sets', () => {
  test.each([
    ['aarch64-linux-android', 'aarch64-linux-android24', 'arm64-v8a', 'aarch64-linux-android'],
    ['armv7-linux-androideabi', 'armv7a-linux-androideabi24', 'armeabi-v7a', 'arm-linux-androideabi'],
    ['thumbv7neon-linux-androideabi', 'armv7a-linux-androideabi24', 'armeabi-v7a', 'arm-linux-androideabi'],
    ['i686-linux-android', 'i686-linux-android24', 'x86', 'i686-linux-android'],
    ['x86_64-linux-android', 'x86_64-linux-android24', 'x86_64', 'x86_64-linux-android'],
  ])('for %s is clang with --target=%s, and what others read of it', (triple, target, abi, sysroot) => {
    const value = setUp(triple, { apiLevel: 24 });
    const cc = `/ws/ndk/${triple}-clang`;
    const snake = triple.replaceAll('-', '_');
    expect(value.version).toBe('27.2.12479018');
    expect(value.rustflags).toEqual([]);
    expect(textOf(value, `${triple}-clang`)).toContain(`cc=${PREBUILT}/bin/clang target=--target=${target}\n`);
    expect(textOf(value, `${triple}-clang++`)).toContain(`cc=${PREBUILT}/bin/clang++ target=--target=${target}\n`);
    expect(envOf(value)).toMatchObject({
      [`CARGO_TARGET_${snake.toUpperCase()}_LINKER`]: cc,
      [`CC_${snake}`]: cc,
      [`CXX_${snake}`]: `${cc}++`,
      [`AR_${snake}`]: `${PREBUILT}/bin/llvm-ar`,
      [`RANLIB_${snake}`]: `${PREBUILT}/bin/llvm-ranlib`,
      [`CMAKE_TOOLCHAIN_FILE_${snake}`]: '/ws/ndk/toolchain.cmake',
      [`PKG_CONFIG_ALLOW_CROSS_${snake}`]: '0',
      ANDROID_NDK_HOME: '/ndk',
      ANDROID_NDK_ROOT: '/ndk',
      ANDROID_NDK: '/ndk',
      ANDROID_PLATFORM: '24',
      ANDROID_ABI: abi,
      CARGO_NDK_ANDROID_PLATFORM: '24',
      CARGO_NDK_ANDROID_TARGET: abi,
      CARGO_NDK_SYSROOT_PATH: `${PREBUILT}/sysroot`,
      CARGO_NDK_SYSROOT_TARGET: sysroot,
      CARGO_NDK_SYSROOT_LIBS_PATH: `${PREBUILT}/sysroot/usr/lib/${sysroot}`,
      CARGO_NDK_CMAKE_TOOLCHAIN_PATH: '/ndk/build/cmake/android.toolchain.cmake',
    });
    expect(value.tools).toMatchObject({ cc, strip: `${PREBUILT}/bin/llvm-strip` });
  });

  test("names the NDK that builds, whatever the user's variables name; all else of the user's is kept", () => {
    const env = envOf(setUp(), { ANDROID_NDK_HOME: '/sdk/ndk', ANDROID_NDK_ROOT: '/other', CC_aarch64_linux_android: 'mine', CMAKE_TOOLCHAIN_FILE: 'mine.cmake' });
    expect(env).toMatchObject({ ANDROID_NDK_HOME: '/ndk', ANDROID_NDK_ROOT: '/ndk', CC_aarch64_linux_android: 'mine', CMAKE_TOOLCHAIN_FILE_aarch64_linux_android: undefined });
  });

  test('tells libclang of target, level and headers, where bindgen is in the closure', () => {
    const name = 'BINDGEN_EXTRA_CLANG_ARGS_aarch64_linux_android';
    expect(envOf(setUp())).not.toHaveProperty(name);
    const value = setUp(AARCH64, { closure: [{ name: 'bindgen', version: '0.72.1' }], apiLevel: 30 });
    expect(envOf(value)[name]).toBe(`--target=aarch64-linux-android30 --sysroot=${PREBUILT}/sysroot -I${PREBUILT}/sysroot/usr/include/aarch64-linux-android`);
  });

  test.each([
    ['27.2.1', 'ANDROID_SUPPORT_FLEXIBLE_PAGE_SIZES', true],
    ['26.1.1', 'ANDROID_SUPPORT_FLEXIBLE_PAGE_SIZES', false],
    ['28.0.1', 'ANDROID_SUPPORT_FLEXIBLE_PAGE_SIZES', false],
  ])("sets CMake's variables before the file of NDK %s; %s: %s", (version, variable, there) => {
    const text = textOf(setUp(AARCH64, { tools: found(PARTS, version) }), 'toolchain.cmake');
    expect(text).toContain('if(NOT DEFINED ANDROID_ABI)\n  set(ANDROID_ABI "arm64-v8a")\nendif()');
    expect(text).toContain('set(ANDROID_PLATFORM "android-21")');
    expect(text.trimEnd().split('\n').at(-1)).toBe('include("/ndk/build/cmake/android.toolchain.cmake")');
    expect(text.includes(variable)).toBe(there);
  });

  test.each([
    ['static', ['-Ctarget-feature=+crt-static']],
    ['dynamic', ['-Ctarget-feature=-crt-static']],
  ] as const)('for a program that is to be %s has a flag', (linkage, flags) => {
    expect(setUp(AARCH64, { linkage }).rustflags).toEqual(flags);
  });

  test('ships the C++ library where the NDK has it', () => {
    expect(setUp().ships).toEqual({ 'libc++_shared.so': PARTS['cxxShared']?.path });
    expect(setUp(AARCH64, { tools: found({ ...PARTS, cxxShared: undefined }) }).ships).toBeUndefined();
  });

  test('does without CMake where the NDK has no file for it', () => {
    const value = setUp(AARCH64, { tools: found({ ...PARTS, cmake: undefined }) });
    expect(value.files.map(({ path }) => path)).not.toContain('toolchain.cmake');
    expect(envOf(value)).not.toHaveProperty('CMAKE_TOOLCHAIN_FILE_aarch64_linux_android');
  });
});

describe('an NDK is refused', () => {
  test.each<[string, FoundTool['parts'], string]>([
    ['without a compiler', { ...PARTS, prebuilt: undefined }, 'toolchains/llvm/prebuilt'],
    ['without a list of levels', { ...PARTS, platforms: undefined }, 'meta/platforms.json'],
    ['with a list of levels that says nothing', { ...PARTS, platforms: { path: '/ndk/meta/platforms.json', text: '{}' } }, 'meta/platforms.json'],
  ])('%s', (_, parts, message) => {
    expect(ask(AARCH64, { tools: found(parts) })).toMatchObject({ ok: false, failures: [{ code: 'tool-broken', path: '/ndk', message: expect.stringContaining(message) }] });
  });

  test('for a level that it has not', () => {
    expect(ask(AARCH64, { apiLevel: 36 })).toMatchObject({ ok: false, failures: [{ code: 'linkage-impossible', asked: 'API level 36' }] });
  });
});
