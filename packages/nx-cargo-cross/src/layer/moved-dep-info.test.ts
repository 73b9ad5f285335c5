import { expect, test } from '@jest/globals';
import { movedDepInfo } from './moved-dep-info.js';

const PLACE = 'x86_64-unknown-linux-musl/release/deps/serde-0123456789abcdef.d';

/** As rustc writes them for a crate with a generated source. */
const notes = (root: string): string => {
  const [made, out] = [`${root}/x86_64-unknown-linux-musl/release/deps`, `${root}/x86_64-unknown-linux-musl/release/build/serde-fedcba9876543210/out`];
  const sources = `/home/me/.cargo/registry/src/index/serde-1.0.0/src/lib.rs ${out}/private.rs`;
  return `${made}/serde-0123456789abcdef.d: ${sources}\n\n${made}/libserde-0123456789abcdef.rlib: ${sources}\n\n/home/me/.cargo/registry/src/index/serde-1.0.0/src/lib.rs:\n${out}/private.rs:\n\n# env-dep:OUT_DIR=${out}\n`;
};

test.each([
  ['another folder', '/ci/1/target', '/home/runner/target'],
  ['folders with blanks', '/ci/my\\ work/target', '/home/a\\ b/target'],
  ['the same folder', '/ci/target', '/ci/target'],
])('%s', (_, from, to) => {
  expect(movedDepInfo(notes(from), PLACE, to.replaceAll('\\ ', ' '))).toBe(notes(to));
});

test.each([
  ['notes of another file', notes('/ci/target').replaceAll('serde-0123456789abcdef.d', 'other.d')],
  ['nothing', ''],
])('%s is left as it is', (_, text) => {
  expect(movedDepInfo(text, PLACE, '/home/target')).toBe(text);
});
