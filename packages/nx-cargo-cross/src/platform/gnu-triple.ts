/** A triple as GNU's configure scripts and compilers spell it (`--host=`). Source: GNU config's `config.sub`; Debian's multiarch names. */
import type { KnownTriple } from './known.js';

const ARCHS: Readonly<Record<string, string>> = { armv7: 'arm', thumbv7neon: 'arm', armv5te: 'arm', riscv64gc: 'riscv64' };

/** `aarch64-linux-gnu`, `x86_64-w64-mingw32`, `aarch64-apple-darwin`. */
export function gnuTriple({ arch, os, env }: KnownTriple): string {
  const machine = ARCHS[arch] ?? arch;
  switch (os) {
    case 'windows':
      return `${machine}-w64-mingw32`;
    case 'macos':
      return `${machine}-apple-darwin`;
    case 'android':
      return `${machine}-linux-${env === '' ? 'android' : env}`;
    case 'linux':
      return `${machine}-linux-${env}`;
    case 'freebsd':
      return `${machine}-unknown-freebsd`;
    case 'wasi':
    case 'none':
      return 'wasm32-wasi';
  }
}
