/**
 * The wrapper for mingw's compilers. It links the compiler's own libraries statically, so that a program needs no DLL that Windows has not: `-static` does
 * not do it, since rustc writes `-Wl,-Bdynamic` before the libraries that crates name (measured with gcc 12 of mingw-w64).
 */
import { quoteWord } from '../diagnostics/quote.js';
import type { GeneratedFile } from './contract.js';

/** Libraries of gcc and mingw that exist both as archive and as import library of a DLL. */
const OWN_LIBRARIES = ['-lstdc++', '-lsupc++', '-lgcc_eh', '-latomic', '-lgomp', '-lquadmath', '-lssp', '-lssp_nonshared', '-lwinpthread'];

/** @param name the plain name of the tool, which rustc knows for a C driver: it does not know `<x>-gcc-posix`. */
export function mingwCompiler(name: string, path: string): GeneratedFile {
  const text = `#!/bin/sh
cc=${quoteWord(path)}
for a do
  case $a in -c|-E|-S|-M|-MM) exec "$cc" "$@";; esac
done
for a do
  shift
  case $a in
    ${OWN_LIBRARIES.join('|')}) a=-l:lib\${a#-l}.a;;
    -lpthread) a=-l:libpthread.a;;
    -lgcc_s) a=-l:libgcc_eh.a;;
  esac
  set -- "$@" "$a"
done
exec "$cc" -static-libgcc -static-libstdc++ "$@"
`;
  return { path: name, text, executable: true };
}

/** A script that stands for a tool under its plain name, in the folder where build scripts look for it. */
export function mingwTool(name: string, path: string): GeneratedFile {
  return { path: name, text: `#!/bin/sh\nexec ${quoteWord(path)} "$@"\n`, executable: true };
}
