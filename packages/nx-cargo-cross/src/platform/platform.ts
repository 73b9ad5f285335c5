/**
 * Platforms: the short names of triples, and the names a workspace gives of its own.
 *
 * A platform's name is a pure function of its triple, so that adding a platform never renames another: the vendor is dropped, `darwin` is said
 * as `macos`, the environment is dropped where it is plain `gnu` (or Android's `eabi`), and `riscv64gc` is said as `riscv64`.
 */
import { knownTriples, type KnownTriple } from './known.js';
import { formatTriple, parseTriple, type Triple, type TripleProblem } from './triple.js';

declare const platformNameBrand: unique symbol;

/** The short name of a platform: `aarch64-linux-musl`, or a name that the workspace defined. */
export type PlatformName = string & { readonly [platformNameBrand]: true };

export interface Platform {
  readonly name: PlatformName;
  readonly triple: Triple;
}

export type PlatformParse =
  | { readonly ok: true; readonly platform: Platform }
  | { readonly ok: false; readonly problem: TripleProblem; readonly detail: string };

const ARCH_NAMES: Readonly<Record<string, string>> = { riscv64gc: 'riscv64' };

/** The short name of a known triple. */
export function platformName(facts: KnownTriple): PlatformName {
  if (facts.os === 'wasi' || facts.os === 'none') return facts.triple as PlatformName;
  const env = facts.env === 'gnu' || facts.env === 'eabi' ? '' : facts.env;
  return [ARCH_NAMES[facts.arch] ?? facts.arch, facts.os, env].filter(Boolean).join('-') as PlatformName;
}

const BY_PLATFORM_NAME: ReadonlyMap<string, KnownTriple> = new Map(knownTriples().map((facts) => [platformName(facts), facts]));

/**
 * Reads what a user wrote for a platform: one of the workspace's own names, a short name (with an optional glibc floor: `aarch64-linux.2.17`), or a triple.
 * @param names the workspace's own names, each with the triple it stands for (already parsed).
 */
export function parsePlatform(text: string, names: ReadonlyMap<string, Triple>): PlatformParse {
  const own = names.get(text);
  if (own) return { ok: true, platform: { name: text as PlatformName, triple: own } };
  const dot = text.indexOf('.');
  const [head, floor] = dot < 0 ? [text, ''] : [text.slice(0, dot), text.slice(dot)];
  const facts = BY_PLATFORM_NAME.get(head);
  const parsed = parseTriple(facts ? facts.triple + floor : text);
  if (!parsed.ok) return parsed;
  // A bare short name is always its own, so that one triple can be built under two names, by two backends; a triple goes by the name that the workspace gave it.
  const name = facts && floor === '' ? platformName(facts) : (ownName(parsed.triple, names) ?? platformName(parsed.triple.facts));
  return { ok: true, platform: { name, triple: parsed.triple } };
}

/** Every word that stands for a platform without a workspace's own names: short names first, then triples. For "did you mean". */
export function platformWords(): readonly string[] {
  return [...BY_PLATFORM_NAME.keys(), ...knownTriples().map((facts) => facts.triple)];
}

/** A name that was given to a triple with a glibc floor stands for that floor alone. */
function ownName(triple: Triple, names: ReadonlyMap<string, Triple>): PlatformName | undefined {
  for (const [name, named] of names) {
    if (named.name === triple.name && (named.glibc === undefined || formatTriple(named) === formatTriple(triple))) return name as PlatformName;
  }
  return undefined;
}
