/**
 * A script that lets rustc link with the bare `ld` of a cross toolchain. rustc writes neither start files nor folders for it (rust-lang/rust,
 * `back/linker.rs`, `GccLinker` with `is_ld`), and every crate type takes other ones: glibc's and gcc's own specs say which.
 */
import { quoteWord } from '../../diagnostics/quote.js';
import type { KnownTriple } from '../../platform/known.js';
import { callsLibatomic } from '../atomic-script.js';
import type { GeneratedFile } from '../contract.js';

export interface RawLinker {
  /** Absolute path of the bare linker. */
  readonly ld: string;
  /** The folder of crt1.o, and the one of crtbegin.o, each with `/` at the end. */
  readonly libc: string;
  readonly gcc: string;
  /** Where libraries are, in order. */
  readonly folders: readonly string[];
  /** What programs name as their loader. */
  readonly interpreter: string | undefined;
}

/** @param name `<prefix>-ld`, which rustc knows for a bare linker. */
export function rawLinkerScript(name: string, { ld, libc, gcc, folders, interpreter }: RawLinker, facts: KnownTriple): GeneratedFile {
  const text = `#!/bin/sh
ld=${quoteWord(ld)} c=${quoteWord(libc)} g=${quoteWord(gcc)}
shared= pie= static=
word() {
  case $1 in
    -shared|--shared|-Bshareable) shared=1;;
    -pie|--pie|--pic-executable) pie=1;;
    -static|--static|-non_shared) static=1;;
  esac
}
for a do
  case $a in
    -r|--relocatable) exec "$ld" "$@";;
    @*) if [ -f "\${a#@}" ]; then while IFS= read -r line || [ "$line" ]; do word "$line"; done <"\${a#@}"; fi;;
    *) word "$a";;
  esac
done
if [ "$shared" ]; then kind=shared
elif [ "$static" ]; then kind=static\${pie:+-pie}
elif [ "$pie" ]; then kind=pie
else kind=program
fi
case $kind in
  shared) first="" begin=crtbeginS.o end=crtendS.o;;
  static-pie) first=rcrt1.o begin=crtbeginS.o end=crtendS.o;;
  static) first=crt1.o begin=crtbeginT.o end=crtend.o;;
  pie) first=Scrt1.o begin=crtbeginS.o end=crtendS.o;;
  program) first=crt1.o begin=crtbegin.o end=crtend.o;;
esac
set -- "$c"crti.o "$g$begin" "$@"${folders.map((folder) => ` -L${quoteWord(folder)}`).join('')}
if [ "$first" ]; then set -- "$c$first" "$@"; fi
case $kind in
  static*) set -- "$@" --start-group -lgcc -lgcc_eh -lc${atomic(facts)} --end-group;;
  shared) set -- "$@" -lgcc${atomic(facts)};;
  *) set -- ${interpreter === undefined ? '' : `--dynamic-linker ${quoteWord(interpreter)} `}"$@" -lgcc${atomic(facts)};;
esac
exec "$ld" "$@" "$g$end" "$c"crtn.o
`;
  return { path: name, text, executable: true };
}

/** gcc's driver would add it by its specs, or a crate asks for it; as an archive, of which nothing is taken where nothing is called. */
function atomic(facts: KnownTriple): string {
  return callsLibatomic(facts) ? ' -l:libatomic.a' : '';
}
