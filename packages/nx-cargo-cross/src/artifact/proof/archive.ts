/** Static libraries: every object inside must be what the platform promises, for whoever links them. */
import type { ArtifactPromise } from '../promise.js';
import { proveFormat, proveKind, proveMachine } from './identity.js';
import type { Observation } from './observation.js';
import { shortened } from './shortened.js';
import type { Binary, Part } from '../summary.js';

/** Proves each member. Members that break the same promise in the same way are one breach that names the first of them. */
export function proveArchive(binary: Binary, promise: ArtifactPromise): readonly Observation[] {
  const kind = proveKind(binary, promise.kind);
  if (kind.length > 0 || binary.detail.format !== 'ar') return kind;
  if (binary.detail.thin) return [THIN];
  if (!binary.parts.some((part) => part.binary)) return [EMPTY];
  const groups = new Map<string, { readonly breach: Observation; readonly members: string[] }>();
  for (const part of binary.parts) {
    for (const breach of proveMember(part, promise)) {
      const key = `${breach.code} ${breach.found}`;
      const group = groups.get(key);
      if (group) group.members.push(part.name);
      else groups.set(key, { breach, members: [part.name] });
    }
  }
  return [...groups.values()].map(({ breach, members }) => ({ ...breach, found: `${breach.found} in ${shortened(members)}` }));
}

const THIN: Observation = {
  code: 'kind',
  promised: 'static library',
  found: 'thin archive, which only names files of the build machine',
  help: 'Take T out of ARFLAGS, and --thin out of calls of ar.',
};

const EMPTY: Observation = {
  code: 'kind',
  promised: 'static library',
  found: 'archive without any object file',
  help: 'Look at what the crate compiles for this platform: everything may be behind a cfg.',
};

const BITCODE: Observation = {
  code: 'machine',
  promised: 'machine code',
  found: 'LLVM bitcode',
  help: 'Only linkers of the very same LLVM can link it: take "linker-plugin-lto" out of rustflags, and -flto out of CFLAGS.',
};

/** Not the CPU's version: objects hold code for newer CPUs that is only reached after a check at run time (OpenSSL, ring). */
function proveMember(part: Part, promise: ArtifactPromise): readonly Observation[] {
  if (part.holds === 'bitcode') return [BITCODE];
  if (!part.binary) return [];
  const format = proveFormat(part.binary, promise);
  return format.length > 0 ? format : proveMachine(part.binary, promise);
}
