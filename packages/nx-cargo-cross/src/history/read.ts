/** Reads records back. */
import { parseKey, parseRun, type KeyRecord, type KnownKey, type RunRecord } from '../why/record.js';
import type { RunRecords } from '../system/run-records.js';
import { keyName, partName } from './names.js';

/** Every recorded run, the last one last. */
export function readRuns(records: RunRecords): readonly RunRecord[] {
  return records.names('runs').flatMap((name) => parseRun(records.get('runs', name)) ?? []);
}

/** A key with all that is known of it. Where nothing is, it has no parts. */
export function readKey(records: RunRecords, task: string, key: string): KnownKey {
  const empty: KeyRecord = { task, key, kind: 'build', nodes: {}, overrides: {}, salt: '' };
  const record = parseKey(records.get('keys', keyName(task, key))) ?? empty;
  const parts = Object.entries(record.nodes).map(([name, hash]) => [name, records.get('parts', partName(name, hash))] as const);
  return { record, parts: Object.fromEntries(parts.filter(([, words]) => words !== undefined)) };
}
