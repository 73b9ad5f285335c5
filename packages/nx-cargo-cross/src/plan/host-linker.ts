/**
 * The linker of a platform whose triple is that of the machine that builds, where a backend brings it.
 *
 * Cargo has one variable for the triple, and takes it for build scripts and procedural macros as well. A linker is in cargo's fingerprints: so these would be linked and compiled anew, and all that depends on
 * them, whenever a platform with that variable follows one without it. The script before rustc is told instead, for what is compiled for the platform alone.
 * Source: cargo 1.95, `core/compiler/fingerprint/mod.rs`, `calculate_normal`; `core/compiler/compilation.rs`, `target_linker`.
 */
import type { EnvEdit, Environment } from '../backend/env-edit.js';
import { screamingTriple, snakeTriple, type TripleName } from '../platform/triple.js';
import type { PlannedBuild } from './plan.js';

/** Before the triple, as C compilers' variables spell it: `NX_CARGO_CROSS_LINKER_x86_64_unknown_linux_gnu`. */
export const LINKER = 'NX_CARGO_CROSS_LINKER';

export interface Machine {
  /** Of the machine that builds. */
  readonly host: string;
  readonly env: Environment;
  /** The linker that the user's cargo configuration names for the triple: cargo would tell rustc that one. */
  readonly configured: string | undefined;
}

/** The edits of a backend for a triple, with which build scripts and procedural macros are linked as they always are. The user's own linker stays where cargo looks for it. */
export function linkerForPlatform(edits: readonly EnvEdit[], triple: TripleName, { host, env, configured }: Machine): readonly EnvEdit[] {
  const variable = `CARGO_TARGET_${screamingTriple(triple)}_LINKER`;
  if (triple !== host || env[variable] !== undefined || configured !== undefined) return edits;
  return edits.map((edit) => (edit.kind === 'set-if-missing' && edit.name === variable ? { kind: 'set', name: `${LINKER}_${snakeTriple(triple)}`, value: edit.value } : edit));
}

/** The linkers that a build tells rustc past cargo, by names that no other crate's build has: cargo does not see that one is another than before. */
export function toldLinkers(crateRoot: string, { calls }: Pick<PlannedBuild, 'calls'>): Readonly<Record<string, string>> {
  const told = calls.flatMap(({ env }) => env.filter(({ name }) => name.startsWith(`${LINKER}_`)));
  return Object.fromEntries(told.map(({ name, value = '' }) => [`${crateRoot}: ${name}`, value]));
}
