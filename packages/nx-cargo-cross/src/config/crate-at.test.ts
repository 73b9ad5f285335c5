import { describe, expect, test } from '@jest/globals';
import { aRepository } from '../testkit/cargo-files.js';
import { summaries } from '../testkit/repository.js';
import { aTree } from '../testkit/tree.js';
import { resolveCrateAt } from './crate-at.js';

const FILES = aRepository()
  .workspace('ws')
  .bin('ws/crates/app', { dependencies: ['lib = { path = "../lib" }'] })
  .lib('ws/crates/lib')
  .bin('')
  .file('nx.json', '{ "plugins": [{ "plugin": "nx-cargo-cross", "include": ["ws/**"], "options": { "platforms": ["aarch64-linux"] } }] }');

describe('the crate in a folder', () => {
  test('comes with its workspace and the options of its entry in nx.json', () => {
    const found = resolveCrateAt('ws/crates/app', aTree(FILES.files()));
    expect(found).toMatchObject({ ok: true, value: { workspace: { root: 'ws' }, crate: { name: 'app' } } });
    expect(found.ok && found.value.config.builds.map(({ platform }) => platform.name)).toEqual(['aarch64-linux']);
  });

  test('may be the root, without any options', () => {
    const found = resolveCrateAt('', aTree(FILES.files()));
    expect(found.ok && found.value.config.builds).toHaveLength(4);
  });

  test.each([
    ['no crate', 'ws', FILES.files(), ['nothing-to-build ws/Cargo.toml']],
    ['nothing at all', 'none', FILES.files(), ['nothing-to-build none/Cargo.toml']],
    ['a fixture that no workspace lists', 'ws/x', FILES.bin('ws/x').files(), ['nothing-to-build ws/x/Cargo.toml']],
    ['a crate beside a broken one', 'ws/crates/app', FILES.file('ws/crates/lib/Cargo.toml', '[').files(), ['manifest-syntax ws/crates/lib/Cargo.toml:1']],
    [
      'a crate with a wrong option',
      'ws/crates/app',
      FILES.file('nx.json', '{ "plugins": [{ "plugin": "nx-cargo-cross", "options": { "profil": "x" } }] }').files(),
      ['unknown-word nx.json:1 option profil -> profile'],
    ],
  ])('is refused where there is %s', (_, root, files, expected) => {
    const found = resolveCrateAt(root, aTree(files));
    expect(found.ok ? [] : summaries(found.failures)).toEqual(expected);
  });
});
