/**
 * Options as resolved: every default applied, every word checked, nothing optional that a later step would have to guess.
 * What a user may write, and where, is in `options.ts`; how the one becomes the other, in `resolve.ts`.
 */
import type { BackendChoice } from './backend-choice.js';
import type { Location } from '../diagnostics/location.js';
import type { GlibcVersion } from '../platform/glibc.js';
import type { Platform } from '../platform/platform.js';

/** What a profile's `strip` takes out of programs. */
export type StripLevel = 'none' | 'debuginfo' | 'symbols';

export type Linkage = 'static' | 'dynamic';

/** What links, with gcc: its compiler, or the bare linker. */
export type Driver = 'compiler' | 'ld';

/** Options that only a backend can judge, and the place of each one that is written. */
export type OptionPlaces = Readonly<Partial<Record<'apiLevel' | 'driver' | 'glibc' | 'interpreter' | 'linkage' | 'minOs' | 'sdk', Location>>>;

/** What one crate's package and workspace say, for one platform. One of these stands behind each inferred `cross-<platform>` target. */
export interface PlatformBuild {
  readonly platform: Platform;
  readonly backend: BackendChoice;
  /** Cargo profile: `release`, `dev`, or one of the workspace's own. */
  readonly profile: string;
  /** Sorted, without duplicates. */
  readonly features: readonly string[];
  readonly defaultFeatures: boolean;
  /** The bins to build; undefined means every bin of the crate. */
  readonly bins: readonly string[] | undefined;
  /** Asked for by name; undefined leaves the triple's own default. */
  readonly linkage: Linkage | undefined;
  /** The oldest glibc that artifacts must start on; undefined where the platform has no glibc or the backend's own sysroot decides. */
  readonly glibc: GlibcVersion | undefined;
  /** Apple: the oldest macOS that artifacts must start on. */
  readonly minOs: string | undefined;
  /** Android: the oldest API level that artifacts must start on; undefined leaves the backend's own default. */
  readonly apiLevel: number | undefined;
  /** The folder of Apple's or Microsoft's files as written: absolute, or relative to the Nx workspace root. */
  readonly sdk: string | undefined;
  readonly driver: Driver | undefined;
  /** The loader that programs name; undefined for the platform's standard one. */
  readonly interpreter: string | undefined;
  /** Findings of the proof that are accepted. */
  readonly allow: readonly string[];
  /** Whether paths and dates of the building machine are kept out of the artifacts. */
  readonly reproducible: boolean;
  /** Words for the smoke run of each program; undefined for none. */
  readonly smoke: readonly string[] | undefined;
  /** Added behind the user's own flags, in this order. */
  readonly rustflags: readonly string[];
  /** Where options are written that a backend may have to refuse. */
  readonly places: OptionPlaces;
  /** Variables for cargo and everything below it. */
  readonly env: Readonly<Record<string, string>>;
}

/** The options of one crate, resolved for each of its platforms. */
export interface CrateConfig {
  readonly targetName: string;
  /** Relative to the Nx workspace root. */
  readonly outDir: string;
  /** Extra files that decide the output, and own ones that do not; globs relative to the crate. */
  readonly inputs: readonly string[];
  /** Whether machines of another system or processor take each other's cache entries. */
  readonly shareHosts: boolean;
  /** Whether the crate has a committed file by which `nx affected` knows what its closure is. */
  readonly closureFile: boolean;
  /** In the order the user wrote them. */
  readonly builds: readonly PlatformBuild[];
  /** `universal-macos` is wanted: the two of `builds` that it is joined of. */
  readonly universal: readonly [PlatformBuild, PlatformBuild] | undefined;
  /** The platforms for which the crate's tests are run, in the same order. */
  readonly tests: readonly PlatformTest[];
  /** Those of `builds` whose third-party part is a task of its own, in the same order. Apart from the build, whose bytes do not depend on it. */
  readonly layers: readonly PlatformBuild[];
  /** Those of `builds` for which what a backend builds by itself is a task of its own, in the same order. */
  readonly toolchains: readonly PlatformBuild[];
}

/** How a crate's tests are run for one platform. Apart from the build, whose bytes do not depend on it. */
export interface PlatformTest {
  readonly build: PlatformBuild;
  /** Seconds, for each test program. */
  readonly timeout: number;
  readonly unrunnable: 'fail' | 'skip';
}
