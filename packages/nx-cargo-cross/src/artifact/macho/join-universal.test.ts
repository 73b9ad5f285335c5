import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ar, ascii, CPU, elf, fat, macho } from '../../testkit/binaries.js';
import { findTool } from '../../testkit/binaries-real.js';
import { aTempFolder } from '../../testkit/temp.js';
import { readBinary } from '../binary.js';
import { viewOf } from '../bytes.js';
import { joinUniversal, type Joined, type SliceSource } from './join-universal.js';
import { readFat } from './fat.js';

const arm = { name: 'arm', bytes: macho({ dylibs: ['/usr/lib/libSystem.B.dylib'] }) };
const intel = { name: 'intel', bytes: macho({ cpuType: CPU.x86_64, cpuSubtype: 3 }) };
const library = (cpuType: number): Uint8Array => ar({ 'a.o': macho({ cpuType, fileType: 1 }), notes: ascii('hi') });

const bytesOf = (joined: Joined): Uint8Array => {
  if (!joined.ok) throw new Error(joined.message);
  return joined.bytes;
};

describe('joined', () => {
  test.each([
    ['in order', [intel, arm]],
    ['in another order', [arm, intel]],
  ])('%s: x86_64 first, each on a page of its own machine', (_, sources) => {
    const bytes = bytesOf(joinUniversal(sources));
    const slices = readFat(viewOf(bytes));
    expect(slices).toMatchObject({
      ok: true,
      value: [
        { machine: 'x86_64', offset: 0x1000, size: intel.bytes.length, align: 12 },
        { machine: 'aarch64', offset: 0x4000, size: arm.bytes.length, align: 14 },
      ],
    });
    expect(bytes.subarray(0x1000, 0x1000 + intel.bytes.length)).toEqual(intel.bytes);
    expect(bytes.subarray(0x4000)).toEqual(arm.bytes);
    const read = readBinary(bytes);
    expect(read.ok && read.value).toMatchObject({ kind: 'universal', format: 'macho', parts: [{ name: 'x86_64' }, { name: 'aarch64', binary: { needed: ['/usr/lib/libSystem.B.dylib'] } }] });
  });

  test('static libraries', () => {
    const bytes = bytesOf(joinUniversal([{ name: 'a', bytes: library(CPU.arm64) }, { name: 'b', bytes: library(CPU.x86_64) }]));
    const read = readBinary(bytes);
    expect(read.ok && read.value.parts.map(({ name, binary }) => [name, binary?.kind])).toEqual([
      ['x86_64', 'archive'],
      ['aarch64', 'archive'],
    ]);
  });
});

test.each<[string, readonly SliceSource[], string]>([
  ['nothing', [], 'there is no file to join'],
  ['two of one machine', [arm, intel, { ...arm, name: 'arm again' }], 'arm and arm again are both for aarch64; a universal file holds one of each'],
  ['a universal file', [intel, { name: 'fat', bytes: fat([{ cpuType: CPU.arm64, bytes: arm.bytes }]) }], 'fat is a universal file already'],
  ['an ELF file', [intel, { name: 'elf', bytes: elf({}) }], 'elf is no Mach-O file'],
  ['nothing in a file', [{ name: 'empty', bytes: new Uint8Array() }], 'empty is no Mach-O file'],
  ['a file that is cut off', [{ name: 'half', bytes: arm.bytes.subarray(0, 60) }], 'half is damaged: the load commands needs 152 bytes at offset 0x20, the file ends at 0x3c'],
  ['a library of nothing', [{ name: 'lib', bytes: ar({ notes: ascii('hi') }) }], 'lib is a library without a Mach-O file in it'],
  ['a library of two machines', [{ name: 'lib', bytes: ar({ 'a.o': arm.bytes, 'b.o': intel.bytes }) }], 'lib is a library for more than one machine'],
])('%s: refused', (_, sources, message) => {
  expect(joinUniversal(sources)).toEqual({ ok: false, message });
});

describe('as llvm-lipo does it', () => {
  const lipo = findTool('llvm-lipo', 'llvm-lipo-19', 'llvm-lipo-14');
  const clang = findTool('clang', 'clang-19');
  const ld = findTool('ld64.lld', 'ld64.lld-19');
  if (!lipo || !clang || !ld) {
    test.skip(`not here: ${[!lipo && 'llvm-lipo', !clang && 'clang', !ld && 'ld64.lld'].filter(Boolean).join(', ')}`, () => undefined);
    return;
  }
  const folder = aTempFolder('universal');
  const path = (name: string): string => join(folder, name);
  writeFileSync(path('greet.c'), 'int greet(int n) { return n + 1; }\n');
  for (const [arch, min] of [
    ['arm64', '11.0'],
    ['x86_64', '10.12'],
  ] as const) {
    execFileSync(clang, ['-target', `${arch}-apple-macos${min}`, '-O2', '-c', path('greet.c'), '-o', path(`${arch}.o`)]);
    execFileSync(ld, ['-arch', arch, '-platform_version', 'macos', min, '14.2', '-dylib', '-adhoc_codesign', path(`${arch}.o`), '-o', path(arch)]);
  }

  test('byte for byte', () => {
    execFileSync(lipo, ['-create', path('arm64'), path('x86_64'), '-output', path('theirs')]);
    const ours = bytesOf(joinUniversal(['arm64', 'x86_64'].map((name) => ({ name, bytes: readFileSync(path(name)) }))));
    expect(Buffer.from(ours).equals(readFileSync(path('theirs')))).toBe(true);
  });

  test('and it takes ours apart again', () => {
    const parts = ['x86_64', 'arm64'].map((name) => ({ name, bytes: readFileSync(path(name)) }));
    writeFileSync(path('ours'), bytesOf(joinUniversal(parts)));
    expect(execFileSync(lipo, ['-archs', path('ours')], { encoding: 'utf8' }).trim()).toBe('x86_64 arm64');
    for (const { name, bytes } of parts) {
      execFileSync(lipo, ['-thin', name, path('ours'), '-output', path('thin')]);
      expect(readFileSync(path('thin')).equals(bytes)).toBe(true);
    }
  });
});
