/** The machine that runs this process. */
import { machine, type } from 'node:os';
import type { Host } from '../backend/contract.js';

/** The machine as backends see it. Needs no Rust: a repository is often set up before its toolchain is. */
export function thisHost(): Host {
  const arch = process.arch === 'arm64' ? 'aarch64' : process.arch === 'x64' ? 'x86_64' : process.arch;
  switch (process.platform) {
    case 'linux':
      return { triple: `${arch}-unknown-linux-gnu`, os: 'linux' };
    case 'darwin':
      return { triple: `${arch}-apple-darwin`, os: 'macos' };
    case 'win32':
      return { triple: `${arch}-pc-windows-msvc`, os: 'windows' };
    default:
      return { triple: `${arch}-unknown-${process.platform}`, os: 'other' };
  }
}

/** Whether this process may change the system without asking anybody. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The kernel's name and the machine's, from the system call by which `uname -sm` knows them. */
export function kernelAndMachine(): string {
  return `${type()} ${machine()}`;
}
