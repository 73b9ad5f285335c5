import { describe, expect, test } from '@jest/globals';
import { aTriple, LINUX, MAC } from '../testkit/builders.js';
import { runWays, type RunHost } from './ways.js';

const ARM_LINUX: RunHost = { triple: 'aarch64-unknown-linux-gnu', os: 'linux' };
const WINDOWS: RunHost = { triple: 'x86_64-pc-windows-msvc', os: 'windows' };

describe('the ways in which a program runs', () => {
  test.each<[string, RunHost, readonly string[]]>([
    ['x86_64-unknown-linux-musl', LINUX, ['direct', 'qemu-x86_64']],
    ['i686-unknown-linux-gnu', LINUX, ['direct', 'qemu-i386 /usr/i686-linux-gnu']],
    ['aarch64-unknown-linux-gnu', LINUX, ['qemu-aarch64 /usr/aarch64-linux-gnu']],
    ['aarch64-unknown-linux-gnu', ARM_LINUX, ['direct', 'qemu-aarch64 /usr/aarch64-linux-gnu']],
    ['armv7-unknown-linux-gnueabihf', LINUX, ['qemu-arm /usr/arm-linux-gnueabihf']],
    ['armv7-unknown-linux-gnueabi', LINUX, ['qemu-arm /usr/arm-linux-gnueabi']],
    ['arm-unknown-linux-musleabihf', LINUX, ['qemu-arm -cpu arm1176']],
    ['riscv64gc-unknown-linux-gnu', LINUX, ['qemu-riscv64 /usr/riscv64-linux-gnu']],
    ['powerpc64le-unknown-linux-gnu', LINUX, ['qemu-ppc64le /usr/powerpc64le-linux-gnu']],
    ['x86_64-pc-windows-gnu', LINUX, ['wine64']],
    ['i686-pc-windows-gnu', LINUX, ['/usr/lib/wine/wine']],
    ['x86_64-pc-windows-gnu', WINDOWS, ['direct']],
    ['aarch64-apple-darwin', MAC, ['direct']],
    ['x86_64-apple-darwin', MAC, ['direct']],
    ['wasm32-wasip1', LINUX, ['wasi']],
    ['wasm32-wasip1', MAC, ['wasi']],
  ])('%s on %j: %j', (triple, host, expected) => {
    const ways = runWays(aTriple(triple), host).ways;
    expect(ways.map(({ kind, programs, args, roots }) => [programs[0] ?? kind, ...args, ...roots.filter((root) => root !== '')].join(' '))).toEqual(expected);
  });

  test.each<[string, RunHost, RegExp]>([
    ['aarch64-apple-darwin', LINUX, /on a Mac only/],
    ['aarch64-unknown-linux-gnu', MAC, /run on Linux/],
    ['aarch64-linux-android', LINUX, /device or in its emulator/],
    ['aarch64-pc-windows-gnullvm', LINUX, /x86 programs only/],
    ['x86_64-pc-windows-gnu', ARM_LINUX, /x86 machines only/],
    ['wasm32-unknown-unknown', LINUX, /no program/],
    ['x86_64-unknown-freebsd', LINUX, /such a machine only/],
  ])('%s on %j: none, and why', (triple, host, why) => {
    const found = runWays(aTriple(triple), host);
    expect(found.ways).toEqual([]);
    expect(found.why).toMatch(why);
  });

  test('what is missing of an emulator is installed by one command, with the C library where programs need one', () => {
    expect(runWays(aTriple('armv7-unknown-linux-gnueabihf'), LINUX).ways[0]?.install).toBe('apt-get install qemu-user libc6-armhf-cross libgcc-s1-armhf-cross');
    expect(runWays(aTriple('aarch64-unknown-linux-musl'), LINUX).ways[0]?.install).toBe('apt-get install qemu-user');
  });
});
