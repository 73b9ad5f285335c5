import { describe, expect, test } from '@jest/globals';
import { entryOf, isTable, parseToml, tableAt, valueAt } from './toml.js';

describe('TOML', () => {
  test.each([
    ['a = [', 'unfinished array', 1, 5],
    ['name = "x\nversion = 1', 'a string is not closed on its line', 1, 10],
    ['[a]\nb = 1\nb = 2', 'trying to redefine an already defined table or value', 3, 1],
  ])('%j is refused with its place', (text, message, line, column) => {
    const parsed = parseToml('crates/x/Cargo.toml', text);
    expect(parsed).toMatchObject({ ok: false, failures: [{ code: 'manifest-syntax', message, location: { file: 'crates/x/Cargo.toml', line, column } }] });
  });

  test('keeps integers that no double holds', () => {
    expect(parseToml('x', 'a = 9007199254740993')).toEqual({ ok: true, value: { a: 9007199254740993n } });
  });

  const parsed = parseToml('x', 'a.list = [{ b = 1 }]\nwhen = 1979-05-27');
  const table = parsed.ok ? parsed.value : {};

  test('finds values by path, elements of lists by number', () => {
    expect(valueAt(table, ['a', 'list', '0', 'b'])).toBe(1);
    expect(valueAt(table, ['a', 'list', '1', 'b'])).toBeUndefined();
    expect(tableAt(table, ['a', 'none'])).toEqual({});
  });

  test('never takes what every object has for an entry', () => {
    expect(entryOf({}, 'constructor')).toBeUndefined();
    expect(isTable(table['when'])).toBe(false);
    expect(isTable([])).toBe(false);
  });
});
