/**
 * What stands between cargo and rustc in every build whose bytes are to be the same everywhere: a script that tells rustc the names of this machine's folders.
 *
 * As rustflags, the words would be in cargo's fingerprints, and with them the checkout's path: what one checkout compiled would be stale in all others. Cargo has wrappers in no fingerprint. The script
 * is the same text for everybody, and lies at the same path for all checkouts of a user, since build scripts see it. The user's own wrapper is started by it, and sees what is really compiled.
 * Source: cargo 1.95, `core/compiler/fingerprint/mod.rs`, `calculate_normal`.
 */
import { sharedFile, type GeneratedFile } from '../backend/contract.js';
import type { EnvEdit, Environment } from '../backend/env-edit.js';
import { FOLDERS } from '../backend/named-folders.js';
import { FIRST_OUT_DIR } from './beside.js';
import { LINKER } from './host-linker.js';
import type { BuildRequest, Probe } from './request.js';

/** The folder of the crate that is asked for, where that may have to wait until others have come as far: see `lastCrate` in `system/cores.ts`. */
export const LAST_CRATE = 'NX_CARGO_CROSS_LAST_CRATE';

/** The user's own wrapper. */
const NEXT = 'NX_CARGO_CROSS_RUSTC_WRAPPER';

export interface RustcWrapper {
  /** With an absolute path. */
  readonly script: GeneratedFile;
  readonly env: readonly EnvEdit[];
}

/** Of the environment, all but what the script is told of folders. */
export function rustcWrapper({ build, workspace }: BuildRequest, probe: Probe): RustcWrapper {
  const script = sharedFile(probe.shared, { path: 'rustc-wrapper', text: SCRIPT, executable: true });
  const next = userWrapper({ ...probe.env, ...build.env }, probe.rustcWrapper, [probe.workspaceRoot, workspace.root].join('/'));
  return {
    script,
    env: [
      { kind: 'set', name: 'RUSTC_WRAPPER', value: script.path },
      ...(next === undefined ? [] : [{ kind: 'set', name: NEXT, value: next } as const]),
    ],
  };
}

/** As cargo decides it: an empty variable means that there is none, and a path is one from where cargo runs. Source: tried with cargo 1.95. */
function userWrapper(env: Environment, configured: string | undefined, directory: string): string | undefined {
  const wrapper = env['RUSTC_WRAPPER'] ?? env['CARGO_BUILD_RUSTC_WRAPPER'] ?? configured;
  if (wrapper === undefined || wrapper === '') return undefined;
  return wrapper.includes('/') && !wrapper.startsWith('/') ? `${directory}/${wrapper}` : wrapper;
}

/**
 * In POSIX sh, since it starts for every crate; it forks nothing. What is compiled for the machine that builds (cargo names no target for it) is left alone, as rustflags would leave it: a build script may look
 * for files by `file!()`. Of rustc's words the last that matches counts: so ours come first, and the user's win.
 */
const SCRIPT = `#!/bin/sh
# Stands between cargo and rustc, and tells rustc the names that folders of this machine have for everybody, and the linker of a platform that has the triple of this machine.
target= was=
look() {
  case $was in --target) target=$1;; esac
  case $1 in --target=*) target=\${1#--target=};; esac
  was=$1
}
for a do
  case $a in
    # Cargo writes words into a file where they are too many for a command line.
    @*) while IFS= read -r line || [ "$line" ]; do look "$line"; done < "\${a#@}";;
    *) look "$a";;
  esac
done
[ "$target" ] || exec \${${NEXT}:+"$${NEXT}"} "$@"
# What was asked for may have to wait until other builds have come as far.
case \${${LAST_CRATE}-} in '') ;; "\${CARGO_MANIFEST_DIR-}") [ -z "\${CARGO_PRIMARY_PACKAGE-}" ] || { printf . >&6 && read -r _ <&6; } 2>/dev/null;; esac
# Of a call beside another, the folder that the other has.
${FIRST_OUT_DIR}
# Before rustc there may be a program of RUSTC_WORKSPACE_WRAPPER.
one=$1 two=
shift
case \${1-} in -*|@*|'') ;; *) two=$1; shift;; esac
set -f
words=
case $target in *[!A-Za-z0-9_-]*) ;; *)
  name=
  IFS=-
  for part in $target; do name=\${name}_$part; done
  eval "linker=\\\${${LINKER}$name-}"
  [ -z "$linker" ] || words="-Clinker=$linker
";;
esac
IFS='
'
for folder in \${${FOLDERS}-}; do words="--remap-path-prefix=$folder
$words"; done
exec \${${NEXT}:+"$${NEXT}"} "$one" \${two:+"$two"} $words "$@"
`;
