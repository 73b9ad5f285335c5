/** What the first line of `rustc -vV` says of who made the toolchain. Pure. */

/** `rustc 1.96.0 (ac68faa20 2026-05-25)`, and not a word more: distributions that build from source say so behind it, and their std has other bytes. */
const RELEASED_BY_RUST = /^rustc 1\.(\d+)\.\d+\S* \([0-9a-f]+ (\d{4}-\d{2}-\d{2})\)$/;

/** A toolchain as the Rust project itself released it. */
export interface RustRelease {
  /** 96 of `1.96.0`, and of `1.96.0-nightly`. */
  readonly minor: number;
  /** Of its last commit: `2026-05-25`. */
  readonly date: string;
}

/** Undefined where the Rust project did not release it: a distribution's, or one that somebody built. */
export function rustRelease(label: string): RustRelease | undefined {
  const [, minor, date] = RELEASED_BY_RUST.exec(label) ?? [];
  return date === undefined ? undefined : { minor: Number(minor), date };
}
