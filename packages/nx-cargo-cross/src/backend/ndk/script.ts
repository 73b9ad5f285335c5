/**
 * The compilers as scripts: clang with the target and API level, which is how the NDK's own guide for build systems calls it. The target stands last, since
 * clang takes the last one and cc-rs writes one without a level.
 */
import { quoteWord } from '../../diagnostics/quote.js';
import type { GeneratedFile } from '../contract.js';
import type { QuirkEffect } from './quirks.js';

export interface NdkScript {
  /** Relative to the set-up's directory. */
  readonly name: string;
  /** Absolute. */
  readonly compiler: string;
  /** `aarch64-linux-android24`. */
  readonly target: string;
}

/**
 * A shared library without a name of its own gets its file's: Android below API 23 looks libraries up by it, and the linker writes whole paths into what links it.
 * Objects that are only joined (`-r`) are no link: libraries would be drawn into them.
 */
export function ndkCompiler({ name, compiler, target }: NdkScript, { linkFirst, linkLast }: Required<QuirkEffect>): GeneratedFile {
  const text = `#!/bin/sh
cc=${quoteWord(compiler)} target=${quoteWord(`--target=${target}`)}
shared= named= out= last=
for a do
  case $a in
    -c|-E|-S|-M|-MM|-r|-Wl,-r|-Wl,--relocatable|-fsyntax-only|-print-*|--print-*|--version) exec "$cc" "$@" "$target";;
    -shared) shared=1;;
    -Wl,-soname*|-Wl,-h,*|-Wl,--soname*|-soname*) named=1;;
    -o?*) out=\${a#-o};;
  esac
  case $last in -o) out=$a;; esac
  last=$a
done
case $#$last in 0|1-v|1--help) exec "$cc" "$@" "$target";; esac
if [ -n "$shared" ] && [ -z "$named" ] && [ -n "$out" ]; then set -- "$@" "-Wl,-soname,\${out##*/}"; fi
exec "$cc" ${linkFirst.map(quoteWord).join(' ')} "$@" "$target" ${linkLast.map(quoteWord).join(' ')}
`;
  return { path: name, text, executable: true };
}
