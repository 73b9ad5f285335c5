import { expect, test } from '@jest/globals';
import { cargoWatches, parseWatched, together, type Watched } from './watched.js';

test.each<[string, Watched, Watched, Watched | undefined]>([
  ['nothing was made yet', {}, { cc: '1' }, { cc: '1' }],
  ['nothing changed', { cc: '1' }, { cc: '1' }, { cc: '1' }],
  ['another compiler', { cc: '1', LIBRARY_PATH: '2' }, { cc: '3', LIBRARY_PATH: '2' }, undefined],
  ['another crate watches other things', { cc: '1' }, { CFLAGS: '2' }, { cc: '1', CFLAGS: '2' }],
  ['nothing is watched', { cc: '1' }, {}, { cc: '1' }],
])('%s', (_, noted, now, expected) => {
  expect(together(noted, now)).toEqual(expected);
});

test.each([
  ['{"cc":"1","x":2}', { cc: '1' }],
  ['{"cc"', {}],
  ['null', {}],
  ['', {}],
])('a note that says %j', (text, expected) => {
  expect(parseWatched(text)).toEqual(expected);
});

test.each([
  ['RUSTFLAGS', false, true],
  ['CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUSTFLAGS', false, true],
  ['CARGO_PROFILE_RELEASE_LTO', false, true],
  ['GIT_SHA', true, true],
  ['GIT_SHA', false, false],
  ['OPENSSL_DIR', true, true],
  ['CC_aarch64_unknown_linux_gnu', true, false],
  ['CFLAGS', true, false],
  ['TARGET_AR', true, false],
  ['PKG_CONFIG_PATH', true, false],
  ['SOURCE_DATE_EPOCH', true, false],
  ['RUSTC_BOOTSTRAP', true, false],
  ['LIBRARY_PATH', false, false],
])('%s, named before: %s, is looked at by cargo: %s', (name, named, expected) => {
  expect(cargoWatches(name, new Set(named ? [name] : []))).toBe(expected);
});
