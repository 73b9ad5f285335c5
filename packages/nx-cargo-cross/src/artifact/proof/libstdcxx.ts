/** Does an ELF file start with the libstdc++ of the systems that have the promised glibc? */
import { compareGlibc, formatGlibc, type GlibcVersion } from '../../platform/glibc.js';
import { compareDotted } from '../dotted.js';
import type { ElfFile } from '../elf.js';
import type { VersionNeed } from '../elf/versions.js';
import type { ArtifactPromise } from '../promise.js';
import { readAt, type Observation } from './observation.js';
import { shortened } from './shortened.js';

interface Row {
  readonly glibc: GlibcVersion;
  /** A system that has it. */
  readonly system: string;
  readonly GLIBCXX: string;
  readonly CXXABI: string;
}

const row = (minor: number, system: string, GLIBCXX: string, CXXABI: string): Row => ({ glibc: { major: 2, minor }, system, GLIBCXX, CXXABI });

/**
 * The newest symbol versions of the oldest libstdc++ that a well-known system with a glibc has: the GCC of the distribution, and GCC's manual of libstdc++,
 * "ABI Policy and Guidelines". The same rule as that of manylinux (PEP 600; auditwheel, `policy/manylinux-policy.json`).
 */
const SYSTEMS: readonly Row[] = [
  row(17, 'CentOS 7', '3.4.19', '1.3.7'),
  row(23, 'Ubuntu 16.04', '3.4.21', '1.3.9'),
  row(24, 'Debian 9', '3.4.22', '1.3.10'),
  row(27, 'Ubuntu 18.04', '3.4.24', '1.3.11'),
  row(28, 'RHEL 8 and Debian 10', '3.4.25', '1.3.11'),
  row(31, 'Debian 11 and Ubuntu 20.04', '3.4.28', '1.3.12'),
  row(34, 'RHEL 9', '3.4.29', '1.3.13'),
  row(35, 'Ubuntu 22.04', '3.4.30', '1.3.13'),
  row(36, 'Debian 12', '3.4.30', '1.3.13'),
  row(39, 'Ubuntu 24.04', '3.4.33', '1.3.15'),
];

/** Only where a glibc floor is promised: without one, nobody said which systems are meant. */
export function proveLibstdcxx({ versionNeeds }: ElfFile, { glibc }: ArtifactPromise): readonly Observation[] {
  if (glibc === undefined || glibc === 'none') return [];
  const system = SYSTEMS.findLast((one) => compareGlibc(one.glibc, glibc) <= 0) ?? SYSTEMS[0];
  if (!system) return [];
  const newer = versionNeeds.filter((need) => !need.weak && isNewer(need.version, system));
  const [worst] = [...newer].sort(byVersion);
  if (!worst) return [];
  return [
    {
      code: 'libstdcxx',
      promised: `GLIBCXX_${system.GLIBCXX} and CXXABI_${system.CXXABI} or older, as ${system.system} with glibc ${formatGlibc(system.glibc)} has`,
      found: shortened(
        newer.map(({ version, library, symbols }) => `${version} of ${library}${symbols.length > 0 ? ` (${shortened(symbols)})` : ''}`),
        '; ',
      ),
      read: readAt({ field: 'DT_VERNEED', offset: worst.offset }, worst.version),
      help:
        'Link the C++ library into the file: backend "zig" does; with g++ add "-C", "link-arg=-static-libstdc++" to the rustflags of this platform. ' +
        'Or promise a newer glibc.',
    },
  ];
}

const FAMILY = /^(GLIBCXX|CXXABI)_(\d+(?:\.\d+)*)$/;

function isNewer(version: string, system: Row): boolean {
  const match = FAMILY.exec(version);
  return match !== null && compareDotted(match[2] ?? '', match[1] === 'CXXABI' ? system.CXXABI : system.GLIBCXX) > 0;
}

/** The newest first. */
function byVersion(a: VersionNeed, b: VersionNeed): number {
  return compareDotted(FAMILY.exec(b.version)?.[2] ?? '', FAMILY.exec(a.version)?.[2] ?? '');
}
