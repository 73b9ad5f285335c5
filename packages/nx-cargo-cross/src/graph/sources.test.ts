import { describe, expect, test } from '@jest/globals';
import { parseManifest } from '../cargo/manifest.js';
import { makeForeignSources, makeSources } from './sources.js';

function sources(file: string, toml = '', outDir = 'dist/cross', inputs: readonly string[] = []): readonly unknown[] {
  const manifest = parseManifest(file, `[package]\nname = "x"\n${toml}`);
  return manifest.ok ? makeSources(manifest.value, outDir, inputs) : manifest.failures;
}

const COMMON = ['{projectRoot}/**/*', '!{projectRoot}/Cargo.toml', '!{projectRoot}/Cargo.lock', '!{projectRoot}/cross-closure.json', '!{projectRoot}/.cargo/config', '!{projectRoot}/.cargo/config.toml', '!{projectRoot}/target/**/*'];
const EXAMPLES = '!{projectRoot}/examples/**/*.rs';
const TESTS = ['!{projectRoot}/tests/**/*.rs', '!{projectRoot}/benches/**/*.rs', EXAMPLES];

describe('the sources of a crate', () => {
  test.each<[string, readonly unknown[], readonly string[]]>([
    ['all but the code of tests', sources('a/Cargo.toml'), [...COMMON, ...TESTS]],
    [
      'tests too, where a program is among them',
      sources('a/Cargo.toml', '[[bin]]\nname = "b"\npath = "./tests/b.rs"'),
      [...COMMON, '!{projectRoot}/benches/**/*.rs', EXAMPLES],
    ],
    ['benches too, where the build script is among them', sources('a/Cargo.toml', 'build = "benches/build.rs"'), [...COMMON, '!{projectRoot}/tests/**/*.rs', EXAMPLES]],
    ['not what is made from them', sources('Cargo.toml'), [...COMMON, ...TESTS, '!{projectRoot}/dist/cross/**/*']],
    ['not what the options take out', sources('a/Cargo.toml', '', 'dist', ['data', '!./README.md', '!../b/x', '!docs/**']), [...COMMON, ...TESTS, '!{projectRoot}/README.md', '!{projectRoot}/docs/**']],
    ['not what is made from them, inside the crate', sources('a/Cargo.toml', '', 'a/out'), [...COMMON, ...TESTS, '!{projectRoot}/out/**/*']],
  ])('are %s', (_, found, expected) => {
    expect(found).toEqual(expected);
  });

  test('of a package that is no project are its folder', () => {
    expect(makeForeignSources('p/x')).toEqual(['{workspaceRoot}/p/x/**/*', '!{workspaceRoot}/p/x/target/**/*']);
  });
});
