/** From what each format's reader found to the one summary. Adding a fact to the summary is adding it here, once per format that knows it. */
import type { CoffFile } from './coff.js';
import type { ElfFile } from './elf.js';
import type { MachoFile } from './macho.js';
import type { PeFile } from './pe.js';
import type { Binary, Detail, Part } from './summary.js';
import type { WasmFile } from './wasm.js';

/** Every fact that a format doesn't know. */
const UNKNOWN = {
  format: undefined,
  machine: undefined,
  bits: undefined,
  endian: undefined,
  linkage: undefined,
  pie: undefined,
  interpreter: undefined,
  needed: [],
  ownName: undefined,
  rpaths: [],
  glibcFloor: undefined,
  minOs: undefined,
  floatAbi: undefined,
  armCpuArch: undefined,
  abi: undefined,
  maxPageSize: undefined,
  stackExecutable: undefined,
  crt: undefined,
  signed: undefined,
  apiLevel: undefined,
  loaded: [],
  places: new Map(),
  parts: [],
} as const satisfies Partial<Binary>;

/** Static is what has neither loader nor libraries, whatever its type says. */
export function summariseElf(file: ElfFile): Binary {
  const { machine, bits, endian, interpreter, needed, rpaths, glibcFloor, floatAbi, armCpuArch, abi, memory, places } = file;
  const linked = file.type === 'executable' || file.type === 'library';
  const isStatic = file.type === 'executable' && interpreter === undefined && needed.length === 0;
  return {
    ...UNKNOWN,
    ...{ machine, bits, endian, interpreter, needed, rpaths, glibcFloor, floatAbi, armCpuArch, abi, places },
    maxPageSize: memory.maxPageSize,
    apiLevel: file.android?.level,
    loaded: linked ? memory.loaded : [],
    format: 'elf',
    kind: file.type,
    linkage: linked ? (isStatic ? 'static' : 'dynamic') : undefined,
    pie: file.type === 'executable' ? file.pie : undefined,
    ownName: file.soname,
    stackExecutable: linked ? memory.stack?.executable : undefined,
    detail: file,
  };
}

/** A program that loads no DLL counts as static; those loaded late count as needed. */
export function summarisePe(file: PeFile): Binary {
  const needed = [...file.imports, ...file.delayImports];
  return {
    ...UNKNOWN,
    format: 'pe',
    kind: file.type,
    machine: file.machine,
    bits: file.bits,
    endian: 'little',
    needed,
    crt: file.crt,
    linkage: file.type === 'library' || needed.length > 0 ? 'dynamic' : 'static',
    ownName: file.exports?.dll,
    loaded: file.loaded,
    places: file.places,
    detail: file,
  };
}

/** An import needs the DLL it stands for. */
export function summariseCoff(file: CoffFile): Binary {
  const needed = file.dll === undefined ? [] : [file.dll];
  return { ...UNKNOWN, format: 'pe', kind: file.type, machine: file.machine, bits: file.bits, endian: 'little', needed, detail: file };
}

const MACHO_KIND = { executable: 'executable', dylib: 'library', bundle: 'library', object: 'object', other: 'other' } as const;

/** Of several platforms (macOS with Catalyst), that of macOS speaks for the file. */
export function summariseMacho(file: MachoFile): Binary {
  const { machine, bits, endian, dylibs, rpaths, signature, places } = file;
  const kind = MACHO_KIND[file.type];
  const build = file.builds.find((one) => one.platform === 'macos') ?? file.builds[0];
  return {
    ...UNKNOWN,
    ...{ kind, machine, bits, endian, rpaths, places },
    format: 'macho',
    needed: dylibs,
    signed: signature !== undefined,
    loaded: kind === 'object' ? [] : file.loaded,
    linkage: kind === 'executable' && dylibs.length === 0 ? 'static' : kind === 'executable' || kind === 'library' ? 'dynamic' : undefined,
    pie: kind === 'executable' ? file.pie : undefined,
    ownName: file.id,
    minOs: build?.minOs,
    detail: file,
  };
}

/** wasm's linear memory is that of a 32-bit little-endian machine. */
export function summariseWasm(file: WasmFile): Binary {
  return {
    ...UNKNOWN,
    format: 'wasm',
    kind: file.type,
    machine: 'wasm32',
    bits: 32,
    endian: 'little',
    linkage: file.type === 'object' ? undefined : file.dynamic ? 'dynamic' : 'static',
    loaded: file.type === 'object' ? [] : file.loaded,
    detail: file,
  };
}

/** An archive or universal file: what all its parts have in common. */
export function summariseContainer(kind: 'archive' | 'universal', parts: readonly Part[], detail: Detail): Binary {
  const binaries = parts.flatMap((part) => part.binary ?? []);
  return {
    ...UNKNOWN,
    kind,
    format: common(binaries, 'format'),
    machine: common(binaries, 'machine'),
    bits: common(binaries, 'bits'),
    endian: common(binaries, 'endian'),
    parts,
    detail,
  };
}

/** The value that every part which states one agrees on. */
function common<K extends keyof Binary>(binaries: readonly Binary[], fact: K): Binary[K] | undefined {
  const values = new Set(binaries.map((binary) => binary[fact]).filter((value) => value !== undefined));
  return values.size === 1 ? [...values][0] : undefined;
}
