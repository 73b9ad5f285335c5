import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { renderManifest, type Manifest } from '../artifact/manifest.js';
import { macho } from '../testkit/binaries.js';
import { aBuild } from '../testkit/builders.js';
import { aTempFolder } from '../testkit/temp.js';
import { buildUniversal, universalFolders, type UniversalRequest } from './universal.js';

const folder = aTempFolder('universal');
let count = 0;

const INTEL = macho({ cpuType: 0x01000007, cpuSubtype: 3, versionMin: '10.12', dylibs: ['/usr/lib/libSystem.B.dylib'] });
const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const part = (name: string, more: Partial<Manifest> = {}): Manifest => ({
  schema: 1,
  crate: 'vault',
  version: '1.2.3',
  triple: 'x86_64-apple-darwin',
  platform: 'x86_64-macos',
  profile: 'release',
  features: [],
  defaultFeatures: true,
  backend: { id: 'zig', version: '0.16.0' },
  toolchain: 'rustc 1.95.0',
  files: [{ name, kind: 'bin', size: INTEL.length, sha256: sha(INTEL) }],
  ...more,
});

/** Lays out parts; `content` is every file's. */
async function join2(intel: Manifest | string | undefined, arm: Manifest | string | undefined, content = INTEL) {
  const workspaceRoot = join(folder, String(count++));
  const request: UniversalRequest = {
    task: 'vault:cross-universal-macos',
    project: 'vault',
    crate: 'vault',
    parts: [aBuild('x86_64-macos'), aBuild('aarch64-macos')],
    outDir: 'dist/cross',
    workspaceRoot,
    env: {},
  };
  for (const [index, manifest] of [intel, arm].entries()) {
    if (manifest === undefined) continue;
    const to = universalFolders(request).from[index] ?? '';
    mkdirSync(to, { recursive: true });
    writeFileSync(join(to, 'manifest.json'), typeof manifest === 'string' ? manifest : renderManifest(manifest));
    if (typeof manifest !== 'string') for (const { name } of manifest.files) writeFileSync(join(to, name), content);
  }
  return buildUniversal(request, { means: {}, warn: () => undefined });
}

describe('what cannot be joined is said:', () => {
  test.each<readonly [string, Manifest | string | undefined, Manifest | string | undefined, RegExp, Uint8Array<ArrayBuffer>]>([
    ['a part that is not built', part('vault'), undefined, /aarch64-macos is not built/, INTEL],
    ['a manifest that is none', part('vault'), '{', /is no manifest/, INTEL],
    ['parts of two profiles', part('vault'), part('vault', { profile: 'dev' }), /another profile: "release" and "dev"/, INTEL],
    ['parts of two toolchains', part('vault'), part('vault', { toolchain: 'rustc 1.96.0' }), /another toolchain/, INTEL],
    ['a program of one processor only', part('vault'), part('other'), /vault was built for one of the processors only/, INTEL],
    ['a file that was changed since', part('vault'), part('vault'), /was changed after it was built/, macho()],
    ['two files for one processor', part('vault'), part('vault'), /both for x86_64/, INTEL],
  ])('%s', async (_, intel, arm, why, content) => {
    const result = await join2(intel, arm, content);
    expect(result).toMatchObject({ ok: false, failures: [{ code: 'universal-impossible', crate: 'vault', why: expect.stringMatching(why), command: 'npx nx run vault:cross-universal-macos --skip-nx-cache' }] });
  });
});
