/** Is it the right kind of file, for the right processor? Holds for every format, and for each member of an archive. */
import type { FindingCode } from '../../diagnostics/finding.js';
import type { BinaryFormat } from '../../platform/known.js';
import type { ArtifactPromise } from '../promise.js';
import type { Binary, BinaryKind } from '../summary.js';
import { readAt, type Observation } from './observation.js';

const WRONG_TARGET =
  'Another target, linker or compiler was used than the platform\'s: look for "linker", "rustflags" and "target" in ' +
  '.cargo/config.toml and for CC and CFLAGS in the environment. The task with --dry-run prints what is used.';

const FORMAT_NAMES: Readonly<Record<BinaryFormat, string>> = { elf: 'ELF', pe: 'PE', macho: 'Mach-O', wasm: 'wasm' };

const KIND_NAMES: Readonly<Record<BinaryKind, string>> = {
  executable: 'program',
  library: 'shared library',
  object: 'object file',
  debug: 'debug information of another file',
  archive: 'static library',
  universal: 'universal file',
  import: 'import library entry',
  module: 'wasm module',
  component: 'wasm component',
  other: 'file of another kind',
};

/** The format alone: where it is wrong, nothing else can be compared. An archive has that of its members, if they agree. */
export function proveFormat(binary: Binary, promise: ArtifactPromise): readonly Observation[] {
  if (binary.format === promise.format) return [];
  if (binary.kind === 'archive' && binary.format === undefined) return [];
  const found = binary.format === undefined ? 'several formats' : FORMAT_NAMES[binary.format];
  return [{ code: 'format', promised: FORMAT_NAMES[promise.format], found, help: WRONG_TARGET }];
}

/** Kind, machine, bits, byte order and calling convention of one file. */
export function proveIdentity(binary: Binary, promise: ArtifactPromise): readonly Observation[] {
  return [...proveKind(binary, promise.kind), ...proveMachine(binary, promise)];
}

/** The kind alone. */
export function proveKind(binary: Binary, kind: BinaryKind): readonly Observation[] {
  if (binary.kind === kind) return [];
  return [
    {
      code: 'kind',
      promised: KIND_NAMES[kind],
      found: KIND_NAMES[binary.kind],
      read: readAt(binary.places.get('kind'), KIND_NAMES[binary.kind]),
      help: 'Look at crate-type in Cargo.toml, and for -shared, -r or -no-pie in link arguments of build scripts and rustflags.',
    },
  ];
}

/** Everything that decides whether the processor understands the code. A fact that a file doesn't state is no breach. */
export function proveMachine(binary: Binary, promise: ArtifactPromise): readonly Observation[] {
  const observed: Observation[] = [];
  const hold = (code: FindingCode, fact: string, promised: string | undefined, found: string | undefined, help = WRONG_TARGET): void => {
    if (promised === undefined || found === undefined || promised === found) return;
    observed.push({ code, promised, found, read: readAt(binary.places.get(fact), found), help });
  };
  hold('machine', 'machine', promise.machine, binary.machine);
  hold('bits', 'bits', `${promise.bits}-bit`, binary.bits === undefined ? undefined : `${binary.bits}-bit`);
  hold('byte-order', 'endian', `${promise.endian}-endian`, binary.endian === undefined ? undefined : `${binary.endian}-endian`);
  if (binary.machine !== promise.machine) return observed;
  hold(
    'calling-convention',
    'flags',
    promise.abi,
    binary.abi,
    'C code was compiled for another calling convention: look for -mabi in CFLAGS, and for a compiler whose default it is.',
  );
  hold(
    'float-abi',
    'flags',
    promise.floatAbi,
    binary.floatAbi,
    'Code was compiled for another way to pass floats: look for -mfloat-abi in CFLAGS, and for a compiler or a prebuilt library ' +
      'of the other platform (gnueabi against gnueabihf).',
  );
  return observed;
}
