/**
 * `cfg(...)` expressions, as `[target.'cfg(..)']` tables use them, decided for a triple.
 * Source: cargo's reference, "Platform specific dependencies"; the values are those of `rustc --print cfg --target T`, 1.95.
 */
import type { KnownTriple, Machine, Os } from '../platform/known.js';

/**
 * Whether the text `cfg(...)` holds for the triple. Options that a triple doesn't decide (`feature`, `debug_assertions`) don't hold, and neither do texts
 * that don't parse.
 */
export function matchesCfg(text: string, facts: KnownTriple): boolean {
  return evaluateAll(text, facts, false) === true;
}

/** Whether the text may hold for the triple: false only where the triple alone decides that it doesn't. A text that doesn't parse may mean anything. */
export function mayMatchCfg(text: string, facts: KnownTriple): boolean {
  return evaluateAll(text, facts, 'perhaps') !== false;
}

/** What an expression gives, where a triple may leave it open. */
type Holds = boolean | 'perhaps';

function evaluateAll(text: string, facts: KnownTriple, undecided: Holds): Holds | undefined {
  const tokens = text.match(/[A-Za-z0-9_-]+|"[^"]*"|[(),=]|\S/g) ?? [];
  const cursor: Cursor = { tokens, at: 0 };
  const holds = evaluate(cursor, cfgValues(facts), undecided);
  return cursor.at === tokens.length ? holds : undefined;
}

interface Cursor {
  readonly tokens: readonly string[];
  at: number;
}

/** The value of one expression; undefined where it doesn't parse. */
function evaluate(cursor: Cursor, values: CfgValues, undecided: Holds): Holds | undefined {
  const word = cursor.tokens[cursor.at++];
  if (word === undefined || !/^[A-Za-z_]/.test(word)) return undefined;
  if (cursor.tokens[cursor.at] === '(') return evaluateCall(word, cursor, values, undecided);
  if (cursor.tokens[cursor.at] !== '=') return word === 'true' || values.flags.has(word) || (word !== 'false' && !FAMILIES.includes(word) && undecided);
  const value = cursor.tokens[cursor.at + 1];
  cursor.at += 2;
  return value?.startsWith('"') ? (values.pairs[word]?.includes(value.slice(1, -1)) ?? undecided) : undefined;
}

function evaluateCall(word: string, cursor: Cursor, values: CfgValues, undecided: Holds): Holds | undefined {
  cursor.at++;
  const parts: Holds[] = [];
  while (cursor.tokens[cursor.at] !== ')') {
    const part = evaluate(cursor, values, undecided);
    if (part === undefined) return undefined;
    parts.push(part);
    if (cursor.tokens[cursor.at] === ',') cursor.at++;
    else if (cursor.tokens[cursor.at] !== ')') return undefined;
  }
  cursor.at++;
  const open = parts.includes('perhaps');
  if (word === 'all' || (word === 'cfg' && parts.length === 1)) return !parts.includes(false) && (open ? 'perhaps' : true);
  if (word === 'any') return parts.includes(true) || (open && 'perhaps');
  if (word !== 'not' || parts.length !== 1) return undefined;
  return open ? 'perhaps' : !parts[0];
}

interface CfgValues {
  readonly flags: ReadonlySet<string>;
  readonly pairs: Readonly<Record<string, readonly string[]>>;
}

const FAMILIES = ['unix', 'windows', 'wasm'];

const ARCH: Partial<Record<Machine, string>> = { i386: 'x86' };
const OS: Partial<Record<Os, string>> = { none: 'unknown' };
const FAMILY: Partial<Record<Os, string>> = { windows: 'windows', wasi: 'wasm', none: 'wasm' };

function cfgValues(facts: KnownTriple): CfgValues {
  const family = FAMILY[facts.os] ?? 'unix';
  const [, env = '', abi = ''] = /^(gnu|musl|msvc)?(.*)$/.exec(facts.env) ?? [];
  return {
    flags: new Set([family]),
    pairs: {
      target_arch: [ARCH[facts.machine] ?? facts.machine],
      target_os: [OS[facts.os] ?? facts.os],
      target_family: [family],
      target_env: [facts.os === 'wasi' ? 'p1' : env],
      target_abi: [abi],
      target_vendor: [/-(apple|pc)-/.exec(facts.triple)?.[1] ?? 'unknown'],
      target_pointer_width: [String(facts.bits)],
      target_endian: [facts.endian],
    },
  };
}
