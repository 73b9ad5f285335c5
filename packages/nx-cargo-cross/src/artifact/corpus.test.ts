/** Wrong binaries that real tools made, each told with the right finding; and right ones, of which nothing is told. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Finding } from '../diagnostics/finding.js';
import { parsePlatform } from '../platform/platform.js';
import { makeCorpus } from '../testkit/corpus.js';
import { artifactKindOf } from './artifact-kind.js';
import { readBinary } from './binary.js';
import { joinUniversal } from './macho/join-universal.js';
import { promiseOf, type ArtifactPromise, type PromiseOptions } from './promise.js';
import { proveBytes, proveUniversalBytes, type Proof, type ProofMeans } from './proof.js';

const corpus = makeCorpus();
afterAll(() => corpus.dispose());

const means: ProofMeans = { sha256: (bytes) => createHash('sha256').update(bytes).digest(), hostPaths: [{ path: corpus.folder, what: 'the folder of the test' }] };

function promised(name: string, bytes: Uint8Array, options: PromiseOptions = {}): ArtifactPromise {
  const parsed = parsePlatform(name, new Map());
  if (!parsed.ok) throw new Error(parsed.detail);
  const binary = readBinary(bytes);
  return promiseOf(parsed.platform, binary.ok ? artifactKindOf(binary.value) : 'bin', options);
}

const allOf = ({ failures, warnings }: Proof): readonly Finding[] => [...failures.flatMap((failure) => (failure.code === 'promise-broken' ? failure.findings : [])), ...warnings];
/** `code`, with `?` behind it for a warning. */
const told = (proof: Proof): readonly string[] => allOf(proof).map(({ code, severity }) => (severity === 'warning' ? `${code}?` : code));

function sample(name: string): Uint8Array | undefined {
  const one = corpus.found.find((candidate) => candidate.name === name);
  return one && readFileSync(one.path);
}

/** Why something of the corpus is not here. */
const lacking = (...names: readonly string[]): string => corpus.missing.filter((reason) => names.some((name) => reason.startsWith(`${name}:`))).join('; ');

type Case = readonly [name: string, platform: string, told: readonly string[], options?: PromiseOptions];

const CASES: readonly Case[] = [
  ['good program', 'x86_64-linux', []],
  ['good program', 'x86_64-linux.2.17', ['glibc']],
  ['good program', 'x86_64-linux-musl', ['linkage', 'glibc', 'foreign-libc']],
  ['good program', 'aarch64-linux', ['machine', 'interpreter', 'large-pages?']],
  ['good program', 'x86_64-windows', ['format']],
  ['sections stripped', 'x86_64-linux', []],
  ['sections stripped', 'x86_64-linux.2.17', ['glibc']],
  ['loader of Nix', 'x86_64-linux', ['interpreter']],
  ['loader of Nix', 'x86_64-linux', [], { interpreter: '/nix/store/0c1b-glibc-2.40/lib/ld-linux-x86-64.so.2' }],
  ['rpath of a home folder', 'x86_64-linux', ['rpath']],
  ['runpath of a home folder', 'x86_64-linux', ['rpath']],
  ['runpath of a home folder', 'x86_64-linux', [], { allow: ['rpath:/home/me/*'] }],
  ['runpath beside the file', 'x86_64-linux', []],
  ['executable stack', 'x86_64-linux', ['executable-stack']],
  ['assembly without a stack note', 'x86_64-linux', ['executable-stack']],
  ['relocations in code', 'x86_64-linux', ['text-relocations?']],
  ['relocations in code', 'x86_64-linux-musl', ['text-relocations']],
  ['writable code', 'x86_64-linux', ['writable-code', 'page-size'], { linkage: 'static' }],
  ['fixed address', 'x86_64-linux', ['pie?']],
  ['no relro', 'x86_64-linux', ['relro?']],
  ['private symbols of glibc', 'x86_64-linux', ['glibc-private']],
  ['new C++ library', 'x86_64-linux.2.36', ['needed?']],
  ['new C++ library', 'x86_64-linux.2.28', ['glibc', 'libstdcxx', 'needed?']],
  ['C++ library linked in', 'x86_64-linux', []],
  ['program of acme', 'x86_64-linux', ['needed?']],
  ['program of acme', 'x86_64-linux', [], { allow: ['needed:libacme.so.*'] }],
  ['static program', 'x86_64-linux', ['linkage']],
  ['static program', 'x86_64-linux', [], { linkage: 'static' }],
  ['static PIE', 'x86_64-linux', [], { linkage: 'static' }],
  ['static PIE', 'x86_64-linux-musl', []],
  ['program with debug information', 'x86_64-linux', []],
  ['debug information alone', 'x86_64-linux', ['kind']],
  ['path of the source', 'x86_64-linux', ['host-path?']],
  ['ARMv7 program', 'armv7-linux-gnueabihf', []],
  ['ARMv7 program', 'arm-linux-gnueabihf', ['cpu']],
  ['ARMv7 program', 'arm-linux-gnueabihf', [], { allow: ['cpu'] }],
  ['ARMv7 program', 'armv7-linux-gnueabi', ['float-abi', 'interpreter']],
  ['soft floats', 'armv7-linux-gnueabihf', ['float-abi']],
  ['RISC-V program', 'riscv64-linux', []],
  ['RISC-V with soft floats', 'riscv64-linux', ['calling-convention']],
  ['aarch64 program', 'aarch64-linux', []],
  ['aarch64 with small pages', 'aarch64-linux', ['large-pages?']],
  ['Android library', 'aarch64-android', []],
  ['Android library with pages of 4 KB', 'aarch64-android', ['page-size', 'relro']],
  ['Android library of glibc', 'aarch64-android', ['foreign-libc']],
  ['Windows program', 'x86_64-windows', []],
  ['Windows program', 'x86_64-windows-gnullvm', ['crt']],
  ['Windows program', 'aarch64-windows-gnullvm', ['machine', 'crt']],
  ['Windows program of 32 bits', 'i686-windows', []],
  ['Windows program of 32 bits', 'x86_64-windows', ['machine', 'bits']],
  ['Windows program at a fixed address', 'x86_64-windows', ['aslr']],
  ['Windows program with executable data', 'x86_64-windows', ['nx']],
  ['Windows program at low addresses', 'x86_64-windows', ['high-entropy?']],
  ['Windows driver', 'x86_64-windows', ['subsystem']],
  ['Windows program with a window', 'x86_64-windows', []],
  ['Windows program that needs the compiler', 'x86_64-windows', ['toolchain-library', 'toolchain-library']],
  ['Windows program of two runtimes', 'x86_64-windows', ['two-crts']],
  ['macOS program', 'aarch64-macos', []],
  ['macOS program', 'x86_64-macos', ['machine', 'min-os']],
  ['macOS program for x86_64', 'x86_64-macos', []],
  ['macOS program without a signature', 'aarch64-macos', ['signature']],
  ['macOS program with an rpath', 'aarch64-macos', ['rpath']],
  ['macOS program with chained fixups', 'x86_64-macos', ['chained-fixups']],
  ['macOS program for a newer system', 'aarch64-macos', ['min-os']],
  ['macOS program for a newer system', 'aarch64-macos', [], { minOs: '13.0' }],
  ['library for iOS', 'aarch64-macos', ['min-os']],
  ['macOS program of an old SDK', 'aarch64-macos', ['sdk?']],
  ['macOS library', 'aarch64-macos', ['install-name?']],
  ['macOS program of that library', 'aarch64-macos', ['needed']],
  ['wasm module that imports a C function', 'wasm32-unknown-unknown', ['import']],
  ['wasm module that imports a C function', 'wasm32-unknown-unknown', [], { allow: ['import:env.foreign'] }],
  ['wasm module', 'wasm32-unknown-unknown', []],
  ['wasm program', 'wasm32-wasip1', []],
  ['wasm object', 'wasm32-wasip1', ['kind']],
  ['static library', 'x86_64-linux', []],
  ['static library of two machines', 'x86_64-linux', ['machine']],
  ['static library of bitcode', 'x86_64-linux', ['machine']],
  ['thin static library', 'x86_64-linux', ['kind']],
  ['x86_64 object', 'x86_64-linux', ['kind']],
];

describe('what is told of', () => {
  for (const [name, platform, expected, options] of CASES) {
    const title = `${name} as ${platform}${options ? ` ${JSON.stringify(options)}` : ''}: ${expected.join(', ') || 'nothing'}`;
    const bytes = sample(name);
    if (bytes) test(title, () => expect(told(proveBytes(name, bytes, promised(platform, bytes, options), means))).toEqual(expected));
    else test.skip(`${title}: ${lacking(name)}`, () => undefined);
  }

  test('a wrong binary of every kind is among the cases', () => {
    const seen = new Set(CASES.flatMap(([, , codes]) => codes.map((code) => code.replace('?', ''))));
    for (const code of ['machine', 'interpreter', 'glibc', 'rpath', 'needed', 'signature', 'import', 'page-size', 'aslr', 'kind']) expect(seen).toContain(code);
  });
});

describe('a signature', () => {
  const bytes = sample('macOS program');
  if (!bytes) test.skip(`of a program that somebody changed: ${lacking('macOS program')}`, () => undefined);
  else
    test('of a program that somebody changed: the page is named', () => {
      const changed = Uint8Array.from(bytes);
      const at = Buffer.from(bytes).indexOf('hello');
      changed[at] = 0x48;
      const [finding] = allOf(proveBytes('app', changed, promised('aarch64-macos', changed), means));
      const page = Math.floor(at / 0x1000);
      expect(finding).toMatchObject({ code: 'signature', read: { field: `hash of page ${page}` } });
      expect(finding?.found).toContain(`page ${page} (bytes 0x${(page * 0x1000).toString(16)} to`);
    });
});

describe('a universal program', () => {
  const names = ['macOS program', 'macOS program for x86_64', 'universal program', 'universal program between pages'];
  const [arm, intel, theirs, crooked] = names.map(sample);
  if (!arm || !intel || !theirs) {
    test.skip(lacking(...names), () => undefined);
    return;
  }
  const both = [promised('x86_64-macos', intel), promised('aarch64-macos', arm)] as const;
  const joined = joinUniversal([
    { name: 'arm', bytes: arm },
    { name: 'intel', bytes: intel },
  ]);

  test('of ours, and of llvm-lipo: nothing is told', () => {
    expect(joined.ok && told(proveUniversalBytes('app', joined.bytes, both, means))).toEqual([]);
    expect(told(proveUniversalBytes('app', theirs, both, means))).toEqual([]);
  });

  test('with a byte changed in one slice', () => {
    const changed = Uint8Array.from(theirs);
    changed[Buffer.from(theirs).lastIndexOf('hello')] = 0x48;
    expect(allOf(proveUniversalBytes('app', changed, both, means)).map(({ code, found }) => [code, /\(slice (\w+)\)$/.exec(found)?.[1]])).toEqual([['signature', 'aarch64']]);
  });

  test('of one slice, or between pages', () => {
    expect(told(proveUniversalBytes('app', arm, both, means))).toEqual(['slices']);
    if (crooked) expect(told(proveUniversalBytes('app', crooked, both, means))).toContain('slices');
  });
});

/** Files of Debian packages: what distributions build is right for them. */
describe('of Debian nothing is told that is an error', () => {
  const files: readonly (readonly [platform: string, ...paths: readonly string[]])[] = [
    ['x86_64-linux', '/bin/bash', '/bin/ls', '/usr/bin/perl', '/usr/bin/git', '/usr/bin/python3.11', '/lib/x86_64-linux-gnu/libc.so.6', '/usr/lib/x86_64-linux-gnu/libstdc++.so.6', '/usr/bin/man'],
    ['aarch64-linux', '/usr/aarch64-linux-gnu/lib/libc.so.6', '/usr/aarch64-linux-gnu/lib/libstdc++.so.6', '/usr/aarch64-linux-gnu/lib/libc.a', '/usr/lib/aarch64-linux-gnu/libssl.so.3'],
    ['armv7-linux-gnueabihf', '/usr/arm-linux-gnueabihf/lib/libc.so.6', '/usr/arm-linux-gnueabihf/lib/libstdc++.so.6'],
    ['riscv64-linux', '/usr/riscv64-linux-gnu/lib/libc.so.6', '/usr/riscv64-linux-gnu/lib/libm.so.6'],
    ['powerpc64le-linux', '/usr/powerpc64le-linux-gnu/lib/libc.so.6'],
    ['s390x-linux', '/usr/s390x-linux-gnu/lib/libc.so.6'],
    ['i686-linux', '/usr/i686-linux-gnu/lib/libc.so.6'],
    ['x86_64-linux-musl', '/usr/lib/x86_64-linux-musl/libc.a', '/usr/lib/x86_64-linux-musl/libc.so'],
    ['x86_64-windows', '/usr/x86_64-w64-mingw32/lib/libkernel32.a', '/usr/lib/x86_64-linux-gnu/wine/x86_64-windows/kernel32.dll', '/usr/lib/x86_64-linux-gnu/wine/x86_64-windows/notepad.exe'],
  ];
  for (const [platform, ...paths] of files) {
    for (const path of paths) {
      if (!existsSync(path)) test.skip(`${platform}: ${path} is not here`, () => undefined);
      else
        test(`${platform}: ${path}`, () => {
          const bytes = readFileSync(path);
          expect(proveBytes(path, bytes, promised(platform, bytes), means).failures).toEqual([]);
        });
    }
  }
});

if (corpus.missing.length > 0) process.stdout.write(`corpus.test: left out, because it isn't here:\n${corpus.missing.map((reason) => `  ${reason}\n`).join('')}`);
