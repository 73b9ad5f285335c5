/** The command that tells one C library, and one compiler's own, from another of the same version. For a shell. */

/** What becomes part of programs: start files, static libraries, mingw's import libraries. A compiler has some of them. */
const FILES = ['crt1.o', 'crt2.o', 'crti.o', 'libc.a', 'libc_nonshared.a', 'libgcc.a', 'libgcc_eh.a', 'libmingw32.a', 'libmingwex.a', 'libmsvcrt.a', 'libucrt.a', 'libstdc++.a'];

/**
 * A checksum of what the compiler would link by itself. gcc and clang say where a file lies, and its bare name where they have none (gcc's manual, "Developer
 * Options").
 */
export function askLibraries(compiler: string): string {
  return `for f in ${FILES.join(' ')}; do p=$(${compiler} -print-file-name=$f) && [ "$p" != $f ] && cat "$p"; done 2>/dev/null | cksum`;
}
