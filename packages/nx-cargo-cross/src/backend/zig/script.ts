/**
 * The wrapper scripts for zig, in POSIX sh: compilers start thousands of times per build, and a shell starts in a tenth of the time that node takes.
 *
 * The compile path forks nothing. Response files, which rustc writes when a command line grows too long, are filtered word by word into a private copy.
 */
import { quoteWord } from '../../diagnostics/quote.js';
import type { KnownTriple } from '../../platform/known.js';
import type { FoundTool, GeneratedFile } from '../contract.js';
import { rulesFor, type ArgumentRule } from './rules.js';

export interface ZigScriptInput {
  readonly facts: KnownTriple;
  readonly zig: FoundTool;
  readonly target: string;
  readonly cpu: string | undefined;
  /** What `-dumpmachine` answers. */
  readonly gnuTriple: string;
  /** Absolute; where the scripts lie. */
  readonly directory: string;
  /** Absolute; zig's caches where the user named none. */
  readonly localCache: string;
  readonly globalCache: string | undefined;
  /** musl, linked dynamically: zig links it statically unless told. */
  readonly before: readonly string[];
}

/** The script that stands for a C or C++ compiler and linker. */
export function compilerScript(input: ZigScriptInput, name: string, language: 'cc' | 'c++'): GeneratedFile {
  const { facts } = input;
  const rules = rulesFor(facts);
  const fixed = ['-target', input.target, ...(input.cpu === undefined ? [] : [`-mcpu=${input.cpu}`]), '-fno-sanitize=all', ...input.before];
  const command = `"$zig" ${language} ${fixed.map(quoteWord).join(' ')}`;
  const linkOnly = facts.os === 'windows' ? ['-lcompiler_rt'] : [];
  const text = `${header(input)}
# One word in $1; the word to pass on in $r, or status 1 to drop it.
word() {
  if [ "$skip" ]; then skip=; return 1; fi
  r=$1
  case $1 in
${rules.map(renderRule).join('\n')}
    -dumpmachine) echo ${input.gnuTriple}; exit 0;;
    -print-sysroot|--print-sysroot) echo; exit 0;;
    -print-file-name=*|-print-prog-name=*) printf '%s\\n' "\${1#*=}"; exit 0;;
  esac
}
skip= compile= debug= response= once=
for a do
  shift
  case $a in @*) if [ -f "\${a#@}" ]; then response=1; fi; set -- "$@" "$a"; continue;; esac
  word "$a" && set -- "$@" "$r"
done
if [ "$response" ]; then
${RESPONSE_FILES}
fi
if [ "$compile" ]; then
  [ "$debug" ] || set -- -g0 "$@"
${linkOnly.length > 0 ? `else\n  set -- "$@" ${linkOnly.join(' ')}\n` : ''}fi
${facts.os === 'macos' ? 'if [ "$once" ]; then set -- "$@" -lcharset; fi\nif ! [ "$compile" ]; then set -- "$@" -L"$d/stubs"; fi\n' : ''}if [ "$response" ]; then ${command} "$@"; exit $?; fi
exec ${command} "$@"
`;
  return { path: name, text, executable: true };
}

/** A script for one of zig's other tools: \`ar`, `ranlib`, `dlltool`. */
export function toolScript(input: ZigScriptInput, name: string, tool: string): GeneratedFile {
  return { path: name, text: `${header(input)}\nexec "$zig" ${tool} "$@"\n`, executable: true };
}

function header({ zig, directory, localCache, globalCache }: ZigScriptInput): string {
  const exported = Object.entries(zig.env).map(([name, value]) => `${name}=${quoteWord(value)}`);
  return [
    '#!/bin/sh',
    `zig=${quoteWord(zig.path)} d=${quoteWord(directory)}`,
    ...exported,
    `: "\${ZIG_LOCAL_CACHE_DIR:=${shellDefault(localCache)}}"`,
    ...(globalCache === undefined ? [] : [`: "\${ZIG_GLOBAL_CACHE_DIR:=${shellDefault(globalCache)}}"`]),
    `export ZIG_LOCAL_CACHE_DIR${globalCache === undefined ? '' : ' ZIG_GLOBAL_CACHE_DIR'}${Object.keys(zig.env).map((name) => ` ${name}`).join('')}`,
  ].join('\n');
}

/** Text inside double quotes, as the default of a parameter expansion. */
function shellDefault(text: string): string {
  return text.replace(/[\\$`"}]/g, (special) => `\\${special}`);
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
    case 'once':
      return 'if [ "$once" ]; then return 1; fi; once=1';
    case 'refuse':
      return `echo ${quoteWord(action.message)} >&2; exit 1`;
  }
}

/**
 * rustc writes one word per line with a backslash before what it escapes (rust-lang/rust `command.rs`, `Escape`); everyone else writes as gcc reads it
 * (GCC manual, "@file"). The copy is written in the quoting that zig reads.
 */
const RESPONSE_FILES = `  tmp=$(mktemp "\${TMPDIR:-/tmp}/nx-cargo-cross.XXXXXX") || exit 1
  trap 'rm -f "$tmp" "$tmp.words"' EXIT
  trap 'exit 1' HUP INT TERM
  put() {
    case $1 in
      *[\\"\\\\]*) printf '"%s"\\n' "$(printf '%s\\n' "$1" | sed 's/\\(\\\\*\\)"/\\1\\1\\\\"/g; s/\\(\\\\*\\)$/\\1\\1/')";;
      *) printf '"%s"\\n' "$1";;
    esac
  }
  for a do
    case $a in @*) [ -f "\${a#@}" ] || { put "$a"; continue; };; *) put "$a"; continue;; esac
    case $a in
      */linker-arguments)
        while IFS= read a || [ "$a" ]; do word "$a" && put "$r"; done <"\${a#@}";;
      *)
        awk '
          function out() { if (have) { print w; w = ""; have = 0 } }
          { line = $0 "\\n"; n = length(line)
            for (i = 1; i <= n; i++) { ch = substr(line, i, 1)
              if (esc) { w = w ch; esc = 0 }
              else if (ch == "\\\\") { esc = 1; have = 1 }
              else if (quo != "") { if (ch == quo) quo = ""; else w = w ch }
              else if (ch == "\\"" || ch == "\\047") { quo = ch; have = 1 }
              else if (ch ~ /[ \\t\\n\\r]/) out()
              else { w = w ch; have = 1 } } }
          END { out() }' "\${a#@}" >"$tmp.words"
        while IFS= read -r a; do word "$a" && put "$r"; done <"$tmp.words";;
    esac
  done >"$tmp"
  set -- "@$tmp"`;
