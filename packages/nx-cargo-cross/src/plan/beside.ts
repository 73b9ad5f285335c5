/** Folders for cargo calls beside the first in a target folder: see `build/beside.ts`. What they compile has the bytes of what the first compiles. */
import type { CargoCall } from './plan.js';

/** Their names, below the target folder of the call. */
export const BESIDE: readonly string[] = ['beside-1', 'beside-2'];

/** Of a call beside another: its folder, which the script before rustc gives the name of the first's in `OUT_DIR`. */
export const BESIDE_FOLDER = 'NX_CARGO_CROSS_BESIDE';

/** A line of POSIX sh for scripts before rustc: `OUT_DIR` as the first call would have it. Said by each of them: what it makes of the folder's name goes by it. */
export const FIRST_OUT_DIR = `case \${${BESIDE_FOLDER}-} in '') ;; *) case \${OUT_DIR-} in "$${BESIDE_FOLDER}"/*) OUT_DIR=\${${BESIDE_FOLDER}%/*}\${OUT_DIR#"$${BESIDE_FOLDER}"};; esac;; esac`;

/** The call in a folder of its own. */
export function callBeside(call: CargoCall, name: string): CargoCall {
  const targetDir = `${call.targetDir}/${name}`;
  return {
    ...call,
    targetDir,
    args: call.args.map((word, at) => (call.args[at - 1] === '--target-dir' ? targetDir : word)),
    env: [...call.env, { name: BESIDE_FOLDER, value: targetDir }],
  };
}
