import { describe, expect, test } from '@jest/globals';
import { ar, ascii, coff, coffAnonymous, elf, macho } from '../testkit/binaries.js';
import { memberContent, readAr, type ArFile } from './ar.js';
import { readBinary } from './binary.js';
import { viewOf } from './bytes.js';

function read(bytes: Uint8Array): ArFile {
  const result = readAr(viewOf(bytes));
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

const LONG = 'a_name_that_is_longer_than_fifteen_letters.o';

describe('members', () => {
  test.each(['gnu', 'bsd', 'coff', 'thin'] as const)('%s names, short and long, without tables', (style) => {
    const archive = read(ar({ 'short.o': ascii('odd'), [LONG]: ascii('even'), 'last.o': ascii('x') }, { style }));
    expect(archive.thin).toBe(style === 'thin');
    expect(archive.members.map(({ name, size }) => [name, size])).toEqual([
      ['short.o', 3],
      [LONG, 4],
      ['last.o', 1],
    ]);
  });

  test.each(['gnu', 'bsd', 'coff'] as const)('%s content and its place', (style) => {
    const bytes = ar({ 'short.o': ascii('odd'), [LONG]: ascii('even') }, { style });
    const archive = read(bytes);
    const contents = archive.members.map((member) => memberContent(viewOf(bytes), archive, member));
    expect(contents.map((content) => content.ok && new TextDecoder().decode(content.value.bytes))).toEqual(['odd', 'even']);
  });

  test('an empty archive', () => {
    expect(read(ar({}, { symbols: false })).members).toEqual([]);
  });

  test.each([
    ['no number', '12x'],
    ['negative', '-1'],
    ['huge', '9999999999'],
    ['nothing', ''],
  ])('a size that is %s is a failure', (_, size) => {
    const bytes = ar({ 'a.o': ascii('abcd') }, { symbols: false });
    bytes.set(ascii(size.padEnd(10)), 8 + 48);
    expect(readAr(viewOf(bytes)).ok).toBe(false);
  });

  test('a BSD name longer than its member is a failure', () => {
    const bytes = ar({ 'a.o': ascii('abcd') }, { style: 'bsd', symbols: false });
    bytes.set(ascii('#1/99'), 8);
    expect(readAr(viewOf(bytes)).ok).toBe(false);
  });

  test('a long name outside the table is a failure', () => {
    const bytes = ar({ [LONG]: ascii('abcd') }, { symbols: false });
    const header = new TextDecoder('latin1').decode(bytes).indexOf('/0  ');
    bytes.set(ascii('/999'), header);
    expect(readAr(viewOf(bytes)).ok).toBe(false);
  });
});

describe('what is inside', () => {
  test('objects of one machine', () => {
    const archive = readBinary(ar({ 'a.o': elf({ type: 1 }), 'b.o': elf({ type: 1 }), 'notes.txt': ascii('hello') }));
    expect(archive).toMatchObject({ ok: true, value: { kind: 'archive', format: 'elf', machine: 'aarch64', bits: 64, endian: 'little', linkage: undefined } });
    expect(archive.ok && archive.value.parts.map((part) => part.holds)).toEqual(['binary', 'binary', 'data']);
  });

  test('objects that disagree', () => {
    const archive = readBinary(ar({ 'a.o': elf({ type: 1 }), 'b.o': elf({ type: 1, machine: 62 }), 'c.o': macho({ fileType: 1 }) }));
    expect(archive).toMatchObject({ ok: true, value: { format: undefined, machine: undefined, bits: 64 } });
  });

  test('an import library', () => {
    const archive = readBinary(ar({ 'a.obj': coff(0x8664), 'k.dll': coffAnonymous(0x8664, 0), 'any.dll': coffAnonymous(0, 0) }, { style: 'coff' }));
    expect(archive).toMatchObject({ ok: true, value: { format: 'pe', machine: 'x86_64' } });
    expect(archive.ok && archive.value.parts.map((part) => part.binary?.kind)).toEqual(['object', 'import', 'import']);
  });

  test.each([
    ['plain', [0x42, 0x43, 0xc0, 0xde, 0]],
    ['wrapped', [0xde, 0xc0, 0x17, 0x0b, 0]],
  ])('%s bitcode is told apart', (_, bytes) => {
    const archive = readBinary(ar({ 'a.o': new Uint8Array(bytes) }));
    expect(archive.ok && archive.value.parts).toEqual([{ name: 'a.o', binary: undefined, holds: 'bitcode' }]);
  });

  test('a damaged member fails the whole, and is named', () => {
    const damaged = elf({ type: 2, needed: ['libc.so.6'] }).subarray(0, 100);
    expect(readBinary(ar({ 'good.o': elf({ type: 1 }), 'bad.o': damaged }))).toMatchObject({
      ok: false,
      problem: { message: expect.stringMatching(/^member bad\.o: /) },
    });
  });
});
