/**
 * What rustc tells crates apart by, where cargo would take the folder of the checkout for it.
 *
 * Cargo gives each crate a word (`-C metadata`) which is in all of its symbols: a digest that has, for a path dependency outside the Cargo workspace's folder and for
 * all that is made from it, an absolute path in it. Its command line cannot change that, so a script stands between cargo and rustc, as `RUSTC_WRAPPER`, and puts
 * a word in its place that says the same without the path: package, version, folder from the repository, and of rustc's words those that cargo makes a digest of.
 * The names of files, by which cargo finds them again, stay. Two crates of one name and word in one program would be an error of rustc's (E0519). Sources: cargo 1.95,
 * `core/compiler/build_runner/compilation_files.rs`, `compute_metadata`; rustc 1.95, `StableCrateId::new`.
 */
import type { GeneratedFile } from '../backend/contract.js';
import type { EnvEdit } from '../backend/env-edit.js';
import { PUBLISHED } from '../backend/named-folders.js';
import { OUTPUTS_NAMED, SHARED_OUT_DIR } from '../backend/shared-out-dir.js';
import { quoteWord } from '../diagnostics/quote.js';
import { FIRST_OUT_DIR } from './beside.js';
import type { BuildRequest, Probe } from './request.js';

/** What the calls of a request get for it. */
export interface CrateNames {
  /** With an absolute path. */
  readonly script: GeneratedFile;
  readonly env: readonly EnvEdit[];
  /** See `outputFolder`. */
  readonly rule: string;
}

/** What it starts. */
const CHAINED = 'NX_CARGO_CROSS_NEXT_RUSTC_WRAPPER';

/**
 * Undefined where cargo's own words serve.
 * @param next what this stands before, absolute.
 */
export function crateNames({ outside }: BuildRequest, { workspaceRoot, folders }: Probe, targetDir: string, next: string): CrateNames | undefined {
  if (outside === 'none') return undefined;
  // Two checkouts may share a target folder.
  const checkout = workspaceRoot.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(-LONGEST_NAME);
  const path = [targetDir, 'crate-names', outside, checkout, 'rustc-wrapper'].join('/');
  return {
    script: { path, text: wrapperScript(folders, outside === 'any'), executable: true },
    env: [
      { kind: 'set', name: 'RUSTC_WRAPPER', value: path },
      { kind: 'set', name: OUTPUTS_NAMED, value: '1' },
      { kind: 'set', name: CHAINED, value: next },
    ],
    rule: 'crate-names-2',
  };
}

const LONGEST_NAME = 80;

/** Of rustc's words, those of profiles: host and target, and two profiles of one package, get crates of their own. */
const PROFILE = ['opt-level', 'panic', 'debuginfo', 'codegen-units', 'lto', 'linker-plugin-lto', 'embed-bitcode', 'overflow-checks', 'debug-assertions', 'strip', 'split-debuginfo', 'prefer-dynamic', 'rpath'];

const THROUGH = `exec "$${CHAINED}" "$@"`;

/**
 * In POSIX sh, since it starts for every crate; it forks nothing. Folders that a build script writes into have cargo's digest in their names, too, and get others.
 * @param all whether crates of registries are given words, too
 */
function wrapperScript({ repository, registries, checkouts }: Probe['folders'], all: boolean): string {
  const below = (folder: string, shared: string): string => `  ${quoteWord(folder === '/' ? '' : folder)}/*) at=${shared}\${CARGO_MANIFEST_DIR#${quoteWord(folder === '/' ? '' : folder)}/};;`;
  const downloaded = (folder: string, shared: string): string => (all ? below(folder, shared) : `  ${quoteWord(folder)}/*) ${THROUGH};;`);
  return `#!/bin/sh
# Stands between cargo and rustc, and gives crates words (-C metadata) that are the same in every checkout.
case \${CARGO_MANIFEST_DIR-} in
${[
    ...registries.map((folder) => downloaded(folder, `${PUBLISHED.registries}/`)),
    ...checkouts.map((folder) => downloaded(folder, `${PUBLISHED.checkouts}/`)),
    ...repository.flatMap((folder) => [`  ${quoteWord(folder)}) at=.;;`, below(folder, './')]),
  ].join('\n')}
  *) ${THROUGH};;
esac
id="$CARGO_PKG_NAME;$CARGO_PKG_VERSION;$at"
was= found= target=
look() {
  case $was in
    -C) case $1 in
      metadata=????????????????) found=1;;
      ${PROFILE.flatMap((word) => [word, `${word}=*`]).join('|')}) id="$id;$1";;
    esac;;
    --crate-type) id="$id;$1";;
    --target) id="$id;$1" target=1;;
    --cfg) case $1 in feature=*) id="$id;$1";; esac;;
  esac
  was=$1
}
# What is to be run, for eval: to hand on words one by one would copy all of them each time.
n=0 run= first= file=
for a do
  n=$((n + 1))
  # Behind rustc, and before all of its words.
  case $first$a in -*|@*) first=1 run=$run' \${out:+"$out"}';; esac
  case $a in
    # Cargo writes words into a file where they are too many for a command line.
    @*)
      file=\${a#@} run=$run' "@$file.crate-names"'
      while IFS= read -r line || [ "$line" ]; do look "$line"; done < "$file"
      continue;;
  esac
  case "$was $a" in
    '-C metadata='????????????????) run=$run' "metadata=$id"';;
    *) run=$run' "\${'$n'}"';;
  esac
  look "$a"
done
[ "$found" ] || ${THROUGH}
out=
# Of a call beside another, the folder that the other has.
${FIRST_OUT_DIR}
[ "$target" ] && [ "\${OUT_DIR-}" ] && out="--remap-path-prefix=$OUT_DIR=${SHARED_OUT_DIR}"
[ "$file" ] || eval 'exec "$${CHAINED}"' "$run"
was=
while IFS= read -r line || [ "$line" ]; do
  case "$was $line" in '-C metadata='????????????????) printf 'metadata=%s\\n' "$id";; *) printf '%s\\n' "$line";; esac
  was=$line
done < "$file" > "$file.crate-names"
eval '"$${CHAINED}"' "$run"
status=$?
rm -f "$file.crate-names"
exit $status
`;
}
