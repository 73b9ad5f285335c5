/** One thing that differs between two keys, and how values are shown. */
import { canonicalJson } from '../cargo/canonical.js';
import { isObject } from './record.js';

/** What kind of thing it is: one word or two, as a person would call it. In the order in which changes are told. */
export const CHANGE_KINDS = [
  'plugin',
  'toolchain',
  'tool',
  'npm package',
  'lock package',
  'local package',
  'dependencies',
  'manifest',
  'resolver',
  'profile',
  'patch',
  'cargo config',
  'option',
  'command line',
  'variable',
  'file',
  'nx.json',
  'project',
  'tsconfig',
  'inputs',
  'other',
] as const;

export type ChangeKind = (typeof CHANGE_KINDS)[number];

export interface Change {
  readonly kind: ChangeKind;
  /** Which one. */
  readonly name: string;
  /** As shown; undefined where it was not there, or is not known. */
  readonly from?: string;
  readonly to?: string;
  /** Instead of values, or beside them. */
  readonly note?: string;
}

/** A value as it stands in a line. */
export function showValue(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : canonicalJson(value);
}

/** Every place where two values differ. A table that only one of them has is one place; so is a list, wherever it differs. */
export function differences(from: unknown, to: unknown, path: readonly string[] = []): readonly { readonly path: readonly string[]; readonly from: unknown; readonly to: unknown }[] {
  if (isObject(from) && isObject(to)) {
    return [...new Set([...Object.keys(from), ...Object.keys(to)])].sort().flatMap((key) => differences(from[key], to[key], [...path, key]));
  }
  return sameValue(from, to) ? [] : [{ path, from, to }];
}

function sameValue(from: unknown, to: unknown): boolean {
  return (from === undefined) === (to === undefined) && canonicalJson(from) === canonicalJson(to);
}

/** A difference in words; of a whole table only that it came or went. */
export function makeChange(kind: ChangeKind, name: string, from: unknown, to: unknown): Change {
  if (from === undefined) return isObject(to) ? { kind, name, note: 'added' } : { kind, name, to: showValue(to), note: 'added' };
  if (to === undefined) return isObject(from) ? { kind, name, note: 'removed' } : { kind, name, from: showValue(from), note: 'removed' };
  return { kind, name, from: showValue(from), to: showValue(to) };
}
