/** Entries of Nx's remote cache with artifacts of ours. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { renderManifest } from '../artifact/manifest.js';
import { tar, type TarFile } from './tar.js';

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The manifest of a folder with these files. */
export function manifestOf(files: Readonly<Record<string, string>>, platform = 'wasm32-wasip1'): string {
  return renderManifest({
    schema: 1,
    crate: 'app',
    version: '0.1.0',
    triple: 'wasm32-wasip1',
    platform,
    profile: 'release',
    features: [],
    defaultFeatures: true,
    backend: { id: 'lld', version: '22.1.2' },
    toolchain: 'rustc 1.95.0 (59807616e 2026-04-14)',
    files: Object.entries(files).map(([name, text]) => ({ name, kind: 'bin', size: Buffer.byteLength(text), sha256: sha256(Buffer.from(text)) })),
  });
}

export const FOLDER = 'dist/cross/wasm32-wasip1/app';

/** The members of an entry: one program with its manifest, and what Nx keeps beside them; later ones stand in for earlier ones of the same path. */
export function entryFiles(...changes: readonly TarFile[]): readonly TarFile[] {
  const files: readonly TarFile[] = [
    { path: FOLDER, type: '5' },
    { path: `${FOLDER}/app.wasm`, text: 'a program' },
    { path: `${FOLDER}/manifest.json`, text: manifestOf({ 'app.wasm': 'a program' }) },
    { path: 'terminalOutput', text: 'words' },
    { path: 'code', text: '\0\0\0\0' },
  ];
  return [...new Map([...files, ...changes].map((file) => [file.path, file])).values()];
}

/** As it is stored. */
export function entry(files: readonly TarFile[] = entryFiles()): Uint8Array {
  const packed = gzipSync(tar(files));
  // The machine on which it was packed, which zlib writes there.
  packed[9] = 255;
  return packed;
}
