import { describe, expect, test } from '@jest/globals';
import { locateToml } from './toml-locator.js';

const TEXT = `# a comment with [brackets] = "and quotes"
[package]
name = "app" # trailing
"quoted key" = 1
version.workspace = true

[package.metadata.nx-cargo-cross]
platforms = [
  "aarch64-linux", # one
  # two comes next: ["no", "place"]
  'x86_64-windows',
]
platform.aarch64-linux = { glibc = "2.28", env = { A = "1", "B.C" = """x
] = [
""" } }

[[bin]]
name = "one"

[[bin]]
name = "two"
path = "src/[two].rs"

[target.'cfg(unix)'.dependencies]
libc = { version = "0.2", features = ["extra_traits"] }
[a . b]
c=[[1, 2], [3]]
`;

describe('a key in TOML', () => {
  test.each([
    [['package'], 2, 2],
    [['package', 'name'], 3, 1],
    [['package', 'quoted key'], 4, 1],
    [['package', 'version', 'workspace'], 5, 9],
    [['package', 'metadata', 'nx-cargo-cross'], 7, 19],
    [['package', 'metadata', 'nx-cargo-cross', 'platforms', '0'], 9, 3],
    [['package', 'metadata', 'nx-cargo-cross', 'platforms', '1'], 11, 3],
    [['package', 'metadata', 'nx-cargo-cross', 'platform', 'aarch64-linux', 'glibc'], 13, 28],
    [['package', 'metadata', 'nx-cargo-cross', 'platform', 'aarch64-linux', 'env', 'B.C'], 13, 61],
    [['bin'], 17, 3],
    [['bin', '1', 'name'], 21, 1],
    [['target', 'cfg(unix)', 'dependencies', 'libc', 'features', '0'], 25, 39],
    [['a', 'b', 'c', '1', '0'], 27, 13],
    // The longest part that is written stands for what isn't.
    [['package', 'edition'], 2, 2],
    [['bin', '5'], 17, 3],
  ])('%j is found', (path, line, column) => {
    expect(locateToml('Cargo.toml', TEXT, path)).toEqual({ file: 'Cargo.toml', line, column, excerpt: TEXT.split('\n')[line - 1]?.trimEnd() });
  });

  test('without any written part has the file alone', () => {
    expect(locateToml('Cargo.toml', TEXT, ['workspace'])).toEqual({ file: 'Cargo.toml' });
  });

  test.each(['[', '[[', 'a', 'a =', 'a = [', 'a = {', 'a = "', 'a = """', '= 1', ']]', 'a = {b = [', '"'])(
    'in the broken text %j ends all the same',
    (text) => {
      expect(locateToml('x', text, ['zzz'])).toEqual({ file: 'x' });
    },
  );
});
