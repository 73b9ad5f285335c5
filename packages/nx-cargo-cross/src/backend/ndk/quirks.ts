/**
 * What an NDK needs beyond its own defaults, as data: when, what, and where it is known from. Each row has its test, by its id.
 */
import type { KnownTriple } from '../../platform/known.js';
import type { GeneratedFile } from '../contract.js';

/** What a row is decided by. */
export interface QuirkContext {
  readonly facts: KnownTriple;
  /** The NDK's major version: 27 for r27c. */
  readonly release: number;
  /** The folder of clang's runtime libraries, where the NDK has it in a known place. */
  readonly runtimeFolder: string | undefined;
  /** `aarch64` in `libclang_rt.builtins-aarch64-android.a`. */
  readonly runtime: string;
  /** Where the described files will lie. */
  readonly directory: string;
}

export interface QuirkEffect {
  /** Words put before the caller's when something is linked, so that the caller's own win. */
  readonly linkFirst?: readonly string[];
  /** Words put behind the caller's when something is linked: libraries that serve what is still undefined. */
  readonly linkLast?: readonly string[];
  readonly files?: readonly GeneratedFile[];
}

export interface NdkQuirk {
  readonly id: string;
  when(context: QuirkContext): boolean;
  effect(context: QuirkContext): QuirkEffect;
  readonly source: string;
}

/** The release from which clang links 64-bit code for 16 KB pages by itself. */
const LARGE_PAGES_BY_DEFAULT = 28;

const EMPTY_ARCHIVE = '!<arch>\n';

export const NDK_QUIRKS: readonly NdkQuirk[] = [
  {
    id: 'large-pages',
    when: ({ facts, release }) => facts.bits === 64 && release < LARGE_PAGES_BY_DEFAULT,
    effect: () => ({ linkFirst: ['-Wl,-z,max-page-size=16384'] }),
    source: 'NDK r28 changelog, "16 KiB page size"; Android developers, "Support 16 KB page sizes"',
  },
  {
    id: 'libraries-in-libc',
    when: () => true,
    effect: ({ directory }) => ({
      linkLast: [`-L${directory}/lib`],
      files: ['lib/libpthread.a', 'lib/librt.a'].map((path) => ({ path, text: EMPTY_ARCHIVE, executable: false })),
    }),
    source: 'bionic/docs/status.md: threads and timers are in libc, and crates that write -lpthread or -lrt fail to link',
  },
  {
    id: 'no-libgcc',
    when: () => true,
    effect: ({ directory }) => ({
      linkLast: [`-L${directory}/lib`],
      files: [{ path: 'lib/libgcc.a', text: 'INPUT(-lunwind)\n', executable: false }],
    }),
    source: 'NDK r23 changelog, "libgcc is removed"; build scripts that still write -lgcc want the unwinder: rust-lang/rust#85806',
  },
  {
    id: 'builtins',
    when: ({ runtimeFolder }) => runtimeFolder !== undefined,
    effect: ({ runtimeFolder, runtime }) => ({ linkLast: [`-L${runtimeFolder ?? ''}`, `-lclang_rt.builtins-${runtime}-android`] }),
    source: 'rustc links with -nodefaultlibs, and C code calls functions of clang that Rust\'s own runtime has not: rust-lang/rust#109717',
  },
];

/** What all rows that hold say together. */
export function ndkEffects(context: QuirkContext): Required<QuirkEffect> {
  const effects = NDK_QUIRKS.filter((quirk) => quirk.when(context)).map((quirk) => quirk.effect(context));
  return {
    linkFirst: effects.flatMap((effect) => effect.linkFirst ?? []),
    linkLast: [...new Set(effects.flatMap((effect) => effect.linkLast ?? []))],
    files: effects.flatMap((effect) => effect.files ?? []),
  };
}
