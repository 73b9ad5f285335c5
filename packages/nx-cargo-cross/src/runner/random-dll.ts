/**
 * `bcryptprimitives.dll`, for a wine that lacks it (8 and older): Rust's std asks `ProcessPrng` of it for random numbers since 1.78
 * (rust-lang/rust `library/std/src/sys/random/windows.rs`). The library holds no code: its one export forwards to `advapi32.SystemFunction036`, the same
 * random numbers by their older name, with the same arguments. Layout: Microsoft's "PE Format", export directory and forwarder RVA.
 */

const HEADERS = 0x200;
const RVA = 0x1000;
const OWN_NAME = 'bcryptprimitives.dll';
const EXPORT = 'ProcessPrng';
const FORWARD = 'advapi32.SystemFunction036';

export const RANDOM_DLL = OWN_NAME;

/** The file's bytes, for 64-bit or 32-bit programs. */
export function randomDll(bits: 32 | 64): Uint8Array {
  const file = new Uint8Array(HEADERS * 2);
  const view = new DataView(file.buffer);
  const u16 = (at: number, value: number): void => view.setUint16(at, value, true);
  const u32 = (at: number, value: number): void => view.setUint32(at, value, true);
  const text = (at: number, value: string): void => value.split('').forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)));

  text(0, 'MZ');
  u32(0x3c, 0x40);
  text(0x40, 'PE');
  const wide = bits === 64;
  const optionalSize = (wide ? 112 : 96) + 16 * 8;
  u16(0x44, wide ? 0x8664 : 0x14c);
  u16(0x46, 1); // one section
  u16(0x54, optionalSize);
  u16(0x56, 0x2002 | (wide ? 0x20 : 0x100)); // DLL, executable image; large addresses or 32-bit machine

  const optional = 0x58;
  u16(optional, wide ? 0x20b : 0x10b);
  u32(optional + 8, HEADERS); // initialised data
  // No entry point: nothing is to be done when it is loaded.
  if (wide) {
    u32(optional + 24, 0x80000000);
    u32(optional + 28, 0x1);
  } else {
    u32(optional + 28, 0x6a000000);
  }
  u32(optional + 32, RVA); // section alignment
  u32(optional + 36, HEADERS); // file alignment
  u16(optional + 40, 6); // system version 6.0
  u16(optional + 48, 6);
  u32(optional + 56, RVA * 2); // size of image
  u32(optional + 60, HEADERS);
  u16(optional + 68, 3); // console
  u16(optional + 70, 0x140); // dynamic base, no execution of data
  u32(optional + (wide ? 108 : 92), 16);
  const directories = optional + (wide ? 112 : 96);

  const section = optional + optionalSize;
  text(section, '.edata');
  u32(section + 12, RVA);
  u32(section + 16, HEADERS);
  u32(section + 20, HEADERS);
  u32(section + 36, 0x40000040); // initialised data, readable

  const functions = 40;
  const names = functions + 4;
  const ordinals = names + 4;
  const ownName = ordinals + 4;
  const exportName = ownName + OWN_NAME.length + 1;
  const forward = exportName + EXPORT.length + 1;
  const size = forward + FORWARD.length + 1;
  u32(section + 8, size);
  u32(directories, RVA);
  u32(directories + 4, size);
  const at = (offset: number): number => HEADERS + offset;
  u32(at(12), RVA + ownName);
  u32(at(16), 1); // first ordinal
  u32(at(20), 1);
  u32(at(24), 1);
  u32(at(28), RVA + functions);
  u32(at(32), RVA + names);
  u32(at(36), RVA + ordinals);
  // An address inside the export directory is the text of a forwarder.
  u32(at(functions), RVA + forward);
  u32(at(names), RVA + exportName);
  text(at(ownName), OWN_NAME);
  text(at(exportName), EXPORT);
  text(at(forward), FORWARD);
  return file;
}
