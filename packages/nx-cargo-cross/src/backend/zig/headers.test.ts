import { describe, expect, test } from '@jest/globals';
import { aTool, aTriple } from '../../testkit/builders.js';
import { zigHeaders } from './headers.js';

const headersOf = (triple: string, target = 'any', env: Readonly<Record<string, string>> = { ZIG_LIB_DIR: '/z' }) => zigHeaders(aTriple(triple).facts, target, aTool('/opt/zig/zig', '0.16.0', env));

describe("zig's headers", () => {
  test.each([
    ['aarch64-unknown-linux-gnu', 'aarch64-linux-gnu generic-glibc aarch64-linux-any any-linux-any'],
    ['x86_64-unknown-linux-gnu', 'x86-linux-gnu generic-glibc x86-linux-any any-linux-any'],
    ['i686-unknown-linux-gnu', 'x86-linux-gnu generic-glibc x86-linux-any any-linux-any'],
    ['armv7-unknown-linux-gnueabihf', 'arm-linux-gnu generic-glibc arm-linux-any any-linux-any'],
    ['powerpc64le-unknown-linux-gnu', 'powerpc-linux-gnu generic-glibc powerpc-linux-any any-linux-any'],
    ['powerpc-unknown-linux-gnu', 'powerpc-linux-gnu generic-glibc powerpc-linux-any any-linux-any'],
    ['riscv64gc-unknown-linux-gnu', 'riscv-linux-gnu generic-glibc riscv-linux-any any-linux-any'],
    ['s390x-unknown-linux-gnu', 's390x-linux-gnu generic-glibc s390x-linux-any any-linux-any'],
    ['loongarch64-unknown-linux-gnu', 'loongarch-linux-gnu generic-glibc loongarch-linux-any any-linux-any'],
    ['x86_64-unknown-linux-musl', 'x86_64-linux-musl generic-musl x86-linux-any any-linux-any'],
    ['i686-unknown-linux-musl', 'x86-linux-musl generic-musl x86-linux-any any-linux-any'],
    ['arm-unknown-linux-musleabihf', 'arm-linux-musl generic-musl arm-linux-any any-linux-any'],
    ['riscv64gc-unknown-linux-musl', 'riscv64-linux-musl generic-musl riscv-linux-any any-linux-any'],
    ['loongarch64-unknown-linux-musl', 'loongarch64-linux-musl generic-musl loongarch-linux-any any-linux-any'],
    ['powerpc64le-unknown-linux-musl', 'powerpc64-linux-musl generic-musl powerpc-linux-any any-linux-any'],
    ['x86_64-pc-windows-gnu', 'any-windows-any'],
    ['aarch64-apple-darwin', 'any-darwin-any'],
    ['x86_64-unknown-freebsd', 'x86_64-freebsd-none generic-freebsd'],
  ])('for %s are %s', (triple, folders) => {
    expect(headersOf(triple).includeDirs).toEqual(folders.split(' ').map((folder) => `/z/libc/include/${folder}`));
  });

  test('know the glibc that is asked for, and which C library it is', () => {
    expect(headersOf('aarch64-unknown-linux-gnu', 'aarch64-linux-gnu.2.28').args).toEqual(expect.arrayContaining(['-D__GLIBC_MINOR__=28', '-D_LIBCPP_HAS_MUSL_LIBC=0']));
    const musl = headersOf('aarch64-unknown-linux-musl', 'aarch64-linux-musl').args;
    expect(musl).toContain('-D_LIBCPP_HAS_MUSL_LIBC=1');
    expect(musl?.join()).not.toContain('GLIBC_MINOR');
  });

  test("say Rust's gnullvm as clang does", () => {
    expect(headersOf('aarch64-pc-windows-gnullvm').target).toBe('aarch64-pc-windows-gnu');
    expect(headersOf('x86_64-pc-windows-gnu').target).toBeUndefined();
  });

  test('lie beside zig where nothing else is said', () => {
    expect(headersOf('x86_64-pc-windows-gnu', 'any', {}).cxxIncludeDirs).toEqual(['/opt/zig/lib/libcxx/include', '/opt/zig/lib/libcxxabi/include']);
  });
});
