/**
 * The policy: which findings make a build fail, which are only told, and which of them a user may accept with the option `allow`. One table; that a
 * platform is stricter or laxer than others is an entry in it.
 */
import { FINDING_CODES, type FindingCode, type Severity } from '../diagnostics/finding.js';
import type { Libc } from '../platform/known.js';

/** How one kind of finding is judged. */
export interface PolicyRow {
  readonly severity: Severity;
  /** Where it is judged otherwise. */
  readonly but?: Readonly<Partial<Record<Libc, Severity>>>;
  /** Whether `allow` may name it; what cannot run, or has an option of its own, may not be accepted. */
  readonly allowable: boolean;
  /** What may stand behind the code in `allow`, to accept one and not all. */
  readonly names?: 'library' | 'folder' | 'symbol' | 'path';
}

const never = { severity: 'error', allowable: false } as const;
const error = { severity: 'error', allowable: true } as const;
const warning = { severity: 'warning', allowable: true } as const;

/** Complete by its type: a new code does not compile without a row. */
export const POLICY: Readonly<Record<FindingCode, PolicyRow>> = {
  format: never,
  kind: never,
  slices: never,
  machine: never,
  bits: never,
  'byte-order': never,
  'calling-convention': never,
  'float-abi': never,
  // Code for newer processors that is only reached after a check at run time is fine, and looks the same.
  cpu: error,
  linkage: never,
  interpreter: { ...error, names: 'path' },
  pie: { ...warning, but: { bionic: 'error' } },
  glibc: never,
  'glibc-private': error,
  libstdcxx: error,
  'min-os': never,
  sdk: warning,
  'api-level': never,
  'foreign-libc': { ...error, names: 'library' },
  'toolchain-library': { ...error, names: 'library' },
  // A library that not every system has may be shipped along, or named by a package; not on macOS and Android, where it has no place to be.
  needed: { ...warning, but: { bionic: 'error', libsystem: 'error' }, names: 'library' },
  crt: error,
  'two-crts': error,
  import: { ...error, names: 'symbol' },
  export: { ...error, names: 'symbol' },
  rpath: { ...error, names: 'folder' },
  // Right for what a distribution packages, whose libraries lie there; wrong for what is copied to a machine.
  'system-rpath': { ...warning, names: 'folder' },
  'install-name': warning,
  soname: warning,
  'host-path': { ...warning, names: 'path' },
  'executable-stack': error,
  // glibc and FreeBSD load them where the system lets them; Android refuses, and musl's static start code does not know them.
  'text-relocations': { ...warning, but: { bionic: 'error', musl: 'error' } },
  'writable-code': error,
  'page-size': error,
  'large-pages': warning,
  relro: { ...warning, but: { bionic: 'error' } },
  'tls-alignment': error,
  subsystem: error,
  aslr: error,
  nx: error,
  'high-entropy': warning,
  signature: error,
  'chained-fixups': error,
};

/** How a finding is judged on systems with a C library. */
export function severityOf(code: FindingCode, libc: Libc): Severity {
  const row = POLICY[code];
  return row.but?.[libc] ?? row.severity;
}

/** The codes that `allow` may name. */
export const ALLOWABLE: readonly FindingCode[] = FINDING_CODES.filter((code) => POLICY[code].allowable);
