/** Toolchains laid out on disk, as far as finding and building std looks at them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TripleName } from '../platform/triple.js';
import type { Toolchain } from '../toolchain/identity.js';
import type { StdContext } from '../toolchain/std.js';
import { aTriple } from './builders.js';
import { aSystem, type FakeAnswers, type FakeSystem } from './fake-system.js';

export const HOST = 'x86_64-unknown-linux-gnu';
export const MUSL: TripleName = aTriple('aarch64-unknown-linux-musl').name;
export const WASM: TripleName = aTriple('wasm32-wasip1').name;

/** A toolchain with std for its host, and for more triples if asked. */
export function aToolchain(folder: string, more: Partial<Toolchain> & { readonly installed?: readonly string[]; readonly source?: boolean; readonly vendor?: boolean } = {}): Toolchain {
  const { installed = [], source = false, vendor = false, ...rest } = more;
  const sysroot = join(folder, 'rustup', 'toolchains', '1.96.0-x86_64-unknown-linux-gnu');
  for (const triple of [HOST, ...installed]) installStd(sysroot, triple);
  const library = join(sysroot, 'lib', 'rustlib', 'src', 'rust', 'library');
  if (source) write(join(library, 'std', 'Cargo.toml'), '');
  if (vendor) mkdirSync(join(library, 'vendor'), { recursive: true });
  return {
    cargo: '/home/me/.cargo/bin/cargo',
    rustc: '/home/me/.cargo/bin/rustc',
    realRustc: join(sysroot, 'bin', 'rustc'),
    sysroot,
    release: '1.96.0',
    commit: 'ac68faa20',
    host: HOST,
    label: 'rustc 1.96.0 (ac68faa20 2026-05-25)',
    rustupName: '1.96.0-x86_64-unknown-linux-gnu',
    ...rest,
  };
}

export function installStd(sysroot: string, triple: string): void {
  write(join(sysroot, 'lib', 'rustlib', triple, 'lib', 'libstd-0123456789abcdef.rlib'), '');
}

export function write(path: string, text: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
}

/** What ensureStd is called with, on a machine that answers as given. Also what it told while it worked. */
export function aStdContext(folder: string, toolchain: Toolchain, answers: FakeAnswers = {}): StdContext & { readonly system: FakeSystem; readonly told: string[] } {
  const system = aSystem({ cacheFolder: join(folder, 'cache'), onPath: { rustup: '/home/me/.cargo/bin/rustup' }, ...answers });
  const told: string[] = [];
  return {
    system,
    toolchain,
    directory: '/ws/rust',
    env: system.env,
    told,
    onProgress: (what, counted) => told.push(counted ? `${what} ${counted.done}/${counted.total}` : what),
  };
}
