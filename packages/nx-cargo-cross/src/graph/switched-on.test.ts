import { describe, expect, test } from '@jest/globals';
import { parseToml } from '../cargo/toml.js';
import { switchedOn } from './switched-on.js';

const FEATURES = `
[features]
default = ["small"]
small = []
net = ["dep:socket", "small"]
deep = ["net", "codec/fast"]
weak = ["codec?/fast"]
circle = ["circle", "dep:ring"]
`;

describe('optional dependencies', () => {
  test.each<[string, readonly string[], boolean, readonly string[], string?]>([
    ['are off', [], true, []],
    ['are on by a feature', ['net'], true, ['socket']],
    ['are on by a feature of a feature, and by a feature of theirs', ['deep'], false, ['codec', 'socket']],
    ['are on by their own name, where no feature has it', ['codec'], false, ['codec']],
    ['are on by a feature of theirs on the command line', ['codec/fast'], false, ['codec']],
    ['stay off where a feature asks weakly', ['weak'], true, []],
    ['are on by the default', [], true, ['x'], '[features]\ndefault = ["dep:x"]'],
    ['are off without the default', [], false, [], '[features]\ndefault = ["dep:x"]'],
    ['are found in a circle', ['circle'], false, ['ring']],
  ])('%s', (_, features, defaultFeatures, expected, text = FEATURES) => {
    const manifest = parseToml('Cargo.toml', text);
    const on = manifest.ok ? switchedOn(manifest.value, { features, defaultFeatures }) : undefined;
    // A word that names nothing optional harms nobody: features without a list are taken for dependencies.
    expect([...(on ?? [])].filter((name) => name !== 'default').sort()).toEqual(expected);
  });
});
