/** Comparisons as text. */
import type { Change } from './change.js';
import type { Comparison } from './compare.js';
import { whyAgain, type Entry, type Picked } from './history.js';
import type { TaskStatus } from './record.js';

/** How moments are said; clocks and time zones are the machine's. */
export type SayWhen = (milliseconds: number) => string;

/** As much of a key as tells it from others. */
export function shortKey(key: string): string {
  return `${key.slice(0, 6)}…`;
}

/** What happened to a task in a run. */
export function sayStatus(status: TaskStatus, kind: 'build' | 'test'): string {
  switch (status) {
    case 'success':
      return kind === 'test' ? 'passed' : 'built';
    case 'failure':
      return 'failed';
    case 'local-cache':
    case 'local-cache-kept-existing':
      return 'from the local cache';
    case 'remote-cache':
      return 'from the remote cache';
    default:
      return status;
  }
}

/** One task's comparison. */
export interface Told {
  readonly task: string;
  readonly kind: 'build' | 'test';
  readonly history: readonly Entry[];
  readonly picked: Picked;
  /** Undefined where there is nothing to compare with. */
  readonly comparison: Comparison | undefined;
}

export function sayTask({ task, kind, history, picked, comparison }: Told, when: SayWhen): string {
  const { from, to } = picked;
  const again = whyAgain(history, to, when);
  const beside = to.uncovered.length > 0 ? ['  No cache keeps it, for it was built from what no cache key holds; --fix-inputs writes what is missing:', ...to.uncovered.map((one) => `    ${one}`)] : [];
  const notes = [...(again === undefined ? [] : [`  ${again}`]), ...beside];
  const moment = (entry: Entry): string => `${sayStatus(entry.status, kind)} ${when(entry.when)}${entry.file === undefined ? '' : `, ${entry.file}`}`;
  if (!from || !comparison) {
    const runs = history.filter(({ number }) => number >= to.number).length;
    const same = runs === 1 ? `key ${shortKey(to.key)}: there is one recorded run (${moment(to)})` : `same key ${shortKey(to.key)} in all ${runs} recorded runs; the last one was ${moment(to)}`;
    return lines([`${task}  ${same}`, ...notes]);
  }
  if (from.key === to.key) return lines([`${task}  same key ${shortKey(to.key)} in both runs: ${moment(from)}, ${moment(to)}`, ...notes]);
  return lines([`${task}  key ${shortKey(from.key)} (${moment(from)})  ->  ${shortKey(to.key)} (${moment(to)})`, ...notes, ...sayChanges(comparison)]);
}

/** A table; what is wrong with no part that is held is said, too. */
function sayChanges({ changes, untold }: Comparison): readonly string[] {
  const width = Math.max(0, ...changes.map(({ kind }) => kind.length));
  const perhaps = untold.length > 0 ? [`  ${untold.join(', ')} may differ: values of variables that may be secret leave no machine`] : [];
  if (changes.length === 0) return [...perhaps, '  The keys differ, and nothing that is recorded of them does. (Nx knows of its parts by name and hash alone; this is one that it does not tell.)'];
  const kinds = [...new Set(changes.map(({ kind }) => kind))];
  const table = kinds.flatMap((kind) => {
    const own = changes.filter((change) => change.kind === kind).map((change) => `  ${kind.padEnd(width)}  ${sayChange(change)}`);
    return own.length <= MOST ? own : [...own.slice(0, MOST), `  ${kind.padEnd(width)}  and ${own.length - MOST} more (--json has all)`];
  });
  const whole = kinds.join() === 'nx.json' ? ['  Nx has the whole of nx.json in every key, whatever of it concerns a task.'] : [];
  return [...table, ...whole, ...perhaps];
}

/** So many changes of a kind are told. */
const MOST = 20;

/** So long may a value be in a line. */
const LONGEST = 100;

function sayChange({ name, from, to, note }: Change): string {
  const values = from === undefined && to === undefined ? '' : from === undefined ? `  ${cut(to ?? '')}` : to === undefined ? `  ${cut(from)}` : `  ${cut(from)} -> ${cut(to)}`;
  const words = note === undefined ? '' : values === '' ? `  ${note}` : ` (${note})`;
  return `${name}${values}${words}`;
}

function cut(value: string): string {
  return value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
}

/** The recorded runs of a task as a table. */
export function sayHistory(task: string, kind: 'build' | 'test', history: readonly Entry[], when: SayWhen): string {
  const rows = history.map(({ number, key, status, when: moment }) => [String(number), when(moment), shortKey(key), sayStatus(status, kind)] as const);
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  return lines([task, ...rows.map((row) => `  ${row.map((cell, column) => (column === 0 ? cell.padStart(widths[0] ?? 0) : cell.padEnd(widths[column] ?? 0))).join('  ').trimEnd()}`)]);
}

function lines(text: readonly string[]): string {
  return text.map((line) => `${line}\n`).join('');
}
