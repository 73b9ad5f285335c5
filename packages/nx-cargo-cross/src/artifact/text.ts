/** Names in binaries as text that may be shown: UTF-8 without a decoder of the platform's, and without characters that steer a terminal. */

const REPLACEMENT = '\u{fffd}';

/**
 * Decodes UTF-8 (RFC 3629). Bytes that are no UTF-8, and control characters (C0, DEL, C1), become U+FFFD: a file name inside a hostile binary
 * must not be able to move a cursor.
 */
export function decodeText(bytes: Uint8Array): string {
  return bytes.every((byte) => byte >= 0x20 && byte < 0x7f) ? decodeAscii(bytes) : decodeUtf8(bytes);
}

/** What nearly all names are, at a tenth of the cost. In pieces, for a call takes only so many arguments. */
function decodeAscii(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 1024) text += String.fromCharCode(...bytes.subarray(index, index + 1024));
  return text;
}

function decodeUtf8(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length;) {
    const { code, length } = decodeOne(bytes, index);
    text += code === undefined || isControl(code) ? REPLACEMENT : String.fromCodePoint(code);
    index += length;
  }
  return text;
}

function decodeOne(bytes: Uint8Array, index: number): { readonly code: number | undefined; readonly length: number } {
  const first = bytes[index] ?? 0;
  if (first < 0x80) return { code: first, length: 1 };
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4) return { code: undefined, length: 1 };
  let code = first & (0xff >> (length + 1));
  for (let step = 1; step < length; step++) {
    const next = bytes[index + step] ?? 0;
    if ((next & 0xc0) !== 0x80) return { code: undefined, length: step };
    code = code * 64 + (next & 0x3f);
  }
  const smallest = length === 4 ? 0x10000 : length === 3 ? 0x800 : 0x80;
  const valid = code >= smallest && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return { code: valid ? code : undefined, length };
}

function isControl(code: number): boolean {
  return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

/** The bytes of a text in Latin-1: magic words, and names that are written back as they were read. */
export function latinBytes(text: string): readonly number[] {
  return [...text].map((letter) => letter.charCodeAt(0));
}
