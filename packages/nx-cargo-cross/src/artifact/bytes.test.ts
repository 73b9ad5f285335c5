import { describe, expect, test } from '@jest/globals';
import { readNumber, readPaddedText, readRecord, readText, sliceView, spend, viewOf, withEndian, type View } from './bytes.js';
import { readUleb } from './leb128.js';
import { decodeText } from './text.js';

const view = (...bytes: readonly number[]): View => viewOf(new Uint8Array(bytes));
const value = (result: { readonly ok: boolean; readonly value?: unknown }): unknown => (result.ok ? result.value : 'unreadable');

describe('numbers', () => {
  test.each([
    ['u8', [0xfe], 0xfe, 0xfe],
    ['u16', [1, 2], 0x0201, 0x0102],
    ['u32', [1, 2, 3, 0xff], 0xff030201, 0x010203ff],
    ['u64', [1, 0, 0, 0, 0, 0, 0, 0], 1, 'unreadable'],
    ['u64', [0, 0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 'unreadable', Number.MAX_SAFE_INTEGER],
    ['u64?', [0, 0, 0, 0, 0, 0, 0x20, 0], Number.NaN, 0x2000],
  ] as const)('%s of %j', (type, bytes, little, big) => {
    expect(value(readNumber(view(...bytes), type, 0, 'it'))).toEqual(little);
    expect(value(readNumber(withEndian(view(...bytes), 'big'), type, 0, 'it'))).toEqual(big);
  });

  test.each([
    [[0x05], { number: 5, end: 1 }],
    [[0xe5, 0x8e, 0x26], { number: 624485, end: 3 }],
    [[0xff, 0xff, 0xff, 0xff, 0x0f], { number: 0xffffffff, end: 5 }],
    [[0x80, 0x80, 0x80, 0x80, 0x80, 0x00], 'unreadable'],
    [[0x80], 'unreadable'],
  ])('LEB128 %j', (bytes, expected) => {
    expect(value(readUleb(view(...bytes), 0, 'it'))).toEqual(expected);
  });
});

describe('what lies outside', () => {
  const pair = { name: 'pair', size: 4, fields: { left: [0, 'u16'], right: [2, 'u16'] } } as const;

  test.each([-1, 1, 4, 2 ** 32, Number.MAX_SAFE_INTEGER, Number.NaN])('a record at %d of four bytes is a failure', (offset) => {
    expect(readRecord(view(1, 2, 3, 4), pair, offset).ok).toBe(false);
  });

  test('the failure says what was looked for, where, and where the file ends', () => {
    const cut = readRecord(view(1, 2, 3), pair, 0);
    expect(cut).toEqual({ ok: false, problem: { message: 'pair needs 4 bytes at offset 0x0, the file ends at 0x3', offset: 0 } });
  });

  test('offsets of a slice are those of the file', () => {
    const slice = sliceView(view(0, 0, 0, 0, 7, 8), 4, 2, 'it');
    expect(slice.ok && readNumber(slice.value, 'u32', 0, 'it')).toMatchObject({ ok: false, problem: { offset: 4 } });
    expect(slice.ok && value(readNumber(slice.value, 'u8', 1, 'it'))).toBe(8);
  });

  test.each([
    [0, -1],
    [-1, 1],
    [0, 3],
    [3, 0],
    [1, Number.MAX_SAFE_INTEGER],
  ])('a slice at %d of %d bytes is a failure', (offset, size) => {
    expect(sliceView(view(1, 2), offset, size, 'it').ok).toBe(false);
  });

  test('a text without end is a failure, a padded one is not', () => {
    expect(readText(view(0x61, 0x62), 0, 'it').ok).toBe(false);
    expect(value(readText(view(0x61, 0x62, 0), 0, 'it'))).toBe('ab');
    expect(value(readPaddedText(view(0x61, 0x62), 0, 2, 'it'))).toBe('ab');
    expect(value(readPaddedText(view(0x61, 0, 0x62), 0, 3, 'it'))).toBe('a');
  });

  test('a text of more than 4096 bytes is a failure', () => {
    const long = new Uint8Array(5000).fill(0x61);
    long[4999] = 0;
    expect(readText(viewOf(long), 0, 'it').ok).toBe(false);
  });
});

describe('the budget', () => {
  test('ends every loop of reads, in proportion to the size', () => {
    const small = view(1, 2, 3, 4);
    let reads = 0;
    while (readNumber(small, 'u32', 0, 'it').ok && reads < 1e6) reads++;
    expect(reads).toBe(Math.floor((65_536 + 4 * 4) / 5));
    expect(readNumber(small, 'u32', 0, 'it')).toMatchObject({ ok: false, problem: { message: expect.stringContaining('circles') } });
  });

  test('is shared by the views cut from one another', () => {
    const whole = view(1, 2, 3, 4);
    const slice = sliceView(whole, 1, 2, 'it');
    expect(slice.ok && spend(slice.value, 1e9)).toBe(false);
    expect(readNumber(withEndian(whole, 'big'), 'u8', 0, 'it').ok).toBe(false);
  });
});

describe('text', () => {
  test.each([
    ['plain', [0x6c, 0x69, 0x62], 'lib'],
    ['two, three and four bytes', [0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0xa6, 0x80], 'é€🦀'],
    ['an escape sequence', [0x1b, 0x5b, 0x32, 0x4a], '\ufffd[2J'],
    ['a C1 control', [0xc2, 0x9b, 0x41], '\ufffdA'],
    ['a lone continuation', [0x80, 0x41], '\ufffdA'],
    ['a cut sequence', [0xe2, 0x82], '\ufffd'],
    ['a sequence that another letter ends', [0xe2, 0x41], '\ufffdA'],
    ['an overlong slash', [0xc0, 0xaf], '\ufffd\ufffd'],
    ['a surrogate', [0xed, 0xa0, 0x80], '\ufffd'],
    ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80], '\ufffd'],
  ])('%s', (_, bytes, expected) => {
    expect(decodeText(new Uint8Array(bytes))).toBe(expected);
  });
});
