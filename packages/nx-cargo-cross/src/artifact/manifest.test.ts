import { describe, expect, test } from '@jest/globals';
import { ar, CPU, elf, fat, macho, pe } from '../testkit/binaries.js';
import { readBinary } from './binary.js';
import { manifestFile, renderManifest, type Manifest, type ManifestFile } from './manifest.js';
import { parseManifest } from './parse-manifest.js';
import { ARTIFACT_KINDS } from './promise.js';

const SHA = 'ab'.repeat(32);

function file(name: string, bytes: Uint8Array, kind: ManifestFile['kind'] = 'bin'): ManifestFile {
  const binary = readBinary(bytes);
  if (!binary.ok) throw new Error(binary.problem.message);
  return manifestFile({ name, kind, size: bytes.length, sha256: SHA }, binary.value);
}

const app = elf({
  interpreter: '/lib/ld-linux-aarch64.so.1',
  needed: ['libm.so.6', 'libc.so.6'],
  versions: [{ library: 'libc.so.6', names: [{ version: 'GLIBC_2.17' }] }],
});

const manifest: Manifest = {
  schema: 1,
  crate: 'vault',
  version: '0.1.0',
  triple: 'aarch64-unknown-linux-gnu.2.17',
  platform: 'aarch64-linux',
  profile: 'release',
  features: ['b', 'a'],
  defaultFeatures: true,
  backend: { id: 'zig', version: '0.16.0' },
  toolchain: 'rustc 1.95.0 (59807616e 2026-04-14)',
  files: [file('vault', app), file('libvault.a', ar({ 'a.o': elf({ type: 1 }) }), 'staticlib')],
};

describe('rendering', () => {
  test('reads like this', () => {
    expect(renderManifest(manifest)).toBe(`{
  "schema": 1,
  "crate": "vault",
  "version": "0.1.0",
  "triple": "aarch64-unknown-linux-gnu.2.17",
  "platform": "aarch64-linux",
  "profile": "release",
  "features": [
    "a",
    "b"
  ],
  "defaultFeatures": true,
  "backend": {
    "id": "zig",
    "version": "0.16.0"
  },
  "toolchain": "rustc 1.95.0 (59807616e 2026-04-14)",
  "files": [
    {
      "name": "libvault.a",
      "kind": "staticlib",
      "size": ${manifest.files[1]?.size},
      "sha256": "${SHA}",
      "format": "elf",
      "machine": "aarch64"
    },
    {
      "name": "vault",
      "kind": "bin",
      "size": ${app.length},
      "sha256": "${SHA}",
      "format": "elf",
      "machine": "aarch64",
      "linkage": "dynamic",
      "interpreter": "/lib/ld-linux-aarch64.so.1",
      "glibc": "2.17",
      "needed": [
        "libc.so.6",
        "libm.so.6"
      ]
    }
  ]
}
`);
  });

  test('is the same whatever the order of keys, files and features', () => {
    const reversed = Object.fromEntries(Object.entries({ ...manifest, features: ['a', 'b'], files: [...manifest.files].reverse() }).reverse());
    expect(renderManifest(reversed as unknown as Manifest)).toBe(renderManifest(manifest));
  });

  test('leaves out what nobody asked to keep', () => {
    const more = { ...manifest, builtAt: '2026-11-21', files: [{ ...file('vault', app), path: '/home/me' }] };
    expect(renderManifest(more)).not.toMatch(/2026-11|home/);
  });

  test('names a library once', () => {
    const files = [file('app.exe', pe({ imports: ['ntdll.dll', 'KERNEL32.dll', 'ntdll.dll'] }))];
    expect(parseManifest(renderManifest({ ...manifest, files }))).toMatchObject({ manifest: { files: [{ needed: ['KERNEL32.dll', 'ntdll.dll'] }] } });
  });

  test('states what Windows, Android and both Macs ask for, and reads it back', () => {
    const files = [
      file('app.exe', pe({ imports: ['KERNEL32.dll', 'msvcrt.dll'] })),
      file('libapp.so', elf({ needed: ['libc.so'], android: 24 })),
      file('universal', fat([{ cpuType: CPU.x86_64, bytes: macho({ cpuType: CPU.x86_64 }) }, { cpuType: CPU.arm64, bytes: macho() }])),
    ];
    expect(files).toMatchObject([{ crt: 'msvcrt' }, { apiLevel: 24 }, { slices: ['x86_64', 'aarch64'] }]);
    const parsed = parseManifest(renderManifest({ ...manifest, files }));
    expect(parsed.ok && parsed.manifest.files).toMatchObject([{ crt: 'msvcrt' }, { apiLevel: 24 }, { slices: ['x86_64', 'aarch64'] }]);
  });

  test('states the minimum macOS', () => {
    expect(file('app', macho({ dylibs: ['/usr/lib/libSystem.B.dylib'] }))).toMatchObject({
      minOs: '11.0',
      linkage: 'dynamic',
      needed: ['/usr/lib/libSystem.B.dylib'],
    });
  });
});

describe('parsing', () => {
  test('gives back what was rendered', () => {
    const parsed = parseManifest(renderManifest(manifest));
    expect(parsed.ok && renderManifest(parsed.manifest)).toBe(renderManifest(manifest));
  });

  test.each(ARTIFACT_KINDS)('knows the kind %s', (kind) => {
    const files = [{ name: 'f', kind, size: 1, sha256: SHA }];
    expect(parseManifest(renderManifest({ ...manifest, files }))).toMatchObject({ ok: true, manifest: { files } });
  });

  const changed = (change: object): string => JSON.stringify({ ...manifest, ...change });
  const changedFile = (change: object): string => changed({ files: [manifest.files[0], { ...manifest.files[1], ...change }] });
  test.each([
    ['no JSON', '{', 'not a JSON object'],
    ['a list', '[]', 'not a JSON object'],
    ['null', 'null', 'not a JSON object'],
    ['another schema', changed({ schema: 2 }), '"schema"'],
    ['a missing key', changed({ crate: undefined }), '"crate"'],
    ['a number for a text', changed({ version: 1 }), '"version"'],
    ['features that are no texts', changed({ features: ['a', 1] }), '"features"'],
    ['a backend without version', changed({ backend: { id: 'zig' } }), '"backend"'],
    ['files that are no list', changed({ files: {} }), '"files"'],
    ['a file that is no object', changed({ files: [null] }), '"files[0]"'],
    ['a name that leads out of the folder', changedFile({ name: '../app' }), '"files[1].name"'],
    ['a name that leads to the folder above', changedFile({ name: '..' }), '"files[1].name"'],
    ['a digest of other length', changedFile({ sha256: 'ab' }), '"files[1].sha256"'],
    ['a negative size', changedFile({ size: -1 }), '"files[1].size"'],
    ['an unknown kind', changedFile({ kind: 'rlib' }), '"files[1].kind"'],
    ['an unknown C runtime', changedFile({ crt: 'glibc' }), '"files[1].crt"'],
    ['an API level in words', changedFile({ apiLevel: '24' }), '"files[1].apiLevel"'],
    ['slices that are no texts', changedFile({ slices: [1] }), '"files[1].slices"'],
    ['an unknown linkage', changedFile({ linkage: 'half' }), '"files[1].linkage"'],
  ])('%s is refused by name', (_, text, message) => {
    expect(parseManifest(text)).toEqual({ ok: false, message: expect.stringContaining(message) });
  });
});
