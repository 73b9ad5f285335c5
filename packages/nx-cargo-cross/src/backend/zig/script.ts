/**
 * The wrapper scripts for zig, in POSIX sh: compilers start thousands of times per build, where the start of node would be felt each time.
 *
 * The compile path forks nothing. Response files, which rustc writes when a command line grows too long, are filtered word by word into a private copy.
 */
import { quoteWord } from '../../diagnostics/quote.js';
import type { KnownTriple } from '../../platform/known.js';
import type { FoundTool, GeneratedFile } from '../contract.js';
import { FOLDERS, NAME_FOLDERS_TO_C } from '../named-folders.js';
import { snakeTriple, type TripleName } from '../../platform/triple.js';
import { windowsHeaderFolder } from '../windows-headers.js';
import { atomicsLink } from './atomics.js';
import { baseLibraryLink } from './freebsd.js';
import { keepForAllBuilds } from './kept-objects.js';
import { macosCompileWords, macosLinkWords, macosStubbedLink, type ZigMacos } from './macos.js';
import { mingwCoreLink, WHOLE_MINGW, type MingwCore } from './mingw-core.js';
import { canDoWithoutRuntime, runtimelessLink } from './no-runtime.js';
import { rulesFor, type ArgumentRule } from './rules.js';
import { stdLinkFirst } from './std-link.js';
import { STRIP_SCRIPTS } from './strip.js';

export interface ZigScriptInput {
  readonly triple: TripleName;
  readonly facts: KnownTriple;
  /** Scripts of another zig are other scripts. */
  readonly version: string;
  readonly target: string;
  readonly cpu: string | undefined;
  /** What `-dumpmachine` answers. */
  readonly gnuTriple: string;
  /** Absolute; where the scripts lie. */
  readonly directory: string;
  /** For macOS alone. */
  readonly macos: ZigMacos | undefined;
  /** For Windows alone; undefined where zig links with all of its library. */
  readonly core: MingwCore | undefined;
}

/**
 * The script that stands for a C or C++ compiler and linker.
 *
 * Its version is that of the clang in zig: `zig cc -target <macOS> --version` leaves an empty a.o in the folder that it runs in, which for a build script is the
 * crate's (zig 0.16.0).
 */
export function compilerScript(input: ZigScriptInput, name: string, language: 'cc' | 'c++'): GeneratedFile {
  const { facts, macos, core } = input;
  const rules = rulesFor(facts);
  const headers = macos ? macosCompileWords(macos, input.directory) : facts.os === 'windows' ? [...CODEVIEW, '-idirafter', windowsHeaderFolder(input.directory)] : [];
  const more = headers.length > 0 ? `  set -- ${headers.map(quoteWord).join(' ')} "$@"\n` : '';
  const command = compilerCommand(input, language);
  const text = `${header(input)}
${language === 'cc' ? stdLinkFirst(facts) : ''}# One word in $1; the word to pass on in $r, or status 1 to drop it.
word() {
  if [ "$skip" ]; then skip=; return 1; fi
  r=$1
  case $1 in
${rules.map(renderRule).join('\n')}
    -dumpmachine) echo ${input.gnuTriple}; exit 0;;
    --version) exec "$zig" clang --version -target ${input.gnuTriple};;
    # cc-rs asks it of every clang; with files of our own behind it, it would be a link.
    -'?') compile=1;;
    -print-sysroot|--print-sysroot) echo; exit 0;;
    -print-file-name=*|-print-prog-name=*) printf '%s\\n' "\${1#*=}"; exit 0;;
  esac
}
skip= compile= source= stubbed= debug= response= once= strip= linkscript= pie= dylib= named= base= sanitize=${core ? ' whole=' : ''}
for a do
  shift
  case $a in @*) if [ -f "\${a#@}" ]; then response=1; fi; set -- "$@" "$a"; continue;; esac
  word "$a" && set -- "$@" "$r"
done
if [ "$response" ]; then
${RESPONSE_FILES}
fi
if [ "$compile$source" ]; then
${keepForAllBuilds(variableNames(input.triple).cache)}
${NAME_FOLDERS_TO_C}
  [ -z "\${${FOLDERS}-}" ] || [ -z "\${${LIB}-}" ] || set -- "-ffile-prefix-map=$${LIB}=/zig/lib" "$@"
  # zig compiles in checks and debug information unless it is told not to.
  set -- -fno-sanitize=all "$@"
  [ "$debug" ] || set -- -g0 "$@"
  # It also refuses __DATE__ in optimised code, since the clock would be in it; and its cache does not ask which date was meant.
  [ -z "\${SOURCE_DATE_EPOCH-}" ] || set -- -Wno-date-time "-D__NX_CARGO_CROSS_DATE=$SOURCE_DATE_EPOCH" "$@"
${more}fi
if ! [ "$compile" ]; then
${linkWords(input, command)}
fi
${macos ? macosStubbedLink(macos, command, linkProgramVariable(input)) : ''}if ! [ "$compile$sanitize" ]; then
${canDoWithoutRuntime(facts, input.version) ? runtimelessLink(`${command} ${NO_CHECKS}`) : ''}${core ? mingwCoreLink(core, `${command} ${NO_CHECKS}`, quoteWord) : ''}  # For a link zig would build the runtime of its checks, which takes longer than all of glibc's stubs, and which nothing asks for that was compiled here.
  { said=$(${command} ${NO_CHECKS} "$@" 2>&1 >&3 3>&-); } 3>&1
  status=$?
  case $status$said in
    [!0]*__ubsan_*) ;;
    *) [ -z "$said" ] || printf '%s\\n' "$said" >&2${core ? `; [ "$status" != 0 ] || [ -z "$whole" ] || echo ${quoteWord(WHOLE_MINGW)} >&2` : ''}; exit $status;;
  esac
fi
if [ "$response" ]; then ${command} "$@"; exit $?; fi
exec ${command} "$@"
`;
  return { path: name, text, executable: true };
}

/** Not `all`, which zig 0.16 does not heed in a link. */
export const NO_CHECKS = '-fno-sanitize=undefined';

/** For Windows clang writes into every object where it lies, which with zig is a file of a name drawn anew each time, and with debug information the whole command line. */
const CODEVIEW = ['-Xclang', '-object-file-name=obj', '-gno-codeview-command-line'];

/** zig's compiler with the words that every call gets. */
export function compilerCommand({ target, cpu }: ZigScriptInput, language: 'cc' | 'c++'): string {
  return `"$zig" ${language} ${['-target', target, ...(cpu === undefined ? [] : [`-mcpu=${cpu}`])].map(quoteWord).join(' ')}`;
}

/** Words that only a link gets, behind all others. */
function linkWords({ facts, macos }: ZigScriptInput, command: string): string {
  if (facts.os === 'windows') return '  set -- "$@" -lcompiler_rt';
  if (macos) return macosLinkWords(macos);
  if (facts.format === 'wasm') return '  :';
  return `  if [ "$pie" ]; then set -- "$@" -pie; fi
  case $strip$linkscript in
    debug) set -- "$@" "-T$d/${STRIP_SCRIPTS.debug.path}";;
    all) set -- "$@" "-T$d/${STRIP_SCRIPTS.all.path}";;
    '') set -- "$@" "-T$d/${STRIP_SCRIPTS.none.path}";;
    debug1|all1) set -- "$@" "-Wl,--strip-$strip";;
  esac${facts.os === 'freebsd' ? `\n${baseLibraryLink(command)}` : ''}${atomicsLink(facts, command)}`;
}

/** A script for one of zig's other tools: \`ar`, `ranlib`, `dlltool`. */
export function toolScript(input: ZigScriptInput, name: string, tool: string): GeneratedFile {
  return { path: name, text: `${header(input)}\nexec "$zig" ${tool} "$@"\n`, executable: true };
}

/** What scripts are told when they run, since their paths are in cargo's fingerprints, and their text is in their paths: it holds nothing of the checkout. */
export interface ZigRunInput {
  readonly zig: FoundTool;
  /** Absolute; zig's caches where the user named none. */
  readonly localCache: string;
  /** Words that start the program which links against stubs made to measure; undefined where none are made. */
  readonly linkProgram: readonly string[] | undefined;
}

/** By name, for one triple alone. */
export function runVariables(triple: TripleName, { zig, localCache, linkProgram }: ZigRunInput): Readonly<Record<string, string>> {
  const { path, lib, cache, link } = variableNames(triple);
  const libFolder = zig.env[LIB];
  return {
    [path]: zig.path,
    ...(libFolder === undefined ? {} : { [lib]: libFolder }),
    [cache]: localCache,
    ...(linkProgram === undefined ? {} : { [link]: linkProgram.join('\n') }),
  };
}

/** Of a zig that was found in an npm package: the folder of another that holds its files. */
const LIB = 'ZIG_LIB_DIR';

function variableNames(triple: TripleName): Readonly<Record<'path' | 'lib' | 'cache' | 'link', string>> {
  const named = (name: string): string => `NX_CARGO_CROSS_${name}_${snakeTriple(triple)}`;
  return { path: named('ZIG'), lib: named('ZIG_LIB'), cache: named('ZIG_CACHE'), link: named('MACOS_LINK') };
}

/** The words of the program that links for macOS, one a line. */
function linkProgramVariable({ triple }: ZigScriptInput): string {
  return variableNames(triple).link;
}

/** What every script begins with: where zig is, and its environment. Without a description of another C library (`ZIG_LIBC`): what that names is in no key. */
export function header({ triple, version, directory }: ZigScriptInput): string {
  const { path, lib, cache } = variableNames(triple);
  return `#!/bin/sh
# For zig ${version}.
zig=\${${path}:?'is not set: nx-cargo-cross says with it where zig is'} d=${quoteWord(directory)}
[ -z "\${${lib}-}" ] || export ${LIB}="$${lib}"
unset ZIG_LIBC
: "\${ZIG_LOCAL_CACHE_DIR:=$${cache}}"
export ZIG_LOCAL_CACHE_DIR`;
}

function renderRule({ id, match, action }: ArgumentRule): string {
  return `    ${match}) ${renderAction(action)};; # ${id}`;
}

function renderAction(action: ArgumentRule['action']): string {
  switch (action.do) {
    case 'drop':
      return 'return 1';
    case 'drop-two':
      return 'skip=1; return 1';
    case 'replace':
      return `r=${action.by}`;
    case 'keep':
      return '';
    case 'note':
      return `${action.flag}=1`;
    case 'strip':
      return `${action.level === 'all' ? 'strip=all' : 'strip=${strip:-debug}'}; return 1`;
    case 'static-pie':
      return 'r=-static; pie=1';
    case 'once':
      return 'if [ "$once" ]; then return 1; fi; once=1';
    case 'refuse':
      return `echo ${quoteWord(action.message)} >&2; exit 1`;
  }
}

/**
 * rustc writes one word per line with a backslash before what it escapes (rust-lang/rust `command.rs`, `Escape`); everyone else writes as gcc reads it
 * (GCC manual, "@file"). The copy is written in the quoting that zig reads, which cannot say "'": zig 0.16, `std/process/Args.zig`.
 */
const RESPONSE_FILES = `  tmp=$(mktemp -d "\${TMPDIR:-/tmp}/nx-cargo-cross.XXXXXX") || exit 1
  trap 'rm -rf "$tmp"' EXIT
  trap 'exit 1' HUP INT TERM
  put() {
    case $1 in
      *\\'*) echo "nx-cargo-cross: zig cannot read the character ' in a response file: $1" >&2; exit 1;;
      *[\\"\\\\]*) printf '"%s"\\n' "$(printf '%s\\n' "$1" | sed 's/\\(\\\\*\\)"/\\1\\1\\\\"/g; s/\\(\\\\*\\)$/\\1\\1/')";;
      *) printf '"%s"\\n' "$1";;
    esac
  }
  n=0
  for a do
    shift
    f=\${a#@}
    if [ "$f" = "$a" ] || ! [ -f "$f" ]; then set -- "$@" "$a"; continue; fi
    n=$((n + 1))
    case $f in
      */linker-arguments)
        while IFS= read a || [ "$a" ]; do word "$a" && put "$r"; done <"$f" >"$tmp/$n";;
      *)
        awk '
          function out() { if (have) { print w; w = ""; have = 0 } }
          { line = $0 "\\n"; n = length(line)
            for (i = 1; i <= n; i++) { ch = substr(line, i, 1)
              if (ch == "\\n" && (esc || quo != "")) { print "nx-cargo-cross: a line break inside a word of a response file" >"/dev/stderr"; exit 1 }
              if (esc) { w = w ch; esc = 0 }
              else if (ch == "\\\\") { esc = 1; have = 1 }
              else if (quo != "") { if (ch == quo) quo = ""; else w = w ch }
              else if (ch == "\\"" || ch == "\\047") { quo = ch; have = 1 }
              else if (ch ~ /[ \\t\\n\\r]/) out()
              else { w = w ch; have = 1 } } }' <"$f" >"$tmp/words" || exit 1
        while IFS= read -r a; do word "$a" && put "$r"; done <"$tmp/words" >"$tmp/$n";;
    esac
    set -- "$@" "@$tmp/$n"
  done`;
