/** Android's API levels: which the NDK has, which is taken, and why one that was asked for cannot be had. */
import type { LinkageImpossible } from '../../diagnostics/failure.js';
import { failed, success, type Result } from '../../diagnostics/result.js';
import { STD_LEVEL, type NdkRow } from './targets.js';

/** What an NDK offers, as its `meta/platforms.json` says. */
export interface LevelRange {
  readonly min: number;
  readonly max: number;
}

/** Reads `{"min": 21, "max": 35, ...}`; undefined where it says no such thing. */
export function readPlatforms(text: string): LevelRange | undefined {
  const min = numberAt(text, 'min');
  const max = numberAt(text, 'max');
  return min === undefined || max === undefined || min > max ? undefined : { min, max };
}

function numberAt(text: string, key: string): number | undefined {
  const found = new RegExp(`"${key}"\\s*:\\s*(\\d{1,4})\\b`).exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}

/**
 * The level to build for: what was asked for, else the oldest that the architecture, std and the NDK share.
 * @param revision the NDK's, for messages
 */
export function chooseLevel(asked: number | undefined, row: NdkRow, range: LevelRange, triple: string, revision: string): Result<number> {
  const min = Math.max(range.min, row.minLevel);
  if (asked === undefined) return min <= range.max ? success(min) : failed(impossible(triple, min, `NDK ${revision} knows no level above ${range.max}.`, range.max));
  if (asked < min) return failed(impossible(triple, asked, tooLow(asked, row, range, revision), min));
  if (asked > range.max) return failed(impossible(triple, asked, `NDK ${revision} knows no level above ${range.max}.`, range.max));
  return success(asked);
}

function tooLow(asked: number, row: NdkRow, range: LevelRange, revision: string): string {
  if (range.min > asked && range.min >= row.minLevel) return `NDK ${revision} has no C library for a level below ${range.min}.`;
  if (row.minLevel > STD_LEVEL) return `Android runs on this architecture from level ${row.minLevel} on.`;
  return `Rust's standard library uses functions of level ${row.minLevel}.`;
}

function impossible(triple: string, asked: number, why: string, instead: number): LinkageImpossible {
  return {
    code: 'linkage-impossible',
    triple,
    backend: 'ndk',
    asked: `API level ${asked}`,
    option: 'apiLevel',
    why,
    help: `Ask for a level that can be had: "apiLevel": "${instead}" (in Cargo.toml: api-level = "${instead}")`,
  };
}
