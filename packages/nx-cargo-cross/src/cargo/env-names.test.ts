import { describe, expect, test } from '@jest/globals';
import { aTriple } from '../testkit/builders.js';
import { envNames } from './env-names.js';

const names = (packages: readonly string[], { triple = 'aarch64-unknown-linux-gnu', profile = 'release', buildScript = false } = {}): readonly string[] =>
  envNames(aTriple(triple), [profile], new Set(packages), buildScript);

describe('the variables that decide bytes', () => {
  test('are few for a program in pure Rust', () => {
    const pure = names([]);
    expect(pure).toContain('CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUSTFLAGS');
    expect(pure).toContain('CARGO_PROFILE_RELEASE_LTO');
    expect(pure).toContain('SOURCE_DATE_EPOCH');
    expect(pure.filter((name) => /^(CC|CFLAGS|PKG_CONFIG|OPENSSL)/.test(name))).toEqual([]);
    expect(pure.length).toBeLessThan(50);
  });

  test.each([
    ['cc', ['CC', 'TARGET_CC', 'CC_aarch64_unknown_linux_gnu', 'CC_aarch64-unknown-linux-gnu', 'CFLAGS_aarch64_unknown_linux_gnu', 'AR']],
    ['cmake', ['CMAKE_TOOLCHAIN_FILE_aarch64_unknown_linux_gnu', 'CMAKE_GENERATOR', 'CC']],
    ['pkg-config', ['PKG_CONFIG_PATH', 'PKG_CONFIG_SYSROOT_DIR_aarch64_unknown_linux_gnu', 'TARGET_PKG_CONFIG_ALLOW_CROSS']],
    ['bindgen', ['BINDGEN_EXTRA_CLANG_ARGS_aarch64_unknown_linux_gnu', 'LIBCLANG_PATH']],
    ['libc', ['RUST_LIBC_UNSTABLE_FREEBSD_VERSION']],
    ['tikv-jemalloc-sys', ['JEMALLOC_SYS_WITH_LG_VADDR', 'AARCH64_UNKNOWN_LINUX_GNU_CPPFLAGS']],
    ['openssl-sys', ['AARCH64_UNKNOWN_LINUX_GNU_OPENSSL_DIR', 'OPENSSL_STATIC']],
  ])('grow with package %s', (found, expected) => {
    expect(names([found])).toEqual(expect.arrayContaining(expected));
  });

  test('are those of a C compiler where a local build script may call one', () => {
    expect(names([], { buildScript: true })).toContain('CFLAGS');
  });

  test('stay within reason for a program with a lot of C', () => {
    const all = names(['cc', 'pkg-config', 'openssl-sys', 'libsqlite3-sys']);
    expect(all.length).toBeLessThan(220);
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((name) => /[<>]/.test(name))).toEqual([]);
  });

  test('name the deployment target for Apple alone', () => {
    expect(names([], { triple: 'aarch64-apple-darwin' })).toContain('MACOSX_DEPLOYMENT_TARGET');
    expect(names([])).not.toContain('MACOSX_DEPLOYMENT_TARGET');
  });

  test('spell a profile as cargo does', () => {
    expect(names([], { profile: 'release-lto' })).toContain('CARGO_PROFILE_RELEASE_LTO_OPT_LEVEL');
  });
});
