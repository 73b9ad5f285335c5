/**
 * Renames a COFF object where it says its own name: compilers for Windows write it into debug information (`S_OBJNAME` in `.debug$S`). A section's checksum, which stands beside its
 * symbol, is made anew. Sources: Microsoft, "PE Format", "Auxiliary Format 5: Section Definitions"; LLVM 21, `WinCOFFObjectWriter.cpp`, JamCRC.
 */
import { readRecord, viewOf, type Layout } from './bytes.js';
import { latinBytes } from './text.js';

const HEADER = { name: 'COFF header', size: 20, fields: { sections: [2, 'u16'], symbols: [8, 'u32'], count: [12, 'u32'], optional: [16, 'u16'] } } as const satisfies Layout<string>;
const SECTION = { name: 'section header', size: 40, fields: { size: [16, 'u32'], offset: [20, 'u32'] } } as const satisfies Layout<string>;
const SYMBOL = { name: 'symbol', size: 18, fields: { section: [12, 'u16'], storage: [16, 'u8'], more: [17, 'u8'] } } as const satisfies Layout<string>;
const CHECKSUM = { name: 'section definition', size: 18, fields: { size: [0, 'u32'], checksum: [8, 'u32'] } } as const satisfies Layout<string>;
const STATIC = 3;

/**
 * Writes `to`, which is as long, wherever `from` stands in a section. An object of another kind stays as it is.
 * @param object written to
 */
export function renameInside(object: Uint8Array, from: string, to: string): void {
  const view = viewOf(object);
  const header = readRecord(view, HEADER, 0);
  if (from === to || !header.ok) return;
  const { sections, symbols, count, optional } = header.value;
  const renamed = new Map<number, number>();
  for (let number = 1; number <= sections; number++) {
    const section = readRecord(view, SECTION, HEADER.size + optional + (number - 1) * SECTION.size);
    if (!section.ok) return;
    const content = object.subarray(section.value.offset, section.value.offset + section.value.size);
    const before = jamCrc(content);
    if (replaceAll(content, latinBytes(from), latinBytes(to))) renamed.set(number, before);
  }
  if (renamed.size === 0) return;
  for (let index = 0; index < count; index++) {
    const at = symbols + index * SYMBOL.size;
    const symbol = readRecord(view, SYMBOL, at);
    if (!symbol.ok) return;
    index += symbol.value.more;
    const before = renamed.get(symbol.value.section);
    if (before === undefined || symbol.value.storage !== STATIC || symbol.value.more === 0) continue;
    const definition = readRecord(view, CHECKSUM, at + SYMBOL.size);
    // Other symbols of the section have other things there.
    if (!definition.ok || definition.value.checksum !== before) continue;
    const section = readRecord(view, SECTION, HEADER.size + optional + (symbol.value.section - 1) * SECTION.size);
    if (!section.ok) return;
    const checksum = jamCrc(object.subarray(section.value.offset, section.value.offset + section.value.size));
    for (let byte = 0; byte < 4; byte++) object[at + SYMBOL.size + CHECKSUM.fields.checksum[0] + byte] = (checksum >>> (8 * byte)) & 0xff;
  }
}

function replaceAll(content: Uint8Array, from: readonly number[], to: readonly number[]): boolean {
  let replaced = false;
  const [first = 0] = from;
  for (let at = content.indexOf(first); at >= 0; at = content.indexOf(first, at + 1)) {
    if (!from.every((code, index) => content[at + index] === code)) continue;
    content.set(to, at);
    replaced = true;
  }
  return replaced;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb8_8320 : value >>> 1;
  return value;
});

/** CRC-32 that starts at 0 and ends as it is. */
function jamCrc(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) crc = (crc >>> 8) ^ (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0);
  return crc >>> 0;
}
