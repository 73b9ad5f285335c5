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
  const tokens = text.match(/[A-Za-z0-9_-]+|"[^"]*"|[(),=]|\S/g) ?? [];
  const cursor: Cursor = { tokens, at: 0 };
  const holds = evaluate(cursor, cfgValues(facts));
  return cursor.at === tokens.length && holds === true;
}

interface Cursor {
  readonly tokens: readonly string[];
  at: number;
}

/** The value of one expression; undefined where it doesn't parse. */
function evaluate(cursor: Cursor, values: CfgValues): boolean | undefined {
  const word = cursor.tokens[cursor.at++];
  if (word === undefined || !/^[A-Za-z_]/.test(word)) return undefined;
  if (cursor.tokens[cursor.at] === '(') return evaluateCall(word, cursor, values);
  if (cursor.tokens[cursor.at] !== '=') return word === 'true' || values.flags.has(word);
  const value = cursor.tokens[cursor.at + 1];
  cursor.at += 2;
  return value?.startsWith('"') ? (values.pairs[word]?.includes(value.slice(1, -1)) ?? false) : undefined;
}

function evaluateCall(word: string, cursor: Cursor, values: CfgValues): boolean | undefined {
  cursor.at++;
  const parts: boolean[] = [];
  while (cursor.tokens[cursor.at] !== ')') {
    const part = evaluate(cursor, values);
    if (part === undefined) return undefined;
    parts.push(part);
    if (cursor.tokens[cursor.at] === ',') cursor.at++;
    else if (cursor.tokens[cursor.at] !== ')') return undefined;
  }
  cursor.at++;
  if (word === 'all' || (word === 'cfg' && parts.length === 1)) return parts.every(Boolean);
  if (word === 'any') return parts.some(Boolean);
  return word === 'not' && parts.length === 1 ? !parts[0] : undefined;
}

interface CfgValues {
  readonly flags: ReadonlySet<string>;
  readonly pairs: Readonly<Record<string, readonly string[]>>;
}

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
