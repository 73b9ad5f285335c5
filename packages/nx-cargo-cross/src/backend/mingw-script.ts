/**
 * The wrapper for mingw's compilers. It links the compiler's own libraries statically, so that a program needs no DLL that Windows has not. `-static` alone
 * does not do it, since rustc writes `-Wl,-Bdynamic` before the libraries that crates name; the last word is for the libraries that the driver adds behind
 * all others, which would follow that (measured with gcc 12 of mingw-w64).
 */
import { quoteWord } from '../diagnostics/quote.js';
import type { GeneratedFile } from './contract.js';
import { NAME_FOLDERS_TO_C } from './named-folders.js';
import { windowsHeaderFolder } from './windows-headers.js';

/** Libraries of gcc and mingw that exist both as archive and as import library of a DLL. */
const OWN_LIBRARIES = ['-lstdc++', '-lsupc++', '-lgcc_eh', '-latomic', '-lgomp', '-lquadmath', '-lssp', '-lssp_nonshared', '-lwinpthread'];

/** The same names as one extended regular expression. */
const NAMES = OWN_LIBRARIES.map((word) => word.slice(2).replaceAll('+', '\\+')).join('|');

/**
 * Words come one by one, or in a file that `@` names: rustc writes one where a command line grows too long, CMake where it is told to. The file stays as it is;
 * what is linked is a copy.
 * @param name the plain name of the tool, which rustc knows for a C driver: it does not know `<x>-gcc-posix`.
 * @param directory of the generated files.
 */
export function mingwCompiler(name: string, path: string, directory: string): GeneratedFile {
  const text = `#!/bin/sh
cc=${quoteWord(path)} d=${quoteWord(directory)}
headers=${quoteWord(windowsHeaderFolder(directory))}
${NAME_FOLDERS_TO_C}
for a do
  case $a in -c|-E|-S|-M|-MM) exec "$cc" "$@" -idirafter "$headers";; esac
done
tmp= n=0 inputs=
for a do
  shift
  case $a in -*) ;; *) inputs=1;; esac
  case $a in
    ${OWN_LIBRARIES.join('|')}) a=-l:lib\${a#-l}.a;;
    -lpthread) a=-l:libpthread.a;;
    -lgcc_s) a=-l:libgcc_eh.a;;
    @*) if [ -f "\${a#@}" ]; then
      if ! [ "$tmp" ]; then
        tmp=$(mktemp -d "\${TMPDIR:-/tmp}/nx-cargo-cross.XXXXXX") || exit 1
        trap 'rm -rf "$tmp"' EXIT
        trap 'exit 1' HUP INT TERM
      fi
      n=$((n + 1))
      sed -E -e :again -e 's/(^|[[:space:]"])-l(${NAMES}|pthread)($|[[:space:]"])/\\1-l:lib\\2.a\\3/' -e 's/(^|[[:space:]"])-lgcc_s($|[[:space:]"])/\\1-l:libgcc_eh.a\\2/' -e tagain <"\${a#@}" >"$tmp/$n" || exit 1
      a=@$tmp/$n
    fi;;
  esac
  set -- "$@" "$a"
done
set -- -static -static-libgcc -static-libstdc++ -idirafter "$headers" "$@"
# Asked for its version alone, the compiler would take a word for the linker as something to link.
if [ "$inputs" ]; then set -- "$@" -Wl,-Bstatic; fi
if [ "$tmp" ]; then "$cc" "$@"; exit $?; fi
exec "$cc" "$@"
`;
  return { path: name, text, executable: true };
}

/** A script that stands for a tool under its plain name, in the folder where build scripts look for it. */
export function mingwTool(name: string, path: string): GeneratedFile {
  return { path: name, text: `#!/bin/sh\nexec ${quoteWord(path)} "$@"\n`, executable: true };
}
