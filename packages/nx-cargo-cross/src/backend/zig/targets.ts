/**
 * How zig names what Rust's triples mean. Source: `zig targets` of 0.16.0; processor words from cargo-zigbuild's table, checked against rustc's target
 * specifications: without them C code would use instructions that the Rust target does not promise.
 */
import { formatGlibc, type GlibcVersion } from '../../platform/glibc.js';
import type { Triple } from '../../platform/triple.js';

export interface ZigRow {
  /** zig's architecture and system: `aarch64-linux`. */
  readonly base: string;
  /** zig's name of the C library flavour, empty where the system has but one. */
  readonly abi: string;
  readonly cpu?: string;
}

const ARMV7 = 'generic+v7a+vfp3-d32+thumb2-neon';
const ARMV7_SOFT = 'generic+v7a+thumb2-neon+soft_float';
const ARMV6_HARD = 'generic+v6+strict_align+vfp2-d32';

const ROWS: Readonly<Record<string, ZigRow>> = {
  'x86_64-unknown-linux-gnu': { base: 'x86_64-linux', abi: 'gnu' },
  'i686-unknown-linux-gnu': { base: 'x86-linux', abi: 'gnu', cpu: 'pentium4' },
  'i586-unknown-linux-gnu': { base: 'x86-linux', abi: 'gnu', cpu: 'pentium' },
  'aarch64-unknown-linux-gnu': { base: 'aarch64-linux', abi: 'gnu' },
  'armv7-unknown-linux-gnueabihf': { base: 'arm-linux', abi: 'gnueabihf', cpu: ARMV7 },
  'armv7-unknown-linux-gnueabi': { base: 'arm-linux', abi: 'gnueabi', cpu: ARMV7_SOFT },
  'thumbv7neon-unknown-linux-gnueabihf': { base: 'arm-linux', abi: 'gnueabihf', cpu: 'generic+v7a+thumb2+neon' },
  'arm-unknown-linux-gnueabihf': { base: 'arm-linux', abi: 'gnueabihf', cpu: ARMV6_HARD },
  'arm-unknown-linux-gnueabi': { base: 'arm-linux', abi: 'gnueabi', cpu: 'generic+v6+strict_align' },
  'armv5te-unknown-linux-gnueabi': { base: 'arm-linux', abi: 'gnueabi', cpu: 'generic+v5te+soft_float+strict_align' },
  'riscv64gc-unknown-linux-gnu': { base: 'riscv64-linux', abi: 'gnu', cpu: 'generic_rv64+m+a+f+d+c' },
  's390x-unknown-linux-gnu': { base: 's390x-linux', abi: 'gnu', cpu: 'z10-vector' },
  'powerpc64le-unknown-linux-gnu': { base: 'powerpc64le-linux', abi: 'gnu' },
  'powerpc-unknown-linux-gnu': { base: 'powerpc-linux', abi: 'gnueabihf' },
  'loongarch64-unknown-linux-gnu': { base: 'loongarch64-linux', abi: 'gnu' },

  'x86_64-unknown-linux-musl': { base: 'x86_64-linux', abi: 'musl' },
  'i686-unknown-linux-musl': { base: 'x86-linux', abi: 'musl', cpu: 'pentium4' },
  'i586-unknown-linux-musl': { base: 'x86-linux', abi: 'musl', cpu: 'pentium' },
  'aarch64-unknown-linux-musl': { base: 'aarch64-linux', abi: 'musl' },
  'armv7-unknown-linux-musleabihf': { base: 'arm-linux', abi: 'musleabihf', cpu: ARMV7 },
  'armv7-unknown-linux-musleabi': { base: 'arm-linux', abi: 'musleabi', cpu: ARMV7_SOFT },
  'arm-unknown-linux-musleabihf': { base: 'arm-linux', abi: 'musleabihf', cpu: ARMV6_HARD },
  'arm-unknown-linux-musleabi': { base: 'arm-linux', abi: 'musleabi', cpu: 'generic+v6+strict_align' },
  'armv5te-unknown-linux-musleabi': { base: 'arm-linux', abi: 'musleabi', cpu: 'generic+v5te+soft_float+strict_align' },
  'riscv64gc-unknown-linux-musl': { base: 'riscv64-linux', abi: 'musl', cpu: 'generic_rv64+m+a+f+d+c' },
  'powerpc64le-unknown-linux-musl': { base: 'powerpc64le-linux', abi: 'musl' },
  's390x-unknown-linux-musl': { base: 's390x-linux', abi: 'musl', cpu: 'z10-vector' },
  'loongarch64-unknown-linux-musl': { base: 'loongarch64-linux', abi: 'musl' },

  'x86_64-pc-windows-gnu': { base: 'x86_64-windows', abi: 'gnu' },
  'i686-pc-windows-gnu': { base: 'x86-windows', abi: 'gnu' },
  'x86_64-pc-windows-gnullvm': { base: 'x86_64-windows', abi: 'gnu' },
  'i686-pc-windows-gnullvm': { base: 'x86-windows', abi: 'gnu' },
  'aarch64-pc-windows-gnullvm': { base: 'aarch64-windows', abi: 'gnu' },

  'x86_64-apple-darwin': { base: 'x86_64-macos', abi: 'none' },
  'aarch64-apple-darwin': { base: 'aarch64-macos', abi: 'none' },

  'x86_64-unknown-freebsd': { base: 'x86_64-freebsd', abi: '' },

  'wasm32-wasip1': { base: 'wasm32-wasi', abi: '' },
  'wasm32-unknown-unknown': { base: 'wasm32-freestanding', abi: '' },
};

/** zig's row for a triple, or undefined where zig has no service for it. */
export function zigRow(triple: string): ZigRow | undefined {
  return ROWS[triple];
}

/**
 * The value of zig's `-target`. The glibc floor and the minimum macOS are always said: zig's own defaults are newer than what Rust promises, and it
 * takes neither from anywhere else (`-mmacosx-version-min` and MACOSX_DEPLOYMENT_TARGET change nothing; measured with 0.16.0).
 */
export function zigTarget(triple: Triple, row: ZigRow, glibc: GlibcVersion | undefined, minOs: string | undefined): string {
  const { facts } = triple;
  if (facts.libc === 'glibc') return `${row.base}-${row.abi}.${glibc ? formatGlibc(glibc) : (facts.glibcMin ?? '2.17')}`;
  if (facts.os === 'macos') return `${row.base}.${minOs ?? facts.minOs ?? '11.0'}-${row.abi}`;
  return [row.base, row.abi].filter((part) => part !== '').join('-');
}

/** The name that GNU build systems know the target by (`-dumpmachine`). */
export function gnuTriple(triple: Triple, row: ZigRow): string {
  const arch = row.base.slice(0, row.base.indexOf('-')).replace(/^x86$/, 'i686');
  const { facts } = triple;
  if (facts.os === 'windows') return `${arch}-w64-mingw32`;
  if (facts.os === 'macos') return `${arch === 'aarch64' ? 'arm64' : arch}-apple-darwin`;
  return [arch, facts.os, row.abi].filter((part) => part !== '').join('-');
}
