import { describe, expect, test } from '@jest/globals';
import type { Host } from '../../backend/contract.js';
import { chooseBackends } from './backends.js';
import { choosePlatforms } from './platforms.js';

const LINUX: Host = { triple: 'x86_64-unknown-linux-gnu', os: 'linux' };
const MAC: Host = { triple: 'aarch64-apple-darwin', os: 'macos' };

function chosen(platform: string, host: Host, here: readonly string[], zigCanBeAdded: boolean): string {
  const platforms = choosePlatforms(platform, []);
  if (!platforms.ok) return 'unknown platform';
  const [first] = chooseBackends(platforms.value, { host, has: (id) => here.includes(id), zigCanBeAdded });
  return `${first?.id ?? '-'}: ${first?.why ?? ''}`;
}

describe('which backend is written', () => {
  test.each([
    ['zig, added to the packages', 'aarch64-linux', LINUX, [], true, 'zig: zig is added to the dev dependencies'],
    ['zig, though a cross compiler is here', 'aarch64-linux', LINUX, ['gcc'], true, 'zig: zig is added to the dev dependencies'],
    ['zig that is here', 'aarch64-linux', LINUX, ['zig'], false, 'zig: zig is on this machine'],
    ['a cross compiler, where zig cannot be had', 'aarch64-linux', LINUX, ['gcc'], false, 'gcc: its cross compiler is on this machine'],
    ['zig by hand, where nothing is here', 'aarch64-linux', LINUX, [], false, 'zig: zig has to be installed'],
    ['mingw before zig', 'x86_64-windows', LINUX, ['gcc', 'zig'], true, 'gcc: mingw-w64 is on this machine'],
    ['zig for Windows without mingw', 'x86_64-windows', LINUX, [], true, 'zig: zig is added to the dev dependencies'],
    ['zig for macOS on Linux', 'aarch64-macos', LINUX, [], true, 'zig: zig is added to the dev dependencies'],
    ["nothing for macOS on a Mac", 'aarch64-macos', MAC, ['native', 'zig'], true, '-: on a Mac its own linker, elsewhere zig'],
    ['gcc, where zig does not serve', 'powerpc64-unknown-linux-gnu', LINUX, [], true, 'gcc: its cross compiler has to be installed'],
    ["nothing for Microsoft's Windows", 'x86_64-pc-windows-msvc', LINUX, ['zig', 'gcc'], true, '-: the default, backend xwin'],
    ['nothing for Android', 'aarch64-android', LINUX, ['zig'], true, '-: the default, backend ndk'],
    ['nothing for WebAssembly, though zig compiles C for it', 'wasm32-wasip1', LINUX, ['zig'], true, '-: the default, backend lld'],
  ] as const)('%s', (_name, platform, host, here, zigCanBeAdded, expected) => expect(chosen(platform, host, here, zigCanBeAdded)).toBe(expected));
});
