/** A linked Mach-O file that is nothing but what it imports. */
import { writer } from './binaries-writer.js';

/** @param imports each with the dylib's place from 1, 0 or 254 for flat lookup, 255 for the program; a `type` other than undefined and external to be passed over */
export function machoWithImports(imports: readonly { readonly symbol: string; readonly ordinal: number; readonly type?: number }[]): Uint8Array<ArrayBuffer> {
  const out = writer();
  out.numbers(4, 0xfeedfacf, 0x0100000c, 0, 2, 2, 16 + 24, 0x200085, 0);
  // Some other command first.
  out.numbers(4, 0x1b, 16, 0, 0);
  const symbols = 32 + 16 + 24;
  const texts = symbols + 16 * imports.length;
  const names = writer();
  names.number(0, 1);
  const places = imports.map(({ symbol }) => names.text(symbol));
  out.numbers(4, 0x2, 24, symbols, imports.length, texts, names.size());
  imports.forEach(({ ordinal, type = 1 }, index) => {
    out.number(places[index] ?? 0, 4);
    out.numbers(1, type, 0);
    out.number(ordinal * 256, 2);
    out.number(0, 8);
  });
  out.bytes(names.done());
  return out.done();
}
