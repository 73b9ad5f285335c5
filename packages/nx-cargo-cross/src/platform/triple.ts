/**
 * Rust target triples as values. Knows how a triple is written; knows nothing of backends, machines or files.
 *
 * A triple is `<arch>-<vendor>-<os>[-<env>]`, with cargo-zigbuild's optional glibc floor behind it: `aarch64-unknown-linux-gnu.2.17`.
 */
import { compareGlibc, formatGlibc, parseGlibc, type GlibcVersion } from './glibc.js';
import { knownTriple, type KnownTriple } from './known.js';

declare const tripleNameBrand: unique symbol;

/** A triple as rustc spells it, without a glibc floor. Only {@link parseTriple} makes one. */
export type TripleName = string & { readonly [tripleNameBrand]: true };

/** A known target triple with, for glibc platforms, the oldest glibc its artifacts must start on. */
export interface Triple {
  /** As rustc spells it: `aarch64-unknown-linux-gnu`. */
  readonly name: TripleName;
  /** What is fixed for this triple: format, machine, interpreter ... */
  readonly facts: KnownTriple;
  /** The glibc floor written behind the triple, if one was. */
  readonly glibc: GlibcVersion | undefined;
}

/** Why a text is no triple. */
export type TripleProblem = 'unknown' | 'bad-glibc' | 'glibc-not-here' | 'glibc-too-old';

export type TripleParse =
  | { readonly ok: true; readonly triple: Triple }
  | { readonly ok: false; readonly problem: TripleProblem; readonly detail: string };

/**
 * Reads a triple with an optional glibc floor.
 * Refuses triples outside the table in `known.ts`, a floor on a platform without glibc, and a floor below the first glibc of the architecture.
 */
export function parseTriple(text: string): TripleParse {
  const whole = knownTriple(text);
  if (whole) return { ok: true, triple: { name: whole.triple as TripleName, facts: whole, glibc: undefined } };
  const dot = text.indexOf('.');
  if (dot < 0) return { ok: false, problem: 'unknown', detail: text };
  const facts = knownTriple(text.slice(0, dot));
  if (!facts) return { ok: false, problem: 'unknown', detail: text };
  const suffix = text.slice(dot + 1);
  const glibc = parseGlibc(suffix);
  if (!glibc) return { ok: false, problem: 'bad-glibc', detail: suffix };
  if (facts.libc !== 'glibc') return { ok: false, problem: 'glibc-not-here', detail: facts.triple };
  const oldest = parseGlibc(facts.glibcMin ?? '');
  if (oldest && compareGlibc(glibc, oldest) < 0) return { ok: false, problem: 'glibc-too-old', detail: formatGlibc(oldest) };
  return { ok: true, triple: { name: facts.triple as TripleName, facts, glibc } };
}

/** The triple as a user would write it, with its glibc floor if it has one. */
export function formatTriple(triple: Triple): string {
  return triple.glibc ? `${triple.name}.${formatGlibc(triple.glibc)}` : triple.name;
}

/** `aarch64_unknown_linux_gnu`: the spelling of cc-rs, cmake-rs, pkg-config and bindgen variables (`CC_<triple_>`). */
export function snakeTriple(name: TripleName): string {
  return name.replace(/[-.]/g, '_');
}

/** `AARCH64_UNKNOWN_LINUX_GNU`: the spelling of cargo's configuration variables (`CARGO_TARGET_<TRIPLE>_LINKER`). */
export function screamingTriple(name: TripleName): string {
  return snakeTriple(name).toUpperCase();
}
