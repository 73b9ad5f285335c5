/** Universal ("fat") files: several Mach-O files or archives in one, for different machines. */
import { found, readRecord, sliceView, unreadable, withEndian, readNumber, type ReadResult, type View } from '../bytes.js';
import { FAT_HEADER, FAT_SLICE, MAGIC } from './layout.js';
import { machoMachine, type FoundMachine } from '../machine.js';

/** One of the files in a universal file. */
export interface FatSlice {
  readonly machine: FoundMachine;
  /** Where it starts in the file, in bytes. */
  readonly offset: number;
  /** In bytes. */
  readonly size: number;
  /** What it says that its offset is a multiple of, as a power of two. */
  readonly align: number;
}

/** Java class files have the same magic number, followed by a version that is at least 43; no universal file has so many slices. */
const MOST_SLICES = 30;

/** Whether the bytes start as a universal file does. */
export function isFat(view: View): boolean {
  const magic = readNumber(withEndian(view, 'big'), 'u32', 0, 'the magic number');
  return magic.ok && (magic.value === MAGIC.fat || magic.value === MAGIC.fat64);
}

/** Reads the table of a universal file (`mach-o/fat.h`). Fails on a Java class, and on two slices for one machine. */
export function readFat(file: View): ReadResult<readonly FatSlice[]> {
  const view = withEndian(file, 'big');
  const header = readRecord(view, FAT_HEADER, 0);
  if (!header.ok) return header;
  const { count } = header.value;
  if (count === 0) return unreadable(view, 4, 'a universal file without slices');
  if (count > MOST_SLICES) return unreadable(view, 4, `a universal file of ${count} slices: a Java class, or damaged`);
  const layout = FAT_SLICE[isFat64(view) ? 64 : 32];
  const slices: FatSlice[] = [];
  for (let index = 0; index < count; index++) {
    const slice = readRecord(view, layout, FAT_HEADER.size + index * layout.size, `slice ${index} of the universal file`);
    if (!slice.ok) return slice;
    const machine = machoMachine(slice.value.cpuType, slice.value.cpuSubtype);
    if (slices.some((other) => other.machine === machine)) return unreadable(view, FAT_HEADER.size + index * layout.size, `two slices for ${machine}`);
    const { offset, size, align } = slice.value;
    slices.push({ machine, offset, size, align });
  }
  return found(slices);
}

/** The content of a slice. Fails when it reaches beyond the file. */
export function sliceContent(file: View, { machine, offset, size }: FatSlice): ReadResult<View> {
  return sliceView(file, offset, size, `the slice for ${machine}`);
}

function isFat64(view: View): boolean {
  const magic = readNumber(view, 'u32', 0, 'the magic number');
  return magic.ok && magic.value === MAGIC.fat64;
}
