/** Takes away records that are too old. */
import { parseKey, parseRun } from '../why/record.js';
import type { RunRecords } from '../system/run-records.js';
import { keyName, partName } from './names.js';

/** So many runs are kept. */
export const KEPT_RUNS = 500;

/** So many more may there be before it is worth looking. */
const SLACK = 50;

/** Drops all but the last runs, and the keys and parts that none of these has. */
export function sweep(records: RunRecords): void {
  const runs = records.names('runs');
  if (runs.length <= KEPT_RUNS + SLACK) return;
  for (const run of runs.slice(0, -KEPT_RUNS)) records.drop('runs', run, true);
  const kept = runs.slice(-KEPT_RUNS).flatMap((run) => Object.entries(parseRun(records.get('runs', run))?.tasks ?? {}));
  const keys = new Set(kept.map(([task, { key }]) => keyName(task, key)));
  const parts = new Set([...keys].flatMap((key) => Object.entries(parseKey(records.get('keys', key))?.nodes ?? {}).map((part) => partName(...part))));
  for (const key of records.names('keys')) if (!keys.has(key)) records.drop('keys', key, false);
  for (const part of records.names('parts')) if (!parts.has(part)) records.drop('parts', part, false);
}
