import { describe, expect, test } from '@jest/globals';
import { aTree, type Files } from '../testkit/tree.js';
import { resolvePromiseAt } from './platform-at.js';

const LOCATION = { file: 'command line' };
const FILES: Files = {
  'nx.json': JSON.stringify({
    plugins: [{ plugin: 'nx-cargo-cross', options: { names: { board: 'aarch64-unknown-linux-gnu.2.28' }, platform: { 'x86_64-linux': { allow: ['pie'] }, 'aarch64-macos': { minOs: '12.0' } } } }],
  }),
  'rust/Cargo.toml': '[workspace]\nmembers = ["app"]\n[workspace.metadata.nx-cargo-cross]\nallow = ["needed:libz.so.1"]\n',
  'rust/app/Cargo.toml':
    '[package]\nname = "app"\nversion = "1.0.0"\n[package.metadata.nx-cargo-cross.platform.aarch64-linux-musl]\nlinkage = "dynamic"\ninterpreter = "/lib/x.so"\nallow = ["rpath:/opt/*"]\n',
  'rust/app/src/main.rs': '',
  'wrong/Cargo.toml': '[package]\nname = "wrong"\nversion = "1.0.0"\n[package.metadata.nx-cargo-cross]\nallow = ["machine"]\n',
};

const resolve = (word: string, folder: string | undefined) => resolvePromiseAt(word, folder === undefined ? undefined : { tree: aTree(FILES), folder }, LOCATION);

describe('the promise of a word', () => {
  test.each<[string, string | undefined, string, object]>([
    ['aarch64-linux', undefined, 'aarch64-linux', { allow: [], glibc: undefined }],
    ['aarch64-linux.2.17', undefined, 'aarch64-linux', { glibc: { major: 2, minor: 17 } }],
    ['board', '', 'board', { glibc: { major: 2, minor: 28 } }],
    ['board', 'docs/somewhere', 'board', { glibc: { major: 2, minor: 28 } }],
    ['x86_64-linux', '', 'x86_64-linux', { allow: ['pie'], glibc: undefined }],
    ['x86_64-linux', 'rust', 'x86_64-linux', { allow: ['pie'] }],
    ['aarch64-linux-musl', 'rust', 'aarch64-linux-musl', { allow: ['needed:libz.so.1'], linkage: undefined }],
    ['aarch64-linux-musl', 'rust/app/src', 'aarch64-linux-musl', { allow: ['rpath:/opt/*'], linkage: 'dynamic', interpreter: '/lib/x.so' }],
    ['aarch64-macos', 'rust/app', 'aarch64-macos', { minOs: '12.0' }],
  ])('%s in %s', (word, folder, name, options) => {
    expect(resolve(word, folder)).toMatchObject({ ok: true, value: { platform: { name }, options } });
  });

  test.each<[string, string | undefined, object]>([
    ['board', undefined, { code: 'unknown-word', kind: 'platform', word: 'board' }],
    ['aarch64-linus', '', { code: 'unknown-word', nearest: 'aarch64-linux' }],
    ['aarch64-linux', 'wrong', { code: 'option-invalid', key: 'allow', location: { file: 'wrong/Cargo.toml', line: 5 } }],
  ])('%s in %s is refused', (word, folder, failure) => {
    expect(resolve(word, folder)).toMatchObject({ ok: false, failures: [failure] });
  });
});
