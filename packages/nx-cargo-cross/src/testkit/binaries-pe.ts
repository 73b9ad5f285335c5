/** PE images and COFF objects made to measure. */
import { crc32 } from 'node:zlib';
import { ascii, writer } from './binaries-writer.js';

export interface PeOptions {
  readonly bits?: 32 | 64;
  /** COFF machine number; x86_64 when nothing is said. */
  readonly machine?: number;
  readonly dll?: boolean;
  readonly imports?: readonly string[];
  readonly delayImports?: readonly string[];
  readonly exports?: readonly string[];
  readonly subsystem?: number;
  readonly dllCharacteristics?: number;
  /** Of the COFF header, besides those of every image; 1 is RELOCS_STRIPPED. */
  readonly characteristics?: number;
  readonly timestamp?: number;
  /** The identifier and the path of a PDB. */
  readonly pdb?: { readonly identifier: readonly number[]; readonly path: string };
  /** Headers of sections without content, before the one that holds all. */
  readonly emptySections?: number;
}

const HEADERS_SIZE = 0x400;
const SECTION_ADDRESS = 0x1000;

/** One section that holds all tables; `imports` at its start. */
export function pe(options: PeOptions = {}): Uint8Array<ArrayBuffer> {
  const { bits = 64, machine = 0x8664, imports = [], delayImports = [], exports, emptySections = 0 } = options;
  const sectionOffset = Math.ceil((HEADERS_SIZE + 40 * emptySections) / 0x200) * 0x200;
  const section = writer();
  const rva = (offset: number): number => SECTION_ADDRESS + offset;
  const importTable = section.bytes(new Array<number>(20 * (imports.length + 1)).fill(0));
  imports.forEach((name, index) => {
    section.patch(importTable + 20 * index + 12, rva(section.text(name)), 4);
    section.patch(importTable + 20 * index + 16, rva(0), 4);
  });
  const delayTable = section.bytes(new Array<number>(32 * (delayImports.length + 1)).fill(0));
  delayImports.forEach((name, index) => {
    section.patch(delayTable + 32 * index, 1, 4);
    section.patch(delayTable + 32 * index + 4, rva(section.text(name)), 4);
  });
  const exportTable = section.bytes(new Array<number>(40).fill(0));
  if (exports) {
    const names = section.bytes(new Array<number>(4 * exports.length).fill(0));
    exports.forEach((name, index) => section.patch(names + 4 * index, rva(section.text(name)), 4));
    section.patch(exportTable + 12, rva(section.text('made.dll')), 4);
    section.patch(exportTable + 20, exports.length, 4);
    section.patch(exportTable + 24, exports.length, 4);
    section.patch(exportTable + 32, rva(names), 4);
  }
  const debugTable = section.bytes(new Array<number>(28).fill(0));
  if (options.pdb) {
    const record = section.bytes([...ascii('RSDS'), ...options.pdb.identifier, 1, 0, 0, 0, ...ascii(`${options.pdb.path}\0`)]);
    section.patch(debugTable + 12, 2, 4);
    section.patch(debugTable + 16, 24 + options.pdb.path.length + 1, 4);
    section.patch(debugTable + 20, rva(record), 4);
    section.patch(debugTable + 24, sectionOffset + record, 4);
  }
  section.align(0x200);

  const out = writer();
  out.bytes(ascii('MZ'));
  out.bytes(new Array<number>(0x3a).fill(0));
  out.number(0x40, 4);
  out.bytes(ascii('PE\0\0'));
  out.numbers(2, machine, 1 + emptySections);
  out.numbers(4, options.timestamp ?? 0, 0, 0);
  out.numbers(2, bits === 64 ? 240 : 224, (options.dll ? 0x2022 : 0x22) | (options.characteristics ?? 0));
  const optional = out.size();
  out.bytes(new Array<number>(bits === 64 ? 112 : 96).fill(0));
  out.patch(optional, bits === 64 ? 0x20b : 0x10b, 2);
  if (bits === 64) out.patch(optional + 24, 0x140000000, 8);
  else out.patch(optional + 28, 0x400000, 4);
  out.patch(optional + 60, sectionOffset, 4);
  out.patch(optional + 68, options.subsystem ?? 3, 2);
  out.patch(optional + 70, options.dllCharacteristics ?? 0x160, 2);
  out.patch(optional + (bits === 64 ? 108 : 92), 16, 4);
  for (let index = 0; index < 16; index++) {
    const table =
      index === 0 && exports ? exportTable : index === 1 && imports.length > 0 ? importTable : index === 13 && delayImports.length > 0 ? delayTable : index === 6 && options.pdb ? debugTable : -1;
    out.numbers(4, table < 0 ? 0 : rva(table), table < 0 ? 0 : index === 6 ? 28 : 40);
  }
  out.bytes(new Array<number>(40 * emptySections).fill(0));
  out.bytes(ascii('.rdata\0\0'));
  out.numbers(4, section.size(), SECTION_ADDRESS, section.size(), sectionOffset, 0, 0, 0, 0x40000040);
  out.bytes(new Array<number>(sectionOffset - out.size()).fill(0));
  out.bytes(section.done());
  return out.done();
}

/** A COFF object without content. */
export function coff(machine = 0x8664): Uint8Array<ArrayBuffer> {
  const out = writer();
  out.numbers(2, machine, 0);
  out.numbers(4, 0, 0, 0);
  out.numbers(2, 0, 0);
  return out.done();
}

/** A short entry of an import library (`version` 0), or the header of a /bigobj object (2). */
/** An object of one section, whose symbol has the section's checksum as LLVM makes it, between symbols of another kind. */
export function coffOf(content: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = writer();
  const offset = 20 + 40;
  out.numbers(2, 0x8664, 1);
  out.numbers(4, 0, offset + content.length, 4);
  out.numbers(2, 0, 0);
  out.bytes(ascii('.debug$S'));
  out.numbers(4, 0, 0, content.length, offset, 0, 0, 0, 0x4210_0040);
  out.bytes(content);
  const symbol = (name: string, section: number, storage: number, more: number): void => {
    out.bytes(ascii(name.padEnd(8, '\0')));
    out.number(0, 4);
    out.numbers(2, section, 0);
    out.bytes([storage, more]);
  };
  symbol('@feat.00', 0xffff, 3, 0);
  symbol('.debug$S', 1, 3, 1);
  out.number(content.length, 4);
  out.number(0, 4);
  out.number(~crc32(content, 0xffff_ffff) >>> 0, 4);
  out.bytes(new Array<number>(6).fill(0));
  symbol('other', 1, 3, 0);
  return out.done();
}

export function coffAnonymous(machine: number, version: 0 | 2, dll = 'made.dll'): Uint8Array<ArrayBuffer> {
  const names = ascii(`symbol\0${dll}\0`);
  const out = writer();
  out.numbers(2, 0, 0xffff, version, machine);
  out.numbers(4, 0, version === 0 ? names.length : 0);
  out.numbers(2, 0, 0);
  out.bytes(version === 0 ? names : new Array<number>(36).fill(0));
  return out.done();
}
