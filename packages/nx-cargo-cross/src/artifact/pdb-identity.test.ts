import { describe, expect, test } from '@jest/globals';
import { ascii, pe } from '../testkit/binaries.js';
import { withOwnIdentity } from './pdb-identity.js';

const LLD = [...ascii('LLD PDB.')];
const identifier = (hash: number): readonly number[] => [...new Array<number>(8).fill(hash), ...LLD];
/** Not a hash, but told by all bytes. */
const digest = (bytes: Uint8Array): string => [...bytes.reduce((sums, byte, index) => sums.fill((sums[index % 8] ?? 0) + byte, index % 8, (index % 8) + 1), new Uint8Array(8))].map((sum) => sum.toString(16).padStart(2, '0')).join('');
const made = (bytes: Uint8Array): Uint8Array => withOwnIdentity(bytes, digest);

const HERE = { identifier: identifier(1), path: 'app-6c1611326985a336.pdb' };
const THERE = { identifier: identifier(2), path: 'app-1a6a0ecef4653815.pdb' };

describe.each([32, 64] as const)('a program of %i bits', (bits) => {
  test('is the same, whatever PDB was written beside it', () => {
    const [here, there] = [HERE, THERE].map((pdb) => made(pe({ bits, pdb })));
    expect(here).toEqual(there);
    expect(Buffer.from(here ?? []).includes('app.pdb\0\0')).toBe(true);
    expect(Buffer.from(here ?? []).includes('LLD PDB.')).toBe(true);
  });

  test('has another identifier where it is another program', () => {
    const at = Buffer.from(pe({ bits, pdb: HERE })).indexOf('RSDS') + 4;
    const of = (timestamp: number): Uint8Array => made(pe({ bits, pdb: HERE, timestamp })).subarray(at, at + 8);
    expect(of(1)).not.toEqual(of(2));
    expect([...of(1)]).not.toEqual(HERE.identifier.slice(0, 8));
  });
});

test.each<readonly [string, Uint8Array]>([
  ['names no PDB', pe()],
  ["has an identifier that is no hash of lld's", pe({ pdb: { identifier: new Array<number>(16).fill(7), path: 'app.pdb' } })],
  ['is none', ascii('MZ, RSDS, LLD PDB.')],
])('what %s stays as it is', (_, bytes) => {
  expect(made(bytes)).toBe(bytes);
});

test('the bytes that are given are not written to', () => {
  const given = pe({ pdb: HERE });
  made(given);
  expect(given).toEqual(pe({ pdb: HERE }));
});
