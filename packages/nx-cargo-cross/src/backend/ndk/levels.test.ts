import { describe, expect, test } from '@jest/globals';
import { aTriple } from '../../testkit/builders.js';
import { chooseLevel, readPlatforms, type LevelRange } from './levels.js';
import { ndkRow, type NdkRow } from './targets.js';

const rowOf = (triple: string): NdkRow => ndkRow(aTriple(triple).name) as NdkRow;
const R25: LevelRange = { min: 19, max: 33 };
const R27: LevelRange = { min: 21, max: 35 };
const FUTURE: LevelRange = { min: 23, max: 37 };

describe('meta/platforms.json', () => {
  test.each<[string, LevelRange | undefined]>([
    ['{"min": 21,\n "max":35, "aliases": {"20": 19, "max-page": 1}}', R27],
    ['{"max":35}', undefined],
    ['{"min":"21","max":35}', undefined],
    ['{"min":35,"max":21}', undefined],
    ['', undefined],
  ])('%j says %j', (text, range) => {
    expect(readPlatforms(text)).toEqual(range);
  });
});

describe('the API level', () => {
  test.each<[string, number | undefined, LevelRange, number]>([
    ['aarch64-linux-android', undefined, R27, 21],
    ['aarch64-linux-android', undefined, R25, 21],
    ['aarch64-linux-android', undefined, FUTURE, 23],
    ['riscv64-linux-android', undefined, R27, 35],
    ['aarch64-linux-android', 21, R27, 21],
    ['armv7-linux-androideabi', 35, R27, 35],
  ])('for %s, asked for %s, is one that both std and NDK have', (triple, asked, range, level) => {
    expect(chooseLevel(asked, rowOf(triple), range, triple, '27.0')).toEqual({ ok: true, value: level });
  });

  test.each<[string, number | undefined, LevelRange, RegExp, number]>([
    ['aarch64-linux-android', 19, R25, /standard library.*21/, 21],
    ['aarch64-linux-android', 20, R27, /no C library for a level below 21/, 21],
    ['aarch64-linux-android', 21, FUTURE, /no C library for a level below 23/, 23],
    ['riscv64-linux-android', 30, R27, /this architecture from level 35/, 35],
    ['aarch64-linux-android', 36, R27, /no level above 35/, 35],
    ['riscv64-linux-android', undefined, R25, /no level above 33/, 33],
  ])('for %s, asked for %s, cannot be had where %j', (triple, asked, range, why, instead) => {
    expect(chooseLevel(asked, rowOf(triple), range, triple, '27.0')).toMatchObject({
      ok: false,
      failures: [{ code: 'linkage-impossible', backend: 'ndk', option: 'apiLevel', why: expect.stringMatching(why), help: expect.stringContaining(`"apiLevel": "${instead}"`) }],
    });
  });
});
