/** Which two runs of a task are compared, and what is to be said of a run beside its key. */
import { failed, success, type Result } from '../diagnostics/result.js';
import { nearestWord } from '../diagnostics/nearest.js';
import type { RunRecord, RunTask } from './record.js';

/** One run of one task. */
export interface Entry extends RunTask {
  /** 1 is the last run, 2 the one before it. */
  readonly number: number;
  readonly when: number;
  readonly started: number;
  readonly skippedCache: boolean;
  /** The file that it is told in, where it is not a run of this machine. */
  readonly file?: string;
}

/** The runs of a task, the last one first. */
export function historyOf(runs: readonly RunRecord[], task: string): readonly Entry[] {
  const own = [...runs].sort((a, b) => b.when - a.when).flatMap(({ when, started, skippedCache, tasks }) => {
    const entry = Object.hasOwn(tasks, task) ? tasks[task] : undefined;
    return entry ? [{ ...entry, when, started, skippedCache }] : [];
  });
  return own.map((entry, index) => ({ ...entry, number: index + 1 }));
}

/** Two runs; `from` is undefined where no earlier one had another key. */
export interface Picked {
  readonly from: Entry | undefined;
  readonly to: Entry;
}

/**
 * The runs that are asked for; else the last one, and the last one before it that had another key.
 * @param history not empty
 * @param words numbers of runs, or keys, or how these begin
 */
export function pickRuns(history: readonly [Entry, ...Entry[]], words: { readonly from: string | undefined; readonly to: string | undefined }, task: string): Result<Picked> {
  const to = words.to === undefined ? success(history[0]) : findRun(history, words.to, task);
  if (!to.ok) return to;
  if (words.from === undefined) return success({ from: history.find(({ number, key }) => number > to.value.number && key !== to.value.key), to: to.value });
  const from = findRun(history, words.from, task);
  return from.ok ? success({ from: from.value, to: to.value }) : from;
}

/** Keys are long: what is short is a number. */
const SHORTEST_KEY = 4;

function findRun(history: readonly Entry[], word: string, task: string): Result<Entry> {
  const found = /^\d{1,3}$/.test(word) ? history.find(({ number }) => String(number) === word) : history.find(({ key }) => word.length >= SHORTEST_KEY && key.startsWith(word.replace(/…$/, '')));
  if (found) return success(found);
  const valid = [...history.map(({ number }) => String(number)).slice(0, 5), ...new Set(history.map(({ key }) => key))];
  return failed({ code: 'unknown-word', kind: 'run', word, location: { file: `the recorded runs of ${task}` }, nearest: nearestWord(word, valid), valid });
}

/** Whether a run made what it was to make, and did not take it from a cache. */
export function wasBuilt({ status }: Pick<Entry, 'status'>): boolean {
  return status === 'success';
}

/** Why a task was built though a run before had the same key; undefined where none had, or where it was not built. */
export function whyAgain(history: readonly Entry[], entry: Entry, when: (milliseconds: number) => string): string | undefined {
  const before = history.filter(({ number, key }) => number > entry.number && key === entry.key);
  const [last] = before;
  if (!last || !wasBuilt(entry)) return undefined;
  const good = before.find(({ status }) => status !== 'failure');
  if (!good) return `The run before with this key (${when(last.when)}) failed, and Nx keeps nothing of what failed.`;
  const again = `It was built though this key was good before (${when(good.when)})`;
  if (!entry.cacheable) return `${again}: its target is never cached (nx show target says why).`;
  if (good.uncovered.length > 0) return `${again}: no cache kept it, for it was built from what no cache key holds.`;
  if (entry.skippedCache) return `${again}: Nx was told not to look into its cache.`;
  if (good.when > entry.started) return `${again}: another run was making it at the same time.`;
  return `${again}: Nx's cache did not have it any more. It was reset, or swept, or is another one (NX_CACHE_DIRECTORY).`;
}
