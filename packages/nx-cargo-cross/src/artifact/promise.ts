/**
 * What a platform's name promises of an artifact, as data. Knows platforms, not bytes; `proof.ts` holds the two against each other.
 *
 * Promised is what makes a file run, or not run, on the machines that the name stands for.
 */
import type { GlibcVersion } from '../platform/glibc.js';
import type { BinaryFormat, KnownTriple, Machine } from '../platform/known.js';
import type { Platform } from '../platform/platform.js';
import { armArchsOf } from './arm-arch.js';
import type { Endian } from './bytes.js';
import { libraryRuleOf, type LibraryRule } from './libraries.js';
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
}

/** A field that is `undefined` promises nothing. */
export interface ArtifactPromise {
  /** The platform's name, for messages. */
  readonly platform: string;
  readonly triple: string;
  readonly artifact: ArtifactKind;

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
  /** Programs must be loadable at any address (Android refuses others). */
  readonly pie: true | undefined;
  /** The newest glibc that may be asked for; `none`: no glibc at all. */
  readonly glibc: GlibcVersion | 'none' | undefined;
  readonly libraries: LibraryRule;
  /** The newest macOS that may be asked for. */
  readonly minOs: string | undefined;
  /** A code signature must be there (Apple silicon starts nothing without). */
  readonly signature: true | undefined;
  /** The only host modules that a wasm module may import from. */
  readonly importModules: readonly string[] | undefined;
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
    format: facts.format,
    kind: kindOf(facts, artifact),
    machine: facts.machine,
    bits: facts.bits,
    endian: facts.endian,
    abi: abiOf(facts),
    floatAbi: facts.floatAbi,
    armCpuArchs: armArchsOf(facts.arch),
    linkage,
    interpreter: artifact === 'bin' && linkage === 'dynamic' ? facts.interpreter : undefined,
    pie: artifact === 'bin' && facts.os === 'android' ? true : undefined,
    glibc: facts.libc === 'glibc' ? (options.glibc ?? platform.triple.glibc) : 'none',
    libraries: libraryRuleOf(facts.libc, options.linkage),
    minOs: facts.os === 'macos' ? (options.minOs ?? facts.minOs) : undefined,
    signature: linked && facts.os === 'macos' && facts.machine === 'aarch64' ? true : undefined,
    importModules: facts.os === 'wasi' ? WASI_MODULES : undefined,
  };
}

/** Preview 1's own. The memory of programs with threads may come from elsewhere: `proof/wasm.ts`. */
const WASI_MODULES = ['wasi_snapshot_preview1'];

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
