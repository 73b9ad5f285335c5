/** Damaged and malicious bytes under the whole proof: findings or a failure, never an exception, and no work beyond what the file's size allows. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { parsePlatform } from '../platform/platform.js';
import { ar, CPU, coff, elf, elfPlaces, fat, macho, pe, wasm } from '../testkit/binaries.js';
import { artifactKindOf } from './artifact-kind.js';
import { readBinary } from './binary.js';
import { promiseOf } from './promise.js';
import { proveBytes, type Proof } from './proof.js';

let hashed = 0;
const sha256 = (bytes: Uint8Array): Uint8Array => {
  hashed += bytes.length + 64;
  return createHash('sha256').update(bytes).digest();
};

function prove(bytes: Uint8Array, platform: string): Proof {
  const parsed = parsePlatform(platform, new Map());
  if (!parsed.ok) throw new Error(parsed.detail);
  const read = readBinary(bytes);
  return proveBytes('app', bytes, promiseOf(parsed.platform, read.ok ? artifactKindOf(read.value) : 'bin', { apiLevel: 21 }), { sha256, hostPaths: [{ path: '/home/me', what: 'the home folder' }] });
}

const mac = macho({ dylibs: ['/usr/lib/libSystem.B.dylib', '/opt/x.dylib'], rpaths: ['/x'], id: '/x', signature: true, chainedFixups: true });
const android = { interpreter: '/x', needed: ['libc.so.6', 'libx.so'], runpath: '/x:$ORIGIN', android: 33, tlsAlign: 8, textRelocations: true, soname: '/home/me/x' };
const versions = [{ library: 'libstdc++.so.6', names: [{ version: 'GLIBCXX_3.4.30', symbols: ['a'] }, { version: 'GLIBC_PRIVATE' }] }];

const SAMPLES: readonly (readonly [string, Uint8Array])[] = [
  ['aarch64-android', elf(android)],
  ['aarch64-linux.2.17', elf({ ...android, versions })],
  ['arm-linux-gnueabi', elf({ ...android, machine: 40, bits: 32, arm: { cpuArch: 14, vfpArgs: 1 } })],
  ['x86_64-windows', pe({ imports: ['msvcrt.dll', 'ucrtbase.dll', 'x.dll'], delayImports: ['libgcc_s_seh-1.dll'], subsystem: 1, dllCharacteristics: 0 })],
  ['aarch64-macos', mac],
  ['aarch64-macos', fat([{ cpuType: CPU.arm64, bytes: mac }])],
  ['wasm32-wasip1', wasm({ imports: ['env.f', 'x.y'], exports: ['x'] })],
  ['x86_64-linux', ar({ 'a.o': elf({ type: 1 }), 'b.o': coff() })],
];

/** A small generator, the same on every machine (xorshift32). */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

describe.each(SAMPLES)('%s', (platform, sample) => {
  test('damaged, it is proved or refused', () => {
    const random = randomOf(sample.length);
    for (let round = 0; round < 600; round++) {
      const bytes = round % 5 === 0 ? sample.slice(0, random(sample.length)) : sample.slice();
      for (let changes = 1 + random(4); changes > 0 && bytes.length > 0; changes--) {
        const at = random(bytes.length);
        if (random(2) === 0) bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
        else bytes.fill([0, 0x7f, 0xff][random(3)] ?? 0, at, at + 1 + random(8));
      }
      hashed = 0;
      const { summary, failures, warnings } = prove(bytes, platform);
      if (!summary) expect(failures).toMatchObject([{ code: 'artifact-unreadable' }]);
      for (const finding of [...failures.flatMap((failure) => (failure.code === 'promise-broken' ? failure.findings : [])), ...warnings]) {
        expect(finding.read?.offset ?? 0).toBeLessThanOrEqual(bytes.length);
      }
      expect(hashed).toBeLessThan(4 * (bytes.length + 0x1000));
    }
  });
});

describe('crafted', () => {
  const at = Buffer.from(mac).indexOf(Buffer.from([0xfa, 0xde, 0x0c, 0x02]));
  const crafted = (...patches: readonly (readonly [offset: number, byte: number])[]): Uint8Array => {
    const copy = mac.slice();
    for (const [offset, byte] of patches) copy[at + offset] = byte;
    return copy;
  };
  const found = ({ failures }: Proof): readonly string[] => failures.flatMap((failure) => (failure.code === 'promise-broken' ? failure.findings.filter(({ code }) => code === 'signature').map((one) => one.found) : []));

  test.each<[string, Uint8Array, string]>([
    ['pages of two bytes', crafted([39, 1]), 'hashes of 32 bytes for pages of 2'],
    ['hashes of no size, and 2^32 of them', crafted([36, 0], [28, 0xff], [29, 0xff], [30, 0xff], [31, 0xff]), 'hashes of 0 bytes for pages of 4096'],
    ['hashes beyond the signature', crafted([16, 0x7f]), 'the hashes of the code signature needs 32 bytes'],
    ['an end beyond the file', crafted([32, 0x7f]), 'covers '],
    ['no code directory', crafted([-4 - 4, 0x7f]), 'a code signature without a code directory'],
  ])('%s', (_, bytes, expected) => {
    hashed = 0;
    expect(found(prove(bytes, 'aarch64-macos'))).toEqual([expect.stringContaining(expected)]);
    expect(hashed).toBe(0);
  });

  test('a megabyte that is loaded ten thousand times is searched once', () => {
    const { bytes } = elfPlaces({ needed: ['libc.so.6'], soname: '/home/me/x' });
    const big = new Uint8Array(1 << 20);
    big.set(bytes);
    const headers = 10_000;
    const table = 1 << 18;
    const view = new DataView(big.buffer);
    view.setBigUint64(0x20, BigInt(table), true);
    view.setUint16(0x38, headers, true);
    for (let index = 0; index < headers; index++) {
      const header = table + 56 * index;
      if (index < 4) big.set(bytes.subarray(64 + 56 * index, 64 + 56 * (index + 1)), header);
      else {
        view.setUint32(header, 1, true);
        view.setBigUint64(header + 32, BigInt(big.length), true);
      }
    }
    const { warnings } = prove(big, 'aarch64-linux');
    expect(warnings.filter(({ code }) => code === 'host-path').map(({ found: text }) => text)).toEqual(['/home/me (the home folder), once']);
  });
});
