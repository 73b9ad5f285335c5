import { describe, expect, test } from '@jest/globals';
import { MESSAGES } from '../testkit/cargo-recordings.js';
import { parseArtifactMessage, parseBuildScriptMessage } from './messages.js';

const T = '/repo/target/x86_64-unknown-linux-gnu/release';
const whole = JSON.parse(MESSAGES.bin) as Record<string, unknown>;

describe('a line of cargo', () => {
  test('that tells of a program is read', () => {
    expect(parseArtifactMessage(MESSAGES.bin)).toEqual({ package: 'app 0.1.0', packageId: 'path+file:///repo/app#0.1.0', manifestPath: '/repo/app/Cargo.toml', targetName: 'app', targetKinds: ['bin'], filenames: [`${T}/app`], fresh: false });
  });

  test('that tells of a library is read', () => {
    expect(parseArtifactMessage(MESSAGES.lib)).toMatchObject({ manifestPath: '/repo/dep-a/Cargo.toml', targetName: 'dep_a', targetKinds: ['lib'], fresh: false });
    expect(parseArtifactMessage(MESSAGES.lib)?.filenames).toHaveLength(2);
  });

  test('that tells of a build script says so', () => {
    expect(parseArtifactMessage(MESSAGES.buildScript)).toMatchObject({ targetKinds: ['custom-build'], targetName: 'build-script-build' });
  });

  test('may say that nothing had to be done', () => {
    expect(parseArtifactMessage(MESSAGES.bin.replace('"fresh":false', '"fresh":true'))?.fresh).toBe(true);
  });

  test('may hold fields that came later', () => {
    expect(parseArtifactMessage(JSON.stringify({ ...whole, later: { x: [1] } }))).toEqual(parseArtifactMessage(MESSAGES.bin));
  });

  test.each([
    ['another kind of message', MESSAGES.buildScriptExecuted],
    ['the end', MESSAGES.finished],
    ['nothing', ''],
    ['text of a program', 'Hello {"reason":"compiler-artifact"}'],
    ['a line that is cut off', MESSAGES.bin.slice(0, -1)],
    ['no package', JSON.stringify({ ...whole, package_id: undefined })],
    ['no manifest', JSON.stringify({ ...whole, manifest_path: undefined })],
    ['no target', JSON.stringify({ ...whole, target: null })],
    ['a target without a kind', JSON.stringify({ ...whole, target: { name: 'x' } })],
    ['a target that is a list', JSON.stringify({ ...whole, target: ['bin'] })],
    ['file names that are none', JSON.stringify({ ...whole, filenames: [1] })],
    ['a file name that is none', JSON.stringify({ ...whole, filenames: ['/ws/app', 1] })],
    ['no file names', JSON.stringify({ ...whole, filenames: '/repo/app' })],
  ])('that holds %s tells of no artifact', (_, line) => {
    expect(parseArtifactMessage(line)).toBeUndefined();
  });
});

describe('a line of cargo that tells of a build script', () => {
  const executed = JSON.parse(MESSAGES.buildScriptExecuted) as Record<string, unknown>;
  const script = (more: Record<string, unknown>) => parseBuildScriptMessage(JSON.stringify({ ...executed, ...more }));

  test('has the libraries that it asked for, and where they lie', () => {
    expect(script({ linked_libs: ['dylib=ssl', 'crypto'], linked_paths: ['native=/o/lib', '/p', 'framework=/f'], env: [['A', '1'], ['B', '']] })).toEqual({
      package: 'app 0.1.0',
      packageId: 'path+file:///repo/app#0.1.0',
      outDir: '/repo/target/x86_64-unknown-linux-gnu/release/build/app-644ea8a5fea4d27a/out',
      sets: ['A', 'B'],
      libraries: ['dylib=ssl', 'crypto'],
      folders: ['/o/lib', '/p', '/f'],
    });
  });

  test.each([
    ['path+file:///repo/app#0.1.0', 'app 0.1.0'],
    ['path+file:///repo/app-folder#other-name@0.1.0', 'other-name 0.1.0'],
    ['registry+https://github.com/rust-lang/crates.io-index#libgit2-sys@0.18.7+1.9.6', 'libgit2-sys 0.18.7+1.9.6'],
    ['git+https://example.com/who/what?branch=main#0.2.0', 'what 0.2.0'],
    ['ring 0.17.14 (registry+https://github.com/rust-lang/crates.io-index)', 'ring 0.17.14'],
  ])('calls the package %s %s', (id, name) => {
    expect(script({ package_id: id })?.package).toBe(name);
  });

  test.each([
    ['another kind of message', MESSAGES.bin],
    ['nothing', ''],
    ['a line that is cut off', MESSAGES.buildScriptExecuted.slice(0, -1)],
    ['no package', JSON.stringify({ ...executed, package_id: 7 })],
    ['no folder for what it makes', JSON.stringify({ ...executed, out_dir: undefined })],
    ['libraries that are none', JSON.stringify({ ...executed, linked_libs: 'ssl' })],
    ['folders that are none', JSON.stringify({ ...executed, linked_paths: [1] })],
  ])('is none where it holds %s', (_, line) => {
    expect(parseBuildScriptMessage(line)).toBeUndefined();
  });
});
