/**
 * The cargo call of a build that stops where the repository's own crates begin: everything that it compiles of other packages, with the same features, profile and flags, and nothing else.
 * A script in RUSTC_WORKSPACE_WRAPPER ends at once where a member of the Cargo workspace would be compiled, and cargo goes on with whatever does not wait for it. That variable is in what cargo knows of members, and of them
 * alone. Sources: the Cargo book, "Environment variables", RUSTC_WORKSPACE_WRAPPER; cargo 1.95 `core/compiler/mod.rs` (`rustc`) and `build_runner/compilation_files.rs` (`compute_metadata`).
 */
import type { GeneratedFile } from '../backend/contract.js';
import type { CargoCall, PlannedBuild } from './plan.js';

/** The first cargo that has `--keep-going`. */
export const KEEPS_GOING = '1.74.0';

/** What the script says for each unit that it leaves out. */
const MARK = 'nx-cargo-cross: not part of the layer: ';

/** With an absolute path. Cargo asks rustc what it is through it, too; the crate `___` is one of those questions. */
export function layerScript({ targetDir }: Pick<PlannedBuild, 'targetDir'>): GeneratedFile {
  return {
    path: `${targetDir}/layer/rustc-workspace-wrapper`,
    executable: true,
    text: `#!/bin/sh
# Stands between cargo and rustc while a layer is made, and compiles nothing of the repository's own.
was=
for a do
  case $was in --crate-name) [ "$a" = ___ ] || { echo "${MARK}$a" >&2; exit 1; };; esac
  was=$a
done
exec "$@"
`,
  };
}

/** The call, with the script in the way. */
export function layerCall(call: CargoCall, script: string): CargoCall {
  return {
    ...call,
    args: [...call.args, '--keep-going'],
    env: [...call.env.filter(({ name }) => name !== 'RUSTC_WORKSPACE_WRAPPER'), { name: 'RUSTC_WORKSPACE_WRAPPER', value: script }],
    expected: [],
  };
}

const ESCAPES = /\u001b\[[0-9;]*[A-Za-z]/g;

/** What a call without its local crates said. */
export interface LayerWords {
  /** To be called with all that cargo prints, in whole lines. */
  hear(text: string): void;
  /** How many units were left out. */
  leftOut(): number;
  /** Whether something else could not be compiled. */
  hasFailed(): boolean;
}

/** Tells failures of other packages from units that were left out: cargo says of both that they could not be compiled. */
export function hearLayer(): LayerWords {
  let [left, uncompiled, scripts] = [0, 0, 0];
  return {
    hear(text) {
      for (const line of text.replace(ESCAPES, '').split('\n')) {
        if (line.startsWith(MARK)) left++;
        else if (/^error: could not compile `/.test(line)) uncompiled++;
        else if (/^error: failed to run custom build command /.test(line)) scripts++;
      }
    },
    leftOut: () => left,
    hasFailed: () => uncompiled > left || scripts > 0,
  };
}

/** What cargo printed, without what it said of units that were left out. */
export function withoutLeftOut(text: string): string {
  return text
    .replace(ESCAPES, '')
    .split('\n')
    .filter((line) => !line.startsWith(MARK))
    .join('\n')
    .replace(/error: could not compile `[^`\n]+`[^\n]*\n\nCaused by:\n[^\n]*rustc-workspace-wrapper[^\n]*\n/g, '');
}
