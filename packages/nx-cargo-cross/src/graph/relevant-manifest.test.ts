import { describe, expect, test } from '@jest/globals';
import { canonicalJson } from '../cargo/canonical.js';
import { parseToml } from '../cargo/toml.js';
import { relevantManifest } from './relevant-manifest.js';

function relevant(text: string): string {
  const parsed = parseToml('Cargo.toml', text);
  return parsed.ok ? canonicalJson(relevantManifest(parsed.value)) : 'broken';
}

const BASE = `
[package]
name = "app"
version = "1.0.0"
metadata.winres.icon = "a.ico"
[dependencies]
a = "1"
[target.'cfg(unix)'.dependencies]
b = "1"
`;

describe('what of a manifest decides bytes', () => {
  test.each([
    ['comments', `# c\n${BASE}`],
    ['the order of keys', BASE.replace('name = "app"\nversion = "1.0.0"', 'version = "1.0.0"\nname = "app"')],
    ['dev-dependencies', `${BASE}[dev-dependencies]\nx = "1"\n[target.'cfg(unix)'.dev-dependencies]\ny = "1"\n`],
    ['dev-dependencies of a new target', `${BASE}[target.'cfg(windows)'.dev-dependencies]\ny = "1"\n`],
    ['tests, benchmarks and examples', `${BASE}[[test]]\nname = "t"\n[[bench]]\nname = "b"\n[[example]]\nname = "e"\n`],
    ["this plugin's options, which are resolved elsewhere", `${BASE}[package.metadata.nx-cargo-cross]\nbins = []\n`],
    ['tables of the workspace root', `${BASE}[workspace]\n[profile.release]\nlto = true\n[patch.crates-io]\nx = { path = "x" }\n`],
    ['whether it may be published', BASE.replace('name', 'publish = false\nname')],
  ])('is not %s', (_, text) => {
    expect(relevant(text)).toBe(relevant(BASE));
  });

  test.each([
    ['a dependency', BASE.replace('a = "1"', 'a = "2"')],
    ['a dependency of a target', BASE.replace('b = "1"', 'b = "2"')],
    ['the version', BASE.replace('1.0.0', '1.0.1')],
    ['features', `${BASE}[features]\nx = []\n`],
    ['metadata of others, which build scripts read', BASE.replace('a.ico', 'b.ico')],
    ['bins', `${BASE}[[bin]]\nname = "x"\n`],
    ['lints', `${BASE}[lints.rust]\nunsafe_code = "deny"\n`],
  ])('is %s', (_, text) => {
    expect(relevant(text)).not.toBe(relevant(BASE));
  });
});
