/** Does an ELF file start on the glibc that was promised, and who is to blame if not? */
import type { FieldRead } from '../../diagnostics/finding.js';
import { compareGlibc, formatGlibc, type GlibcVersion } from '../../platform/glibc.js';
import type { ElfFile } from '../elf.js';
import { glibcOf } from '../elf/versions.js';
import { matchesAny } from '../pattern.js';
import type { ArtifactPromise } from '../promise.js';
import { GLIBC_LIBRARIES } from '../system-libraries.js';
import { readAt, type Observation } from './observation.js';
import { shortened } from './shortened.js';

/** Not newer than promised, not there where the platform has none, and none of its private symbols. */
export function proveGlibc(elf: ElfFile, promise: ArtifactPromise): readonly Observation[] {
  return [...proveFloor(elf, promise), ...provePublic(elf)];
}

const FOREIGN_HELP = 'C code or a library was built for glibc. Build it for this platform: look for prebuilt files, and for -L in link arguments.';

function proveFloor(elf: ElfFile, { glibc, triple }: ArtifactPromise): readonly Observation[] {
  if (glibc === undefined || elf.glibcFloor === undefined) return [];
  const floor = formatGlibc(elf.glibcFloor);
  if (glibc === 'none') return [{ code: 'glibc', promised: 'none', found: `${floor}: ${culprits(elf, undefined)}`, read: readNewest(elf), help: FOREIGN_HELP }];
  if (compareGlibc(elf.glibcFloor, glibc) <= 0) return [];
  return [
    {
      code: 'glibc',
      promised: `${formatGlibc(glibc)} or older`,
      found: `${floor}: ${culprits(elf, glibc)}`,
      read: readNewest(elf),
      help:
        `Build against an older glibc: backend "zig" has every version ("backends": { "${triple}": "zig" }). ` +
        `Or promise less: "glibc": "${floor}" on this platform.`,
    },
  ];
}

function provePublic(elf: ElfFile): readonly Observation[] {
  const needs = elf.versionNeeds.filter((need) => need.version === 'GLIBC_PRIVATE' && !need.weak);
  // glibc's own libraries belong to one another.
  if (needs.length === 0 || matchesAny(GLIBC_LIBRARIES, elf.soname ?? '')) return [];
  return [
    {
      code: 'glibc-private',
      promised: 'public symbols only',
      found: `GLIBC_PRIVATE of ${shortened(
        needs.map((need) => withSymbols(need.library, need.symbols)),
        '; ',
      )}`,
      read: readAt({ field: 'DT_VERNEED', offset: needs[0]?.offset ?? 0 }, 'GLIBC_PRIVATE'),
      help:
        'Private symbols exist in one glibc build only. Link against the libc.so of the platform, not against files copied from a system, ' +
        'and not statically against parts of glibc.',
    },
  ];
}

/** The entry that asks for the newest glibc. */
function readNewest({ versionNeeds, glibcFloor }: ElfFile): FieldRead | undefined {
  const need = versionNeeds.find(({ version, weak }) => {
    const glibc = weak ? undefined : glibcOf(version);
    return glibc && glibcFloor && compareGlibc(glibc, glibcFloor) === 0;
  });
  return need && readAt({ field: 'DT_VERNEED', offset: need.offset }, need.version);
}

/** Who asks for more than `ceiling`: the symbols where the file still says which, else the versions. */
function culprits(elf: ElfFile, ceiling: GlibcVersion | undefined): string {
  const needs = elf.versionNeeds.filter((need) => {
    const version = need.weak ? undefined : glibcOf(need.version);
    return version !== undefined && (ceiling === undefined || compareGlibc(version, ceiling) > 0);
  });
  return shortened(
    needs.map((need) => withSymbols(`${need.version} of ${need.library}`, need.symbols)),
    '; ',
  );
}

function withSymbols(name: string, symbols: readonly string[]): string {
  return symbols.length === 0 ? name : `${name} (${shortened(symbols, ', ')})`;
}
