import { expect, test } from '@jest/globals';
import { aTriple } from '../testkit/builders.js';
import { goEnv, mesonCrossFile, namePlaceholders } from './foreign-tools.js';

test.each([
  ['aarch64-unknown-linux-gnu', 'linux/arm64', 'aarch64-linux-gnu', 'libx.so'],
  ['armv7-unknown-linux-gnueabihf', 'linux/arm 7', 'arm-linux-gnueabihf', 'libx.so'],
  ['arm-unknown-linux-musleabihf', 'linux/arm 6', 'arm-linux-musleabihf', 'libx.so'],
  ['armv5te-unknown-linux-gnueabi', 'linux/arm 5', 'arm-linux-gnueabi', 'libx.so'],
  ['armv7-unknown-linux-gnueabi', 'linux/arm 7,softfloat', 'arm-linux-gnueabi', 'libx.so'],
  ['i686-unknown-linux-gnu', 'linux/386', 'i686-linux-gnu', 'libx.so'],
  ['powerpc64le-unknown-linux-gnu', 'linux/ppc64le', 'powerpc64le-linux-gnu', 'libx.so'],
  ['riscv64gc-unknown-linux-gnu', 'linux/riscv64', 'riscv64-linux-gnu', 'libx.so'],
  ['x86_64-pc-windows-gnu', 'windows/amd64', 'x86_64-w64-mingw32', 'x.dll'],
  ['aarch64-apple-darwin', 'darwin/arm64', 'aarch64-apple-darwin', 'libx.dylib'],
  ['aarch64-linux-android', 'android/arm64', 'aarch64-linux-android', 'libx.so'],
  ['x86_64-unknown-freebsd', 'freebsd/amd64', 'x86_64-unknown-freebsd', 'libx.so'],
  ['wasm32-wasip1', 'wasip1/wasm', 'wasm32-wasi', 'x.wasm'],
])('%s is %s for Go, %s for configure, and its library %s', (triple, go, gnu, library) => {
  const { facts } = aTriple(triple);
  const { GOOS, GOARCH, GOARM } = goEnv(facts, true);
  const { gnuTriple, libPrefix, libSuffix } = namePlaceholders(facts);
  expect([`${GOOS}/${GOARCH}${GOARM === undefined ? '' : ` ${GOARM}`}`, gnuTriple, `${libPrefix}x${libSuffix}`]).toEqual([go, gnu, library]);
});

test('Go calls C only where there is a compiler', () => {
  const { facts } = aTriple();
  expect([goEnv(facts, true)['CGO_ENABLED'], goEnv(facts, false)['CGO_ENABLED']]).toEqual(['1', '0']);
});

test("Meson's cross file", () => {
  expect(mesonCrossFile(aTriple('x86_64-pc-windows-gnu').facts, { linker: '/l', cc: "/it's/cc", ar: '/ar' })).toBe(
    "[binaries]\nc = '/it\\'s/cc'\nar = '/ar'\n[host_machine]\nsystem = 'windows'\ncpu_family = 'x86_64'\ncpu = 'amd64'\nendian = 'little'\n",
  );
});
