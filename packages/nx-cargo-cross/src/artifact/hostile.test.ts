/**
 * Damaged and malicious bytes. A reader must answer, and answer soon: nothing here may throw, and no reading may go on once its budget is spent.
 * Time isn't measured: the budget counts what is read, and after the last read it must not be overdrawn by more than one step.
 */
import { describe, expect, test } from '@jest/globals';
import { ar, ascii, coff, coffAnonymous, CPU, elf, elfPlaces, fat, macho, pe, uleb, wasm } from '../testkit/binaries.js';
import { readBinaryView, type Binary } from './binary.js';
import { viewOf, type ReadResult } from './bytes.js';

/** One step costs at most a whole file, or a look at each of 65536 headers. */
const oneStep = (bytes: Uint8Array): number => bytes.length + 65_600;

function readWithin(bytes: Uint8Array): ReadResult<Binary> {
  const view = viewOf(bytes);
  const result = readBinaryView(view);
  if (view.budget.left < -oneStep(bytes)) throw new Error(`read on after the budget was spent: ${view.budget.left}`);
  return result;
}

const versions = [
  {
    library: 'libc.so.6',
    names: [
      { version: 'GLIBC_2.17', symbols: ['memcpy', 'stat'] },
      { version: 'GLIBC_2.34', weak: true },
    ],
  },
  { library: 'libm.so.6', names: [{ version: 'GLIBC_2.29', symbols: ['exp'] }] },
];
const dynamicElf = { interpreter: '/lib/ld-linux-aarch64.so.1', needed: ['libm.so.6', 'libc.so.6'], runpath: '$ORIGIN', versions };
const arm = { machine: 40, bits: 32, arm: { cpuArch: 10, vfpArgs: 1 } } as const;
const slice = macho({ dylibs: ['/usr/lib/libSystem.B.dylib'], rpaths: ['@loader_path'], signature: true });

const SAMPLES: Readonly<Record<string, Uint8Array>> = {
  'ELF 64': elf(dynamicElf),
  'ELF 32 big-endian': elf({ ...dynamicElf, bits: 32, endian: 'big', machine: 20 }),
  'ELF ARM': elf({ ...dynamicElf, ...arm }),
  'ELF object': elf({ type: 1, ...arm }),
  PE: pe({ imports: ['KERNEL32.dll', 'msvcrt.dll'], delayImports: ['user32.dll'], exports: ['a', 'b'], dll: true }),
  'PE 32': pe({ bits: 32, machine: 0x14c, imports: ['KERNEL32.dll'] }),
  COFF: coff(),
  import: coffAnonymous(0x8664, 0),
  'Mach-O': slice,
  'Mach-O 32 big-endian': macho({ bits: 32, endian: 'big', cpuType: 18, id: '/x', versionMin: '10.4' }),
  universal: fat([{ cpuType: CPU.arm64, bytes: slice }]),
  wasm: wasm({ imports: ['env.memory', 'env.f'], exports: ['_start'], customs: ['name'] }),
  'GNU archive': ar({ 'a.o': elf({ type: 1 }), 'a_name_of_many_letters.o': coff() }),
  'BSD archive': ar({ 'a.o': slice, 'a_name_of_many_letters.o': slice }, { style: 'bsd' }),
};

/** mulberry32: small, seeded, the same on every machine. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Values that overflow sums, counts and signs. */
const EVIL = [0, 0x7f, 0xff] as const;

describe.each(Object.entries(SAMPLES))('%s', (name, sample) => {
  test('whole, it is read', () => {
    expect(readWithin(sample).ok).toBe(true);
  });

  test('cut off anywhere, it gives an answer', () => {
    for (let length = 0; length < sample.length; length++) readWithin(sample.subarray(0, length));
  });

  test('with bits flipped, it gives an answer', () => {
    const random = randomOf(name.length);
    for (let round = 0; round < 1000; round++) {
      const bytes = sample.slice();
      for (let flips = 1 + random(4); flips > 0; flips--) {
        const at = random(bytes.length);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
      }
      readWithin(bytes);
    }
  });

  test('with ranges overwritten, it gives an answer', () => {
    const random = randomOf(name.length + 1000);
    for (let round = 0; round < 1000; round++) {
      const bytes = sample.slice();
      for (let ranges = 1 + random(3); ranges > 0; ranges--) {
        const start = random(bytes.length);
        const evil = EVIL[random(EVIL.length)] ?? 0;
        bytes.fill(evil, start, start + 1 + random(8));
      }
      readWithin(bytes);
    }
  });

  test('with every byte in turn at its extremes, it gives an answer', () => {
    for (let at = 0; at < Math.min(sample.length, 1200); at++) {
      for (const evil of EVIL) {
        const bytes = sample.slice();
        bytes[at] = evil;
        readWithin(bytes);
      }
    }
  });

  test('with the rest replaced by noise, it gives an answer', () => {
    const random = randomOf(name.length + 2000);
    for (let round = 0; round < 300; round++) {
      const bytes = sample.slice();
      for (let at = random(bytes.length); at < bytes.length; at++) bytes[at] = random(256);
      readWithin(bytes);
    }
  });
});

type Patch = readonly [offset: number, width: 1 | 2 | 4 | 8, value: number];

/** Little-endian. */
function patched(bytes: Uint8Array, ...patches: readonly Patch[]): Uint8Array {
  const copy = bytes.slice();
  for (const [offset, width, value] of patches) for (let index = 0; index < width; index++) copy[offset + index] = Math.floor(value / 2 ** (8 * index)) % 256;
  return copy;
}

const places = elfPlaces(dynamicElf);
const highElf = elfPlaces({ ...dynamicElf, type: 2, loadAddress: 0x400000 });
const armPlaces = elfPlaces({ ...dynamicElf, ...arm });
const peSample = SAMPLES['PE'] ?? new Uint8Array();
/** In the images of the builder. */
const PE_OPTIONAL = 0x58;
const PE_SECTION = 0x400;

/** NumberOfNames of the export directory, wherever the builder put it. */
const EXPORT_COUNT: Patch = [new DataView(peSample.slice().buffer).getUint32(PE_OPTIONAL + 112, true) - 0x1000 + PE_SECTION + 24, 4, 0xffffffff];

/** The file, padded to a size at which a quadratic reader would not come back. */
const megabyte = (start: Uint8Array, fill = 0): Uint8Array => {
  const bytes = new Uint8Array(1 << 20).fill(fill);
  bytes.set(start);
  return bytes;
};

describe('crafted', () => {
  test.each<[string, Uint8Array]>([
    ['ELF: 65535 program headers, counted in a section that is not there', patched(places.bytes, [0x38, 2, 0xffff], [0x28, 8, 0])],
    ['ELF: 65534 program headers', patched(places.bytes, [0x38, 2, 0xfffe])],
    ['ELF: program headers of no size', patched(places.bytes, [0x36, 2, 0])],
    ['ELF: program headers beyond 2^53', patched(places.bytes, [0x20, 8, 2 ** 60])],
    ['ELF: no program header', patched(places.bytes, [0x38, 2, 0])],
    ['ELF: 2^32 sections, counted in the first', patched(places.bytes, [0x3c, 2, 0], [places.bytes.length - 3 * 64 + 32 + 64, 8, 2 ** 32])],
    ['ELF: sections of no size', patched(places.bytes, [0x3a, 2, 0])],
    ['ELF: a segment beyond the file', patched(places.bytes, [places.programHeaders + 32, 8, 2 ** 40])],
    [
      'ELF: a segment whose end overflows',
      patched(places.bytes, [places.programHeaders + 8, 8, Number.MAX_SAFE_INTEGER], [places.programHeaders + 32, 8, Number.MAX_SAFE_INTEGER]),
    ],
    [
      'ELF: a version need that is its own entry, for ever',
      patched(places.bytes, [places.versionNeed + 2, 2, 0xffff], [places.versionNeed + 8, 4, 0], [places.versionNeed + 12, 4, 1]),
    ],
    ['ELF: a version need whose successor lies beyond the file', patched(places.bytes, [places.versionNeed + 12, 4, 0xffffffff])],
    ['ELF: a version name without end', patched(places.bytes, [places.versionNeed + 16 + 8, 4, 0xfffffff0])],
    ['ELF: ARM attributes of no length', patched(armPlaces.bytes, [armPlaces.attributes + 1, 4, 0])],
    ['ELF: ARM attributes of huge length', patched(armPlaces.bytes, [armPlaces.attributes + 1, 4, 0xffffffff])],
    ['ELF: ARM attributes for a scope of no size', patched(armPlaces.bytes, [armPlaces.attributes + 12, 4, 0])],
    ['PE: a header beyond the file', patched(peSample, [0x3c, 4, 0xfffffff0])],
    ['PE: 65535 sections', patched(peSample, [0x46, 2, 0xffff])],
    ['PE: no section', patched(peSample, [0x46, 2, 0])],
    ['PE: an optional header of two bytes', patched(peSample, [0x54, 2, 2])],
    ['PE: an import table that never ends', patched(peSample, [PE_OPTIONAL + 112 + 8, 4, 0x1000 + 0x1f0])],
    ['PE: imports by names in nowhere', patched(peSample, [PE_SECTION + 12, 4, 0xfffffff0])],
    ['PE: 2^32 exported names', patched(peSample, EXPORT_COUNT)],
    ['Mach-O: 2^32 load commands', patched(slice, [16, 4, 0xffffffff])],
    ['Mach-O: load commands beyond the file', patched(slice, [20, 4, 0xffffffff])],
    ['Mach-O: an unknown load command of no size', patched(slice, [32, 4, 0x7f], [36, 4, 0])],
    ['Mach-O: a load command of seven bytes', patched(slice, [36, 4, 7])],
    ['Mach-O: a load command beyond the others', patched(slice, [36, 4, 0xffffff])],
    ['Mach-O: a name outside its command', patched(slice, [32 + 72 + 8, 4, 0xfffffff0])],
    ['universal: 2^32 slices', new Uint8Array([0xca, 0xfe, 0xba, 0xbe, 0xff, 0xff, 0xff, 0xff])],
    ['universal: a slice that is the universal file itself', selfContaining()],
    ['wasm: 2^32 imports', wasmWith(2, [...uleb(0xffffffff)])],
    ['wasm: a name of 2^32 bytes', wasmWith(2, [1, ...uleb(0xffffffff), 0x61])],
    ['wasm: a section of 2^32 bytes', new Uint8Array([...wasm(), 1, ...uleb(0xffffffff)])],
    ['ar: a negative size', patchedText(ar({ 'a.o': coff() }, { symbols: false }), 8 + 48, '-60')],
    ['ar: a huge size', patchedText(ar({ 'a.o': coff() }, { symbols: false }), 8 + 48, '9999999999')],
    ['ar: a size in hexadecimal', patchedText(ar({ 'a.o': coff() }, { symbols: false }), 8 + 48, '0x10')],
  ])('%s: a failure', (_, bytes) => {
    expect(readWithin(bytes)).toMatchObject({ ok: false, problem: { message: expect.any(String), offset: expect.any(Number) } });
  });

  test('ELF: a string table below everything that is loaded', () => {
    const { bytes, dynamic } = highElf;
    const low = patched(bytes, [dynamicValue(bytes, dynamic, 5).valueAt, 8, 0x100]);
    expect(readWithin(low)).toMatchObject({ ok: false, problem: { message: expect.stringContaining('in no loaded segment') } });
  });

  test('ELF: names that share one long text end with the budget', () => {
    const needed = Array.from({ length: 3000 }, () => 'x');
    const { bytes, dynamic } = elfPlaces({ needed });
    const big = megabyte(bytes, 0x61);
    big[bytes.length + 4000] = 0;
    // Every DT_NEEDED points behind the file, where 4000 letters lie; the string table and its segment are made to reach there.
    const strings = dynamicValue(bytes, dynamic, 5);
    const patches = needed.map((_, index): Patch => [dynamic + 16 * index + 8, 8, bytes.length - strings.value]);
    const whole: Patch[] = [
      [strings.sizeAt, 8, big.length - strings.value],
      [64 + 32, 8, big.length],
    ];
    expect(readWithin(patched(big, ...patches, ...whole))).toMatchObject({ ok: false, problem: { message: expect.stringContaining('circles') } });
  });

  test('PE: names by the thousand, each looked up in thousands of sections, end with the budget', () => {
    const image = pe({ exports: new Array<string>(20_000).fill('a'), emptySections: 10_000 });
    expect(readWithin(image)).toMatchObject({ ok: false, problem: { message: expect.stringContaining('circles') } });
  });
});

function dynamicValue(bytes: Uint8Array, dynamic: number, tag: number): { readonly value: number; readonly valueAt: number; readonly sizeAt: number } {
  const data = new DataView(bytes.buffer);
  for (let at = dynamic; ; at += 16) if (data.getUint32(at, true) === tag) return { value: data.getUint32(at + 8, true), valueAt: at + 8, sizeAt: at + 16 + 8 };
}

function selfContaining(): Uint8Array {
  const bytes = fat([{ cpuType: CPU.arm64, bytes: new Uint8Array(16) }]);
  bytes.fill(0, 16, 20);
  return bytes;
}

function wasmWith(section: number, content: readonly number[]): Uint8Array {
  return new Uint8Array([...wasm(), section, ...uleb(content.length), ...content]);
}

function patchedText(bytes: Uint8Array, offset: number, text: string): Uint8Array {
  const copy = bytes.slice();
  copy.set(ascii(text.padEnd(10)), offset);
  return copy;
}
