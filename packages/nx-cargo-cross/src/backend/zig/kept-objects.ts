/**
 * Where zig keeps what it compiled. By itself `zig cc` does so with its own libraries, for all builds of a user; a cache for each target folder, which is gone with it, would compile SQLite once more after every
 * `cargo clean`. But zig's key is the words, the source, and the headers that were read. Not in it are the folder in which the compiler was started, which is in debug information; headers that were not there and
 * are now; and what a variable adds (zig 0.16, `src/Compilation.zig`, `updateCObject`). So only what is made of published sources, in folders where nothing else comes in between, is kept for all builds, and the
 * folder is said as a word.
 */
import { FOLDERS, PUBLISHED, TARGET_NAME } from '../named-folders.js';

/** Variables that add folders and words to those of the call. Sources: the GCC manual, "Environment Variables"; clang's `tools/driver/driver.cpp`. */
const MORE_WORDS = ['CPATH', 'C_INCLUDE_PATH', 'CPLUS_INCLUDE_PATH', 'OBJC_INCLUDE_PATH', 'OBJCPLUS_INCLUDE_PATH', 'CCC_OVERRIDE_OPTIONS'];

/**
 * Shell lines that come before the words of a compiler get more: they choose zig's own cache where the words are only such as are in zig's key, or name what never changes.
 * @param ours the variable with the cache below the target folder: the user's own stays
 */
export function keepForAllBuilds(ours: string): string {
  return `below() {
  case $1/ in */../*) return 1;; esac
  IFS='
'
  for folder in $${FOLDERS}; do
    ours=
    case $folder in
      ${Object.values(PUBLISHED).map((name) => `*=${name}`).join('|')}) ;;
      *=${TARGET_NAME}|*=${TARGET_NAME}/*) [ "$2" ] || continue; ours=1;;
      *) continue;;
    esac
    case $1 in "\${folder%=*}"/*) generated=$generated$ours; return 0;; esac
  done
  return 1
}
all_published() {
  for a do
    case $a in /*) path=$a;; *) path=$PWD/$a;; esac
    case $w in
      -o|-M?) w=; continue;;
      -?*) w=; below "$path" generated || return 1; continue;;
    esac
    case $a in
      -I|-isystem|-iquote|-idirafter|-o|-MF|-MT|-MQ) w=$a;;
      -I/*) below "\${a#-I}" generated || return 1;;
      -I*) below "$PWD/\${a#-I}" generated || return 1;;
      -ffile-prefix-map=*|-fdebug-prefix-map=*|-fmacro-prefix-map=*|-f*-compilation-dir=*) ;;
      -f*=*/*|-W[alp],*) return 1;;
      -[cDUOWwgfm]*|-std=*|-M|-MM|-MD|-MMD|-MP|-pthread|-pipe|-pedantic*|-ansi|-nostdinc*) ;;
      *.c|*.cc|*.cpp|*.cxx|*.C|*.m|*.mm) below "$path" '' || return 1;;
      *) return 1;;
    esac
  done
}
set -f
w= ours= generated= published=
if [ "$compile" ] && [ "\${${FOLDERS}-}" ] && [ "$ZIG_LOCAL_CACHE_DIR" = "$${ours}" ] && [ -z "${MORE_WORDS.map((name) => `\${${name}-}`).join('')}" ] && all_published "$@"; then
  [ "$generated" ] || ! below "$PWD" '' || published=1
  unset ZIG_LOCAL_CACHE_DIR
  set -- "-fdebug-compilation-dir=$PWD" "$@"
fi
set +f
unset IFS`;
}
