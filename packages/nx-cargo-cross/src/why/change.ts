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

/** One place where two values differ. */
export interface Difference {
  readonly path: readonly string[];
  readonly from: unknown;
  readonly to: unknown;
}

/** A table with more entries that came or went is one place. */
const FEW = 3;

/** Every place where two values differ. A list is one place, but for the tables in two lists of the same length. */
export function differences(from: unknown, to: unknown, path: readonly string[] = []): readonly Difference[] {
  const [a, b] = [entriesOf(from, to), entriesOf(to, from)];
  if (a && b) return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort().flatMap((key) => differences(a[key], b[key], [...path, key]));
  return sameValue(from, to) ? [] : [{ path, from, to }];
}

/** What of a value is compared one by one with another's. */
function entriesOf(value: unknown, other: unknown): Readonly<Record<string, unknown>> | undefined {
  if (isObject(value)) return value;
  const table: unknown = value === undefined ? other : undefined;
  if (isObject(table)) return Object.keys(table).length > 0 && Object.keys(table).length <= FEW ? {} : undefined;
  const lists = [value, other].map((list) => (Array.isArray(list) && list.every(isObject) ? (list as readonly unknown[]) : undefined));
  return lists[0] && lists[0].length === lists[1]?.length ? Object.fromEntries(lists[0].map((entry, index) => [String(index), entry])) : undefined;
}

function sameValue(from: unknown, to: unknown): boolean {
  return (from === undefined) === (to === undefined) && canonicalJson(from) === canonicalJson(to);
}

/** A difference in words; of a whole table only that it came or went. */
export function makeChange(kind: ChangeKind, name: string, from: unknown, to: unknown): Change {
  if (from === undefined) return isObject(to) ? { kind, name, note: 'added' } : { kind, name, to: showValue(to), note: 'added' };
  if (to === undefined) return isObject(from) ? { kind, name, note: 'removed' } : { kind, name, from: showValue(from), note: 'removed' };
  if (Array.isArray(from) && Array.isArray(to)) {
    const [gone, come] = [without(from, to), without(to, from)];
    if (come.length > 0 && from.length > 0 && showValue(without(to, come)) === showValue(from)) return { kind, name, to: come.map(showValue).join(', '), note: 'added' };
    if (gone.length > 0 && to.length > 0 && showValue(without(from, gone)) === showValue(to)) return { kind, name, from: gone.map(showValue).join(', '), note: 'removed' };
  }
  return { kind, name, from: showValue(from), to: showValue(to) };
}

/** What a list has and another does not, in its own order. */
function without(list: readonly unknown[], other: readonly unknown[]): readonly unknown[] {
  const known = new Set(other.map(showValue));
  return list.filter((entry) => !known.has(showValue(entry)));
}
