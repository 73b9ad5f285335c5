/** The names that folders of this machine have for everybody, as scripts are told them: what names a script is in cargo's fingerprints, what a variable of ours says is not. */
import { SHARED_OUT_DIR, OUTPUTS_NAMED } from './shared-out-dir.js';

/** Folders and their names, one `folder=name` a line; the first that matches counts. */
export const FOLDERS = 'NX_CARGO_CROSS_FOLDERS';

/** The names that folders of published sources have. */
export const PUBLISHED = { registries: '/cargo/registry/src', checkouts: '/cargo/git/checkouts' } as const;

/** The name of the target folder, and what those of folders in it begin with. */
export const TARGET_NAME = './target';

/** The name of the folder where a backend's files lie. */
export const OWN_FOLDER = `${TARGET_NAME}/nx-cross/backend`;

/**
 * Shell lines that put them before a C compiler's words, of which the last that matches counts: so the user's win. `$d` is the folder of the scripts: it is each platform's own, and the variable is the same for all, or they
 * could not share cargo calls. `$published` says that all words are of published sources: the checkout, which they do not know, is not named then. Source: gcc 8 and clang 10, `-ffile-prefix-map`.
 */
export const NAME_FOLDERS_TO_C = `if [ "\${${FOLDERS}-}" ]; then
  set -f
  IFS='
'
  words=
  for folder in $${FOLDERS}; do
    case $published$folder in
      ${Object.values(PUBLISHED).map((name) => `1*=${name}`).join('|')}) ;;
      1*) continue;;
    esac
    words="-ffile-prefix-map=$folder
$words"
  done
  words="$words-ffile-prefix-map=$d=${OWN_FOLDER}
"
  [ "$published" ] || [ -z "\${${OUTPUTS_NAMED}-}" ] || [ -z "\${OUT_DIR-}" ] || words="$words-ffile-prefix-map=$OUT_DIR=${SHARED_OUT_DIR}"
  set -- $words "$@"
  set +f
  unset IFS
fi`;
