import { describe, expect, test } from '@jest/globals';
import { locateNxOptions, parseNxPluginEntries, selectNxOptions } from './nx-options.js';

const TEXT = `{
  "plugins": [
    "@nx/js",
    { "plugin": "nx-cargo-cross", "include": ["a/**"], "options": { "profile": "dev" } },
    { "plugin": "./packages/nx-cargo-cross", "exclude": ["b/**/*"], "options": { "outDir": "x", "profile": "release" } },
    "nx-cargo-cross",
    { "plugin": "not-nx-cargo-cross", "options": { "profile": "no" } },
  ]
}`;

describe('the plugin in nx.json', () => {
  test('may be entered several times, by name and by path', () => {
    expect(parseNxPluginEntries(TEXT).map(({ options }) => [options.path[1], options.value])).toEqual([
      ['1', { profile: 'dev' }],
      ['2', { outDir: 'x', profile: 'release' }],
      ['3', {}],
    ]);
  });

  test.each(['', 'x', '{}', '{"plugins": 1}', '{"plugins": [1, null]}'])('may be missing: %j', (text) => {
    expect(parseNxPluginEntries(text)).toEqual([]);
  });

  test.each([
    ['a/Cargo.toml', '1'],
    ['a/deep/Cargo.toml', '1'],
    ['c/Cargo.toml', '2'],
    ['b/Cargo.toml', '3'],
  ])('gives %s the first entry that takes it', (manifest, index) => {
    expect(selectNxOptions(TEXT, manifest)?.path).toEqual(['plugins', index, 'options']);
  });

  test('gives nothing where no entry takes the manifest', () => {
    expect(selectNxOptions('{"plugins": [{ "plugin": "nx-cargo-cross", "exclude": ["**/*"] }]}', 'a/Cargo.toml')).toBeUndefined();
  });

  test('has a place for the options that Nx hands over, whatever their order of keys', () => {
    expect(locateNxOptions({ profile: 'release', outDir: 'x' }, TEXT).path).toEqual(['plugins', '2', 'options']);
    expect(locateNxOptions(undefined, TEXT).path).toEqual(['plugins', '3', 'options']);
    expect(locateNxOptions({ profile: 'other' }, TEXT)).toMatchObject({ value: { profile: 'other' }, path: ['plugins'] });
  });
});
