import { expect, test } from '@jest/globals';
import { lockCommand } from './lock-command.js';

test.each([
  ['', 'Cargo.lock', 'cargo generate-lockfile --manifest-path Cargo.toml'],
  ['my rust', 'my rust/Cargo.lock', "cargo generate-lockfile --manifest-path 'my rust/Cargo.toml'"],
  ['', 'locks/Cargo.lock', 'cargo generate-lockfile'],
  ['my rust', 'locks/Cargo.lock', "(cd 'my rust' && cargo generate-lockfile)"],
])('the lock file of "%s" at %s is made by: %s', (root, lockFile, expected) => {
  expect(lockCommand({ root, lockFile, manifest: root === '' ? 'Cargo.toml' : `${root}/Cargo.toml` })).toBe(expected);
});
