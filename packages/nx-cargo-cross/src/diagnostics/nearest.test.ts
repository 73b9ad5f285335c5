import { expect, test } from '@jest/globals';
import { nearestWord } from './nearest.js';

const platforms = ['x86_64-linux', 'aarch64-linux', 'aarch64-linux-musl', 'aarch64-macos', 'x86_64-windows'];

test.each([
  ['aarch64-linx', platforms, 'aarch64-linux'],
  ['AARCH64-LINUX', platforms, 'aarch64-linux'],
  ['arch64-linux-musl', platforms, 'aarch64-linux-musl'],
  ['aarch64-mac', platforms, 'aarch64-macos'],
  ['zag', ['native', 'zig', 'gcc'], 'zig'],
  ['profil', ['platforms', 'profile'], 'profile'],
  ['abcdefghixyz', ['abcdefgh'], 'abcdefgh'],
])('"%s" among %j may mean "%s"', (word, valid, nearest) => {
  expect(nearestWord(word, valid)).toBe(nearest);
});

test.each([
  ['solaris', platforms],
  ['abc', ['zig']],
  ['abcdefghixyz', ['abcdefg']],
  ['', ['zig']],
  ['zig', []],
])('"%s" among %j means none of them', (word, valid) => {
  expect(nearestWord(word, valid)).toBeUndefined();
});

test('the first of two equally near ones is taken, whatever holds them', () => {
  expect(nearestWord('zog', new Set(['zag', 'zig']))).toBe('zag');
});
