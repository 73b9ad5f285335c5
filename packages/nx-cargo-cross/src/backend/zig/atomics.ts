/**
 * The one function of libatomic that zig's runtime has not. Clang asks for it where a number may lie at an address that is no multiple of its size, as the
 * 64-bit ones of i386 do: OpenSSL's counters. Sources: zig 0.16 `lib/compiler_rt/atomics.zig`; LLVM's `compiler-rt/lib/builtins/atomic.c`; the System V ABI
 * for i386, table 2.1.
 */
import type { KnownTriple } from '../../platform/known.js';
import type { GeneratedFile } from '../contract.js';

const SOURCE: GeneratedFile = {
  path: 'atomic.c',
  text: `/* The compiler's own name for it may not be declared. */
_Bool is_lock_free(__SIZE_TYPE__ size, const volatile void *at) __asm__("__atomic_is_lock_free");
_Bool is_lock_free(__SIZE_TYPE__ size, const volatile void *at) {
  return (size == 1 || size == 2 || size == 4 || size == 8) && ((__UINTPTR_TYPE__)at & (size - 1)) == 0;
}
`,
  executable: false,
};

function wantsAtomics({ machine, format }: KnownTriple): boolean {
  return machine === 'i386' && format === 'elf';
}

/** The source; none where zig's runtime has all that clang asks for. */
export function atomicsFiles(facts: KnownTriple): readonly GeneratedFile[] {
  return wantsAtomics(facts) ? [SOURCE] : [];
}

/**
 * Shell lines for a link, which make the archive once; nothing of it is taken where nothing calls it. `$d` is the folder of the scripts. Two links at once
 * may both make it: each renames its own.
 * @param command the compiler with its first words.
 */
export function atomicsLink(facts: KnownTriple, command: string): string {
  if (!wantsAtomics(facts)) return '';
  return `
  if ! [ "$d/atomic.a" -nt "$d/${SOURCE.path}" ]; then
    ${command} -c -O2 -g0 -fno-sanitize=all "$d/${SOURCE.path}" -o "$d/atomic.$$.o" && "$zig" ar rcs "$d/atomic.$$.a" "$d/atomic.$$.o" && mv -f "$d/atomic.$$.a" "$d/atomic.a" || exit 1
    rm -f "$d/atomic.$$.o"
  fi
  set -- "$@" "$d/atomic.a"`;
}
