/**
 * What zig cannot read of the words that rustc, cc-rs, cmake and configure scripts write to a C driver, and what is done about each.
 * The rules become a `case` of a POSIX shell script (`script.ts`); the first that matches wins.
 *
 * Words were tried one by one on zig 0.16.0: since 0.11 an unknown linker word ends the build. Sources: cargo-zigbuild's filter and its issues, as named.
 */
import type { KnownTriple } from '../../platform/known.js';
import { BASE_LIBRARY_WORDS } from './freebsd.js';
import { STUBBED_WORDS } from './macos.js';

export interface ArgumentRule {
  readonly id: string;
  readonly when: (facts: KnownTriple) => boolean;
  /** A shell pattern over one whole word. */
  readonly match: string;
  readonly action: RuleAction;
  readonly why: string;
}

export type RuleAction =
  | { readonly do: 'drop' }
  /** The word and the one behind it. */
  | { readonly do: 'drop-two' }
  /** A word in shell syntax; `$1` is the matched word. */
  | { readonly do: 'replace'; readonly by: string }
  | { readonly do: 'keep' }
  /** A flag variable of the script is set, and the word kept. */
  | { readonly do: 'note'; readonly flag: 'compile' | 'source' | 'sanitize' | 'debug' | 'linkscript' | 'dylib' | 'named' | 'stubbed' | 'base' }
  /** What the link strips is remembered, the strongest of all wishes, and the word dropped. */
  | { readonly do: 'strip'; readonly level: 'debug' | 'all' }
  /** `-static-pie` said in zig's two words, the second behind all others. */
  | { readonly do: 'static-pie' }
  /** Kept the first time, dropped after. */
  | { readonly do: 'once' }
  | { readonly do: 'refuse'; readonly message: string };

const drop: RuleAction = { do: 'drop' };
const dropTwo: RuleAction = { do: 'drop-two' };
const replace = (by: string): RuleAction => ({ do: 'replace', by });

const always = (): boolean => true;
const elf = (facts: KnownTriple): boolean => facts.format === 'elf';
const musl = (facts: KnownTriple): boolean => facts.libc === 'musl';
const glibc = (facts: KnownTriple): boolean => facts.libc === 'glibc';
const windows = (facts: KnownTriple): boolean => facts.os === 'windows';
const macos = (facts: KnownTriple): boolean => facts.os === 'macos';
const freebsd = (facts: KnownTriple): boolean => facts.os === 'freebsd';
const arm = (facts: KnownTriple): boolean => facts.machine === 'arm';
const aarch64 = (facts: KnownTriple): boolean => facts.machine === 'aarch64';
const riscv = (facts: KnownTriple): boolean => facts.machine === 'riscv64';
const x86 = (facts: KnownTriple): boolean => facts.machine === 'i386' || facts.machine === 'x86_64';

export const ARGUMENT_RULES: readonly ArgumentRule[] = [
  rule('source-file', always, '*.c|*.cc|*.cpp|*.cxx|*.C|*.S|*.s|*.m|*.mm|-x*', { do: 'note', flag: 'source' }, 'tells compiling from linking'),
  rule('compile-only', always, '-c|-S|-E|-M|-MM', { do: 'note', flag: 'compile' }, 'tells compiling from linking'),
  rule('debug-off', always, '-g0', { do: 'keep' }, 'says that no debug information is wanted'),
  rule('debug-on', always, '-g*', { do: 'note', flag: 'debug' }, 'zig writes debug information unless -g0 is said'),
  rule('sanitize', always, '-fsanitize=*', { do: 'note', flag: 'sanitize' }, "zig's checks are wanted, and so is their runtime"),
  rule('rust-target', always, '--target=*', drop, "cc-rs writes Rust's or LLVM's triple; zig reads only its own grammar"),
  rule('second-target', always, '-target|--target', dropTwo, 'a second -target silently overrides the first'),
  rule('foreign-lld', always, '-fuse-ld=*|-B*/gcc-ld', drop, "rustc asks for its own lld where it takes the driver for gcc's; zig has one"),
  rule('preprocessor-depfile', always, '-Wp,-MD*|-Wp,-MMD*|-Wp,-MT*|-Wp,-MF*', { do: 'keep' }, 'zig reads these'),
  rule('preprocessor', always, '-Wp,*', drop, 'fatal for zig 0.16: aws/aws-lc-rs#993'),

  rule('arm-cpu', arm, '-march=*|-mcpu=*|-mfpu=*|-mfloat-abi=*|-mtune=*', drop, "zig's own -mcpu decides, with zig's own names"),
  rule('aarch64-extensions-macos', (f) => aarch64(f) && macos(f), '-march=armv8*-a+*', replace('-mcpu=apple_m1+${1#*+}'), 'zig has processor and features in one word'),
  rule('aarch64-extensions', aarch64, '-march=armv8*-a+*', replace('-mcpu=generic+${1#*+}'), 'zig has processor and features in one word'),
  rule('aarch64-arch', aarch64, '-march=armv8*', drop, 'zig knows no such processor'),
  rule('riscv-arch', riscv, '-march=*', drop, "zig's own -mcpu decides"),
  rule('x86-emulation', x86, '-Wl,-melf_*', drop, 'fatal for zig; cc-rs and rustc write it for i686'),

  rule('not-an-entry', elf, '-export*|-emit*', { do: 'keep' }, 'words that only begin like -e<symbol>'),
  rule('joined-entry', elf, '-e?*', replace('-Wl,--entry=${1#-e}'), 'zig reads only the linker form'),
  rule('strip-debug', elf, '-Wl,--strip-debug|-Wl,-S', { do: 'strip', level: 'debug' }, "zig's --strip-debug takes the symbol table too, and builds a libc of its own"),
  rule('strip-all', elf, '-Wl,--strip-all|-Wl,-s|-s', { do: 'strip', level: 'all' }, 'zig builds a libc of its own for a stripped program'),
  rule('linker-script', elf, '-T*|-Wl,-T*|-Wl,--script*', { do: 'note', flag: 'linkscript' }, 'there can be but one, and ours gives way'),
  rule('nostart-stop-gc', elf, '-Wl,-z,nostart-stop-gc|-Wl,-znostart-stop-gc', drop, 'fatal for zig: ziglang/zig#14663'),
  rule('cortex-a53', elf, '-Wl,--fix-cortex-a53-843419', drop, 'fatal for zig; rustc 1.98 writes it for every aarch64 Linux: rust-cross/cargo-zigbuild#451'),
  rule('lto-plugin', elf, '-Wl,-plugin-opt*|-Wl,-plugin=*', drop, "gcc's plugin; lld needs none"),
  rule('exclude-libs', elf, '-Wl,--exclude-libs*', drop, 'fatal for zig'),
  rule('text-relocations', elf, '-Wl,-z,text', drop, 'fatal for zig, and its default'),
  rule('linker-optimization', elf, '-Wl,-O?', drop, 'zig warns of it and does nothing'),
  rule('dynamic-list', elf, '-Wl,--dynamic-list=*', drop, 'fatal for zig 0.16'),
  rule('dynamic-list-two', elf, '-Wl,--dynamic-list', dropTwo, 'fatal for zig 0.16'),
  rule('libgcc-shared', elf, '-lgcc_s', replace('-lunwind'), "zig has no libgcc; LLVM's libunwind offers the same functions"),
  rule('static-pie', musl, '-static-pie', { do: 'static-pie' }, 'zig reads -static and -pie, and not the two in one'),
  rule('start-files', musl, '-nostartfiles|-L*/self-contained|*/self-contained/*crt*.o', drop, "rustc's own musl start files beside zig's would define _start twice"),
  rule(
    'static-glibc',
    glibc,
    '-static|-static-pie',
    { do: 'refuse', message: 'nx-cargo-cross: zig cannot link glibc statically; take a musl platform, or backend gcc' },
    'zig 0.16 refuses -static and silently links dynamically for -static-pie',
  ),
  rule('freebsd-libraries', freebsd, BASE_LIBRARY_WORDS, { do: 'note', flag: 'base' }, 'zig has no stubs of them: they are made'),

  rule(
    'windows-linker-words',
    windows,
    '-Wl,--disable-auto-image-base|-Wl,--dynamicbase|-Wl,--high-entropy-va|-Wl,--large-address-aware|-Wl,--no-insert-timestamp',
    drop,
    'defaults of lld, and partly fatal for zig',
  ),
  rule(
    'windows-libraries',
    windows,
    '-lgcc|-lmsvcrt|-lssp|-lssp_nonshared|-lwindows|-l:libpthread.a|-nolibc|--unwindlib=*|-fno-use-linker-plugin',
    drop,
    "not in zig's mingw, which brings UCRT, compiler-rt and threads of its own; -l:libpthread.a crashes zig 0.16",
  ),
  rule('windows-synchronization', windows, '-lsynchronization', replace('-lapi-ms-win-core-synch-l1-2-0'), "Microsoft's other name for the library, which std and crates link by, and zig's mingw has not"),
  rule('windows-unwinder', windows, '-lgcc_s|-lgcc_eh', replace('-lunwind'), "LLVM's libunwind offers the same functions"),
  rule('windows-registration', (f) => windows(f) && f.machine === 'i386', '*/rsbegin.o|*/rsend.o', drop, "zig's start files register the unwind tables"),
  rule('windows-dynamic', windows, '-Wl,-Bdynamic', replace('-Wl,-search_paths_first'), 'zig would look for .dll and .dll.a alone'),
  rule('windows-gui', windows, '-mwindows', replace('-Wl,--subsystem,windows'), 'zig ignores -mwindows with a warning'),
  rule('windows-exports', windows, '-Wl,*.def', replace('${1#-Wl,}'), "zig takes rustc's export list as an input file; without it everything is exported"),

  rule('macos-two-words', macos, '-arch|-isysroot', dropTwo, "zig's -target decides the architecture; its own stubs stand for the SDK"),
  rule('macos-minimum', macos, '-mmacosx-version-min=*|-mmacos-version-min=*|--sysroot=*', drop, "zig's -target decides"),
  rule('macos-library', macos, '-dynamiclib', { do: 'note', flag: 'dylib' }, 'a library gets a name of its own'),
  rule('macos-named', macos, '-install_name|-Wl,-install_name*', { do: 'note', flag: 'named' }, 'a name that somebody gave stays'),
  rule('macos-dylib', macos, '-Wl,-dylib', drop, 'doubles -dynamiclib'),
  rule('macos-stubbed', macos, STUBBED_WORDS, { do: 'note', flag: 'stubbed' }, "zig has no frameworks, and few of the system's libraries: stubs are made for the link"),
  rule('macos-iconv', macos, '-liconv', { do: 'once' }, 'std asks for it with every crate'),
];

function rule(id: string, when: ArgumentRule['when'], match: string, action: RuleAction, why: string): ArgumentRule {
  return { id, when, match, action, why };
}

/** The rules for a triple, in order. */
export function rulesFor(facts: KnownTriple): readonly ArgumentRule[] {
  return ARGUMENT_RULES.filter((candidate) => candidate.when(facts));
}
