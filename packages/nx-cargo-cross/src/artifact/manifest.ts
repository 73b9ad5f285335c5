/**
 * `manifest.json`: what lies in a folder of artifacts, and what it was made from. Pure data without clock, host name or path, so that the same
 * inputs give the same bytes on every machine.
 */
import { formatGlibc } from '../platform/glibc.js';
import type { BinaryFormat } from '../platform/known.js';
import type { Crt } from './pe/crt.js';
import type { ArtifactKind } from './promise.js';
import type { Binary, Linkage } from './summary.js';

/** One folder of artifacts: one crate on one platform. */
export interface Manifest {
  readonly schema: 1;
  readonly crate: string;
  readonly version: string;
  /** With the glibc floor where one was asked for. */
  readonly triple: string;
  readonly platform: string;
  readonly profile: string;
  readonly features: readonly string[];
  readonly defaultFeatures: boolean;
  readonly backend: { readonly id: string; readonly version: string };
  /** First line of `rustc --version`. */
  readonly toolchain: string;
  readonly files: readonly ManifestFile[];
}

/** A fact that a file's format doesn't know, or that the file doesn't state, is left out. */
export interface ManifestFile {
  /** Its name in the folder of the manifest. */
  readonly name: string;
  readonly kind: ShippedKind;
  /** In bytes. */
  readonly size: number;
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  readonly format?: BinaryFormat;
  readonly machine?: string;
  readonly linkage?: Linkage;
  readonly interpreter?: string;
  /** `2.17`: the oldest glibc it starts on. */
  readonly glibc?: string;
  /** `11.0`: the oldest macOS it starts on. */
  readonly minOs?: string;
  /** The oldest Android API level it starts on. */
  readonly apiLevel?: number;
  /** Windows: the C runtime that it loads. */
  readonly crt?: Crt;
  /** Of a universal file: the machines of its slices, in order. */
  readonly slices?: readonly string[];
  readonly needed?: readonly string[];
  /** macOS: symbols bound to no library in particular, but looked up in all that are loaded. */
  readonly flatSymbols?: readonly string[];
}

/** `file`: shipped as it is, without a promise: a header, a licence. */
export type ShippedKind = ArtifactKind | 'file';

/** What a caller knows of a file besides its bytes' meaning. */
export interface ShippedFile {
  readonly name: string;
  readonly kind: ShippedKind;
  readonly size: number;
  readonly sha256: string;
  readonly flatSymbols?: readonly string[];
}

/** The entry of one file. A static library has no `needed`: what it needs is for its linker to find out. */
export function manifestFile(file: ShippedFile, binary: Binary): ManifestFile {
  return {
    name: file.name,
    kind: file.kind,
    size: file.size,
    sha256: file.sha256,
    ...(binary.format && { format: binary.format }),
    ...(binary.machine && { machine: binary.machine }),
    ...(binary.linkage && { linkage: binary.linkage }),
    ...(binary.interpreter !== undefined && { interpreter: binary.interpreter }),
    ...(binary.glibcFloor && { glibc: formatGlibc(binary.glibcFloor) }),
    ...(binary.minOs !== undefined && { minOs: binary.minOs }),
    ...(binary.apiLevel !== undefined && { apiLevel: binary.apiLevel }),
    ...(binary.crt && { crt: binary.crt }),
    ...(binary.kind === 'universal' && { slices: binary.parts.map(({ name }) => name) }),
    ...(binary.linkage && { needed: binary.needed }),
    ...(file.flatSymbols && file.flatSymbols.length > 0 && { flatSymbols: file.flatSymbols }),
  };
}

/** The manifest as JSON text with a newline at its end: keys in the order of the types above, features, files and libraries sorted. */
export function renderManifest(manifest: Manifest): string {
  const { crate, version, triple, platform, profile, features, defaultFeatures, backend, toolchain, files } = manifest;
  const ordered: Readonly<Record<keyof Manifest, unknown>> = {
    schema: 1,
    crate,
    version,
    triple,
    platform,
    profile,
    features: sorted(features),
    defaultFeatures,
    backend: { id: backend.id, version: backend.version },
    toolchain,
    files: [...files].sort((a, b) => compareText(a.name, b.name)).map(orderedFile),
  };
  return `${JSON.stringify(ordered, undefined, 2)}\n`;
}

function orderedFile({ name, kind, size, sha256, format, machine, linkage, interpreter, glibc, minOs, apiLevel, crt, slices, needed, flatSymbols }: ManifestFile): object {
  return { name, kind, size, sha256, format, machine, linkage, interpreter, glibc, minOs, apiLevel, crt, slices, needed: needed && sorted(needed), flatSymbols: flatSymbols && sorted(flatSymbols) };
}

/** Each once: a DLL is listed once per import library that names it. */
function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort(compareText);
}

/** By code unit: the same in every locale. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
