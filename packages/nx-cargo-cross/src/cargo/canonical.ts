/** One text for one value, whatever the order in which its keys were written. Cache keys are made of it. */
import { isTomlDate } from './toml.js';

/** JSON with sorted keys. Dates, big integers and infinities, which TOML has and JSON lacks, become tagged texts; undefined entries are left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (isTomlDate(value)) return `{"\\u0000date":${JSON.stringify(value.toISOString())}}`;
  if (typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value))) return `{"\\u0000number":"${String(value)}"}`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`)
    .join(',')}}`;
}
