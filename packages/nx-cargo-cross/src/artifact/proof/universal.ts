/** Universal files as a platform of their own: exactly the slices that were promised, each as if it were alone. */
import type { Binary, Part } from '../summary.js';
import type { ArtifactPromise } from '../promise.js';
import type { Observation } from './observation.js';

/** Which slices are too many, missing, or lie where no kernel maps them. */
export function proveSlices(binary: Binary, promises: readonly ArtifactPromise[]): readonly Observation[] {
  if (binary.detail.format !== 'universal') {
    const help = 'Join the files of both processors: nx-cargo-cross does it for the platform universal-macos, lipo -create for others.';
    return [{ code: 'slices', promised: machinesOf(promises), found: binary.machine ?? 'no Mach-O file', help }];
  }
  const { slices } = binary.detail;
  const machines = slices.map(({ machine }) => machine);
  const observed: Observation[] = [];
  if (promises.some(({ machine }) => !machines.includes(machine)) || slices.length !== promises.length)
    observed.push({ code: 'slices', promised: machinesOf(promises), found: machines.join(' and '), help: 'Join the files of exactly these processors.' });
  for (const { machine, offset, align } of slices) {
    const least = machine === 'aarch64' ? 0x4000 : 0x1000;
    const isArchive = binary.parts.find((part) => part.name === machine)?.binary?.kind === 'archive';
    if (isArchive || (offset % least === 0 && 2 ** align >= least)) continue;
    const read = { field: `offset of the slice for ${machine}`, offset, value: String(offset) };
    observed.push({ code: 'slices', promised: `starts on a page of ${least / 1024} KB`, found: `the slice for ${machine} starts at ${offset}`, read, help: 'Join the files again with a tool that aligns them.' });
  }
  return observed;
}

function machinesOf(promises: readonly ArtifactPromise[]): string {
  return promises.map(({ machine }) => machine).join(' and ');
}

/** What was observed in a slice, with the slice's name. */
export function inSlice(part: Part, observations: readonly Observation[]): readonly Observation[] {
  return observations.map((one) => ({ ...one, found: `${one.found} (slice ${part.name})` }));
}
