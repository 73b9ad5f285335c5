/** Real binaries for tests: found on this machine, or made by the compilers that are here. What isn't here is left out, with the reason. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export interface Sample {
  readonly name: string;
  readonly path: string;
}

export interface Samples {
  readonly found: readonly Sample[];
  /** `name: why`. */
  readonly missing: readonly string[];
  /** Removes what was made. */
  dispose(): void;
}

/** The first of these programs on the PATH. */
export function findTool(...names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

/** What a program prints, or undefined when it fails. */
export function run(tool: string, args: readonly string[], cwd?: string): string | undefined {
  try {
    return execFileSync(tool, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28 });
  } catch {
    return undefined;
  }
}

export function bytesOf(sample: Sample): Uint8Array {
  return readFileSync(sample.path);
}

/** A program or library that systems have at a known path: the first that exists of each. */
const AT_HOME: readonly { readonly name: string; readonly paths: readonly string[] }[] = [
  { name: 'node', paths: [process.execPath] },
  { name: 'qemu', paths: ['/usr/bin/qemu-aarch64-static', '/usr/bin/qemu-aarch64'] },
  { name: 'glibc', paths: ['/lib/x86_64-linux-gnu/libc.so.6', '/lib/aarch64-linux-gnu/libc.so.6', '/lib64/libc.so.6'] },
  { name: 'glibc loader', paths: ['/lib64/ld-linux-x86-64.so.2', '/lib/ld-linux-aarch64.so.1'] },
  { name: 'aarch64 glibc', paths: ['/usr/aarch64-linux-gnu/lib/libc.so.6'] },
  { name: 'armhf glibc', paths: ['/usr/arm-linux-gnueabihf/lib/libc.so.6'] },
  { name: 'aarch64 libc.a', paths: ['/usr/aarch64-linux-gnu/lib/libc.a'] },
  { name: 'musl', paths: ['/lib/ld-musl-x86_64.so.1', '/lib/x86_64-linux-musl/libc.so'] },
  { name: 'mingw import library', paths: ['/usr/x86_64-w64-mingw32/lib/libkernel32.a'] },
  { name: 'wine DLL', paths: ['/usr/lib/x86_64-linux-gnu/wine/x86_64-windows/kernel32.dll', '/usr/lib/wine/x86_64-windows/kernel32.dll'] },
  { name: 'wine DLL of 32 bits', paths: ['/usr/lib/x86_64-linux-gnu/wine/i386-windows/kernel32.dll', '/usr/lib/wine/i386-windows/kernel32.dll'] },
  { name: 'wine DLL with delayed imports', paths: ['/usr/lib/x86_64-linux-gnu/wine/x86_64-windows/shell32.dll', '/usr/lib/wine/x86_64-windows/shell32.dll'] },
];

const C_SOURCE = 'int greet(int n) { return n + 1; }\n';
/** On Linux it needs glibc 2.25, whatever the machine's own is. */
const C_MAIN = `#include <stdio.h>
#ifdef __linux__
#include <sys/random.h>
#else
#define getrandom(to, size, flags) 0
#endif
int main(void) { char c; puts("hello"); return getrandom(&c, 1, 0) > 1; }
`;

const RUST_SOURCE = '#[unsafe(no_mangle)] pub extern "C" fn greet(n: i32) -> i32 { println!("{n}"); n + 1 }\n#[allow(dead_code)] fn main() { greet(1); }\n';

interface Recipe {
  readonly name: string;
  /** Makes ELF files on Linux only. */
  readonly linux?: boolean;
  readonly tools: readonly string[];
  readonly args: readonly string[];
  readonly output: string;
}

const RECIPES: readonly Recipe[] = [
  { name: 'gcc program', linux: true, tools: ['gcc'], args: ['main.c', '-o', 'gcc-dyn'], output: 'gcc-dyn' },
  { name: 'gcc program without PIE', linux: true, tools: ['gcc'], args: ['-no-pie', 'main.c', '-o', 'gcc-nopie'], output: 'gcc-nopie' },
  { name: 'gcc static program', linux: true, tools: ['gcc'], args: ['-static', 'main.c', '-o', 'gcc-static'], output: 'gcc-static' },
  { name: 'gcc static PIE', linux: true, tools: ['gcc'], args: ['-static-pie', 'main.c', '-o', 'gcc-static-pie'], output: 'gcc-static-pie' },
  {
    name: 'gcc library',
    linux: true,
    tools: ['gcc'],
    args: ['-shared', '-fPIC', 'greet.c', '-Wl,-soname,libgreet.so.1', '-Wl,-rpath,/nowhere', '-o', 'libgreet.so'],
    output: 'libgreet.so',
  },
  {
    name: 'gcc program with an executable stack',
    linux: true,
    tools: ['gcc'],
    args: ['main.c', '-Wl,-z,execstack', '-o', 'gcc-execstack'],
    output: 'gcc-execstack',
  },
  { name: 'gcc object', linux: true, tools: ['gcc'], args: ['-c', 'greet.c', '-o', 'gcc.o'], output: 'gcc.o' },
  { name: 'rustc program', linux: true, tools: ['rustc'], args: ['greet.rs', '-o', 'rustc-bin'], output: 'rustc-bin' },
  { name: 'rustc library', linux: true, tools: ['rustc'], args: ['--crate-type=cdylib', 'greet.rs', '-o', 'librustc.so'], output: 'librustc.so' },
  { name: 'rustc static library', linux: true, tools: ['rustc'], args: ['--crate-type=staticlib', 'greet.rs', '-o', 'librustc.a'], output: 'librustc.a' },
  { name: 'musl program', tools: ['x86_64-linux-musl-gcc', 'musl-gcc'], args: ['-static', 'main.c', '-o', 'musl-static'], output: 'musl-static' },
  { name: 'aarch64 program', tools: ['aarch64-linux-gnu-gcc'], args: ['main.c', '-o', 'aarch64'], output: 'aarch64' },
  { name: 'aarch64 static program', tools: ['aarch64-linux-gnu-gcc'], args: ['-static', 'main.c', '-o', 'aarch64-static'], output: 'aarch64-static' },
  { name: 'armhf program', tools: ['arm-linux-gnueabihf-gcc'], args: ['main.c', '-o', 'armhf'], output: 'armhf' },
  { name: 'riscv64 program', tools: ['riscv64-linux-gnu-gcc'], args: ['main.c', '-o', 'riscv64'], output: 'riscv64' },
  { name: 'mingw program', tools: ['x86_64-w64-mingw32-gcc'], args: ['main.c', '-o', 'mingw.exe'], output: 'mingw.exe' },
  {
    name: 'mingw program that needs the compiler',
    tools: ['x86_64-w64-mingw32-g++'],
    args: ['-x', 'c++', 'throw.c', '-static-libstdc++', '-o', 'mingw-cpp.exe'],
    output: 'mingw-cpp.exe',
  },
  { name: 'mingw DLL', tools: ['x86_64-w64-mingw32-gcc'], args: ['-shared', 'greet.c', '-o', 'greet.dll'], output: 'greet.dll' },
  { name: 'mingw object', tools: ['x86_64-w64-mingw32-gcc'], args: ['-c', 'greet.c', '-o', 'mingw.o'], output: 'mingw.o' },
  { name: 'mingw program of 32 bits', tools: ['i686-w64-mingw32-gcc'], args: ['main.c', '-o', 'mingw32.exe'], output: 'mingw32.exe' },
];

/** Triples for LLVM's assembler, which speaks them all; objects are linked by lld below. */
const ASSEMBLED = [
  'arm64-apple-macos11',
  'x86_64-apple-macos10.12',
  'armv7-unknown-linux-gnueabihf',
  'riscv64-unknown-linux-gnu',
  's390x-unknown-linux-gnu',
  'powerpc64le-unknown-linux-gnu',
  'mips-unknown-linux-gnu',
  'aarch64-pc-windows-msvc',
  'wasm32-unknown-unknown',
];

const ASSEMBLY: Readonly<Record<string, string>> = {
  armv7: '.eabi_attribute 6, 10\n.eabi_attribute 28, 1\n.globl greet\ngreet: .long 0\n',
  wasm32: '.text\n',
};

const LINKED: readonly Recipe[] = [
  {
    name: 'lld dylib',
    tools: ['ld64.lld', 'ld64.lld-19'],
    args: [
      '-arch',
      'arm64',
      '-platform_version',
      'macos',
      '11.0',
      '14.2',
      '-dylib',
      '-install_name',
      '@rpath/libgreet.dylib',
      '-rpath',
      '@loader_path/lib',
      '-adhoc_codesign',
      'arm64-apple-macos11.o',
      '-o',
      'libgreet.dylib',
    ],
    output: 'libgreet.dylib',
  },
  { name: 'lld ARM library', tools: ['ld.lld', 'ld.lld-19'], args: ['-shared', 'armv7-unknown-linux-gnueabihf.o', '-o', 'libarm.so'], output: 'libarm.so' },
  { name: 'lld POWER program', tools: ['ld.lld', 'ld.lld-19'], args: ['-e', '0', 'powerpc64le-unknown-linux-gnu.o', '-o', 'power'], output: 'power' },
  {
    name: 'lld Windows DLL',
    tools: ['lld-link', 'lld-link-19'],
    args: ['/dll', '/noentry', '/machine:arm64', '/out:arm64.dll', 'aarch64-pc-windows-msvc.o'],
    output: 'arm64.dll',
  },
  {
    name: 'lld wasm module',
    tools: ['wasm-ld', 'wasm-ld-19'],
    args: ['--no-entry', '--export-all', 'wasm32-unknown-unknown.o', '-o', 'module.wasm'],
    output: 'module.wasm',
  },
  {
    name: 'universal',
    tools: ['llvm-lipo', 'llvm-lipo-19', 'llvm-lipo-14'],
    args: ['-create', 'arm64-apple-macos11.o', 'x86_64-apple-macos10.12.o', '-output', 'universal.o'],
    output: 'universal.o',
  },
  { name: 'GNU archive', tools: ['ar', 'llvm-ar'], args: ['rcs', 'libgnu.a', 'armv7-unknown-linux-gnueabihf.o', 'a.o'], output: 'libgnu.a' },
  { name: 'thin archive', tools: ['ar', 'llvm-ar'], args: ['rcsT', 'libthin.a', 'a.o'], output: 'libthin.a' },
  {
    name: 'Darwin archive',
    tools: ['llvm-ar', 'llvm-ar-19', 'llvm-ar-14'],
    args: ['--format=darwin', '-rcs', 'libdarwin.a', 'arm64-apple-macos11.o'],
    output: 'libdarwin.a',
  },
];

/** Finds and makes all samples, in a fresh folder below the system's temporary one. */
export function realSamples(): Samples {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'nx-cargo-cross-real-'));
  const found: Sample[] = [];
  const missing: string[] = [];
  for (const { name, paths } of AT_HOME) {
    const path = paths.find((one) => existsSync(one) && statSync(one).isFile());
    if (path) found.push({ name, path });
    else missing.push(`${name}: none of ${paths.join(', ')}`);
  }
  const make = ({ name, linux, tools, args, output }: Recipe): void => {
    const tool = findTool(...tools);
    if (linux && process.platform !== 'linux') missing.push(`${name}: made on Linux only`);
    else if (!tool) missing.push(`${name}: none of ${tools.join(', ')} on the PATH`);
    else if (run(tool, args, folder) === undefined) missing.push(`${name}: ${[tool, ...args].join(' ')} failed`);
    else found.push({ name, path: join(folder, output) });
  };
  writeFileSync(join(folder, 'greet.c'), C_SOURCE);
  writeFileSync(join(folder, 'main.c'), C_MAIN);
  writeFileSync(join(folder, 'throw.c'), 'int main() { try { throw 1; } catch (int) { return 0; } }\n');
  writeFileSync(join(folder, 'greet.rs'), RUST_SOURCE);
  for (const recipe of RECIPES) make(recipe);
  for (const triple of ASSEMBLED) {
    writeFileSync(join(folder, `${triple}.s`), ASSEMBLY[triple.split('-')[0] ?? ''] ?? '.data\n.long 1\n');
    make({
      name: `object for ${triple}`,
      tools: ['llvm-mc', 'llvm-mc-19', 'llvm-mc-14'],
      args: [`-triple=${triple}`, '-filetype=obj', `${triple}.s`, '-o', `${triple}.o`],
      output: `${triple}.o`,
    });
  }
  make({ name: 'object in archives', linux: true, tools: ['gcc'], args: ['-c', 'greet.c', '-o', 'a.o'], output: 'a.o' });
  for (const recipe of LINKED) make(recipe);
  return { found, missing, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Files in a folder whose name ends so, at most `count`. */
export function filesIn(folder: string, ending: string, count: number): readonly Sample[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(ending));
  return names.slice(0, count).map((name) => ({ name, path: join(folder, name) }));
}
