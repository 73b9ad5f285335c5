import { describe, expect, test } from '@jest/globals';
import { parseLocatedJson } from './json-locator.js';

const TEXT = `{
  // a comment: { "plugins": 1 }
  "a": { "b": [1, "two", { "c": null }], /* "x" */ "d.e": -1.5e3 },
  "esc\\"aped": true,
}
`;

describe('located JSON', () => {
  test('has the value, without comments and trailing commas', () => {
    expect(parseLocatedJson(TEXT)?.value).toEqual({ a: { b: [1, 'two', { c: null }], 'd.e': -1500 }, 'esc"aped': true });
  });

  test.each([
    [['a'], 3, 3],
    [['a', 'b', '1'], 3, 19],
    [['a', 'b', '2', 'c'], 3, 28],
    [['a', 'd.e'], 3, 52],
    [['esc"aped'], 4, 3],
    [['a', 'none'], 3, 3],
  ])('has a place for %j', (path, line, column) => {
    expect(parseLocatedJson(TEXT)?.locate('nx.json', path)).toMatchObject({ file: 'nx.json', line, column });
  });

  test('has the file alone for what is not there', () => {
    expect(parseLocatedJson(TEXT)?.locate('nx.json', ['z'])).toEqual({ file: 'nx.json' });
  });

  test.each(['', '{', '{"a"', '{"a":', '{"a":1', '{a:1}', '[1 2]', '{} x', 'tru', '"', '[,]', '{"a":1 "b":2}', '[1,', '{1:2}'])(
    'does not come of %j',
    (text) => {
      expect(parseLocatedJson(text)).toBeUndefined();
    },
  );

  test('has no way to an object of everybody', () => {
    const parsed = parseLocatedJson('{"__proto__": {"x": 1}}')?.value as object;
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
    expect(Object.keys(parsed)).toEqual(['__proto__']);
  });
});
