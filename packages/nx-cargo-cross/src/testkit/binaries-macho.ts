/** Mach-O files, thin and universal, made to measure. */
import { createHash } from 'node:crypto';
import { ascii, writer, type Endian } from './binaries-writer.js';

export interface MachoOptions {
  readonly bits?: 32 | 64;
  readonly endian?: Endian;
  /** arm64 when nothing is said. */
  readonly cpuType?: number;
  readonly cpuSubtype?: number;
  /** MH_EXECUTE (2) when nothing is said. */
  readonly fileType?: number;
  /** LC_BUILD_VERSION: platform number and minimum version; macOS 11.0 when nothing is said. */
  readonly builds?: readonly { readonly platform: number; readonly min: string; readonly sdk?: string }[];
  /** LC_VERSION_MIN_MACOSX. */
  readonly versionMin?: string;
  readonly dylibs?: readonly string[];
  readonly weakDylibs?: readonly string[];
  readonly rpaths?: readonly string[];
  readonly id?: string;
  /** Ad hoc, with the right hashes. */
  readonly signature?: boolean;
  /** What is signed, by its name; `app` when nothing is said. */
  readonly identifier?: string;
  readonly chainedFixups?: boolean;
  /** `initprot` of the segment; readable and executable when nothing is said. */
  readonly protection?: number;
}

export const CPU = { i386: 7, x86_64: 0x01000007, arm64: 0x0100000c } as const;

export function macho(options: MachoOptions = {}): Uint8Array<ArrayBuffer> {
  const { bits = 64, endian = 'little', builds = options.versionMin === undefined ? [{ platform: 1, min: '11.0' }] : [] } = options;
  const commands = writer(endian);
  let count = 0;
  const command = (number: number, size: number, body: () => void): void => {
    const start = commands.size();
    commands.numbers(4, number, 0);
    body();
    commands.align(8);
    commands.patch(start + 4, Math.max(size, commands.size() - start), 4);
    count++;
  };
  const named = (number: number, name: string, before: readonly number[]): void =>
    command(number, 0, () => {
      commands.numbers(4, 12 + 4 * before.length, ...before);
      commands.text(name);
    });
  command(bits === 64 ? 0x19 : 0x1, 0, () => {
    commands.bytes(new Array<number>(16).fill(0x5f));
    commands.numbers(bits === 64 ? 8 : 4, 0, 0, 0, 0);
    commands.numbers(4, 5, options.protection ?? 5, 0, 0);
  });
  if (options.id !== undefined) named(0xd, options.id, [0, 0, 0]);
  for (const dylib of options.dylibs ?? []) named(0xc, dylib, [0, 0, 0]);
  for (const dylib of options.weakDylibs ?? []) named(0x80000018, dylib, [0, 0, 0]);
  for (const { platform, min, sdk = '14.2' } of builds) command(0x32, 0, () => commands.numbers(4, platform, packed(min), packed(sdk), 0));
  if (options.versionMin !== undefined) command(0x24, 0, () => commands.numbers(4, packed(options.versionMin ?? ''), packed('14.2')));
  for (const rpath of options.rpaths ?? []) named(0x8000001c, rpath, []);
  if (options.chainedFixups) command(0x80000034, 0, () => commands.numbers(4, 0, 0));
  const signed = options.signature ? commands.size() : -1;
  if (options.signature) command(0x1d, 0, () => commands.numbers(4, 0, 0));
  const headerSize = bits === 64 ? 32 : 28;
  const limit = headerSize + commands.size();
  if (signed >= 0) {
    commands.patch(signed + 8, limit, 4);
    commands.patch(signed + 12, signatureSize(limit, options.identifier), 4);
  }

  const out = writer(endian);
  out.numbers(4, bits === 64 ? 0xfeedfacf : 0xfeedface, options.cpuType ?? CPU.arm64, options.cpuSubtype ?? 0, options.fileType ?? 2);
  out.numbers(4, count, commands.size(), 0x200085);
  if (bits === 64) out.number(0, 4);
  out.bytes(commands.done());
  const code = out.done();
  if (signed < 0) return code;
  out.bytes(signature(code, options.identifier));
  return out.done();
}

const PAGE = 0x1000;
const IDENTIFIER_AT = 44;

function hashesAt(identifier: string): number {
  return IDENTIFIER_AT + identifier.length + 1;
}

function signatureSize(limit: number, identifier = 'app'): number {
  return 20 + hashesAt(identifier) + 32 * Math.ceil(limit / PAGE);
}

/** One code directory of SHA-256 hashes (Apple's `kern/cs_blobs.h`). */
function signature(code: Uint8Array, identifier = 'app'): Uint8Array {
  const out = writer('big');
  const pages = Math.ceil(code.length / PAGE);
  out.numbers(4, 0xfade0cc0, signatureSize(code.length, identifier), 1, 0, 20);
  out.numbers(4, 0xfade0c02, hashesAt(identifier) + 32 * pages, 0x20001, 2, hashesAt(identifier), IDENTIFIER_AT, 0, pages, code.length);
  out.bytes([32, 2, 0, 12]);
  out.number(0, 4);
  out.bytes(ascii(`${identifier}\0`));
  for (let page = 0; page < pages; page++) out.bytes(createHash('sha256').update(code.subarray(page * PAGE, (page + 1) * PAGE)).digest());
  return out.done();
}

/** A universal file of slices, each with its cputype. */
export function fat(slices: readonly { readonly cpuType: number; readonly bytes: Uint8Array }[], bits: 32 | 64 = 32): Uint8Array<ArrayBuffer> {
  const out = writer('big');
  out.numbers(4, bits === 64 ? 0xcafebabf : 0xcafebabe, slices.length);
  const word = bits === 64 ? 8 : 4;
  let offset = 0x1000;
  for (const { cpuType, bytes } of slices) {
    out.numbers(4, cpuType, 0);
    out.numbers(word, offset, bytes.length);
    out.numbers(4, 12, ...(bits === 64 ? [0] : []));
    offset += Math.ceil(bytes.length / 0x1000) * 0x1000;
  }
  for (const { bytes } of slices) {
    out.align(0x1000);
    out.bytes(bytes);
  }
  return out.done();
}

function packed(version: string): number {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return major * 0x10000 + minor * 0x100 + patch;
}
