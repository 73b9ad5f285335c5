import { describe, expect, test } from '@jest/globals';
import { summaries } from '../testkit/repository.js';
import { inheritManifest } from './inherit.js';
import { parseManifest, type Manifest } from './manifest.js';

function manifest(file: string, text: string): Manifest {
  const parsed = parseManifest(file, text);
  if (!parsed.ok) throw new Error(summaries(parsed.failures).join());
  return parsed.value;
}

const ROOT = manifest(
  'Cargo.toml',
  `[workspace]
package = { version = "1.2.3", edition = "2024", license = "MIT" }
lints.rust.unsafe_code = "deny"
[workspace.dependencies]
ledger = { path = "crates/ledger", package = "real-ledger", features = ["a"] }
serde = "1"
away = { path = "../away" }
`,
);

describe('a member', () => {
  test('takes what it inherits from the root manifest', () => {
    const member = manifest(
      'crates/app/Cargo.toml',
      `[package]
name = "app"
version.workspace = true
edition.workspace = true
license = { workspace = true }
[lints]
workspace = true
[dependencies]
ledger = { workspace = true, features = ["b"], optional = true }
serde.workspace = true
away.workspace = true
own = { path = "../own" }
[target.'cfg(unix)'.dev-dependencies]
serde.workspace = true
`,
    );
    const inherited = inheritManifest(member, ROOT);
    expect(inherited).toMatchObject({
      ok: true,
      value: {
        version: '1.2.3',
        edition: '2024',
        dependencies: [
          { kind: 'normal', package: 'real-ledger', optional: true, path: 'crates/ledger' },
          { kind: 'normal', package: 'serde', path: undefined },
          { kind: 'normal', package: 'away', path: 'outside' },
          { kind: 'normal', package: 'own', path: 'crates/own' },
          { kind: 'dev', package: 'serde', path: undefined },
        ],
      },
    });
    expect(inherited.ok && inherited.value.table).toMatchObject({
      package: { version: '1.2.3', license: 'MIT' },
      lints: { rust: { unsafe_code: 'deny' } },
      dependencies: { ledger: { path: 'crates/ledger', features: ['a', 'b'], optional: true }, serde: { version: '1' } },
      target: { 'cfg(unix)': { 'dev-dependencies': { serde: { version: '1' } } } },
    });
  });

  test('without version and edition has those that cargo takes', () => {
    expect(inheritManifest(manifest('Cargo.toml', '[package]\nname = "x"'), undefined)).toMatchObject({ value: { version: '0.0.0', edition: '2015' } });
  });

  test.each([
    ['a field', 'description.workspace = true', 3],
    ['a dependency', '[dependencies]\nnone.workspace = true', 4],
    ['a dependency of a target', "[target.'cfg(unix)'.dependencies]\nnone = { workspace = true }", 4],
  ])('that inherits %s which the workspace lacks is refused with its line', (_, text, line) => {
    const member = manifest('crates/app/Cargo.toml', `[package]\nname = "app"\n${text}\n`);
    const inherited = inheritManifest(member, ROOT);
    expect(inherited.ok ? [] : summaries(inherited.failures)).toEqual([`manifest-invalid crates/app/Cargo.toml:${line}`]);
  });

  test('that inherits without a workspace is told so', () => {
    const inherited = inheritManifest(manifest('Cargo.toml', '[package]\nname = "x"\nversion.workspace = true\n'), undefined);
    expect(inherited).toMatchObject({
      ok: false,
      failures: [{ message: '"package.version" is inherited (workspace = true), but it belongs to no workspace' }],
    });
  });
});
