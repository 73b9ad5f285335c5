/** What a linked Mach-O file takes from others: undefined symbols, and which dylib each is to come from. Source: Apple's `mach-o/nlist.h`. */
import { found, readRecord, readText, sliceView, unreadable, viewOf, type Layout, type ReadResult, type View } from '../bytes.js';
import { LOAD_COMMAND, MACHO_HEADER, MACHO_HEADER_SIZE } from './layout.js';

export interface Import {
  /** With the leading `_`. */
  readonly symbol: string;
  /** The dylib's place among those that the file loads, from 0; `flat` where any loaded one will do. */
  readonly from: number | 'flat';
}

const LC_SYMTAB = 0x2;
const SYMTAB: Layout<'symbols' | 'count' | 'texts' | 'textsSize'> = {
  name: 'symbol table command',
  size: 24,
  fields: { symbols: [8, 'u32'], count: [12, 'u32'], texts: [16, 'u32'], textsSize: [20, 'u32'] },
};
const NLIST_64: Layout<'name' | 'type' | 'description'> = { name: 'symbol', size: 16, fields: { name: [0, 'u32'], type: [4, 'u8'], description: [6, 'u16'] } };

/** `n_type`: debugging entries; what is left of the type; external. */
const STAB = 0xe0;
const TYPE = 0x0e;
const EXTERNAL = 0x01;
/** The dylib is in the upper byte of `n_desc`, counted from 1: 254 is DYNAMIC_LOOKUP_ORDINAL, for which zig writes 0; 255 the program itself. */
const FLAT: ReadonlySet<number> = new Set([0, 254]);
const PROGRAM = 255;

/** Undefined symbols of a thin, little-endian 64-bit file, in the table's order. Fails when a table reaches beyond the file. */
export function readImports(bytes: Uint8Array): ReadResult<readonly Import[]> {
  const view = viewOf(bytes);
  const header = readRecord(view, MACHO_HEADER, 0);
  if (!header.ok) return header;
  const table = findSymbolTable(view, header.value.commandCount);
  if (!table.ok) return table;
  if (!table.value) return found([]);
  const { symbols, count, texts, textsSize } = table.value;
  const names = sliceView(view, texts, textsSize, 'the symbol names');
  if (!names.ok) return names;
  const imports: Import[] = [];
  for (let index = 0; index < count; index++) {
    const entry = readRecord(view, NLIST_64, symbols + index * NLIST_64.size, `symbol ${index}`);
    if (!entry.ok) return entry;
    const { name, type, description } = entry.value;
    if ((type & STAB) !== 0 || (type & TYPE) !== 0 || (type & EXTERNAL) === 0) continue;
    const symbol = readText(names.value, name, `the name of symbol ${index}`);
    if (!symbol.ok) return symbol;
    const ordinal = description >> 8;
    if (ordinal !== PROGRAM) imports.push({ symbol: symbol.value, from: FLAT.has(ordinal) ? 'flat' : ordinal - 1 });
  }
  return found(imports);
}

function findSymbolTable(view: View, commands: number): ReadResult<Record<'symbols' | 'count' | 'texts' | 'textsSize', number> | undefined> {
  let offset: number = MACHO_HEADER_SIZE[64];
  for (let index = 0; index < commands; index++) {
    const command = readRecord(view, LOAD_COMMAND, offset, `load command ${index}`);
    if (!command.ok) return command;
    if (command.value.command === LC_SYMTAB) return readRecord(view, SYMTAB, offset);
    if (command.value.size < LOAD_COMMAND.size) return unreadable(view, offset, `load command ${index} says that it has ${command.value.size} bytes`);
    offset += command.value.size;
  }
  return found(undefined);
}
