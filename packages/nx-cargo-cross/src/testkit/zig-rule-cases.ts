/** What becomes of a caller's words, rule by rule. Every rule of `backend/zig/rules.ts`, and every word of its pattern, has its case here. */

import { STUBBED_WORDS } from '../backend/zig/macos.js';

export interface RuleCase {
  readonly rule: string;
  readonly triple: string;
  readonly given: readonly string[];
  /** `{d}` stands for the scripts' folder. */
  readonly passed: readonly string[];
}

const GNU = 'aarch64-unknown-linux-gnu';
const X86 = 'x86_64-unknown-linux-gnu';
const MUSL = 'x86_64-unknown-linux-musl';
const ARM = 'armv7-unknown-linux-gnueabihf';
const RISCV = 'riscv64gc-unknown-linux-gnu';
const WINDOWS = 'x86_64-pc-windows-gnu';
const WINDOWS_32 = 'i686-pc-windows-gnu';
const MACOS = 'aarch64-apple-darwin';
const FREEBSD = 'x86_64-unknown-freebsd';

const split = (words: string): readonly string[] => words.split(' ').filter(Boolean);

const OWN_HEADERS: Readonly<Record<string, string>> = { [MACOS]: '-idirafter {d}/include ', [WINDOWS]: '-Xclang -object-file-name=obj -gno-codeview-command-line -idirafter {d}/headers ' };
/** zig is told what it would otherwise compile in, and gets headers that it lacks. */
const compile = (rule: string, triple: string, given: string, passed: string): RuleCase => ({ rule, triple, given: split(given), passed: split(`${OWN_HEADERS[triple] ?? ''}-g0 -fno-sanitize=all ${passed}`) });
const compileDebug = (rule: string, triple: string, given: string, passed: string): RuleCase => ({ rule, triple, given: split(given), passed: split(`-fno-sanitize=all ${passed}`) });
/** Links without debug information of zig's own; on Windows with zig's runtime; on macOS with the folder of stubs. */
const link = (rule: string, triple: string, given: string, passed: string): RuleCase => ({ rule, triple, given: split(given), passed: split(`${passed} -T{d}/own-debug.ld`) });
const exactly = (rule: string, triple: string, given: string, passed: string): RuleCase => ({ rule, triple, given: split(given), passed: split(passed) });
const windows = (rule: string, given: string, passed: string, triple = WINDOWS): RuleCase => exactly(rule, triple, given, `${passed} -lcompiler_rt`);
const macos = (rule: string, given: string, passed: string): RuleCase => exactly(rule, MACOS, given, `${passed} -L{d}/stubs`);

export const RULE_CASES: readonly RuleCase[] = [
  ...['a.c', 'a.cc', 'a.cpp', 'a.cxx', 'a.C', 'a.S', 'a.s', 'a.m', 'a.mm'].map((word) => compile('source-file', GNU, `${word} -o a`, `${word} -o a -T{d}/own-debug.ld`)),
  compile('source-file', GNU, '-x c -', '-x c - -T{d}/own-debug.ld'),
  compile('source-file', WINDOWS, 'a.c -o a.exe', 'a.c -o a.exe -lcompiler_rt'),
  ...['-c', '-S', '-E', '-M', '-MM'].map((word) => compile('compile-only', GNU, `${word} a.c`, `${word} a.c`)),
  link('compile-only', GNU, 'a.o -o a', 'a.o -o a'),
  compile('compile-only', WINDOWS, '-c a.c', '-c a.c'),
  compile('compile-only', MACOS, '-c a.c', '-c a.c'),
  compile('debug-off', GNU, '-c -g0 a.c', '-c -g0 a.c'),
  compileDebug('debug-on', GNU, '-c -g a.c', '-c -g a.c'),
  compileDebug('debug-on', GNU, '-gdwarf-4 -fno-omit-frame-pointer -c a.c', '-gdwarf-4 -fno-omit-frame-pointer -c a.c'),
  compileDebug('debug-on', GNU, '-c -g0 -ggdb3 a.c', '-c -g0 -ggdb3 a.c'),
  link('sanitize', GNU, '-fsanitize=undefined a.o', '-fsanitize=undefined a.o'),
  link('rust-target', GNU, '--target=aarch64-unknown-linux-gnu a.o', 'a.o'),
  compile('second-target', MACOS, '-target arm64-apple-macosx11.0.0 -c a.c', '-c a.c'),
  compile('second-target', GNU, '-c --target aarch64-linux-gnu a.c', '-c a.c'),
  link('foreign-lld', X86, '-fuse-ld=lld -B/rust/lib/rustlib/x86_64-unknown-linux-gnu/bin/gcc-ld a.o -B/other', 'a.o -B/other'),
  compile('preprocessor-depfile', GNU, '-Wp,-MD,a.d -Wp,-MMD,a.d -Wp,-MT,a -Wp,-MF,a.d -c a.c', '-Wp,-MD,a.d -Wp,-MMD,a.d -Wp,-MT,a -Wp,-MF,a.d -c a.c'),
  compile('preprocessor', GNU, '-Wp,-U_FORTIFY_SOURCE -c a.c', '-c a.c'),

  link('arm-cpu', ARM, '-march=armv7-a -mcpu=cortex-a53 -mfpu=vfpv3-d16 -mfloat-abi=hard -mtune=cortex-a8 -mthumb a.o', '-mthumb a.o'),
  compile('aarch64-extensions-macos', MACOS, '-march=armv8.4-a+crypto -c a.c', '-mcpu=apple_m1+crypto -c a.c'),
  compile('aarch64-extensions', GNU, '-march=armv8-a+crc -c a.c', '-mcpu=generic+crc -c a.c'),
  compile('aarch64-extensions', GNU, '-march=armv8.2-a+crypto+fp16 -c a.c', '-mcpu=generic+crypto+fp16 -c a.c'),
  compile('aarch64-arch', GNU, '-march=armv8-a -march=armv8.2-a -c a.c', '-c a.c'),
  compile('riscv-arch', RISCV, '-march=rv64gc -mabi=lp64d -c a.c', '-mabi=lp64d -c a.c'),
  exactly('x86-emulation', 'i686-unknown-linux-musl', '-m32 -Wl,-melf_i386 a.o', '-m32 a.o -T{d}/own-debug.ld {d}/atomic.a'),
  link('x86-emulation', X86, '-Wl,-melf_x86_64 a.o', 'a.o'),

  link('not-an-entry', GNU, '-export-dynamic -emit-llvm a.o', '-export-dynamic -emit-llvm a.o'),
  link('joined-entry', GNU, '-estart a.o -e main', '-Wl,--entry=start a.o -e main'),
  exactly('strip-debug', GNU, 'a.o -Wl,--strip-debug -o a', 'a.o -o a -T{d}/no-debug.ld'),
  exactly('strip-debug', MUSL, 'a.o -Wl,-S', 'a.o -T{d}/no-debug.ld'),
  exactly('strip-debug', GNU, 'a.o -Wl,-S -Tmy.ld', 'a.o -Tmy.ld -Wl,--strip-debug'),
  exactly('strip-all', GNU, 'a.o -Wl,--strip-all', 'a.o -T{d}/no-symbols.ld'),
  exactly('strip-all', GNU, 'a.o -s', 'a.o -T{d}/no-symbols.ld'),
  exactly('strip-all', GNU, 'a.o -Wl,-s -Wl,--strip-debug', 'a.o -T{d}/no-symbols.ld'),
  exactly('strip-all', GNU, 'a.o -Wl,-S -Wl,-s', 'a.o -T{d}/no-symbols.ld'),
  exactly('strip-all', GNU, 'a.o -s -Wl,-T,my.ld', 'a.o -Wl,-T,my.ld -Wl,--strip-all'),
  exactly('linker-script', GNU, 'a.o -T my.ld', 'a.o -T my.ld'),
  exactly('linker-script', GNU, 'a.o -Wl,--script=my.ld', 'a.o -Wl,--script=my.ld'),
  exactly('linker-script', GNU, 'a.o -Wl,-Tmy.ld', 'a.o -Wl,-Tmy.ld'),
  link('nostart-stop-gc', GNU, '-Wl,-z,nostart-stop-gc -Wl,-znostart-stop-gc -Wl,-z,relro a.o', '-Wl,-z,relro a.o'),
  link('cortex-a53', GNU, '-Wl,--fix-cortex-a53-843419 a.o', 'a.o'),
  link('lto-plugin', GNU, '-Wl,-plugin-opt=O3 -Wl,-plugin=/x/liblto_plugin.so a.o', 'a.o'),
  link('exclude-libs', GNU, '-Wl,--exclude-libs,ALL -Wl,--exclude-libs=ALL a.o', 'a.o'),
  link('text-relocations', GNU, '-Wl,-z,text a.o', 'a.o'),
  link('linker-optimization', GNU, '-Wl,-O1 -Wl,-O2 -O2 a.o', '-O2 a.o'),
  link('dynamic-list', GNU, '-Wl,--dynamic-list=/tmp/list a.o', 'a.o'),
  link('dynamic-list-two', GNU, '-Wl,--dynamic-list -Wl,/tmp/list a.o', 'a.o'),
  link('libgcc-shared', GNU, 'a.o -lgcc_s -lc', 'a.o -lunwind -lc'),
  link('libgcc-shared', MUSL, 'a.o -lgcc_s -lc', 'a.o -lunwind -lc'),
  link('static-pie', MUSL, '-static-pie a.o -nodefaultlibs', '-static a.o -nodefaultlibs -pie'),
  link('start-files', MUSL, '-nostartfiles -L/s/lib/self-contained /s/self-contained/rcrt1.o /s/self-contained/crti.o /s/self-contained/crtend.o a.o -lc++', 'a.o -lc++'),
  link('start-files', 'armv7-unknown-linux-musleabihf', '/s/self-contained/crt1.o -nostartfiles -L/s/lib/self-contained a.o', 'a.o'),
  exactly('freebsd-libraries', FREEBSD, 'a.o -lkvm -lmemstat -lprocstat -ldevstat -lgeom -lexecinfo', 'a.o -lkvm -lmemstat -lprocstat -ldevstat -lgeom -lexecinfo -T{d}/own-debug.ld -L{d}/base'),

  windows('windows-linker-words', '-Wl,--disable-auto-image-base -Wl,--dynamicbase -Wl,--high-entropy-va -Wl,--no-insert-timestamp a.o', 'a.o'),
  windows('windows-linker-words', '-Wl,--large-address-aware -Wl,--nxcompat a.o', '-Wl,--nxcompat a.o', WINDOWS_32),
  windows('windows-libraries', '-fno-use-linker-plugin -nolibc --unwindlib=none a.o -lgcc -lmsvcrt -lssp -lssp_nonshared -lwindows -l:libpthread.a -lmingwex', 'a.o -lmingwex'),
  windows('windows-synchronization', 'a.o -lsynchronization', 'a.o -lapi-ms-win-core-synch-l1-2-0'),
  windows('windows-unwinder', 'a.o -lgcc_eh -lgcc_s', 'a.o -lunwind -lunwind'),
  windows('windows-registration', '/s/rsbegin.o a.o /s/rsend.o', 'a.o', WINDOWS_32),
  windows('windows-dynamic', '-Wl,-Bstatic a.o -Wl,-Bdynamic', '-Wl,-Bstatic a.o -Wl,-search_paths_first'),
  windows('windows-gui', '-mwindows a.o', '-Wl,--subsystem,windows a.o'),
  windows('windows-exports', '-shared -Wl,/tmp/rustcXyz/list.def a.o', '-shared /tmp/rustcXyz/list.def a.o'),

  macos('macos-two-words', '-arch arm64 -isysroot /sdk a.o', 'a.o'),
  macos('macos-minimum', '-mmacosx-version-min=11.0 -mmacos-version-min=11.0 --sysroot=/sdk a.o', 'a.o'),
  macos('macos-dylib', '-dynamiclib -Wl,-dylib a.o', '-dynamiclib a.o'),
  macos('macos-library', '-dynamiclib a.o -o /w/libit.dylib', '-dynamiclib a.o -o /w/libit.dylib -install_name @rpath/libit.dylib'),
  macos('macos-named', '-dynamiclib a.o -o /w/libit.dylib -install_name /usr/lib/libit.dylib', '-dynamiclib a.o -o /w/libit.dylib -install_name /usr/lib/libit.dylib'),
  macos('macos-named', '-dynamiclib a.o -o /w/libit.dylib -Wl,-install_name,/l.dylib', '-dynamiclib a.o -o /w/libit.dylib -Wl,-install_name,/l.dylib'),
  ...STUBBED_WORDS.split('|').map((word) => macos('macos-stubbed', `a.o ${word.replace('*', ',Security')}`, `a.o ${word.replace('*', ',Security')}`)),
  macos('macos-iconv', 'a.o -liconv -lc -liconv', 'a.o -liconv -lc -lcharset'),
];

/** Words that a rule of another platform would change, or that only look like one that a rule is for. */
export const KEPT: readonly (readonly [triple: string, given: string])[] = [
  [X86, '-march=x86-64-v3 -mcpu=generic -mtune=native a.o'],
  [GNU, '-mcpu=generic+crypto a.o'],
  [GNU, '-Wl,-melf_aarch64 a.o'],
  [GNU, '-lgcc -lgcc_eh -lunwind a.o'],
  [GNU, '-L/s/lib/self-contained /s/self-contained/crt1.o a.o'],
  [MUSL, '-static -pie a.o'],
  [MUSL, '-nostdlib -nodefaultlibs a.o'],
  [FREEBSD, '-static -lkvmx a.o'],
  [X86, '-lkvm -lmemstat a.o'],
  [X86, '-mwindows -Wl,x.def -Wl,-Bdynamic -Wl,--dynamicbase -lssp a.o'],
  [X86, '-arch arm64 -isysroot /sdk --sysroot=/sdk -liconv -liconv -Wl,-dylib a.o'],
  [X86, 'x.def -Wl,-rpath,$ORIGIN -Wl,--gc-sections -Wl,--as-needed -Wl,-z,relro,-z,now -shared a.o'],
  [MACOS, '-Wl,-S -Wl,-x -Wl,-dead_strip -s -T x -estart a.o'],
  [WINDOWS, '-s -Wl,--strip-all -Wl,-S -e start -Wl,-z,text a.o'],
];
