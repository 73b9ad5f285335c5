/** COFF files as members of Windows libraries: objects, and the short entries of import libraries. Images (`MZ`) are in `pe.ts`. */
import { found, readRecord, readText, sliceView, unreadable, hex, type ReadResult, type View } from './bytes.js';
import { coffMachine, type FoundMachine } from './machine.js';

/** What a COFF file that is no image says of itself. */
export interface CoffFile {
  readonly format: 'coff';
  /** `undefined` for an object that fits every machine (IMAGE_FILE_MACHINE_UNKNOWN). */
  readonly machine: FoundMachine | undefined;
  readonly bits: 32 | 64 | undefined;
  readonly type: 'object' | 'import';
  /** For an import: the DLL it takes the symbol from. */
  readonly dll: string | undefined;
}

const OBJECT = {
  name: 'COFF header',
  size: 20,
  fields: { machine: [0, 'u16'], sections: [2, 'u16'], symbols: [8, 'u32'], symbolCount: [12, 'u32'], optionalHeaderSize: [16, 'u16'] },
} as const;
/** Short imports and /bigobj objects share the start of their headers; the version tells them apart. */
const ANONYMOUS = {
  name: 'anonymous COFF header',
  size: 20,
  fields: { first: [0, 'u16'], second: [2, 'u16'], version: [4, 'u16'], machine: [6, 'u16'], dataSize: [12, 'u32'] },
} as const;
const SECTION_SIZE = 40;
const SYMBOL_SIZE = 18;

/** Whether the bytes can be a COFF object or import: COFF has no magic number, so this looks at whether the header makes sense. */
export function isCoff(view: View): boolean {
  if (isAnonymous(view)) return true;
  const header = readRecord(view, OBJECT, 0);
  if (!header.ok) return false;
  const { machine, sections, symbols, symbolCount, optionalHeaderSize } = header.value;
  return (
    (coffMachine(machine) !== undefined || (machine === 0 && sections > 0)) &&
    optionalHeaderSize === 0 &&
    OBJECT.size + sections * SECTION_SIZE <= view.bytes.length &&
    symbols + symbolCount * SYMBOL_SIZE <= view.bytes.length
  );
}

/** Reads an object or a short import (Microsoft PE specification, "COFF File Header" and "Import Library Format"). */
export function readCoff(view: View): ReadResult<CoffFile> {
  if (isAnonymous(view)) return readAnonymous(view);
  const header = readRecord(view, OBJECT, 0);
  if (!header.ok) return header;
  const machine = machineOf(view, header.value.machine);
  return machine.ok ? found({ format: 'coff', ...machine.value, type: 'object', dll: undefined }) : machine;
}

function isAnonymous(view: View): boolean {
  const header = readRecord(view, ANONYMOUS, 0);
  return header.ok && header.value.first === 0 && header.value.second === 0xffff;
}

function readAnonymous(view: View): ReadResult<CoffFile> {
  const header = readRecord(view, ANONYMOUS, 0);
  if (!header.ok) return header;
  const machine = machineOf(view, header.value.machine);
  if (!machine.ok) return machine;
  if (header.value.version !== 0) return found({ format: 'coff', ...machine.value, type: 'object', dll: undefined });
  const names = sliceView(view, ANONYMOUS.size, header.value.dataSize, 'the names of an import');
  if (!names.ok) return names;
  const symbol = readText(names.value, 0, 'the symbol of an import');
  if (!symbol.ok) return symbol;
  const dll = readText(names.value, names.value.bytes.indexOf(0) + 1, 'the DLL of an import');
  return dll.ok ? found({ format: 'coff', ...machine.value, type: 'import', dll: dll.value }) : dll;
}

function machineOf(view: View, number: number): ReadResult<{ readonly machine: FoundMachine | undefined; readonly bits: 32 | 64 | undefined }> {
  if (number === 0) return found({ machine: undefined, bits: undefined });
  const known = coffMachine(number);
  return known ? found(known) : unreadable(view, 0, `COFF machine ${hex(number)} is none that is known`);
}
