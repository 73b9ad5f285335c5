/** Binaries that are wrong on purpose, and right ones beside them, made by the compilers and linkers of this machine. What isn't here is left out, with the reason. */
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTool, run, type Samples, type Sample } from './binaries-real.js';

/** How a binary is made. */
export interface CorpusRecipe {
  readonly name: string;
  /** The first that is on the PATH. */
  readonly tools: readonly string[];
  readonly args: readonly string[];
  /** In the folder of the corpus. */
  readonly output: string;
}

const SOURCES: Readonly<Record<string, string>> = {
  'main.c': '#include <stdio.h>\nint main(void) { puts("hello"); return 0; }\n',
  'bare.c': 'int data = 1;\nint greet(int n) { return n + data; }\nvoid start(void) {}\n',
  'acme.c': 'int acme(void) { return 1; }\n',
  'user.c': 'int acme(void);\nint main(void) { return acme(); }\n',
  'private.c': 'extern char **_dl_argv;\nint main(void) { return _dl_argv == 0; }\n',
  'vector.cc': '#include <vector>\nint main(int n, char **) { std::vector<std::vector<int>> v(n); v[0].resize(n * 1000); return (int)v[0].size(); }\n',
  'throw.cc': 'int main() { try { throw 1; } catch (int) { return 0; } }\n',
  // An address in code, which a loader would have to write there.
  'textrel.s': '.text\n.globl greet\ngreet: .quad greet\n.section .note.GNU-stack,"",%progbits\n',
  'nonote.s': '.text\n.globl greet\ngreet: .quad 0\n',
  'path.c': 'const char *where(void) { return __FILE__; }\n',
  'foreign.c': 'int foreign(int);\n__attribute__((export_name("run"))) int run_it(int n) { return foreign(n); }\n',
  'wasi.c': 'void _start(void) {}\n',
  'main_mac.c': 'int puts(const char *);\nint main(void) { puts("hello"); return 0; }\n',
  'libSystem.tbd': `--- !tapi-tbd
tbd-version: 4
targets: [ x86_64-macos, arm64-macos ]
install-name: '/usr/lib/libSystem.B.dylib'
exports:
  - targets: [ x86_64-macos, arm64-macos ]
    symbols: [ _puts, dyld_stub_binder ]
...
`,
  'two-crts.def': 'LIBRARY ucrtbase.dll\nEXPORTS\nacme\n',
  'notes.txt': 'hi\n',
};

const gcc = (name: string, args: readonly string[], tools: readonly string[] = ['x86_64-linux-gnu-gcc']): CorpusRecipe => {
  const output = `${name.replaceAll(/\W+/g, '-')}.out`;
  return { name, tools, args: [...args, '-o', output], output };
};
const arm = ['arm-linux-gnueabihf-gcc'];
const riscv = ['riscv64-linux-gnu-gcc'];
const mingw = ['x86_64-w64-mingw32-gcc'];
const clang = ['clang', 'clang-19'];
const lld = ['ld.lld', 'ld.lld-19'];
const ld64 = ['ld64.lld', 'ld64.lld-19'];
const wasmLd = ['wasm-ld', 'wasm-ld-19'];
const ANDROID_OBJECT = ['-target', 'aarch64-linux-android24', '-fPIC', '-O2', '-c', 'bare.c'];
const android = (name: string, ...args: readonly string[]): CorpusRecipe => gcc(name, ['-shared', '-soname', 'libgreet.so', 'android.o', ...args], lld);
const mac = (name: string, arch: 'arm64' | 'x86_64', ...args: readonly string[]): CorpusRecipe =>
  gcc(name, ['-arch', arch, '-platform_version', 'macos', arch === 'arm64' ? '11.0' : '10.12', '14.0', `main-${arch}.o`, 'libSystem.tbd', ...args], ld64);

/** In the order in which they are made: later ones may use the files of earlier ones. */
export const CORPUS: readonly CorpusRecipe[] = [
  gcc('good program', ['main.c']),
  gcc('loader of Nix', ['main.c', '-Wl,-dynamic-linker,/nix/store/0c1b-glibc-2.40/lib/ld-linux-x86-64.so.2']),
  gcc('rpath of a home folder', ['main.c', '-Wl,--disable-new-dtags,-rpath,/home/me/lib']),
  gcc('runpath of a home folder', ['main.c', '-Wl,--enable-new-dtags,-rpath,$ORIGIN/../lib:/home/me/lib']),
  gcc('runpath beside the file', ['main.c', '-Wl,-rpath,$ORIGIN/../lib']),
  gcc('executable stack', ['main.c', '-Wl,-z,execstack']),
  gcc('assembly without a stack note', ['-shared', 'nonote.s']),
  gcc('relocations in code', ['-shared', 'textrel.s', '-Wl,-z,notext']),
  gcc('writable code', ['-static', '-nostdlib', 'bare.c', '-Wl,--omagic,-e,start']),
  gcc('fixed address', ['-no-pie', 'main.c']),
  gcc('no relro', ['main.c', '-Wl,-z,norelro']),
  gcc('private symbols of glibc', ['private.c', '-Wl,--allow-shlib-undefined', '-l:ld-linux-x86-64.so.2']),
  gcc('new C++ library', ['vector.cc'], ['x86_64-linux-gnu-g++']),
  gcc('C++ library linked in', ['vector.cc', '-static-libstdc++'], ['x86_64-linux-gnu-g++']),
  { name: 'library of acme', tools: ['x86_64-linux-gnu-gcc'], args: ['-shared', '-fPIC', 'acme.c', '-Wl,-soname,libacme.so.1', '-o', 'libacme.so'], output: 'libacme.so' },
  gcc('program of acme', ['user.c', 'libacme.so']),
  gcc('static program', ['-static', 'main.c']),
  gcc('static PIE', ['-static-pie', 'main.c']),
  { name: 'sections stripped', tools: ['llvm-objcopy', 'llvm-objcopy-19'], args: ['--strip-sections', 'good-program.out', 'stripped.out'], output: 'stripped.out' },
  { name: 'program with debug information', tools: ['x86_64-linux-gnu-gcc'], args: ['-g', 'main.c', '-o', 'debug.out'], output: 'debug.out' },
  { name: 'debug information alone', tools: ['objcopy', 'llvm-objcopy-19'], args: ['--only-keep-debug', 'debug.out', 'debug.debug'], output: 'debug.debug' },
  gcc('path of the source', ['-shared', '-fPIC', '-O2', '@path']),
  gcc('ARMv7 program', ['main.c'], arm),
  gcc('soft floats', ['-mfloat-abi=soft', '-march=armv5te', '-marm', '-nostdlib', '-nostartfiles', '-shared', '-fPIC', 'bare.c'], arm),
  gcc('RISC-V with soft floats', ['-mabi=lp64', '-march=rv64imac', '-nostdlib', '-shared', '-fPIC', 'bare.c'], riscv),
  gcc('RISC-V program', ['main.c'], riscv),
  gcc('aarch64 program', ['main.c'], ['aarch64-linux-gnu-gcc']),
  gcc('aarch64 with small pages', ['main.c', '-Wl,-z,max-page-size=4096'], ['aarch64-linux-gnu-gcc']),
  { name: 'object for Android', tools: clang, args: [...ANDROID_OBJECT, '-o', 'android.o'], output: 'android.o' },
  android('Android library', '-z', 'max-page-size=16384'),
  android('Android library with pages of 4 KB', '-z', 'max-page-size=4096'),
  gcc('Android library of glibc', ['-shared', '-nostdlib', '-fPIC', 'bare.c', '-Wl,-soname,libgreet.so,-z,max-page-size=16384,-z,common-page-size=16384,--no-as-needed', '-lc'], ['aarch64-linux-gnu-gcc']),
  gcc('Windows program', ['main.c'], mingw),
  gcc('Windows program of 32 bits', ['main.c'], ['i686-w64-mingw32-gcc']),
  gcc('Windows program at a fixed address', ['main.c', '-Wl,--disable-dynamicbase'], mingw),
  gcc('Windows program with executable data', ['main.c', '-Wl,--disable-nxcompat'], mingw),
  gcc('Windows program at low addresses', ['main.c', '-Wl,--disable-high-entropy-va'], mingw),
  gcc('Windows driver', ['main.c', '-Wl,--subsystem,native'], mingw),
  gcc('Windows program with a window', ['main.c', '-mwindows'], mingw),
  gcc('Windows program that needs the compiler', ['throw.cc'], ['x86_64-w64-mingw32-g++']),
  { name: 'import library of UCRT', tools: ['x86_64-w64-mingw32-dlltool'], args: ['-d', 'two-crts.def', '-l', 'libtwo.a'], output: 'libtwo.a' },
  gcc('Windows program of two runtimes', ['user.c', '-L.', '-ltwo'], mingw),
  { name: 'arm64 object for macOS', tools: clang, args: ['-target', 'arm64-apple-macos11', '-O2', '-c', 'main_mac.c', '-o', 'main-arm64.o'], output: 'main-arm64.o' },
  { name: 'object for iOS', tools: clang, args: ['-target', 'arm64-apple-ios14', '-O2', '-c', 'bare.c', '-o', 'ios.o'], output: 'ios.o' },
  { name: 'x86_64 object for macOS', tools: clang, args: ['-target', 'x86_64-apple-macos10.12', '-O2', '-c', 'main_mac.c', '-o', 'main-x86_64.o'], output: 'main-x86_64.o' },
  mac('macOS program', 'arm64'),
  mac('macOS program for x86_64', 'x86_64'),
  mac('macOS program without a signature', 'arm64', '-no_adhoc_codesign'),
  mac('macOS program with an rpath', 'arm64', '-rpath', '/Users/me/lib', '-rpath', '@loader_path/../lib'),
  mac('macOS program with chained fixups', 'x86_64', '-fixup_chains'),
  gcc('macOS program for a newer system', ['-arch', 'arm64', '-platform_version', 'macos', '13.0', '14.0', 'main-arm64.o', 'libSystem.tbd'], ld64),
  gcc('library for iOS', ['-arch', 'arm64', '-platform_version', 'ios', '14.0', '14.0', 'ios.o', '-dylib', '-adhoc_codesign', '-install_name', '@rpath/libgreet.dylib'], ld64),
  gcc('macOS program of an old SDK', ['-arch', 'arm64', '-platform_version', 'macos', '11.0', '10.8', 'main-arm64.o', 'libSystem.tbd'], ld64),
  gcc('macOS library', ['-dylib', '-install_name', '/Users/me/target/libacme.dylib', '-arch', 'arm64', '-platform_version', 'macos', '11.0', '14.0', 'main-arm64.o', 'libSystem.tbd'], ld64),
  mac('macOS program of that library', 'arm64', '-needed_library', 'macOS-library.out'),
  { name: 'universal program', tools: ['llvm-lipo', 'llvm-lipo-19'], args: ['-create', 'macOS-program.out', 'macOS-program-for-x86_64.out', '-output', 'universal.out'], output: 'universal.out' },
  {
    name: 'universal program between pages',
    tools: ['llvm-lipo', 'llvm-lipo-19'],
    args: ['-create', 'macOS-program.out', 'macOS-program-for-x86_64.out', '-segalign', 'arm64', '10', '-segalign', 'x86_64', '1000', '-output', 'crooked.out'],
    output: 'crooked.out',
  },
  { name: 'wasm object', tools: clang, args: ['-target', 'wasm32-unknown-unknown', '-O2', '-c', 'foreign.c', '-o', 'foreign.o'], output: 'foreign.o' },
  { name: 'wasm object with a start', tools: clang, args: ['-target', 'wasm32-wasi', '-O2', '-c', 'wasi.c', '-o', 'wasi.o'], output: 'wasi.o' },
  gcc('wasm module that imports a C function', ['--no-entry', '--allow-undefined', 'foreign.o'], wasmLd),
  gcc('wasm module', ['--no-entry', 'wasi.o', '--export=_start'], wasmLd),
  gcc('wasm program', ['wasi.o'], wasmLd),
  { name: 'bitcode', tools: clang, args: ['-target', 'x86_64-linux-gnu', '-flto', '-c', 'bare.c', '-o', 'bitcode.o'], output: 'bitcode.o' },
  { name: 'x86_64 object', tools: ['x86_64-linux-gnu-gcc'], args: ['-c', 'bare.c', '-o', 'x.o'], output: 'x.o' },
  { name: 'aarch64 object', tools: ['aarch64-linux-gnu-gcc'], args: ['-c', 'bare.c', '-o', 'a.o'], output: 'a.o' },
  { name: 'static library', tools: ['ar'], args: ['rcs', 'libgood.a', 'x.o', 'notes.txt'], output: 'libgood.a' },
  { name: 'static library of two machines', tools: ['ar'], args: ['rcs', 'libmixed.a', 'x.o', 'a.o'], output: 'libmixed.a' },
  { name: 'static library of bitcode', tools: ['ar'], args: ['rcs', 'libbitcode.a', 'x.o', 'bitcode.o'], output: 'libbitcode.a' },
  { name: 'thin static library', tools: ['ar'], args: ['rcsT', 'libthin.a', 'x.o'], output: 'libthin.a' },
];

/** Makes the corpus in a fresh folder below the system's temporary one. */
export function makeCorpus(): Samples & { readonly folder: string } {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'nx-cargo-cross-corpus-'));
  for (const [name, text] of Object.entries(SOURCES)) writeFileSync(join(folder, name), text);
  const found: Sample[] = [];
  const missing: string[] = [];
  for (const { name, tools, args, output } of CORPUS) {
    const words = args.map((word) => (word === '@path' ? join(folder, 'path.c') : word));
    const tool = findTool(...tools);
    if (!tool) missing.push(`${name}: none of ${tools.join(', ')} on the PATH`);
    else if (run(tool, words, folder) === undefined) missing.push(`${name}: ${[tool, ...words].join(' ')} failed`);
    else found.push({ name, path: join(folder, output) });
  }
  return { folder, found, missing, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}
