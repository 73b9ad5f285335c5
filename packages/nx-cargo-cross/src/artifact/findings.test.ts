/** Every finding of the policy, made on purpose in a small file: what is told, how it is judged, where it was read, and that it can be accepted. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { FINDING_CODES, type Finding, type FindingCode } from '../diagnostics/finding.js';
import { parsePlatform } from '../platform/platform.js';
import { ar, CPU, elf, fat, macho, pe, wasm, type ElfOptions, type MachoOptions } from '../testkit/binaries.js';
import { ALLOWABLE, POLICY } from './policy.js';
import { promiseOf, type ArtifactKind, type ArtifactPromise, type PromiseOptions } from './promise.js';
import { proveBytes, proveUniversalBytes, type ProofMeans } from './proof.js';

function promise(name: string, artifact: ArtifactKind = 'bin', options: PromiseOptions = {}): ArtifactPromise {
  const parsed = parsePlatform(name, new Map());
  if (!parsed.ok) throw new Error(parsed.detail);
  return promiseOf(parsed.platform, artifact, options);
}

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const means: ProofMeans = {
  sha256,
  hostPaths: [
    { path: '/home/me/code', what: 'the workspace' },
    { path: '/home/me', what: 'the home folder' },
    { path: '/home/me/.cargo', what: "cargo's home", expected: true },
    { path: '/', what: 'a home folder that is none' },
  ],
};

function findings(bytes: Uint8Array, promised: ArtifactPromise): readonly Finding[] {
  const { failures, warnings } = proveBytes('app', bytes, promised, means);
  return [...failures.flatMap((failure) => (failure.code === 'promise-broken' ? failure.findings : [])), ...warnings];
}

const gnu: ElfOptions = { interpreter: '/lib/ld-linux-aarch64.so.1', needed: ['libc.so.6'] };
const android: ElfOptions = { interpreter: '/system/bin/linker64', needed: ['libc.so'], tlsAlign: 64 };
const muslStatic: ElfOptions = { machine: 62, type: 2, bare: true };
const armMusl: ElfOptions = { machine: 40, bits: 32, type: 2, bare: true, flags: 0x05000400 };
const mac: MachoOptions = { dylibs: ['/usr/lib/libSystem.B.dylib'], signature: true };
const windows = { imports: ['KERNEL32.dll'] };
const cpp = (version: string): ElfOptions => ({ ...gnu, versions: [{ library: 'libstdc++.so.6', names: [{ version, symbols: ['_ZSt4cout'] }] }] });

/** A file with a text in its only segment. */
const holding = (text: string): Uint8Array => elf({ ...gnu, soname: `x ${text} y` });

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice();
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

type Expected = readonly [code: FindingCode, severity: 'error' | 'warning', found: string, field: string | undefined, word?: string];

const CASES: readonly (readonly [string, Uint8Array, ArtifactPromise, readonly Expected[]])[] = [
  ['format', pe(windows), promise('aarch64-linux'), [['format', 'error', 'PE', undefined]]],
  ['kind', elf({ needed: ['libc.so.6'] }), promise('aarch64-linux'), [['kind', 'error', 'shared library', 'e_type']]],
  ['machine', elf({ ...gnu, machine: 164 }), promise('aarch64-linux'), [['machine', 'error', 'machine 0xa4', 'e_machine']]],
  ['machine of Windows', pe({ ...windows, machine: 0xaa64 }), promise('x86_64-windows'), [['machine', 'error', 'aarch64', 'Machine']]],
  ['machine of macOS', macho({ ...mac, cpuType: CPU.x86_64 }), promise('aarch64-macos'), [['machine', 'error', 'x86_64', 'cputype']]],
  ['bits', elf({ ...muslStatic, bits: 32 }), promise('x86_64-linux-musl'), [['bits', 'error', '32-bit', 'EI_CLASS']]],
  ['byte order', elf({ ...gnu, endian: 'big' }), promise('aarch64-linux'), [['byte-order', 'error', 'big-endian', 'EI_DATA']]],
  [
    'calling convention',
    elf({ machine: 243, flags: 1, interpreter: '/lib/ld-linux-riscv64-lp64d.so.1', needed: ['libc.so.6'] }),
    promise('riscv64-linux'),
    [['calling-convention', 'error', 'lp64', 'e_flags']],
  ],
  ['float ABI', elf({ ...armMusl, flags: 0x05000200 }), promise('armv7-linux-musleabihf'), [['float-abi', 'error', 'soft', 'e_flags']]],
  ['newer CPU', elf({ ...armMusl, arm: { cpuArch: 10 } }), promise('arm-linux-musleabihf'), [['cpu', 'error', 'ARMv7', '.ARM.attributes', 'cpu']]],
  ['static for dynamic', elf({ type: 2, bare: true }), promise('aarch64-linux'), [['linkage', 'error', 'static', 'e_type']]],
  [
    'loader',
    elf({ ...gnu, interpreter: '/gnu/store/abc/ld-linux-aarch64.so.1' }),
    promise('aarch64-linux'),
    [['interpreter', 'error', '/gnu/store/abc/ld-linux-aarch64.so.1, which is in a private store of Guix', 'PT_INTERP', 'interpreter:/gnu/store/abc/ld-linux-aarch64.so.1']],
  ],
  ['fixed address', elf({ ...gnu, type: 2 }), promise('aarch64-linux'), [['pie', 'warning', 'fixed address', 'e_type', 'pie']]],
  ['fixed address on Android', elf({ ...android, type: 2 }), promise('aarch64-android'), [['pie', 'error', 'fixed address', 'e_type', 'pie']]],
  [
    'newer glibc',
    elf({ ...gnu, versions: [{ library: 'libc.so.6', names: [{ version: 'GLIBC_2.34' }] }] }),
    promise('aarch64-linux.2.17'),
    [['glibc', 'error', '2.34: GLIBC_2.34 of libc.so.6', 'DT_VERNEED']],
  ],
  [
    'relocations of glibc 2.36',
    elf({ ...gnu, versions: [{ library: 'libc.so.6', names: [{ version: 'GLIBC_ABI_DT_RELR' }] }] }),
    promise('aarch64-linux.2.28'),
    [['glibc', 'error', '2.36: GLIBC_ABI_DT_RELR of libc.so.6', 'DT_VERNEED']],
  ],
  [
    'private glibc',
    elf({ ...gnu, versions: [{ library: 'libc.so.6', names: [{ version: 'GLIBC_PRIVATE' }] }] }),
    promise('aarch64-linux'),
    [['glibc-private', 'error', 'GLIBC_PRIVATE of libc.so.6', 'DT_VERNEED', 'glibc-private']],
  ],
  ['newer libstdc++', elf(cpp('GLIBCXX_3.4.29')), promise('aarch64-linux.2.31'), [['libstdcxx', 'error', 'GLIBCXX_3.4.29 of libstdc++.so.6 (_ZSt4cout)', 'DT_VERNEED', 'libstdcxx']]],
  ['newer C++ ABI', elf(cpp('CXXABI_1.3.13')), promise('aarch64-linux.2.31'), [['libstdcxx', 'error', 'CXXABI_1.3.13 of libstdc++.so.6 (_ZSt4cout)', 'DT_VERNEED', 'libstdcxx']]],
  ['newer macOS', macho({ ...mac, builds: [{ platform: 1, min: '13.0' }] }), promise('aarch64-macos'), [['min-os', 'error', '13.0', 'LC_BUILD_VERSION']]],
  ['newer macOS in the old way', macho({ ...mac, cpuType: CPU.x86_64, versionMin: '10.13' }), promise('x86_64-macos'), [['min-os', 'error', '10.13', 'LC_VERSION_MIN']]],
  ['old SDK', macho({ ...mac, builds: [{ platform: 1, min: '11.0', sdk: '10.8' }] }), promise('aarch64-macos'), [['sdk', 'warning', '10.8', 'LC_BUILD_VERSION', 'sdk']]],
  ['no SDK', macho({ ...mac, builds: [{ platform: 1, min: '11.0', sdk: '0.0' }] }), promise('aarch64-macos'), [['sdk', 'warning', 'not stated', 'LC_BUILD_VERSION', 'sdk']]],
  ['newer Android', elf({ ...android, android: 33 }), promise('aarch64-android', 'bin', { apiLevel: 24 }), [['api-level', 'error', '33', 'NT_ANDROID_TYPE_IDENT']]],
  ['glibc in musl', elf({ machine: 62, needed: ['libc.so.6'] }), promise('x86_64-linux-musl', 'cdylib'), [['foreign-libc', 'error', 'libc.so.6', 'DT_NEEDED', 'foreign-libc:libc.so.6']]],
  ['DLL of the compiler', pe({ imports: ['libstdc++-6.dll'] }), promise('x86_64-windows'), [['toolchain-library', 'error', 'libstdc++-6.dll', 'import table', 'toolchain-library:libstdc++-6.dll']]],
  ['DLL of the compiler, late', pe({ ...windows, delayImports: ['libunwind.dll'] }), promise('x86_64-windows-gnullvm'), [['toolchain-library', 'error', 'libunwind.dll', 'delay import table', 'toolchain-library:libunwind.dll']]],
  ['other library', elf({ ...gnu, needed: ['libc.so.6', 'libssl.so.3'] }), promise('aarch64-linux'), [['needed', 'warning', 'libssl.so.3', 'DT_NEEDED', 'needed:libssl.so.3']]],
  ['other library on Android', elf({ ...android, needed: ['libc.so', 'libcrypto.so'] }), promise('aarch64-android'), [['needed', 'error', 'libcrypto.so', 'DT_NEEDED', 'needed:libcrypto.so']]],
  ['other DLL', pe({ imports: ['KERNEL32.dll', 'zlib1.dll'] }), promise('x86_64-windows'), [['needed', 'warning', 'zlib1.dll', 'import table', 'needed:zlib1.dll']]],
  ['dylib elsewhere', macho({ ...mac, dylibs: ['/opt/homebrew/lib/libz.dylib'] }), promise('aarch64-macos'), [['needed', 'error', '/opt/homebrew/lib/libz.dylib', 'LC_LOAD_DYLIB', 'needed:/opt/homebrew/lib/libz.dylib']]],
  ['other C runtime', pe({ imports: ['msvcrt.dll'] }), promise('x86_64-windows-gnullvm'), [['crt', 'error', 'msvcrt.dll', 'import table', 'crt']]],
  ['C runtime that was to be linked in', pe({ imports: ['VCRUNTIME140.dll'] }), promise('x86_64-windows-msvc', 'bin', { linkage: 'static' }), [['crt', 'error', 'VCRUNTIME140.dll', 'import table', 'crt']]],
  ['two C runtimes', pe({ imports: ['msvcrt.dll', 'ucrtbase.dll'] }), promise('x86_64-windows'), [['two-crts', 'error', 'msvcrt.dll and the Universal CRT', 'import table', 'two-crts']]],
  ['import of WASI', wasm({ imports: ['env.sqlite3_open'], exports: ['_start', 'memory'] }), promise('wasm32-wasip1'), [['import', 'error', 'env.sqlite3_open', 'import of a function', 'import:env.sqlite3_open']]],
  ['import of bare wasm', wasm({ imports: ['env.malloc', 'env.proxy_log', 'game.draw'] }), promise('wasm32-unknown-unknown', 'cdylib'), [['import', 'error', 'env.malloc', 'import of a function', 'import:env.malloc']]],
  ['no start', wasm({ exports: ['memory'] }), promise('wasm32-wasip1'), [['export', 'error', 'none of that name', undefined, 'export:_start']]],
  ['rpath', elf({ ...gnu, rpath: '/opt/lib' }), promise('aarch64-linux'), [['rpath', 'error', '/opt/lib', 'DT_RPATH', 'rpath:/opt/lib']]],
  ['runpath among good ones', elf({ ...gnu, runpath: '$ORIGIN:/opt/lib' }), promise('aarch64-linux'), [['rpath', 'error', '/opt/lib', 'DT_RUNPATH', 'rpath:/opt/lib']]],
  ['rpath of macOS', macho({ ...mac, rpaths: ['@loader_path/x', '/Users/me'] }), promise('aarch64-macos'), [['rpath', 'error', '/Users/me', 'LC_RPATH', 'rpath:/Users/me']]],
  ['rpath of the system', elf({ ...gnu, runpath: '/usr/lib/acme' }), promise('aarch64-linux'), [['system-rpath', 'warning', '/usr/lib/acme', 'DT_RUNPATH', 'system-rpath:/usr/lib/acme']]],
  ['rpath of a compiler', elf({ ...gnu, runpath: '/usr/lib/gcc-cross/x' }), promise('aarch64-linux'), [['rpath', 'error', '/usr/lib/gcc-cross/x', 'DT_RUNPATH', 'rpath:/usr/lib/gcc-cross/x']]],
  ['path that every build holds', holding('/home/me/.cargo/registry/src/a.rs'), promise('aarch64-linux'), []],
  ['install name', macho({ ...mac, fileType: 6, id: '/Users/me/target/libgreet.dylib' }), promise('aarch64-macos', 'cdylib'), [['install-name', 'warning', '/Users/me/target/libgreet.dylib', 'LC_ID_DYLIB', 'install-name']]],
  ['no soname', elf({ needed: ['libc.so'] }), promise('aarch64-android', 'cdylib'), [['soname', 'warning', 'none', undefined, 'soname']]],
  ['path of the workspace', holding('/home/me/code/a.rs /home/me/code/b.rs'), promise('aarch64-linux'), [['host-path', 'warning', '/home/me/code (the workspace), 2 times', 'data', 'host-path:/home/me/code']]],
  ['path of the home folder', holding('/home/me/secrets'), promise('aarch64-linux'), [['host-path', 'warning', '/home/me (the home folder), once', 'data', 'host-path:/home/me']]],
  ['executable stack', elf({ ...gnu, stack: 7 }), promise('aarch64-linux'), [['executable-stack', 'error', 'executable', 'p_flags of PT_GNU_STACK', 'executable-stack']]],
  ['text relocations', elf({ ...gnu, textRelocations: true }), promise('aarch64-linux'), [['text-relocations', 'warning', 'relocations in code', 'DT_TEXTREL', 'text-relocations']]],
  ['text relocations on Android', elf({ ...android, textRelocations: true }), promise('aarch64-android'), [['text-relocations', 'error', 'relocations in code', 'DT_TEXTREL', 'text-relocations']]],
  ['writable code', elf({ ...gnu, loadFlags: 7 }), promise('aarch64-linux'), [['writable-code', 'error', 'a segment that is both', 'p_flags of PT_LOAD', 'writable-code']]],
  ['writable code of macOS', macho({ ...mac, protection: 7 }), promise('aarch64-macos'), [['writable-code', 'error', 'a segment that is both', 'initprot of ________________', 'writable-code']]],
  ['small pages', elf({ ...muslStatic, loadAlign: 0x200 }), promise('x86_64-linux-musl'), [['page-size', 'error', 'pages of up to 512 bytes', 'p_align of PT_LOAD', 'page-size']]],
  ['4 KB pages on Android', elf({ ...android, loadAlign: 0x1000 }), promise('aarch64-android'), [['page-size', 'error', 'pages of up to 4 KB', 'p_align of PT_LOAD', 'page-size']]],
  ['4 KB pages on aarch64', elf({ ...gnu, loadAlign: 0x1000 }), promise('aarch64-linux'), [['large-pages', 'warning', 'pages of up to 4 KB', 'p_align of PT_LOAD', 'large-pages']]],
  ['no relro', elf({ ...gnu, relroEnd: null }), promise('aarch64-linux'), [['relro', 'warning', 'they stay writable', undefined, 'relro']]],
  [
    'relro that ends within a page of Android',
    elf({ ...android, loadFlags: 6, relroEnd: 0x80 }),
    promise('aarch64-android'),
    [['relro', 'error', 'ends at 0x80, with 392 writable bytes on the same page: the program ends when it writes to them', 'PT_GNU_RELRO', 'relro']],
  ],
  ['alignment of thread-local variables', elf({ ...android, tlsAlign: 8 }), promise('aarch64-android'), [['tls-alignment', 'error', '8', 'p_align of PT_TLS', 'tls-alignment']]],
  ['subsystem', pe({ ...windows, subsystem: 10 }), promise('x86_64-windows'), [['subsystem', 'error', 'efi', 'Subsystem', 'subsystem']]],
  ['fixed address on Windows', pe({ ...windows, dllCharacteristics: 0x100 }), promise('x86_64-windows'), [['aslr', 'error', 'fixed address', 'DllCharacteristics', 'aslr']]],
  ['random address without relocations', pe({ ...windows, characteristics: 1 }), promise('x86_64-windows'), [['aslr', 'error', 'fixed address', 'DllCharacteristics', 'aslr']]],
  ['executable data', pe({ ...windows, dllCharacteristics: 0x60 }), promise('x86_64-windows'), [['nx', 'error', 'all data is executable', 'DllCharacteristics', 'nx']]],
  ['low addresses', pe({ ...windows, dllCharacteristics: 0x140 }), promise('x86_64-windows'), [['high-entropy', 'warning', 'addresses below 4 GiB', 'DllCharacteristics', 'high-entropy']]],
  ['no signature', macho({ ...mac, signature: false }), promise('aarch64-macos'), [['signature', 'error', 'none', undefined, 'signature']]],
  [
    'chained fixups for an old macOS',
    macho({ ...mac, cpuType: CPU.x86_64, versionMin: '10.12', chainedFixups: true }),
    promise('x86_64-macos'),
    [['chained-fixups', 'error', 'chained fixups, which macOS 11.0 and newer load', 'LC_DYLD_CHAINED_FIXUPS', 'chained-fixups']],
  ],
];

describe('is found', () => {
  test.each(CASES)('%s', (_, bytes, promised, expected) => {
    const found = findings(bytes, promised);
    expect(found.map(({ code, severity, found: text, read, allow }) => [code, severity, text, read?.field, ...(allow === undefined ? [] : [allow])])).toEqual(expected);
    for (const { read, help, promised: wanted } of found) {
      expect(wanted).not.toBe('');
      expect(help).toMatch(/^[A-Z"].{20,}[.)]$/);
      if (read) expect(read.offset).toBeLessThan(bytes.length);
    }
  });

  test('every code of the policy is found by some test here', () => {
    const seen = new Set<string>([...CASES.flatMap(([, , , expected]) => expected.map(([code]) => code)), 'slices']);
    expect(FINDING_CODES.filter((code) => !seen.has(code))).toEqual([]);
  });
});

describe('is read where it says', () => {
  const text = (bytes: Uint8Array, at: number, length: number): string => Buffer.from(bytes.subarray(at, at + length)).toString('latin1');

  test.each<[string, Uint8Array, ArtifactPromise, FindingCode]>([
    ['loader', elf({ ...gnu, interpreter: '/opt/ld.so' }), promise('aarch64-linux'), 'interpreter'],
    ['library', elf({ ...gnu, needed: ['libssl.so.3'] }), promise('aarch64-linux'), 'needed'],
    ['library of a 32-bit big-endian file', elf({ bits: 32, endian: 'big', machine: 20, interpreter: '/lib/ld.so.1', needed: ['libx.so'] }), promise('powerpc-linux'), 'needed'],
    ['rpath', elf({ ...gnu, rpath: '/opt/lib' }), promise('aarch64-linux'), 'rpath'],
    ['DLL', pe({ imports: ['libstdc++-6.dll'] }), promise('x86_64-windows'), 'toolchain-library'],
    ['dylib', macho({ ...mac, dylibs: ['/opt/x.dylib'] }), promise('aarch64-macos'), 'needed'],
    ['dylib in a slice', fat([{ cpuType: CPU.arm64, bytes: macho({ ...mac, dylibs: ['/opt/x.dylib'] }) }]), promise('aarch64-macos'), 'needed'],
    ['path', holding('/home/me/code/a.rs'), promise('aarch64-linux'), 'host-path'],
  ])('%s', (_, bytes, promised, code) => {
    const finding = findings(bytes, promised).find((one) => one.code === code);
    if (!finding?.read) throw new Error('not found, or not read anywhere');
    expect(text(bytes, finding.read.offset, finding.read.value.length)).toBe(finding.read.value);
  });
});

describe('accepted', () => {
  test.each(CASES.flatMap(([name, bytes, { platform, artifact }, expected]) => expected.flatMap(([code, , , , word]) => (word === undefined ? [] : [[name, bytes, platform, artifact, code, word] as const]))))(
    '%s',
    (_, bytes, platform, artifact, code, word) => {
      const [name, floor] = /^(.*)\.(2\.\d+)$/.exec(platform)?.slice(1) ?? [platform];
      const options = (allow: readonly string[]): PromiseOptions => ({ allow, ...(floor === undefined ? {} : { glibc: { major: 2, minor: Number(floor.slice(2)) } }), apiLevel: 24 });
      const codes = (allow: readonly string[]): readonly string[] => findings(bytes, promise(name ?? '', artifact, options(allow))).map((one) => one.code);
      for (const allow of [[word], [code], [`${word.slice(0, -1)}${word.includes(':') ? '*' : word.slice(-1)}`]]) expect(codes(allow)).not.toContain(code);
    },
  );

  test.each([['rpath:/opt'], ['rpath:/opt/lib/x'], ['rpaths'], ['needed:/opt/lib'], ['machine']])('"%s" accepts another finding', (word) => {
    expect(findings(elf({ ...gnu, machine: 62, rpath: '/opt/lib' }), promise('aarch64-linux', 'bin', { allow: [word] })).map(({ code }) => code)).toEqual(['machine', 'rpath']);
  });

  test('what a file cannot be without is not accepted', () => {
    for (const code of ['format', 'kind', 'machine', 'bits', 'linkage', 'glibc', 'min-os'] as const) expect(ALLOWABLE).not.toContain(code);
    expect(Object.entries(POLICY).filter(([, row]) => row.names && !row.allowable)).toEqual([]);
  });
});

describe('the signature of a Mach-O file', () => {
  const program = macho({ ...mac, dylibs: Array.from({ length: 300 }, (_, index) => `/usr/lib/lib${index}.dylib`) });

  test.each([
    [0x1c, 0],
    [0x1234, 1],
    [0x2fff, 2],
  ])('the byte at %i changed: page %i has another hash', (at, page) => {
    const changed = flipped(program, at);
    const finding = findings(changed, promise('aarch64-macos')).find(({ code }) => code === 'signature');
    expect(finding).toMatchObject({ severity: 'error', read: { field: `hash of page ${page}` } });
    expect(finding?.found).toContain(`page ${page} (bytes 0x${(page * 0x1000).toString(16)} to `);
    expect(Buffer.from(program.subarray(finding?.read?.offset, (finding?.read?.offset ?? 0) + 32)).toString('hex')).toBe(finding?.read?.value);
  });

  test('in a universal file, too', () => {
    const bytes = fat([{ cpuType: CPU.arm64, bytes: program }]);
    expect(findings(bytes, promise('aarch64-macos'))).toEqual([]);
    expect(findings(flipped(bytes, 0x1000 + 0x1234), promise('aarch64-macos'))).toMatchObject([{ code: 'signature', found: expect.stringContaining('page 1 (bytes 0x2000 to 0x3000)') }]);
  });

  test('of a file that needs none is held against the pages all the same', () => {
    const intel = macho({ ...mac, cpuType: CPU.x86_64, versionMin: '10.12' });
    expect(findings(intel, promise('x86_64-macos'))).toEqual([]);
    expect(findings(flipped(intel, 0x44), promise('x86_64-macos')).map(({ code }) => code)).toEqual(['signature']);
  });

  test('that makes no sense, or covers too little', () => {
    const start = Buffer.from(program).indexOf(Buffer.from([0xfa, 0xde, 0x0c, 0xc0]));
    const limit = start + 20 + 32;
    const messages = [start, start + 20, limit + 3, start + 20 + 37, start + 20 + 31].map((at) => findings(flipped(program, at), promise('aarch64-macos')).find(({ code }) => code === 'signature')?.found);
    expect(messages).toEqual([
      'a code signature that starts with 0xfbde0cc0',
      'a code directory that starts with 0xfbde0c02',
      `covers ${start ^ 1}`,
      'other hashes only, which no current macOS takes',
      expect.stringMatching(/^the hashes of the code signature needs 160 bytes/),
    ]);
  });
});

describe('a universal file as a platform', () => {
  const both = [promise('x86_64-macos'), promise('aarch64-macos')] as const;
  const slice = (cpuType: number): { readonly cpuType: number; readonly bytes: Uint8Array } => ({ cpuType, bytes: macho({ ...mac, cpuType, ...(cpuType === CPU.x86_64 ? { versionMin: '10.12' } : {}) }) });
  const found = (bytes: Uint8Array): readonly string[] =>
    proveUniversalBytes('app', bytes, both, means).failures.flatMap((failure) => (failure.code === 'promise-broken' ? failure.findings.map((one) => `${one.code}: ${one.found}`) : [failure.code]));

  test.each<[string, Uint8Array, readonly string[]]>([
    ['one slice', fat([slice(CPU.x86_64)]), ['slices: x86_64']],
    ['no universal file', slice(CPU.arm64).bytes, ['slices: aarch64']],
    ['a slice too many', fat([slice(CPU.x86_64), { cpuType: CPU.i386, bytes: macho({ bits: 32, cpuType: CPU.i386 }) }, slice(CPU.arm64)]), ['slices: x86_64 and i386 and aarch64', 'slices: the slice for aarch64 starts at 12288']],
    ['a slice between pages', fat([slice(CPU.x86_64), slice(CPU.arm64)]), ['slices: the slice for aarch64 starts at 8192']],
    ['a static library', ar({}), ['slices: no Mach-O file']],
  ])('%s', (_, bytes, expected) => {
    expect(found(bytes)).toEqual(expected);
  });
});
