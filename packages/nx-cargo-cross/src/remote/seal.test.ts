import { describe, expect, test } from '@jest/globals';
import { gunzipSync } from 'node:zlib';
import { entry, sha256 } from '../testkit/cache-entry.js';
import { checkSeal, seal } from './seal.js';

const bare = entry();
const sealed = seal(bare, '17', sha256);
const changed = (at: number, bytes = sealed): Uint8Array => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
const withFlags = (flags: number): Uint8Array => bare.map((byte, index) => (index === 3 ? flags : byte));

describe('a sealed entry', () => {
  test('unpacks to the same bytes', () => expect(gunzipSync(sealed).equals(gunzipSync(bare))).toBe(true));
  test('is larger by a line', () => expect(sealed.length - bare.length).toBe('nx-cargo-cross entry 17 sha256 '.length + 64 + 1));
  test('is whole under its own hash alone', () => {
    expect(checkSeal(sealed, '17', sha256)).toEqual({ state: 'whole' });
    expect(checkSeal(sealed, '18', sha256)).toEqual({ state: 'broken', why: 'it was stored as 17' });
  });
  test.each([
    ['in its content', sealed.length >> 1],
    ['in its last byte', sealed.length - 1],
    ['in its header', 5],
  ])('is broken by one bit %s', (_where, at) => {
    expect(checkSeal(changed(at), '17', sha256)).toEqual({ state: 'broken', why: 'its bytes are not those that were stored' });
  });
  test('is broken where its seal is', () => expect(checkSeal(sealed.map((byte, index) => (index === 80 ? 0x60 : byte)), '17', sha256)).toEqual({ state: 'broken', why: 'its seal is damaged' }));
  test('is broken where it is cut off', () => expect(checkSeal(sealed.subarray(0, sealed.length >> 1), '17', sha256).state).toBe('broken'));
});

test.each<[string, Uint8Array]>([
  ['what is no gzip file', Buffer.from('<html>a login page</html>')],
  ['what has a name in its header', withFlags(8)],
])('%s is not sealed', (_name, bytes) => expect(seal(bytes, '17', sha256)).toBe(bytes));

test.each<[string, Uint8Array, object]>([
  ['an entry without a seal', bare, { state: 'unsealed' }],
  ['a comment of somebody else', withFlags(0x10), { state: 'unsealed' }],
  ['what is no gzip file', Buffer.from('<html>a login page</html>'), { state: 'broken', why: 'it is not a gzip file' }],
  ['nothing', new Uint8Array(), { state: 'broken', why: 'it is not a gzip file' }],
])('%s', (_name, bytes, expected) => expect(checkSeal(bytes, '17', sha256)).toEqual(expected));
