import { describe, expect, test } from '@jest/globals';
import { TomlDate } from 'smol-toml';
import { canonicalJson } from './canonical.js';

describe('canonical JSON', () => {
  test.each<[string, unknown, unknown]>([
    ['the order of keys', { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }],
    ['entries that are undefined', { a: 1, b: undefined }, { a: 1 }],
    ['equal dates', [new TomlDate('1979-05-27')], [new TomlDate('1979-05-27')]],
  ])('does not tell %s apart', (_, a, b) => {
    expect(canonicalJson(a)).toBe(canonicalJson(b));
  });

  test.each<[string, unknown, unknown]>([
    ['the order of lists', [1, 2], [2, 1]],
    ['texts and numbers', '1', 1],
    ['big integers and texts', 9007199254740993n, '9007199254740993'],
    ['dates and texts', new TomlDate('1979-05-27'), '1979-05-27'],
    ['infinities', Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    ['tables and lists', {}, []],
    ['keys and values', { a: 'b' }, { b: 'a' }],
    ['null and nothing', [null], []],
  ])('tells %s apart', (_, a, b) => {
    expect(canonicalJson(a)).not.toBe(canonicalJson(b));
  });

  test('is JSON', () => {
    expect(JSON.parse(canonicalJson({ a: [1, 'x', true, null], b: { c: 1.5 } }))).toEqual({ a: [1, 'x', true, null], b: { c: 1.5 } });
  });
});
