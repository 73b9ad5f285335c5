/** Which symbols of an ELF file ask for which version: who is to blame for a glibc floor. */
import { found, readNumber, readRecord, readText, type ReadResult } from '../bytes.js';
import { SECTION, SYMBOL } from './layout.js';
import type { ElfDynamic } from './dynamic.js';
import { offsetOfAddress, sectionContent, type ElfSkeleton } from './header.js';

/** The top bit of a DT_VERSYM entry hides the symbol; the rest is the number of its version. */
const VERSION_INDEX = 0x7fff;
/** 0 and 1 are the unversioned symbols. */
const FIRST_VERSION_INDEX = 2;

/** Names of symbols by the number of the version they ask for. */
export type SymbolsByVersion = ReadonlyMap<number, readonly string[]>;

/**
 * The names of undefined dynamic symbols by the number of the version they ask for (LSB Core, "Symbol Version Table").
 * Empty for a file without section headers: only they say how many dynamic symbols there are. That costs no promise, only a hint.
 */
export function readVersionedSymbols(elf: ElfSkeleton, dynamic: ElfDynamic): ReadResult<SymbolsByVersion> {
  const layout = SYMBOL[elf.bits];
  const byVersion = new Map<number, string[]>();
  const symbols = sectionContent(elf, SECTION.dynamicSymbols, 'the dynamic symbols');
  if (!symbols.ok) return symbols;
  const versions = dynamic.addresses.versionSymbols === undefined ? undefined : offsetOfAddress(elf, dynamic.addresses.versionSymbols);
  if (!symbols.value || versions === undefined) return found(byVersion);
  const count = Math.floor(symbols.value.bytes.length / layout.size);
  for (let index = 1; index < count; index++) {
    const symbol = readRecord(symbols.value, layout, index * layout.size);
    if (!symbol.ok) return symbol;
    if (symbol.value.section !== 0) continue;
    const version = readNumber(elf.view, 'u16', versions + 2 * index, 'the version of a dynamic symbol');
    if (!version.ok) return version;
    const number = version.value & VERSION_INDEX;
    if (number < FIRST_VERSION_INDEX) continue;
    const name = readText(dynamic.strings, symbol.value.name, 'the name of a dynamic symbol');
    if (!name.ok) return name;
    const names = byVersion.get(number);
    if (names) names.push(name.value);
    else byVersion.set(number, [name.value]);
  }
  return found(byVersion);
}
