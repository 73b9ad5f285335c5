/**
 * What a platform's name promises of an artifact, as data. Knows platforms, not bytes; `proof.ts` holds the two against each other.
 *
 * Promised is what makes a file run, or not run, on the machines that the name stands for.
 */
import type { GlibcVersion } from '../platform/glibc.js';
import type { BinaryFormat, KnownTriple, Libc, Machine } from '../platform/known.js';
import type { Platform } from '../platform/platform.js';
import { armArchsOf } from './arm-arch.js';
import type { Endian } from './bytes.js';
import { libraryRuleOf, type LibraryRule } from './libraries.js';
import type { Crt } from './pe/crt.js';
import type { BinaryKind, Linkage } from './summary.js';

/** The crate types whose artifacts are shipped, as cargo calls them, and the import library that a DLL brings along. */
export type ArtifactKind = (typeof ARTIFACT_KINDS)[number];

/** Every kind, for those who read one from a text. */
export const ARTIFACT_KINDS = ['bin', 'cdylib', 'staticlib', 'import-library'] as const;

/** What the user asks of the artifacts of a platform beyond its name. */
export interface PromiseOptions {
  readonly linkage?: Linkage | undefined;
  /** Wins over the floor written behind the triple. */
  readonly glibc?: GlibcVersion | undefined;
  /** `11.0`. Wins over rustc's default for the triple. */
  readonly minOs?: string | undefined;
  /** The oldest Android API level. */
  readonly apiLevel?: number | undefined;
  /** Wins over the platform's standard one. */
  readonly interpreter?: string | undefined;
  /** Findings to accept: `code`, or `code:name` with `*` for any text. */
  readonly allow?: readonly string[] | undefined;
}

/** A field that is `undefined` promises nothing. */
export interface ArtifactPromise {
  /** The platform's name, for messages. */
  readonly platform: string;
  readonly triple: string;
  readonly artifact: ArtifactKind;
  /** Decides which findings are errors: `policy.ts`. */
  readonly libc: Libc;
  /** Findings that the user accepts. */
  readonly allow: readonly string[];

  readonly format: BinaryFormat;
  readonly kind: BinaryKind;
  readonly machine: Machine;
  readonly bits: 32 | 64;
  readonly endian: Endian;
  /** `lp64d`, `elfv2`: where the machine has more than one calling convention, and its headers name them. */
  readonly abi: string | undefined;
  readonly floatAbi: 'hard' | 'soft' | undefined;
  /** The values of Tag_CPU_arch that the platform's processors run. */
  readonly armCpuArchs: readonly number[] | undefined;

  readonly linkage: Linkage | undefined;
  /** The loader that a dynamic program must name. */
  readonly interpreter: string | undefined;
  /** Dynamic programs must be loadable at any address (Android refuses others). */
  readonly pie: true | undefined;
  /** The newest glibc that may be asked for; `none`: no glibc at all. */
  readonly glibc: GlibcVersion | 'none' | undefined;
  readonly libraries: LibraryRule;
  /** The newest macOS that may be asked for. */
  readonly minOs: string | undefined;
  /** A code signature must be there (Apple silicon starts nothing without). */
  readonly signature: true | undefined;
  /** What a wasm module may import: patterns over `module.name`, and whether modules other than `env` are the host's own matter. */
  readonly imports: { readonly names: readonly string[]; readonly others: boolean } | undefined;
  /** What a wasm module must export. */
  readonly exports: readonly string[];
  /** The newest Android API level that may be asked for. */
  readonly apiLevel: number | undefined;
  /** A shared library must have a name of its own (Android's loader takes libraries by it). */
  readonly soname: true | undefined;
  /** It must start on systems with pages of this size, in bytes. */
  readonly pageSize: number | undefined;
  /** Some kernels of the platform have pages of this size, in bytes. */
  readonly largePages: number | undefined;
  /** What must be read-only once relocated: `whole pages` means up to the end of a page of 16 KB. */
  readonly relro: 'present' | 'whole pages' | undefined;
  /** The least alignment of a program's thread-local variables, in bytes. */
  readonly tlsAlign: number | undefined;
  /** The C runtime that Rust's standard library is built for, where there is only one. */
  readonly crt: Exclude<Crt, 'both' | 'none'> | undefined;
}

/** What the platform's name, and the options, promise of one artifact. A pure function: the same for every crate and machine. */
export function promiseOf(platform: Platform, artifact: ArtifactKind, options: PromiseOptions = {}): ArtifactPromise {
  const facts = platform.triple.facts;
  const linkage = linkageOf(facts, artifact, options.linkage);
  const linked = isLinked(artifact);
  return {
    platform: platform.name,
    triple: platform.triple.name,
    artifact,
    libc: facts.libc,
    allow: options.allow ?? [],
    format: facts.format,
    kind: kindOf(facts, artifact),
    machine: facts.machine,
    bits: facts.bits,
    endian: facts.endian,
    abi: abiOf(facts),
    floatAbi: facts.floatAbi,
    armCpuArchs: armArchsOf(facts.arch),
    linkage,
    interpreter: artifact === 'bin' && linkage === 'dynamic' ? (options.interpreter ?? facts.interpreter) : undefined,
    pie: artifact === 'bin' && facts.format === 'elf' ? true : undefined,
    glibc: facts.libc === 'glibc' ? (options.glibc ?? platform.triple.glibc) : 'none',
    libraries: libraryRuleOf(facts.libc, options.linkage),
    minOs: facts.os === 'macos' ? (options.minOs ?? facts.minOs) : undefined,
    signature: linked && facts.os === 'macos' && facts.machine === 'aarch64' ? true : undefined,
    imports: importsOf(facts),
    exports: facts.os === 'wasi' && linked ? (artifact === 'bin' ? ['_start', 'memory'] : ['memory']) : [],
    apiLevel: facts.os === 'android' ? options.apiLevel : undefined,
    soname: artifact === 'cdylib' && facts.os === 'android' ? true : undefined,
    ...memoryOf(facts, artifact),
    crt: crtOf(facts, options.linkage),
  };
}

/**
 * Preview 1's own. On bare wasm a host may offer what it likes under names of its own; but what comes from `env` is, as a rule, a C function that was
 * never linked, unless it belongs to proxies (proxy-wasm ABI 0.2.1: `proxy_*`).
 */
function importsOf({ os }: KnownTriple): ArtifactPromise['imports'] {
  if (os === 'wasi') return { names: ['wasi_snapshot_preview1.*'], others: false };
  return os === 'none' ? { names: ['env.proxy_*'], others: true } : undefined;
}

const KB = 1024;

/**
 * Pages: Android 15 has devices of 16 KB (developer.android.com/guide/practices/page-sizes); kernels of aarch64 and POWER may have 64 KB (RHEL). Android's
 * loader asks 64-bit ARM programs for an alignment of 64 (bionic, `linker_phdr.cpp`).
 */
function memoryOf({ format, os, machine, bits }: KnownTriple, artifact: ArtifactKind): Pick<ArtifactPromise, 'pageSize' | 'largePages' | 'relro' | 'tlsAlign'> {
  if (format !== 'elf' || !isLinked(artifact)) return { pageSize: undefined, largePages: undefined, relro: undefined, tlsAlign: undefined };
  const modern = os === 'android' && bits === 64;
  return {
    pageSize: modern ? 16 * KB : 4 * KB,
    largePages: os === 'linux' && (machine === 'aarch64' || machine === 'powerpc64') ? 64 * KB : undefined,
    relro: modern ? 'whole pages' : os === 'android' ? undefined : 'present',
    tlsAlign: modern && machine === 'aarch64' && artifact === 'bin' ? 64 : undefined,
  };
}

/** `gnu` is served by compilers for the one and for the other. Statically linked for msvc, it is no DLL at all. */
function crtOf({ env, libc }: KnownTriple, linkage: Linkage | undefined): ArtifactPromise['crt'] {
  return env === 'gnullvm' || (libc === 'msvc' && linkage !== 'static') ? 'ucrt' : undefined;
}

const KINDS: Readonly<Record<ArtifactKind, BinaryKind>> = { bin: 'executable', cdylib: 'library', staticlib: 'archive', 'import-library': 'archive' };

function kindOf(facts: KnownTriple, artifact: ArtifactKind): BinaryKind {
  return facts.format === 'wasm' && isLinked(artifact) ? 'module' : KINDS[artifact];
}

/** The others are archives, for a linker still to come. */
function isLinked(artifact: ArtifactKind): boolean {
  return artifact === 'bin' || artifact === 'cdylib';
}

/** Only ELF programs have a choice that their bytes tell. A shared library is dynamic by nature. */
function linkageOf(facts: KnownTriple, artifact: ArtifactKind, asked: Linkage | undefined): Linkage | undefined {
  if (facts.format !== 'elf' || !isLinked(artifact)) return undefined;
  if (artifact === 'cdylib') return 'dynamic';
  return asked ?? (facts.crtStaticDefault ? 'static' : 'dynamic');
}

/** rustc's targets: RISC-V and LoongArch with doubles in registers; ELFv2 on POWER but for big-endian glibc. */
function abiOf(facts: KnownTriple): string | undefined {
  if (facts.machine === 'riscv64' || facts.machine === 'loongarch64') return 'lp64d';
  if (facts.machine !== 'powerpc64') return undefined;
  return facts.endian === 'big' && facts.libc === 'glibc' ? 'elfv1' : 'elfv2';
}
