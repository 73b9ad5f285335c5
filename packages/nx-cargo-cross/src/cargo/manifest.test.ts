import { describe, expect, test } from '@jest/globals';
import { summaries } from '../testkit/repository.js';
import { INHERITED, parseManifest, type Manifest } from './manifest.js';

function parsed(text: string): Manifest {
  const manifest = parseManifest('crates/app/Cargo.toml', text);
  if (!manifest.ok) throw new Error(summaries(manifest.failures).join());
  return manifest.value;
}

const PACKAGE = '[package]\nname = "app"\n';

describe('a manifest', () => {
  test('says what its package is', () => {
    const text = `${PACKAGE}version.workspace = true
edition = { workspace = true }
autobins = false
build = "b.rs"
default-run = "x"
workspace = "../.."
`;
    expect(parsed(text)).toMatchObject({
      root: 'crates/app',
      package: { name: 'app', version: INHERITED, edition: INHERITED, autobins: false, build: 'b.rs', defaultRun: 'x', workspacePointer: '../..' },
      bins: undefined,
      lib: undefined,
      workspace: undefined,
    });
  });

  test('may use the old name of the package table', () => {
    expect(parsed('[project]\nname = "old"').package?.name).toBe('old');
  });

  test('says what its targets are, in the old spelling too', () => {
    const manifest = parsed(`${PACKAGE}[lib]\ncrate_type = ["cdylib"]\nproc-macro = false\n[[bin]]\nname = "x"\npath = "y.rs"\nrequired-features = ["z"]\n`);
    expect(manifest.lib).toEqual({ name: undefined, path: undefined, crateTypes: ['cdylib'], procMacro: false });
    expect(manifest.bins).toEqual([{ name: 'x', path: 'y.rs', requiredFeatures: ['z'] }]);
  });

  test('has dependencies of every kind, of every target', () => {
    const text = `${PACKAGE}
[dependencies]
a = "1"
b = { path = "../b", package = "real-b", optional = true }
c.workspace = true
[dev-dependencies]
d = "1"
[build_dependencies]
e = "1"
[target.'cfg(unix)'.build-dependencies]
f = { git = "https://x" }
[target.x86_64-pc-windows-gnu.dependencies]
g = "1"
`;
    expect(
      parsed(text).dependencies.map(({ kind, key, package: renamed, path, inherited, optional }) => [kind, key, renamed, path, inherited, optional]),
    ).toEqual([
      ['normal', 'a', undefined, undefined, false, false],
      ['normal', 'b', 'real-b', '../b', false, true],
      ['normal', 'c', undefined, undefined, true, false],
      ['build', 'e', undefined, undefined, false, false],
      ['dev', 'd', undefined, undefined, false, false],
      ['build', 'f', undefined, undefined, false, false],
      ['normal', 'g', undefined, undefined, false, false],
    ]);
  });

  test('names the folders of its patches', () => {
    const text = `[workspace]
[patch.crates-io]
foo = { path = "vendor/foo" }
bar = { git = "https://x" }
z = { path = "z", package = "baz" }
[replace]
"old:0.1.0" = { path = "old" }
`;
    expect(parsed(text).patches).toEqual([
      { package: 'foo', path: 'vendor/foo' },
      { package: 'baz', path: 'z' },
      { package: 'old', path: 'old' },
    ]);
  });

  test.each([
    ['no TOML', '[package', ['manifest-syntax crates/app/Cargo.toml:1']],
    ['a name of the wrong kind', '[package]\nname = 3', ['manifest-invalid crates/app/Cargo.toml:2']],
    ['no name', '[package]\nversion = "1.0.0"', ['manifest-invalid crates/app/Cargo.toml:1']],
    ["a template's name", '[package]\nname = "{{name}}"', ['manifest-invalid crates/app/Cargo.toml:2']],
    ['a name that starts with a digit', '[package]\nname = "1a"', ['manifest-invalid crates/app/Cargo.toml:2']],
    ['neither package nor workspace', '[dependencies]\na = "1"', ['manifest-invalid crates/app/Cargo.toml']],
    ['members that are no list', '[workspace]\nmembers = "crates/*"', ['manifest-invalid crates/app/Cargo.toml:2']],
    ['a bin without a name', `${PACKAGE}[[bin]]\npath = "a.rs"`, ['manifest-invalid crates/app/Cargo.toml:3']],
    ['a dependency that is a number', `${PACKAGE}[dependencies]\na = 1`, ['manifest-invalid crates/app/Cargo.toml:4']],
    ['a path that is a number', `${PACKAGE}[dependencies]\na = { path = 1 }`, ['manifest-invalid crates/app/Cargo.toml:4']],
    ['several faults', '[package]\nname = 3\nversion = 1\nautobins = "yes"', [2, 3, 4].map((line) => `manifest-invalid crates/app/Cargo.toml:${line}`)],
  ])('with %s is refused, line by line', (_, text, expected) => {
    const manifest = parseManifest('crates/app/Cargo.toml', text);
    expect(manifest.ok ? [] : summaries(manifest.failures)).toEqual(expected);
  });
});
