/** Real files, read by this project and by binutils and LLVM: they must agree. What this machine doesn't have is listed as skipped, with the reason. */
import { afterAll, describe, expect, test } from '@jest/globals';
import { formatGlibc } from '../platform/glibc.js';
import { parsePlatform } from '../platform/platform.js';
import { bytesOf, findTool, realSamples, run, type Sample } from '../testkit/binaries-real.js';
import { readBinary, readBinaryView, type Binary } from './binary.js';
import { viewOf } from './bytes.js';
import { promiseOf, type ArtifactKind } from './promise.js';
import { prove } from './proof.js';

const samples = realSamples();
afterAll(() => samples.dispose());

const READELF = findTool('readelf', 'llvm-readelf', 'llvm-readelf-19');
const READOBJ = findTool('llvm-readobj', 'llvm-readobj-19', 'llvm-readobj-14');
const OBJDUMP = findTool('llvm-objdump', 'llvm-objdump-19', 'llvm-objdump-14');
const AR = findTool('llvm-ar', 'ar');

function read(sample: Sample): Binary {
  const result = readBinary(bytesOf(sample));
  if (!result.ok) throw new Error(`${sample.path}: ${result.problem.message}`);
  return result.value;
}

const all = (text: string, pattern: RegExp): readonly string[] => [...text.matchAll(pattern)].map((match) => match[1] ?? '');
const first = (text: string, pattern: RegExp): string | undefined => pattern.exec(text)?.[1];
const sorted = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();

/** As readelf names them. */
const MACHINES: Readonly<Record<string, RegExp>> = {
  x86_64: /X86-64/,
  aarch64: /AArch64/,
  arm: /^ARM$/,
  riscv64: /RISC-V/,
  s390x: /S\/390/,
  powerpc64: /PowerPC64/,
  mips: /MIPS/,
};

function newestGlibc(versions: readonly string[]): string | undefined {
  const numbers = versions.map((version) => version.split('.').map(Number));
  const [newest] = numbers.sort(([a = 0, b = 0], [c = 0, d = 0]) => c - a || d - b);
  return newest?.slice(0, 2).join('.');
}

function agreesWithReadelf(sample: Sample, binary: Binary): void {
  const text = run(READELF ?? '', ['-hldVW', sample.path]) ?? '';
  expect(first(text, /Machine: +(.+)/)).toMatch(MACHINES[binary.machine ?? ''] ?? /never/);
  expect(first(text, /Class: +ELF(\d+)/)).toBe(String(binary.bits));
  expect(first(text, /Data: .*(little|big) endian/)).toBe(binary.endian);
  expect(first(text, /program interpreter: (.+)\]/)).toBe(binary.interpreter);
  expect(all(text, /\(NEEDED\).*\[(.+)\]/g)).toEqual(binary.needed);
  expect(first(text, /\(SONAME\).*\[(.+)\]/)).toBe(binary.ownName);
  expect(all(text, /\(R(?:UN)?PATH\).*\[(.+)\]/g).join(':')).toBe(binary.rpaths.join(':'));
  const needs = text.slice(text.indexOf('.gnu.version_r')).replaceAll('GLIBC_ABI_DT_RELR', 'GLIBC_2.36');
  expect(newestGlibc(all(needs, /Name: GLIBC_([\d.]+) +Flags: none/g))).toBe(binary.glibcFloor && formatGlibc(binary.glibcFloor));
  const stack = first(text, /GNU_STACK(?: +0x\w+){5} (R..)/);
  expect(stack?.includes('E')).toBe(binary.stackExecutable);
  expect(/FLAGS_1.*PIE/.test(text)).toBe(binary.pie ?? false);
}

function agreesWithReadobj(sample: Sample, binary: Binary): void {
  const text = run(READOBJ ?? '', ['--file-headers', '--coff-imports', '--coff-exports', sample.path]) ?? '';
  expect(first(text, /Arch: (\w+)/)).toBe(binary.machine);
  expect(first(text, /AddressSize: (\d+)bit/)).toBe(String(binary.bits));
  expect(/IMAGE_FILE_DLL/.test(text)).toBe(binary.kind === 'library');
  expect(sorted(all(text, /Import \{\n +Name: (.+)/g))).toEqual(sorted(binary.needed));
  const exports = binary.detail.format === 'pe' ? (binary.detail.exports?.names ?? []) : [];
  expect(sorted(all(text, /Export \{\n +Ordinal: \d+\n +Name: (.+)\n/g))).toEqual(sorted(exports));
}

function agreesWithObjdump(sample: Sample, binary: Binary): void {
  const text = run(OBJDUMP ?? '', ['--macho', '--private-headers', sample.path]) ?? '';
  expect(first(text, /^ *MH_MAGIC_64 +(\w+)/m)).toBe(binary.machine === 'aarch64' ? 'ARM64' : 'X86_64');
  expect(first(text, /(?:minos|LC_VERSION_MIN_MACOSX\n +cmdsize 16\n +version) ([\d.]+)/)).toBe(binary.minOs);
  expect(all(text, /cmd LC_(?:LOAD|REEXPORT|LOAD_WEAK)_DYLIB\n.*\n +name (.+) \(offset/g)).toEqual(binary.needed);
  expect(first(text, /cmd LC_ID_DYLIB\n.*\n +name (.+) \(offset/)).toBe(binary.ownName);
  expect(all(text, /cmd LC_RPATH\n.*\n +path (.+) \(offset/g)).toEqual(binary.rpaths);
  expect(/LC_CODE_SIGNATURE/.test(text)).toBe(binary.signed);
}

const SECOND_OPINION: Readonly<Record<string, { readonly tool: string | undefined; readonly agrees: (sample: Sample, binary: Binary) => void }>> = {
  elf: { tool: READELF, agrees: agreesWithReadelf },
  pe: { tool: READOBJ, agrees: agreesWithReadobj },
  macho: { tool: OBJDUMP, agrees: agreesWithObjdump },
};

/** Why a sample is not here. */
const lacking = (name: string): string => samples.missing.find((reason) => reason.startsWith(`${name}:`)) ?? `${name}: no sample of that name`;

describe('is read, and as others read it', () => {
  test.each(samples.found.map((sample) => [sample.name, sample] as const))('%s', (_, sample) => {
    const binary = read(sample);
    if (binary.kind === 'archive') {
      const names = AR && run(AR, ['t', sample.path])?.trimEnd().split('\n');
      if (names)
        expect(binary.parts.map((part) => part.name)).toEqual(
          names.map((name) => (binary.detail.format === 'ar' && binary.detail.thin ? name.replace(/.*\//, '') : name)),
        );
      return;
    }
    const other = binary.kind === 'universal' ? undefined : SECOND_OPINION[binary.detail.format];
    if (other?.tool) other.agrees(sample, binary);
  });
  for (const reason of samples.missing) test.skip(reason, () => undefined);
});

/** What the recipes say of themselves. */
describe('is what it was made to be', () => {
  const made: readonly (readonly [string, Partial<Binary>])[] = [
    ['gcc program', { kind: 'executable', linkage: 'dynamic' }],
    ['gcc program without PIE', { kind: 'executable', pie: false }],
    ['gcc static program', { kind: 'executable', linkage: 'static', interpreter: undefined, needed: [] }],
    ['gcc static PIE', { kind: 'executable', linkage: 'static', pie: true }],
    ['gcc library', { kind: 'library', linkage: 'dynamic', ownName: 'libgreet.so.1', rpaths: ['/nowhere'] }],
    ['gcc program with an executable stack', { stackExecutable: true }],
    ['gcc object', { kind: 'object', linkage: undefined }],
    ['glibc', { kind: 'library', ownName: 'libc.so.6' }],
    ['musl program', { linkage: 'static', glibcFloor: undefined }],
    ['aarch64 program', { machine: 'aarch64', interpreter: '/lib/ld-linux-aarch64.so.1', needed: ['libc.so.6'] }],
    ['armhf program', { machine: 'arm', bits: 32, floatAbi: 'hard', armCpuArch: 10 }],
    ['riscv64 program', { machine: 'riscv64', abi: 'lp64d' }],
    ['mingw program', { format: 'pe', kind: 'executable', machine: 'x86_64', crt: 'msvcrt' }],
    ['mingw DLL', { kind: 'library', ownName: 'greet.dll' }],
    ['mingw object', { format: 'pe', kind: 'object' }],
    ['object for armv7-unknown-linux-gnueabihf', { machine: 'arm', armCpuArch: 10, floatAbi: 'hard' }],
    ['object for s390x-unknown-linux-gnu', { machine: 's390x', endian: 'big' }],
    ['object for aarch64-pc-windows-msvc', { format: 'pe', machine: 'aarch64' }],
    ['object for wasm32-unknown-unknown', { format: 'wasm', kind: 'object' }],
    ['object for x86_64-apple-macos10.12', { format: 'macho', kind: 'object', minOs: '10.12' }],
    ['lld dylib', { kind: 'library', minOs: '11.0', ownName: '@rpath/libgreet.dylib', rpaths: ['@loader_path/lib'], signed: true }],
    ['lld ARM library', { kind: 'library', machine: 'arm', floatAbi: 'hard' }],
    ['lld POWER program', { abi: 'elfv2', linkage: 'static' }],
    ['lld Windows DLL', { format: 'pe', kind: 'library', machine: 'aarch64', needed: [] }],
    ['lld wasm module', { format: 'wasm', kind: 'module' }],
    ['universal', { format: 'macho', kind: 'universal', machine: undefined }],
    ['GNU archive', { kind: 'archive', format: 'elf', machine: undefined }],
    ['mingw import library', { kind: 'archive', format: 'pe', machine: 'x86_64' }],
  ];
  for (const [name, expected] of made) {
    const sample = samples.found.find((one) => one.name === name);
    if (sample) test(name, () => expect(read(sample)).toMatchObject(expected));
    else test.skip(lacking(name), () => undefined);
  }

  test('the symbols behind a glibc floor are named', () => {
    const sample = samples.found.find((one) => one.name === 'gcc program');
    const detail = sample && read(sample).detail;
    if (detail?.format !== 'elf') return;
    expect(detail.versionNeeds.flatMap((need) => need.symbols)).toContain('__libc_start_main');
  });
});

/** Names of the promises that a real file breaks. */
describe('keeps, or breaks, the promise of a platform', () => {
  const host = process.arch === 'arm64' ? 'aarch64-linux' : 'x86_64-linux';
  const held: readonly (readonly [string, string, ArtifactKind, readonly string[]])[] = [
    ['gcc program', host, 'bin', []],
    ['gcc program', `${host}.2.17`, 'bin', ['glibc']],
    ['gcc program', `${host}-musl`, 'bin', ['linkage', 'glibc', 'foreign-libc']],
    ['gcc program with an executable stack', host, 'bin', ['executable-stack']],
    ['gcc library', host, 'cdylib', ['rpath']],
    ['gcc static program', host, 'bin', ['linkage']],
    ['rustc program', host, 'bin', []],
    ['rustc library', host, 'cdylib', []],
    ['rustc static library', host, 'staticlib', []],
    ['rustc static library', 'riscv64-linux', 'staticlib', ['machine']],
    ['musl program', 'x86_64-linux-musl', 'bin', []],
    ['aarch64 program', 'aarch64-linux', 'bin', []],
    ['aarch64 program', 'aarch64-linux.2.17', 'bin', ['glibc']],
    ['aarch64 libc.a', 'aarch64-linux', 'staticlib', []],
    ['mingw program', 'x86_64-windows', 'bin', []],
    ['mingw DLL', 'x86_64-windows', 'cdylib', []],
    ['mingw program that needs the compiler', 'x86_64-windows', 'bin', ['toolchain-library']],
    ['lld dylib', 'aarch64-macos', 'cdylib', []],
    ['lld dylib', 'x86_64-macos', 'cdylib', ['machine', 'min-os']],
    ['Darwin archive', 'aarch64-macos', 'staticlib', []],
    ['lld wasm module', 'wasm32-unknown-unknown', 'cdylib', []],
  ];
  for (const [name, platform, kind, expected] of held) {
    const sample = samples.found.find((one) => one.name === name);
    const title = `${name}, ${kind} for ${platform}: ${expected.join(', ') || 'kept'}`;
    if (!sample) test.skip(`${title}: ${lacking(name)}`, () => undefined);
    else test(title, () => expect(broken(sample, platform, kind)).toEqual(expected));
  }
});

function broken(sample: Sample, name: string, kind: ArtifactKind): readonly string[] {
  const parsed = parsePlatform(name, new Map());
  if (!parsed.ok) throw new Error(parsed.detail);
  return prove(read(sample), promiseOf(parsed.platform, kind))
    .filter(({ severity }) => severity === 'error')
    .map(({ code }) => code);
}

test('damaged real files give an answer', () => {
  let state = 1;
  const random = (below: number): number => (state = (Math.imul(state, 48271) >>> 0) % 0x7fffffff) % below;
  for (const sample of samples.found) {
    const whole = bytesOf(sample);
    const start = whole.subarray(0, 300_000);
    for (let round = 0; round < 40; round++) {
      const bytes = round % 4 === 0 ? start.slice(0, random(start.length)) : start.slice();
      for (let flips = random(6); flips > 0; flips--) bytes[random(Math.min(bytes.length, 4096))] = random(256);
      const view = viewOf(bytes);
      readBinaryView(view);
      expect(view.budget.left).toBeGreaterThan(-bytes.length - 65_600);
    }
  }
});

if (samples.missing.length > 0)
  process.stdout.write(`real-files.test: left out, because it isn't here:\n${samples.missing.map((reason) => `  ${reason}\n`).join('')}`);
