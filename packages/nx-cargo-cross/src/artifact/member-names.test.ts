import { expect, test } from '@jest/globals';
import { ar, ascii, coffOf, elf } from '../testkit/binaries.js';
import { readAr } from './ar.js';
import { viewOf } from './bytes.js';
import { withSharedMemberNames } from './member-names.js';

const HERE = ['30015d8aebe6796c', '4b112952f222a29f', 'c1d2e3f405162738', '0f0rjiq'] as const;
const THERE = ['a977c6f48aab1887', '00000000000000aa', '9999999999999999', '1ixlifd'] as const;

/** A crate of two objects, another crate, C of a folder somewhere else, one that was compiled incrementally, and what is named after no path. */
function names([one, two, three, four]: readonly [string, string, string, string]): readonly string[] {
  return [`${three}-twice.o`, `shared-${one}.shared.89fbedcba8f9cdc6-cgu.0.rcgu.o`, `shared-${one}.shared.89fbedcba8f9cdc6-cgu.1.rcgu.o`, `itoa-${two}.itoa.84cd1f188e8156c5-cgu.0.rcgu.o`, `app.2iwi2dnld68xi3w45uexe2akw.${four}.rcgu.o`, 'short.o', 'app.93niz7o3t39vhiki397s6j0dg.rcgu.o'];
}
function archive(members: readonly string[], style: 'gnu' | 'bsd' | 'coff'): Uint8Array {
  return ar(Object.fromEntries(members.map((name, index) => [name, ascii(`content ${index}`)])), { style });
}
function namesIn(bytes: Uint8Array): readonly string[] {
  const read = readAr(viewOf(bytes));
  return read.ok ? read.value.members.map(({ name }) => name) : [read.problem.message];
}

test.each(['gnu', 'bsd', 'coff'] as const)('%s: two checkouts give the same archive, in which all are still told apart', (style) => {
  const [here, there] = [HERE, THERE].map((digests) => withSharedMemberNames(archive(names(digests), style), false));
  expect(here).toEqual(there);
  expect(namesIn(here ?? new Uint8Array())).toEqual(names(['0000000000000002', '0000000000000003', '0000000000000001', '0000004']));
});

test('the bytes that are given stay as they are, and so does what is no archive', () => {
  const given = archive(names(HERE), 'gnu');
  const before = given.slice();
  expect(withSharedMemberNames(given, true)).not.toEqual(given);
  expect(given).toEqual(before);
  const other = ascii(`a-${HERE[0]}.o`);
  expect(withSharedMemberNames(other, true)).toBe(other);
});

test('objects that say their own names say the new ones, with the checksum that belongs to it, where that is asked for', () => {
  const made = ([one]: readonly string[], style: 'gnu' | 'coff'): Uint8Array => {
    const name = `shared-${one ?? ''}.shared.rcgu.o`;
    return ar({ [name]: coffOf(ascii(`s./target/deps/${name}\0 ${name}\0 another-${name.slice(7)}`.slice(0, -40))), 'short.o': ascii('no object') }, { style });
  };
  for (const style of ['gnu', 'coff'] as const) {
    const [here, there] = [HERE, THERE].map((digests) => withSharedMemberNames(made(digests, style), true));
    expect(here).toEqual(there);
    expect(here).toEqual(made(['0000000000000001'], style));
    expect(withSharedMemberNames(made(HERE, style), false)).not.toEqual(withSharedMemberNames(made(THERE, style), false));
  }
});

test.each<readonly [string, Uint8Array]>([
  ['cut off', coffOf(ascii(`shared-${HERE[0]}.o`)).subarray(0, 50)],
  ['with symbols outside of the file', coffOf(ascii(`shared-${HERE[0]}.o`)).map((byte, index) => (index === 11 ? 0x7f : byte))],
  ['of another kind', elf()],
])('an object %s does no harm', (_, object) => {
  const [name] = namesIn(withSharedMemberNames(ar({ [`shared-${HERE[0]}.o`]: object }, { style: 'gnu' }), true));
  expect(name).toBe('shared-0000000000000001.o');
});
