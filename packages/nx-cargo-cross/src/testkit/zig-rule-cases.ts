/** What becomes of a caller's words, rule by rule. Every rule of `backend/zig/rules.ts`, and every word of its pattern, has its case here. */

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

const one = (rule: string, triple: string, given: string, passed: string): RuleCase => ({ rule, triple, given: given.split(' '), passed: passed.split(' ').filter(Boolean) });

/** On Windows every link gets zig's runtime; on macOS, the folder with the stubs. */
const windows = (rule: string, given: string, passed: string, triple = WINDOWS): RuleCase => one(rule, triple, given, `${passed} -lcompiler_rt`);
const macos = (rule: string, given: string, passed: string): RuleCase => one(rule, MACOS, given, `${passed} -L{d}/stubs`);

export const RULE_CASES: readonly RuleCase[] = [
  ...['-c', '-S', '-E', '-M', '-MM'].map((word) => one('compile-only', GNU, `${word} a.c`, `-g0 ${word} a.c`)),
  one('compile-only', GNU, 'a.o -o a', 'a.o -o a'),
  one('compile-only', WINDOWS, '-c a.c', '-g0 -c a.c'),
  one('compile-only', MACOS, '-c a.c', '-g0 -c a.c'),
  one('debug-off', GNU, '-c -g0 a.c', '-g0 -c -g0 a.c'),
  one('debug-on', GNU, '-c -g a.c', '-c -g a.c'),
  one('debug-on', GNU, '-gdwarf-4 -fno-omit-frame-pointer -c a.c', '-gdwarf-4 -fno-omit-frame-pointer -c a.c'),
  one('debug-on', GNU, '-c -g0 -ggdb3 a.c', '-c -g0 -ggdb3 a.c'),
  one('rust-target', GNU, '--target=aarch64-unknown-linux-gnu a.o', 'a.o'),
  one('second-target', MACOS, '-target arm64-apple-macosx11.0.0 -c a.c', '-g0 -c a.c'),
  one('second-target', GNU, '-c --target aarch64-linux-gnu a.c', '-g0 -c a.c'),
  one('foreign-lld', X86, '-fuse-ld=lld -B/rust/lib/rustlib/x86_64-unknown-linux-gnu/bin/gcc-ld a.o -B/other', 'a.o -B/other'),
  one('preprocessor-depfile', GNU, '-Wp,-MD,a.d -Wp,-MMD,a.d -Wp,-MT,a -Wp,-MF,a.d -c a.c', '-g0 -Wp,-MD,a.d -Wp,-MMD,a.d -Wp,-MT,a -Wp,-MF,a.d -c a.c'),
  one('preprocessor', GNU, '-Wp,-U_FORTIFY_SOURCE -c a.c', '-g0 -c a.c'),

  one('arm-cpu', ARM, '-march=armv7-a -mcpu=cortex-a53 -mfpu=vfpv3-d16 -mfloat-abi=hard -mtune=cortex-a8 -mthumb a.o', '-mthumb a.o'),
  one('aarch64-extensions-macos', MACOS, '-march=armv8.4-a+crypto -c a.c', '-g0 -mcpu=apple_m1+crypto -c a.c'),
  one('aarch64-extensions', GNU, '-march=armv8-a+crc -c a.c', '-g0 -mcpu=generic+crc -c a.c'),
  one('aarch64-extensions', GNU, '-march=armv8.2-a+crypto+fp16 -c a.c', '-g0 -mcpu=generic+crypto+fp16 -c a.c'),
  one('aarch64-arch', GNU, '-march=armv8-a -march=armv8.2-a -c a.c', '-g0 -c a.c'),
  one('riscv-arch', RISCV, '-march=rv64gc -mabi=lp64d -c a.c', '-g0 -mabi=lp64d -c a.c'),
  one('x86-emulation', 'i686-unknown-linux-musl', '-m32 -Wl,-melf_i386 a.o', '-m32 a.o'),
  one('x86-emulation', X86, '-Wl,-melf_x86_64 a.o', 'a.o'),

  one('not-an-entry', GNU, '-export-dynamic -emit-llvm a.o', '-export-dynamic -emit-llvm a.o'),
  one('joined-entry', GNU, '-estart a.o -e main', '-Wl,--entry=start a.o -e main'),
  one('strip-debug', GNU, 'a.o -Wl,--strip-debug -Wl,-S -Wl,--strip-all', 'a.o -T{d}/nodebug.ld -T{d}/nodebug.ld -Wl,--strip-all'),
  one('nostart-stop-gc', GNU, '-Wl,-z,nostart-stop-gc -Wl,-znostart-stop-gc -Wl,-z,relro a.o', '-Wl,-z,relro a.o'),
  one('cortex-a53', GNU, '-Wl,--fix-cortex-a53-843419 a.o', 'a.o'),
  one('lto-plugin', GNU, '-Wl,-plugin-opt=O3 -Wl,-plugin=/x/liblto_plugin.so a.o', 'a.o'),
  one('exclude-libs', GNU, '-Wl,--exclude-libs,ALL -Wl,--exclude-libs=ALL a.o', 'a.o'),
  one('text-relocations', GNU, '-Wl,-z,text a.o', 'a.o'),
  one('linker-optimization', GNU, '-Wl,-O1 -Wl,-O2 -O2 a.o', '-O2 a.o'),
  one('dynamic-list', GNU, '-Wl,--dynamic-list=/tmp/list a.o', 'a.o'),
  one('dynamic-list-two', GNU, '-Wl,--dynamic-list -Wl,/tmp/list a.o', 'a.o'),
  one('libgcc-shared', GNU, 'a.o -lgcc_s -lc', 'a.o -lunwind -lc'),
  one('libgcc-shared', MUSL, 'a.o -lgcc_s -lc', 'a.o -lunwind -lc'),
  one('start-files', MUSL, '-nostartfiles -L/s/lib/self-contained /s/self-contained/rcrt1.o /s/self-contained/crti.o /s/self-contained/crtend.o a.o', 'a.o'),
  one('freebsd-libraries', FREEBSD, 'a.o -lkvm -lmemstat -lprocstat -ldevstat -lexecinfo', 'a.o -lexecinfo'),

  windows('windows-linker-words', '-Wl,--disable-auto-image-base -Wl,--dynamicbase -Wl,--high-entropy-va -Wl,--no-insert-timestamp a.o', 'a.o'),
  windows('windows-linker-words', '-Wl,--large-address-aware -Wl,--nxcompat a.o', '-Wl,--nxcompat a.o', WINDOWS_32),
  windows('windows-libraries', '-fno-use-linker-plugin -nolibc --unwindlib=none a.o -lgcc -lmsvcrt -lssp -lssp_nonshared -lwindows -l:libpthread.a -lmingwex', 'a.o -lmingwex'),
  windows('windows-unwinder', 'a.o -lgcc_eh -lgcc_s', 'a.o -lunwind -lunwind'),
  windows('windows-registration', '/s/rsbegin.o a.o /s/rsend.o', 'a.o', WINDOWS_32),
  windows('windows-dynamic', '-Wl,-Bstatic a.o -Wl,-Bdynamic', '-Wl,-Bstatic a.o -Wl,-search_paths_first'),
  windows('windows-gui', '-mwindows a.o', '-Wl,--subsystem,windows a.o'),
  windows('windows-exports', '-shared -Wl,/tmp/rustcXyz/list.def a.o', '-shared /tmp/rustcXyz/list.def a.o'),

  macos('macos-two-words', '-arch arm64 -isysroot /sdk a.o', 'a.o'),
  macos('macos-minimum', '-mmacosx-version-min=11.0 -mmacos-version-min=11.0 --sysroot=/sdk a.o', 'a.o'),
  macos('macos-dylib', '-dynamiclib -Wl,-dylib a.o', '-dynamiclib a.o'),
  macos('macos-iconv', 'a.o -liconv -lc -liconv', 'a.o -liconv -lc -lcharset'),
];

/** Words that a rule of another platform would change. */
export const KEPT: readonly (readonly [triple: string, given: string])[] = [
  [X86, '-march=x86-64-v3 -mcpu=generic -mtune=native a.o'],
  [GNU, '-mcpu=generic+crypto a.o'],
  [GNU, '-Wl,-melf_aarch64 a.o'],
  [GNU, '-lgcc -lgcc_eh -lunwind a.o'],
  [GNU, '-L/s/lib/self-contained /s/self-contained/crt1.o a.o'],
  [MUSL, '-static -static-pie a.o'],
  [MUSL, '-nostdlib -nodefaultlibs a.o'],
  [FREEBSD, '-static -lkvmx a.o'],
  [X86, '-lkvm -lmemstat a.o'],
  [X86, '-mwindows -Wl,x.def -Wl,-Bdynamic -Wl,--dynamicbase -lssp a.o'],
  [X86, '-arch arm64 -isysroot /sdk --sysroot=/sdk -liconv -liconv -Wl,-dylib a.o'],
  [X86, 'x.def -Wl,-rpath,$ORIGIN -Wl,--gc-sections -Wl,--as-needed -Wl,-z,relro,-z,now -pie a.o'],
];
