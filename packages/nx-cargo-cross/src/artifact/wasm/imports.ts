/** What a wasm module takes from its host and what it offers (core specification 5.5.5 and 5.5.10). */
import { found, readNumber, unreadable, type ReadResult, type View } from '../bytes.js';
import { readUleb } from '../leb128.js';
import { readWasmName } from './name.js';

/** What is imported or exported. */
export type WasmKind = 'function' | 'table' | 'memory' | 'global' | 'tag';

/** Something that the host must give. */
export interface WasmImport {
  /** `wasi_snapshot_preview1`, `env` ... */
  readonly module: string;
  readonly name: string;
  readonly kind: WasmKind;
  /** Where the name of its module lies in the whole file, in bytes. */
  readonly offset: number;
}

/** Something that the host may use. */
export interface WasmExport {
  readonly name: string;
  readonly kind: WasmKind;
}

const KINDS: readonly WasmKind[] = ['function', 'table', 'memory', 'global', 'tag'];
/** Reference types that name a heap type after them (`ref null ht`, `ref ht`). */
const TYPED_REFERENCE = new Set([0x63, 0x64]);
const LIMIT_HAS_MAXIMUM = 1;
const LIMIT_IS_64_BIT = 4;
const LIMIT_HAS_PAGE_SIZE = 8;

/** Reads the content of the import section. */
export function readWasmImports(section: View): ReadResult<readonly WasmImport[]> {
  const count = readUleb(section, 0, 'the number of wasm imports');
  if (!count.ok) return count;
  const imports: WasmImport[] = [];
  let offset = count.value.end;
  for (let index = 0; index < count.value.number; index++) {
    const module = readWasmName(section, offset, 'the module of a wasm import');
    if (!module.ok) return module;
    const name = readWasmName(section, module.value.end, 'the name of a wasm import');
    if (!name.ok) return name;
    const kind = readKind(section, name.value.end);
    if (!kind.ok) return kind;
    const end = skipDescription(section, name.value.end + 1, kind.value);
    if (!end.ok) return end;
    imports.push({ module: module.value.text, name: name.value.text, kind: kind.value, offset: section.base + offset });
    offset = end.value;
  }
  return found(imports);
}

/** Reads the content of the export section. */
export function readWasmExports(section: View): ReadResult<readonly WasmExport[]> {
  const count = readUleb(section, 0, 'the number of wasm exports');
  if (!count.ok) return count;
  const exports: WasmExport[] = [];
  let offset = count.value.end;
  for (let index = 0; index < count.value.number; index++) {
    const name = readWasmName(section, offset, 'the name of a wasm export');
    if (!name.ok) return name;
    const kind = readKind(section, name.value.end);
    if (!kind.ok) return kind;
    const item = readUleb(section, name.value.end + 1, 'the index of a wasm export');
    if (!item.ok) return item;
    exports.push({ name: name.value.text, kind: kind.value });
    offset = item.value.end;
  }
  return found(exports);
}

function readKind(section: View, offset: number): ReadResult<WasmKind> {
  const number = readNumber(section, 'u8', offset, 'the kind of a wasm import or export');
  if (!number.ok) return number;
  const kind = KINDS[number.value];
  return kind ? found(kind) : unreadable(section, offset, `wasm import or export of kind ${number.value}`);
}

/** The offset behind the type of an imported item. */
function skipDescription(section: View, offset: number, kind: WasmKind): ReadResult<number> {
  switch (kind) {
    case 'function':
      return skipNumbers(section, offset, 1);
    case 'tag':
      return skipNumbers(section, offset, 2);
    case 'memory':
      return skipLimits(section, offset);
    case 'table': {
      const type = skipValueType(section, offset);
      return type.ok ? skipLimits(section, type.value) : type;
    }
    case 'global': {
      const type = skipValueType(section, offset);
      return type.ok ? skipNumbers(section, type.value, 1) : type;
    }
  }
}

function skipValueType(section: View, offset: number): ReadResult<number> {
  return skipNumbers(section, offset, TYPED_REFERENCE.has(section.bytes[offset] ?? 0) ? 2 : 1);
}

function skipLimits(section: View, offset: number): ReadResult<number> {
  const flags = readNumber(section, 'u8', offset, 'the limits of a wasm memory or table');
  if (!flags.ok) return flags;
  const numbers = 1 + (flags.value & LIMIT_HAS_MAXIMUM ? 1 : 0) + (flags.value & LIMIT_HAS_PAGE_SIZE ? 1 : 0);
  return skipNumbers(section, offset + 1, numbers, flags.value & LIMIT_IS_64_BIT ? 10 : 5);
}

/** Skips LEB128 numbers of at most `longest` bytes. */
function skipNumbers(section: View, offset: number, count: number, longest = 5): ReadResult<number> {
  let end = offset;
  for (let index = 0; index < count; index++) {
    const start = end;
    for (;;) {
      const byte = readNumber(section, 'u8', end, 'the type of a wasm import');
      if (!byte.ok) return byte;
      end++;
      if (byte.value < 0x80) break;
      if (end - start >= longest) return unreadable(section, start, 'a number in the type of a wasm import that is too long');
    }
  }
  return found(end);
}
