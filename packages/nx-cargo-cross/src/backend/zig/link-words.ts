/**
 * What the words that rustc, build scripts and users write to a C driver are for lld alone, which links with std's own files (`std-link.ts`). What is not
 * known here is zig's to link.
 */

/** What a word to the C driver is for lld. */
export type LinkWordAction =
  | { readonly do: 'drop' }
  | { readonly do: 'keep' }
  /** Kept, and whatever comes behind it. */
  | { readonly do: 'keep-two' }
  /** In shell syntax, already quoted; `$1` is no use here, `$a` is the word. */
  | { readonly do: 'replace'; readonly by: string }
  /** The parts between commas, each a word. */
  | { readonly do: 'split' }
  /** zig links. */
  | { readonly do: 'zig' };

export interface LinkWord {
  readonly id: string;
  /** A shell pattern over one whole word; the first that matches wins. */
  readonly match: string;
  readonly action: LinkWordAction;
  readonly why: string;
}

const drop: LinkWordAction = { do: 'drop' };

export const LINK_WORDS: readonly LinkWord[] = [
  word('two', '-o|-L|-u|-e|-z|-T', { do: 'keep-two' }, 'lld writes them alike'),
  word('sources', '*.c|*.cc|*.cpp|*.cxx|*.C|*.S|*.s|*.m|*.mm|@*', { do: 'zig' }, 'to be compiled, or words in a file'),
  word('which-kind', '-static|-Wl,-Bstatic|-Wl,-Bdynamic', drop, 'a static program has no other libraries; -static is said once, before all others'),
  word('place', '-no-pie|-nopie', { do: 'replace', by: '--no-pie' }, "lld's word"),
  word('static-pie', '-static-pie', { do: 'replace', by: '-pie --no-dynamic-linker -z text' }, 'what clang says to the linker'),
  word('drivers-own', '-nostartfiles|-nodefaultlibs|-nostdlib|-m32|-m64|-pthread|-O?|-g*', drop, 'lld adds nothing of its own, and knows the machine by the objects'),
  word('foreign-lld', '-fuse-ld=*|-B*/gcc-ld|--target=*', drop, 'as where zig links'),
  word('emulation', '-Wl,-melf_*', drop, 'lld knows the machine by the objects'),
  word('dynamic-among', '-Wl,-Bdynamic,*|-Wl,*,-Bdynamic*', { do: 'zig' }, 'what follows is to be found as a shared library'),
  word('linker-words', '-Wl,*', { do: 'split' }, "lld's own words"),
  word('strip', '-s', { do: 'replace', by: '--strip-all' }, "lld's word"),
  word('inside-musl', '-lm|-lpthread|-ldl|-lrt|-lutil|-lcrypt|-lresolv|-lxnet', drop, 'all of it is in libc.a; musl installs empty archives by these names, and std has them not'),
  word('compiler-runtime', '-lgcc|-latomic|-lcompiler_rt', drop, "the functions are in std's compiler_builtins"),
  word('unwinder', '-lgcc_s|-lgcc_eh', { do: 'replace', by: '-lunwind' }, "LLVM's unwinder, which std brings, has the same functions"),
  word('cxx', '-lc++|-lc++abi|-lstdc++|-lsupc++', { do: 'zig' }, 'std has no C++ runtime'),
  word('library', '-l?*|-L*', { do: 'keep' }, 'lld writes them alike'),
  word('unknown', '-*', { do: 'zig' }, 'nobody said what it is to lld'),
];

function word(id: string, match: string, action: LinkWordAction, why: string): LinkWord {
  return { id, match, action, why };
}
