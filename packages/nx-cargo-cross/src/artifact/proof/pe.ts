/** The promises that only Windows files can break. */
import { hex } from '../bytes.js';
import type { Crt } from '../pe/crt.js';
import type { PeFile } from '../pe.js';
import type { ArtifactPromise } from '../promise.js';
import type { Binary } from '../summary.js';
import { readAt, type Observation } from './observation.js';

/** C runtime, subsystem, and what the loader may do to keep attackers off. */
export function provePe(binary: Binary, pe: PeFile, promise: ArtifactPromise): readonly Observation[] {
  return [...proveCrt(binary, promise), ...proveSubsystem(binary, pe), ...proveMitigations(pe)];
}

const CRT_NAMES: Readonly<Record<Crt, string>> = {
  msvcrt: 'msvcrt.dll',
  ucrt: 'the Universal CRT',
  both: 'msvcrt.dll and the Universal CRT',
  none: 'none, or one that is linked in',
};

const ONE_TOOLCHAIN =
  'Build all C code with one toolchain: look for prebuilt .a files, and for rustc\'s own start files ("-C", "link-self-contained=no").';

function proveCrt(binary: Binary, { crt }: ArtifactPromise): readonly Observation[] {
  const found = binary.crt;
  if (found === undefined || found === 'none') return [];
  const library = binary.needed.find((name) => /^(msvcrt|ucrtbase|api-ms-win-crt-.*)\.dll$/i.test(name)) ?? '';
  const read = readAt(binary.places.get(`needed:${library}`), library);
  if (found === 'both') {
    const help = `Two C runtimes have two heaps and two tables of open files. ${ONE_TOOLCHAIN}`;
    return [{ code: 'two-crts', promised: 'one', found: CRT_NAMES.both, read, help }];
  }
  if (crt === undefined || found === crt) return [];
  return [{ code: 'crt', promised: CRT_NAMES[crt], found: CRT_NAMES[found], read, help: `Rust's standard library for this platform is built for ${CRT_NAMES[crt]}. ${ONE_TOOLCHAIN}` }];
}

const SUBSYSTEMS = ['console', 'gui'];

/** A DLL's is never looked at. */
function proveSubsystem(binary: Binary, { subsystem }: PeFile): readonly Observation[] {
  if (binary.kind !== 'executable' || SUBSYSTEMS.includes(subsystem)) return [];
  return [
    {
      code: 'subsystem',
      promised: 'console or gui',
      found: subsystem,
      read: readAt(binary.places.get('subsystem'), subsystem),
      help: 'Windows starts nothing else as a program: take -subsystem and /SUBSYSTEM out of link arguments; for a window write #![windows_subsystem = "windows"] in main.rs.',
    },
  ];
}

function proveMitigations({ randomAddress, highEntropy, noExecute, bits, dllCharacteristics, places }: PeFile): readonly Observation[] {
  const read = readAt(places.get('dllCharacteristics'), hex(dllCharacteristics));
  const observed: Observation[] = [];
  if (!randomAddress)
    observed.push({ code: 'aslr', promised: 'loadable at a random address', found: 'fixed address', read, help: 'Link with "-Wl,--dynamicbase", and take --no-dynamicbase, /DYNAMICBASE:NO and -s of old linkers (which drops .reloc) out of link arguments.' });
  if (!noExecute) observed.push({ code: 'nx', promised: 'data that is not executable', found: 'all data is executable', read, help: 'Link with "-Wl,--nxcompat", and take --no-nxcompat and /NXCOMPAT:NO out of link arguments.' });
  if (bits === 64 && randomAddress && !highEntropy)
    observed.push({ code: 'high-entropy', promised: 'random addresses of 64 bits', found: 'addresses below 4 GiB', read, help: 'Link with "-Wl,--high-entropy-va", and take /HIGHENTROPYVA:NO out of link arguments.' });
  return observed;
}
