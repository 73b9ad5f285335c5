/** Writes universal ("fat") files: several thin Mach-O files, or static libraries, in one. */
import { memberContent, isAr, readAr } from '../ar.js';
import { found, readRecord, viewOf, withEndian, type ReadResult, type View } from '../bytes.js';
import { machoMachine } from '../machine.js';
import { byteOrder, isMacho, readMacho } from '../macho.js';
import { isFat } from './fat.js';
import { FAT_HEADER, FAT_SLICE, MACHO_HEADER, MAGIC } from './layout.js';

/** A file that becomes a slice. */
export interface SliceSource {
  /** For messages. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A universal file, or why there is none: a sentence that names the file at fault. */
export type Joined = { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer> } | { readonly ok: false; readonly message: string };

interface Slice extends Cpu {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** As a power of two. */
  readonly align: number;
}

interface Cpu {
  readonly cpuType: number;
  readonly cpuSubtype: number;
}

const CPU_TYPE_ARM = 12;
const ANY_ABI = 0xff_ffff;
/** A page of the processor, as a power of two: the kernel maps slices as they lie (Apple's lipo and llvm-lipo take the same). */
const ALIGN_ARM = 14;
const ALIGN_OTHER = 12;
/** Static libraries are read by linkers alone, which are content with the alignment of a 64-bit number (llvm-lipo: `P2AlignArchive`). */
const ALIGN_ARCHIVE = 3;

/**
 * Joins files into one, slice by slice, with the bytes that `llvm-lipo -create` would write: arm64 last, whatever the order asked for.
 * Refuses none at all, what is no thin Mach-O file or library of such, what is universal already, two files for one machine, and more than 4 GiB,
 * which the loader doesn't start.
 */
export function joinUniversal(sources: readonly SliceSource[]): Joined {
  const slices: Slice[] = [];
  for (const source of sources) {
    const slice = makeSlice(source);
    if (typeof slice === 'string') return refused(slice);
    const rival = slices.find((other) => machineOf(other) === machineOf(slice));
    if (rival) return refused(`${rival.name} and ${slice.name} are both for ${machineOf(slice)}; a universal file holds one of each`);
    slices.push(slice);
  }
  if (slices.length === 0) return refused('there is no file to join');
  return write(slices.sort(bySliceOrder));
}

function makeSlice({ name, bytes }: SliceSource): Slice | string {
  const view = viewOf(bytes);
  if (isFat(view)) return `${name} is a universal file already`;
  if (isMacho(view)) {
    const whole = readMacho(view);
    const cpu = whole.ok ? readCpu(view) : whole;
    return cpu.ok ? { name, bytes, ...cpu.value, align: alignOf(cpu.value) } : `${name} is damaged: ${cpu.problem.message}`;
  }
  if (!isAr(view)) return `${name} is no Mach-O file`;
  const cpus = readArchiveCpus(view);
  if (!cpus.ok) return `${name} is damaged: ${cpus.problem.message}`;
  const [first, ...rest] = cpus.value;
  if (!first) return `${name} is a library without a Mach-O file in it`;
  if (rest.some((cpu) => machineOf(cpu) !== machineOf(first))) return `${name} is a library for more than one machine`;
  return { name, bytes, ...first, align: ALIGN_ARCHIVE };
}

function readCpu(file: View): ReadResult<Cpu> {
  return readRecord(withEndian(file, byteOrder(file)?.endian ?? 'little'), MACHO_HEADER, 0);
}

function readArchiveCpus(view: View): ReadResult<readonly Cpu[]> {
  const archive = readAr(view);
  if (!archive.ok) return archive;
  const cpus: Cpu[] = [];
  for (const member of archive.value.members) {
    const content = memberContent(view, archive.value, member);
    if (!content.ok) return content;
    if (!isMacho(content.value)) continue;
    const cpu = readCpu(content.value);
    if (!cpu.ok) return cpu;
    cpus.push(cpu.value);
  }
  return found(cpus);
}

function isArm({ cpuType }: Cpu): boolean {
  return (cpuType & ANY_ABI) === CPU_TYPE_ARM;
}

function alignOf(cpu: Cpu): number {
  return isArm(cpu) ? ALIGN_ARM : ALIGN_OTHER;
}

function machineOf({ cpuType, cpuSubtype }: Cpu): string {
  return machoMachine(cpuType, cpuSubtype);
}

/** llvm-lipo: 64-bit ARM last, as cctools has it, else the smaller alignment first, so that little room is lost. */
function bySliceOrder(a: Slice, b: Slice): number {
  return Number(isArm(a)) - Number(isArm(b)) || a.align - b.align || a.cpuType - b.cpuType || a.cpuSubtype - b.cpuSubtype;
}

const LARGEST = 2 ** 32;

function write(slices: readonly Slice[]): Joined {
  const row = FAT_SLICE[32].size;
  let end = FAT_HEADER.size + slices.length * row;
  const offsets = slices.map(({ bytes, align }) => {
    const offset = Math.ceil(end / 2 ** align) * 2 ** align;
    end = offset + bytes.length;
    return offset;
  });
  if (end >= LARGEST) return refused(`together they have ${end} bytes; a universal file must stay below 4 GiB`);
  const joined = new Uint8Array(end);
  const table = new DataView(joined.buffer);
  table.setUint32(0, MAGIC.fat);
  table.setUint32(4, slices.length);
  for (const [index, { bytes, cpuType, cpuSubtype, align }] of slices.entries()) {
    const offset = offsets[index] ?? 0;
    for (const [field, number] of [cpuType, cpuSubtype, offset, bytes.length, align].entries()) table.setUint32(FAT_HEADER.size + index * row + 4 * field, number);
    joined.set(bytes, offset);
  }
  return { ok: true, bytes: joined };
}

function refused(message: string): Joined {
  return { ok: false, message };
}
