/** Holds a binary against a promise. Every breach is found, not just the first. */
import type { Breach, Failure } from '../diagnostics/failure.js';
import { hex } from './bytes.js';
import { readBinary } from './binary.js';
import type { ArtifactPromise } from './promise.js';
import { proveArchive } from './proof/archive.js';
import { proveElf } from './proof/elf.js';
import { proveFormat, proveIdentity } from './proof/identity.js';
import { proveLibraries } from './proof/libraries.js';
import { proveMacho } from './proof/macho.js';
import { provePe } from './proof/pe.js';
import { proveWasm } from './proof/wasm.js';
import type { Binary } from './summary.js';

/** A file's proof. `summary` is undefined when the bytes could not be read; `failures` is empty when every promise is kept. */
export interface Proof {
  readonly summary: Binary | undefined;
  readonly failures: readonly Failure[];
}

/** Every promise that the binary breaks, in a fixed order; empty when it keeps them all. */
export function prove(binary: Binary, promise: ArtifactPromise): readonly Breach[] {
  if (binary.kind === 'universal') return proveUniversal(binary, promise);
  const format = proveFormat(binary, promise);
  if (format.length > 0) return format;
  if (promise.kind === 'archive') return proveArchive(binary, promise);
  return [...proveIdentity(binary, promise), ...proveOfFormat(binary, promise), ...proveLibraries(binary, promise)];
}

/**
 * Reads and proves a file.
 * @param file its name as the user knows it, for the failures.
 */
export function proveBytes(file: string, bytes: Uint8Array, promise: ArtifactPromise): Proof {
  const read = readBinary(bytes);
  if (!read.ok) {
    const { message, offset } = read.problem;
    return { summary: undefined, failures: [{ code: 'artifact-unreadable', file, message: `${message} (at byte ${hex(offset)})` }] };
  }
  const breaches = prove(read.value, promise);
  const failures: readonly Failure[] = breaches.length > 0 ? [{ code: 'promise-broken', file, platform: promise.platform, breaches }] : [];
  return { summary: read.value, failures };
}

/** Each slice of a universal file is verified as if it were alone. */
function proveUniversal(binary: Binary, promise: ArtifactPromise): readonly Breach[] {
  return binary.parts.flatMap((part) =>
    (part.binary ? prove(part.binary, promise) : []).map((breach) => ({ ...breach, found: `${breach.found} (slice ${part.name})` })),
  );
}

function proveOfFormat(binary: Binary, promise: ArtifactPromise): readonly Breach[] {
  switch (binary.detail.format) {
    case 'elf':
      return proveElf(binary, binary.detail, promise);
    case 'pe':
      return provePe(binary);
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
