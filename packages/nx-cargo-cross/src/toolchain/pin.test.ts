import { expect, test } from '@jest/globals';
import { holdsPin } from './pin.js';

const RELEASED = { label: 'rustc 1.95.0 (59807616e 2026-04-14)', release: '1.95.0', rustupName: undefined };
const OF_RUSTUP = { ...RELEASED, rustupName: '1.95.0-x86_64-unknown-linux-gnu' };
const NIGHTLY = { label: 'rustc 1.97.0-nightly (e50aa6fba 2026-05-19)', release: '1.97.0-nightly', rustupName: undefined };
const DEBIAN = { label: 'rustc 1.95.0 (59807616e 2026-04-14) (built from a source tarball)', release: '1.95.0', rustupName: undefined };
const BETA = { label: 'rustc 1.96.0-beta.3 (ac68faa20 2026-05-01)', release: '1.96.0-beta.3', rustupName: undefined };

test.each<[string, string | undefined, Parameters<typeof holdsPin>[1], Record<string, string>, boolean]>([
  ['nothing is pinned', undefined, DEBIAN, {}, true],
  ['a channel moves, so the key asks', 'stable', DEBIAN, {}, true],
  ['1.95 is the newest of its line, so the key asks', '1.95', NIGHTLY, {}, true],
  ['it is the one', '1.95.0', OF_RUSTUP, {}, true],
  ['it is the one, with its host', '1.95.0-x86_64-unknown-linux-gnu', OF_RUSTUP, {}, true],
  ['it is the one, by whomever it was unpacked', '1.95.0', RELEASED, {}, true],
  ['an override chose another', '1.94.0', OF_RUSTUP, {}, false],
  ['another version is on the PATH', '1.94.0', RELEASED, {}, false],
  ['a version that only begins alike', '1.95.01', RELEASED, {}, false],
  ['a distribution built the same version', '1.95.0', DEBIAN, {}, false],
  ["rustup's nightly of the day", 'nightly-2026-05-21', { ...NIGHTLY, rustupName: 'nightly-2026-05-21-x86_64-unknown-linux-gnu' }, {}, true],
  ['the nightly of the day, by whomever it was unpacked', 'nightly-2026-05-20', NIGHTLY, {}, true],
  ['the nightly of another day', 'nightly-2026-05-22', NIGHTLY, {}, false],
  ["a release, where that day's nightly is pinned", 'nightly-2026-04-15', RELEASED, {}, false],
  ['the release of the day', 'stable-2026-04-15', RELEASED, {}, true],
  ['a beta', '1.96.0-beta.3', BETA, {}, true],
  ['another beta', '1.96.0-beta.2', BETA, {}, false],
  ['any beta of the version', '1.96.0-beta', BETA, {}, true],
  ['RUSTC names another, and the key asks it', '1.94.0', DEBIAN, { RUSTC: '/usr/bin/rustc' }, true],
  ['RUSTUP_TOOLCHAIN names another, and the key asks it', '1.94.0', OF_RUSTUP, { RUSTUP_TOOLCHAIN: '1.95.0' }, true],
  ['an empty variable names nothing', '1.94.0', DEBIAN, { RUSTC: '' }, false],
])('%s', (_, channel, toolchain, env, expected) => {
  const pinned = channel === undefined ? undefined : { file: 'rust-toolchain.toml', channel, targets: [], location: { file: 'rust-toolchain.toml' } };
  expect(holdsPin(pinned, toolchain, env)).toBe(expected);
});
