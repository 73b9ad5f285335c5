/**
 * Bytes read within bounds and within a budget. Every reader of this folder stands on it.
 *
 * Nothing here throws: what cannot be read is a value. Nothing here can be made to run for long: every read, and every step of a search, is paid
 * from a budget in proportion to the file's size, so that tables which point in circles end in a failure however they are nested.
 */
import { decodeText } from './text.js';

/** Byte order. */
export type Endian = 'little' | 'big';

/** What was read, or why it could not be. */
export type ReadResult<T> = { readonly ok: true; readonly value: T } | Unreadable;

/** A reading that failed. */
export interface Unreadable {
  readonly ok: false;
  readonly problem: ReadProblem;
}

/** Why and where a reading failed. */
export interface ReadProblem {
  /** What was read there, and why it cannot be: `program header 3 needs 56 bytes at offset 0xb0, the file ends at 0xc0`. */
  readonly message: string;
  /** Where in the whole file, in bytes. */
  readonly offset: number;
}

/** A range of a file with a byte order. Views cut from one another share one budget. */
export interface View {
  readonly bytes: Uint8Array;
  readonly endian: Endian;
  /** Where the range starts in the whole file, in bytes. */
  readonly base: number;
  readonly budget: Budget;
}

/** How many more bytes may be read, counted anew each time the same byte is read. Shared, and spent while reading. */
export interface Budget {
  left: number;
}

/** Reads of each byte that an honest file never needs: names are shared by a few tables, everything else is read once. */
const READS_PER_BYTE = 4;
const READS_AT_LEAST = 65_536;
/** No path, symbol or version name is longer (Linux: PATH_MAX). */
const LONGEST_TEXT = 4096;

/** Unsigned numbers by their width in bits; see {@link readRecord} for `u64?`. */
export type FieldType = 'u8' | 'u16' | 'u32' | 'u64' | 'u64?';

/** A structure as its specification lays it out: a name for messages, the size in bytes, and where each field lies. */
export interface Layout<K extends string> {
  readonly name: string;
  readonly size: number;
  readonly fields: Readonly<Record<K, readonly [offset: number, type: FieldType]>>;
}

/** The whole of `bytes`, with a fresh budget. */
export function viewOf(bytes: Uint8Array, endian: Endian = 'little'): View {
  return { bytes, endian, base: 0, budget: { left: READS_AT_LEAST + READS_PER_BYTE * bytes.length } };
}

/** The same bytes read with another byte order. */
export function withEndian(view: View, endian: Endian): View {
  return { ...view, endian };
}

/** The range `[offset, offset + size)` as a view of its own. Fails when it isn't wholly inside. */
export function sliceView(view: View, offset: number, size: number, what: string): ReadResult<View> {
  if (!inside(view, offset, size)) return tooShort(view, offset, size, what);
  return found({ ...view, bytes: view.bytes.subarray(offset, offset + size), base: view.base + offset });
}

/**
 * Reads one structure. Fails when it isn't wholly inside, when the budget is spent, or when a `u64` is beyond 2^53.
 * A `u64?` beyond 2^53 gives NaN instead: for fields whose meaning is only known later.
 */
export function readRecord<K extends string>(
  view: View,
  layout: Layout<K>,
  offset: number,
  what: string = layout.name,
): ReadResult<Readonly<Record<K, number>>> {
  if (!inside(view, offset, layout.size)) return tooShort(view, offset, layout.size, what);
  if (!spend(view, layout.size)) return exhausted(view, offset, what);
  const data = new DataView(view.bytes.buffer, view.bytes.byteOffset + offset, layout.size);
  const record: Partial<Record<K, number>> = {};
  for (const name in layout.fields) {
    const [at, type] = layout.fields[name];
    const value = readField(data, at, type, view.endian === 'little');
    if (Number.isNaN(value) && type === 'u64') return unreadable(view, offset + at, `${what} holds a ${name} beyond 2^53`);
    record[name] = value;
  }
  return found(record as Record<K, number>);
}

/** Reads one number. */
export function readNumber(view: View, type: FieldType, offset: number, what: string): ReadResult<number> {
  const record = readRecord(view, NUMBERS[type], offset, what);
  return record.ok ? found(record.value.value) : record;
}

const NUMBERS: Readonly<Record<FieldType, Layout<'value'>>> = {
  u8: { name: 'byte', size: 1, fields: { value: [0, 'u8'] } },
  u16: { name: '16-bit number', size: 2, fields: { value: [0, 'u16'] } },
  u32: { name: '32-bit number', size: 4, fields: { value: [0, 'u32'] } },
  u64: { name: '64-bit number', size: 8, fields: { value: [0, 'u64'] } },
  'u64?': { name: '64-bit number', size: 8, fields: { value: [0, 'u64?'] } },
};

/** Reads a text that a zero byte ends. Fails when none comes within the view or within 4096 bytes. */
export function readText(view: View, offset: number, what: string): ReadResult<string> {
  if (!inside(view, offset, 1)) return tooShort(view, offset, 1, what);
  const window = view.bytes.subarray(offset, offset + LONGEST_TEXT);
  const end = window.indexOf(0);
  if (!spend(view, end < 0 ? window.length : end + 1)) return exhausted(view, offset, what);
  if (end < 0) return unreadable(view, offset, `${what} at offset ${hex(view.base + offset)} has no end`);
  return found(decodeText(window.subarray(0, end)));
}

/** Reads a text of at most `size` bytes that ends there, or at a zero byte before. */
export function readPaddedText(view: View, offset: number, size: number, what: string): ReadResult<string> {
  if (!inside(view, offset, size)) return tooShort(view, offset, size, what);
  if (!spend(view, size)) return exhausted(view, offset, what);
  const field = view.bytes.subarray(offset, offset + size);
  const end = field.indexOf(0);
  return found(decodeText(end < 0 ? field : field.subarray(0, end)));
}

/** Whether the bytes at `offset` are exactly these. */
export function startsWith(view: View, expected: readonly number[], offset = 0): boolean {
  return expected.every((byte, index) => view.bytes[offset + index] === byte);
}

/** Pays for `steps` steps of a search. False when the budget is spent: the caller stops with a failure. */
export function spend(view: View, steps: number): boolean {
  view.budget.left -= steps + 1;
  return view.budget.left >= 0;
}

/** The failure of a reader whose budget is spent. */
export function exhausted(view: View, offset: number, what: string): Unreadable {
  return unreadable(view, offset, `${what} is one of more than the file can hold: its tables overlap or point in circles`);
}

/** A reading that succeeded. */
export function found<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** A failure at `offset` of the view; the problem carries the offset in the whole file. */
export function unreadable(view: View, offset: number, message: string): Unreadable {
  return { ok: false, problem: { message, offset: view.base + offset } };
}

/** `0x1f4`. */
export function hex(number: number): string {
  return `0x${number.toString(16)}`;
}

function readField(data: DataView, at: number, type: FieldType, little: boolean): number {
  switch (type) {
    case 'u8':
      return data.getUint8(at);
    case 'u16':
      return data.getUint16(at, little);
    case 'u32':
      return data.getUint32(at, little);
    case 'u64':
    case 'u64?': {
      const value = data.getUint32(little ? at + 4 : at, little) * 2 ** 32 + data.getUint32(little ? at : at + 4, little);
      return Number.isSafeInteger(value) ? value : Number.NaN;
    }
  }
}

function inside(view: View, offset: number, size: number): boolean {
  return offset >= 0 && size >= 0 && offset + size <= view.bytes.length;
}

function tooShort(view: View, offset: number, size: number, what: string): Unreadable {
  const end = hex(view.base + view.bytes.length);
  return unreadable(
    view,
    offset,
    `${what} needs ${size} bytes at offset ${hex(view.base + offset)}, ${view.base === 0 ? 'the file' : 'its part of the file'} ends at ${end}`,
  );
}
