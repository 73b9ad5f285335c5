import { describe, expect, test } from '@jest/globals';
import { kebabCase, OPTIONS } from './options.js';

describe('the table of options', () => {
  test('has each key once, with a sentence and a place', () => {
    expect(new Set(OPTIONS.map(({ key }) => key)).size).toBe(OPTIONS.length);
    for (const { doc, levels } of OPTIONS) {
      expect(doc).toMatch(/^[A-Z].*\.$/s);
      expect(levels.length).toBeGreaterThan(0);
    }
  });

  test.each([
    ['outDir', 'out-dir'],
    ['defaultFeatures', 'default-features'],
    ['bins', 'bins'],
  ])('spells %s in Cargo metadata as %s', (key, kebab) => {
    expect(kebabCase(key)).toBe(kebab);
  });
});
