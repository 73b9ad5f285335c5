/**
 * A linker for processors on which gcc calls libatomic. The library is gcc's own, and systems of those platforms seldom have it: it is linked as an archive,
 * of which nothing is taken where nothing is called. Measured with gcc 12: riscv64 calls it for single bytes, ARMv5 and ARMv6 for eight; ARMv7 and i686
 * don't, and `--as-needed`, which rustc writes, leaves it out.
 */
import { quoteWord } from '../diagnostics/quote.js';
import type { KnownTriple } from '../platform/known.js';
import type { GeneratedFile } from './contract.js';

/** Whether C code for the triple may call libatomic. */
export function callsLibatomic({ machine, arch }: KnownTriple): boolean {
  return machine === 'riscv64' || machine === 'powerpc' || machine === 'mips' || arch === 'arm' || arch === 'armv5te';
}

/** @param name the plain name of the compiler, which rustc knows for a C driver. */
export function atomicLinker(name: string, path: string): GeneratedFile {
  const text = `#!/bin/sh
cc=${quoteWord(path)}
for a do
  shift
  if [ "$a" = -latomic ]; then a=-l:libatomic.a; fi
  set -- "$@" "$a"
done
exec "$cc" "$@"
`;
  return { path: name, text, executable: true };
}
