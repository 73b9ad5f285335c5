/** Names inside wasm files: a length, and that many bytes of UTF-8 (core specification 5.2.4). */
import { found, readPaddedText, type ReadResult, type View } from '../bytes.js';
import { readUleb } from '../leb128.js';

/** A name, and where it ends. */
export interface WasmName {
  readonly text: string;
  /** The offset of the byte behind it. */
  readonly end: number;
}

/** Reads a name. A zero byte inside, which wasm allows, ends what is shown of it. */
export function readWasmName(view: View, offset: number, what: string): ReadResult<WasmName> {
  const size = readUleb(view, offset, what);
  if (!size.ok) return size;
  const text = readPaddedText(view, size.value.end, size.value.number, what);
  return text.ok ? found({ text: text.value, end: size.value.end + size.value.number }) : text;
}
