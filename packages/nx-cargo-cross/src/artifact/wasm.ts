/** wasm files: core modules, components, and objects for wasm-ld. */
import { found, sliceView, startsWith, unreadable, type ReadResult, type View } from './bytes.js';
import { readUleb } from './leb128.js';
import type { FileRange } from './places.js';
import { readWasmExports, readWasmImports, type WasmExport, type WasmImport } from './wasm/imports.js';
import { readWasmName } from './wasm/name.js';

/** What a wasm file says of itself. */
export interface WasmFile {
  readonly format: 'wasm';
  readonly type: 'module' | 'component' | 'object';
  /** A shared library in the sense of the tool conventions: it has a `dylink.0` section. */
  readonly dynamic: boolean;
  /** Empty for a component, whose sections are of another kind. */
  readonly imports: readonly WasmImport[];
  readonly exports: readonly WasmExport[];
  /** All sections but the custom ones, which hold names and debug information. */
  readonly loaded: readonly FileRange[];
}

const MAGIC = [0x00, 0x61, 0x73, 0x6d] as const;
const CORE_VERSION = [1, 0, 0, 0] as const;
/** Version 0x0d in layer 1 (component-model, design/mvp/Binary.md). */
const COMPONENT_VERSION = [0x0d, 0, 1, 0] as const;
const HEADER_SIZE = 8;
const SECTION = { custom: 0, imports: 2, exports: 7 } as const;
/** The custom section of objects (tool-conventions, Linking.md). */
const OBJECT_SECTION = 'linking';
/** The first section of shared libraries (tool-conventions, DynamicLinking.md). */
const DYNAMIC_SECTION = 'dylink.0';

/** Whether the bytes start as a wasm file does. */
export function isWasm(view: View): boolean {
  return startsWith(view, MAGIC);
}

/** Reads a wasm file (core specification 5.5, "Modules"). Fails on an unknown version and on sections that don't fill the file exactly. */
export function readWasm(view: View): ReadResult<WasmFile> {
  if (startsWith(view, COMPONENT_VERSION, MAGIC.length)) return found({ format: 'wasm', type: 'component', dynamic: false, imports: [], exports: [], loaded: [] });
  if (!startsWith(view, CORE_VERSION, MAGIC.length))
    return unreadable(view, MAGIC.length, 'a wasm version that is neither that of modules nor that of components');
  const customs = new Set<string>();
  const loaded: FileRange[] = [];
  let imports: readonly WasmImport[] = [];
  let exports: readonly WasmExport[] = [];
  for (let offset = HEADER_SIZE; offset < view.bytes.length;) {
    const section = readSection(view, offset);
    if (!section.ok) return section;
    const { id, content, end } = section.value;
    if (id !== SECTION.custom) loaded.push({ offset: content.base, size: content.bytes.length });
    if (id === SECTION.custom) {
      const name = readWasmName(content, 0, 'the name of a custom section');
      if (!name.ok) return name;
      customs.add(name.value.text);
    } else if (id === SECTION.imports) {
      const read = readWasmImports(content);
      if (!read.ok) return read;
      imports = read.value;
    } else if (id === SECTION.exports) {
      const read = readWasmExports(content);
      if (!read.ok) return read;
      exports = read.value;
    }
    offset = end;
  }
  return found({ format: 'wasm', type: customs.has(OBJECT_SECTION) ? 'object' : 'module', dynamic: customs.has(DYNAMIC_SECTION), imports, exports, loaded });
}

interface Section {
  readonly id: number;
  readonly content: View;
  readonly end: number;
}

function readSection(view: View, offset: number): ReadResult<Section> {
  const id = view.bytes[offset] ?? 0;
  const size = readUleb(view, offset + 1, 'the size of a wasm section');
  if (!size.ok) return size;
  const content = sliceView(view, size.value.end, size.value.number, `wasm section ${id}`);
  return content.ok ? found({ id, content: content.value, end: size.value.end + size.value.number }) : content;
}
