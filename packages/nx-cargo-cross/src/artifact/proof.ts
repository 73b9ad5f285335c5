/** Holds a binary against a promise. Everything is found, not just the first; the policy (`policy.ts`) says which of it is an error. */
import type { Failure } from '../diagnostics/failure.js';
import type { Finding } from '../diagnostics/finding.js';
import { hex } from './bytes.js';
import { readBinary } from './binary.js';
import type { ArtifactPromise } from './promise.js';
import { proveArchive } from './proof/archive.js';
import { proveElf } from './proof/elf.js';
import { proveHostPaths, type HostPath } from './proof/host-paths.js';
import { proveFormat, proveIdentity } from './proof/identity.js';
import { proveLibraries } from './proof/libraries.js';
import { proveMacho } from './proof/macho.js';
import { judge, type Observation } from './proof/observation.js';
import { provePe } from './proof/pe.js';
import { proveHashes, type Sha256 } from './proof/signature.js';
import { inSlice, proveSlices } from './proof/universal.js';
import { proveWasm } from './proof/wasm.js';
import type { Binary } from './summary.js';

export type { HostPath } from './proof/host-paths.js';
export type { Sha256 } from './proof/signature.js';

/** A file's proof. `summary` is undefined when the bytes could not be read; `failures` is empty when every promise is kept. */
export interface Proof {
  readonly summary: Binary | undefined;
  readonly failures: readonly Failure[];
  /** What somebody should know, and is no broken promise. */
  readonly warnings: readonly Finding[];
}

/** What a proof needs from outside. Without it, less is proved. */
export interface ProofMeans {
  /** For the hashes of signatures. */
  readonly sha256?: Sha256;
  /** Folders of the machine that builds, which should not be named in what it built. */
  readonly hostPaths?: readonly HostPath[];
}

/** What a binary's headers and tables tell, in a fixed order; empty when it keeps every promise. */
export function prove(binary: Binary, promise: ArtifactPromise): readonly Finding[] {
  return judge(observe(binary, promise, undefined, {}), promise.libc, promise.allow);
}

/**
 * Reads and proves a file.
 * @param file its name as the user knows it, for the failures.
 */
export function proveBytes(file: string, bytes: Uint8Array, promise: ArtifactPromise, means: ProofMeans = {}): Proof {
  return proveRead(file, bytes, promise, (binary) => observe(binary, promise, bytes, means));
}

/** The same for a universal file: it must have a slice for each promise, and no other. */
export function proveUniversalBytes(file: string, bytes: Uint8Array, promises: readonly [ArtifactPromise, ...ArtifactPromise[]], means: ProofMeans = {}): Proof {
  return proveRead(file, bytes, promises[0], (binary) => [
    ...proveSlices(binary, promises),
    ...binary.parts.flatMap((part) => {
      const promise = promises.find(({ machine }) => machine === part.name);
      return part.binary && promise ? inSlice(part, observe(part.binary, promise, bytes, means)) : [];
    }),
  ]);
}

function proveRead(file: string, bytes: Uint8Array, promise: ArtifactPromise, look: (binary: Binary) => readonly Observation[]): Proof {
  const read = readBinary(bytes);
  if (!read.ok) {
    const { message, offset } = read.problem;
    return { summary: undefined, failures: [{ code: 'artifact-unreadable', file, message: `${message} (at byte ${hex(offset)})` }], warnings: [] };
  }
  const judged = judge(look(read.value), promise.libc, promise.allow);
  const findings = judged.filter(({ severity }) => severity === 'error');
  return {
    summary: read.value,
    failures: findings.length > 0 ? [{ code: 'promise-broken', file, platform: promise.platform, findings }] : [],
    warnings: judged.filter(({ severity }) => severity === 'warning'),
  };
}

/** @param bytes of the whole file; undefined where only headers and tables are to be looked at. */
function observe(binary: Binary, promise: ArtifactPromise, bytes: Uint8Array | undefined, means: ProofMeans): readonly Observation[] {
  // Each slice of a universal file is verified as if it were alone.
  if (binary.kind === 'universal') return binary.parts.flatMap((part) => (part.binary ? inSlice(part, observe(part.binary, promise, bytes, means)) : []));
  const format = proveFormat(binary, promise);
  if (format.length > 0) return format;
  if (promise.kind === 'archive') return proveArchive(binary, promise);
  const identity = proveIdentity(binary, promise);
  // What isn't linked says nothing of how it starts.
  if (['object', 'archive', 'import', 'debug', 'other'].includes(binary.kind)) return identity;
  return [
    ...identity,
    ...observeFormat(binary, promise),
    ...proveLibraries(binary, promise),
    ...(bytes && means.hostPaths ? proveHostPaths(bytes, binary, means.hostPaths) : []),
    ...(bytes && means.sha256 && binary.detail.format === 'macho' ? proveHashes(bytes, binary.detail, means.sha256) : []),
  ];
}

function observeFormat(binary: Binary, promise: ArtifactPromise): readonly Observation[] {
  switch (binary.detail.format) {
    case 'elf':
      return proveElf(binary, binary.detail, promise);
    case 'pe':
      return provePe(binary, binary.detail, promise);
    case 'macho':
      return proveMacho(binary, binary.detail, promise);
    case 'wasm':
      return proveWasm(binary.detail, promise);
    case 'coff':
    case 'ar':
    case 'universal':
      return [];
  }
}
