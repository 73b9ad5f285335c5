/** Writes bytes one after the other: what the builders of binaries are made with. */

export type Endian = 'little' | 'big';

export interface Writer {
  /** How many bytes there are. */
  size(): number;
  /** Appends a number of 1, 2, 4 or 8 bytes; returns where it starts. */
  number(value: number, width: 1 | 2 | 4 | 8): number;
  /** Appends numbers of one width. */
  numbers(width: 1 | 2 | 4 | 8, ...values: readonly number[]): void;
  /** Appends bytes; returns where they start. */
  bytes(content: Iterable<number>): number;
  /** Appends a text in UTF-8, and a zero byte; returns where it starts. */
  text(text: string): number;
  /** Appends zero bytes up to a multiple of `alignment`. */
  align(alignment: number): void;
  /** Overwrites a number that was written before. */
  patch(offset: number, value: number, width: 1 | 2 | 4 | 8): void;
  done(): Uint8Array<ArrayBuffer>;
}

export function writer(endian: Endian = 'little'): Writer {
  const out: number[] = [];
  const encode = (value: number, width: number): number[] => {
    const digits = Array.from({ length: width }, (_, index) => Math.floor(value / 2 ** (8 * index)) % 256);
    return endian === 'little' ? digits : digits.reverse();
  };
  const append = (content: Iterable<number>): number => {
    const start = out.length;
    for (const byte of content) out.push(byte);
    return start;
  };
  return {
    size: () => out.length,
    number: (value, width) => append(encode(value, width)),
    numbers: (width, ...values) => void values.forEach((value) => append(encode(value, width))),
    bytes: append,
    text: (text) => append([...ascii(text), 0]),
    align: (alignment) => void append(new Array<number>((alignment - (out.length % alignment)) % alignment).fill(0)),
    patch: (offset, value, width) => void encode(value, width).forEach((byte, index) => (out[offset + index] = byte)),
    done: () => new Uint8Array(out),
  };
}

export function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** LEB128. */
export function uleb(value: number): number[] {
  return value < 0x80 ? [value] : [(value % 0x80) | 0x80, ...uleb(Math.floor(value / 0x80))];
}
