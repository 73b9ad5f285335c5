/**
 * Linking a static musl program without zig's musl, which zig compiles for one or two minutes per architecture: rustup's std brings start files, the C library
 * and the unwinder, and lld alone, which is in zig, links with them. zig still compiles the C code, for which it builds nothing.
 *
 * rustc names std's start files on the link line where it is let (`-Clink-self-contained`), so a script sees by the words whose C library is meant. What it does
 * not know, and what std's files do not have (the C++ runtime), is zig's to link, as everything was: the same words always give the same linker, on all machines.
 *
 * Sources: rustc 1.95, `compiler/rustc_target/src/spec/crt_objects.rs` and `compiler/rustc_codegen_ssa/src/back/link.rs`; clang's `Gnu.cpp` for what a driver
 * makes of `-static-pie`; musl's `INSTALL` and Makefile for the libraries that are empty.
 */
import { rustRelease } from '../../cargo/rust-release.js';
import type { Linkage } from '../../config/resolved.js';
import type { KnownTriple, Machine } from '../../platform/known.js';
import { screamingTriple, type Triple } from '../../platform/triple.js';
import type { GeneratedFile, Host } from '../contract.js';
import type { Environment } from '../env-edit.js';
import { atomicsLink } from './atomics.js';
import { LINK_WORDS, type LinkWordAction } from './link-words.js';

/** Those whose programs were run. */
const MACHINES: ReadonlySet<Machine> = new Set(['x86_64', 'aarch64', 'i386']);

/** The first whose std has musl 1.2, which zig's headers are of: before, `time_t` had 32 bits on 32-bit machines. Source: Rust's release notes, 1.71. */
const RUST_WITH_MUSL_1_2 = 71;

/** Where zig's scripts look at the words of a link for std's own start files. */
export function mayLinkStd({ libc, machine }: KnownTriple): boolean {
  return libc === 'musl' && MACHINES.has(machine);
}

/**
 * Whether rustc is let link the C library that std brings. Decided by the toolchain's own name, which every key has, and not by a look at its folder: the first
 * build of a machine may be the one that makes rustup fetch std.
 */
export function linksStd({ name, facts }: Triple, linkage: Linkage | undefined, { rustc = '' }: Host, user: Environment): boolean {
  const release = rustRelease(rustc);
  // The user's own linker gets the words that it always got.
  const ownLinker = (user[`CARGO_TARGET_${screamingTriple(name)}_LINKER`] ?? '') !== '';
  return mayLinkStd(facts) && linkage === 'static' && release !== undefined && release.minor >= RUST_WITH_MUSL_1_2 && !ownLinker;
}

/** The status that says that zig is to link. */
const LINK_BY_ZIG = 75;

const scriptName = (triple: string): string => `${triple}-std-link`;

/** Shell lines for the front of the compiler script, which hand a link with std's start files on; `$d` is the folder of the scripts. */
export function stdLinkFirst(facts: KnownTriple): string {
  if (!mayLinkStd(facts)) return '';
  return `case " $* " in *"/self-contained/crt1.o "*|*"/self-contained/rcrt1.o "*)
  "$d/${scriptName(facts.triple)}" "$@"
  status=$?
  [ $status = ${LINK_BY_ZIG} ] || exit $status;;
esac
`;
}

/**
 * The script that links with std's files. It leaves the link to zig where a word is not lld's, or where something is lacking that zig's libraries may have; any
 * other failure is the link's own.
 * @param header what every script begins with.
 * @param command the C compiler with its first words.
 */
export function stdLinkScript(facts: KnownTriple, header: string, command: string): readonly GeneratedFile[] {
  if (!mayLinkStd(facts)) return [];
  const text = `${header}
two=
for a do
  shift
  if [ "$two" ]; then two=; set -- "$@" "$a"; continue; fi
  case $a in
${LINK_WORDS.map(({ id, match, action }) => `    ${match}) ${render(action)};; # ${id}`).join('\n')}
    *) set -- "$@" "$a";;
  esac
done${atomicsLink(facts, command)}
# musl makes the stacks of C's threads as large as the program says, and tiny where it says nothing. zig says this much.
said=$("$zig" ld.lld -static -z stack-size=16777216 "$@" 2>&1)
status=$?
case $status$said in
  0) exit 0;;
  0*) ;;
  *': undefined '*'symbol: '*|*': unable to find library '*|*': attempted static link of dynamic object '*) exit ${LINK_BY_ZIG};;
esac
printf '%s\\n' "$said" >&2
exit $status
`;
  return [{ path: scriptName(facts.triple), text, executable: true }];
}

function render(action: LinkWordAction): string {
  switch (action.do) {
    case 'drop':
      return '';
    case 'keep':
      return 'set -- "$@" "$a"';
    case 'keep-two':
      return 'two=1; set -- "$@" "$a"';
    case 'replace':
      return `set -- "$@" ${action.by}`;
    case 'split':
      return `a=\${a#-Wl,}; while :; do case $a in *,*) set -- "$@" "\${a%%,*}"; a=\${a#*,};; *) set -- "$@" "$a"; break;; esac; done`;
    case 'zig':
      return `exit ${LINK_BY_ZIG}`;
  }
}
