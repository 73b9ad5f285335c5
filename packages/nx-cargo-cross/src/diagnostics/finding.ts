/** What a proof can find in a file, as data. Which findings are errors on which platform is in `artifact/policy.ts`. */

/** Every code, in the order in which findings are told. */
export const FINDING_CODES = [
  'format',
  'kind',
  'slices',
  'machine',
  'bits',
  'byte-order',
  'calling-convention',
  'float-abi',
  'cpu',
  'linkage',
  'interpreter',
  'pie',
  'glibc',
  'glibc-private',
  'libstdcxx',
  'min-os',
  'sdk',
  'api-level',
  'foreign-libc',
  'toolchain-library',
  'needed',
  'crt',
  'two-crts',
  'import',
  'export',
  'rpath',
  'system-rpath',
  'install-name',
  'soname',
  'host-path',
  'executable-stack',
  'text-relocations',
  'writable-code',
  'page-size',
  'large-pages',
  'relro',
  'tls-alignment',
  'subsystem',
  'aslr',
  'nx',
  'high-entropy',
  'signature',
  'chained-fixups',
] as const;

/** A promise by its name: what findings, the option `allow` and `prove --json` call it. */
export type FindingCode = (typeof FINDING_CODES)[number];

/** `error`: the file is not what its platform promises. `warning`: it starts, and somebody should know. */
export type Severity = 'error' | 'warning';

/** One promise, and what was found in its place. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly promised: string;
  readonly found: string;
  /** What was read of the file, and where; undefined for what is not there at all. */
  readonly read: FieldRead | undefined;
  /** What to do about it. */
  readonly help: string;
  /** The word of the option `allow` that accepts it; undefined for what cannot be accepted. */
  readonly allow: string | undefined;
}

/** A field of a file. */
export interface FieldRead {
  /** By the name that its format has for it: `PT_INTERP`, `DllCharacteristics`. */
  readonly field: string;
  /** In the whole file, in bytes. */
  readonly offset: number;
  readonly value: string;
}
