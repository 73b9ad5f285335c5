/**
 * What LLVM's tools need to stand in for Microsoft's, as data: when, what, and where it is known from. Each row has its test, by its id.
 */
import type { Linkage } from '../../config/resolved.js';
import type { KnownTriple } from '../../platform/known.js';
import type { EnvEdit } from '../env-edit.js';

/** What a row is decided by. */
export interface QuirkContext {
  readonly facts: KnownTriple;
  readonly linkage: Linkage | undefined;
  /** clang's major version; undefined where there is no clang. */
  readonly clang: number | undefined;
  /** Names of the packages that the build can reach. */
  readonly closure: ReadonlySet<string>;
}

export interface QuirkEffect {
  /** Words for clang-cl, before the caller's. */
  readonly compile?: readonly string[];
  readonly rustflags?: readonly string[];
  /** Words for the linker where CMake calls it. */
  readonly cmakeLink?: readonly string[];
  readonly env?: readonly EnvEdit[];
}

export interface XwinQuirk {
  readonly id: string;
  when(context: QuirkContext): boolean;
  readonly effect: QuirkEffect;
  readonly source: string;
}

const setIfMissing = (name: string, value: string): EnvEdit => ({ kind: 'set-if-missing', name, value, spellings: [] });

/** The oldest clang that the C++ headers of Visual Studio 17.14 take. */
const STL_CLANG = 19;

export const XWIN_QUIRKS: readonly XwinQuirk[] = [
  {
    id: 'static-ucrt',
    when: ({ linkage }) => linkage === 'static',
    effect: { rustflags: ['-Clink-arg=/nodefaultlib:ucrt', '-Clink-arg=/defaultlib:libucrt'] },
    source: 'std and C code that was compiled with /MD name the dynamic UCRT beside the static one: rust-cross/cargo-xwin, `src/compiler/clang_cl.rs`',
  },
  {
    id: 'safeseh',
    when: ({ facts }) => facts.machine === 'i386',
    effect: { rustflags: ['-Clink-arg=/safeseh:no'], cmakeLink: ['/safeseh:no'] },
    source: "objects of assemblers have no table of exception handlers, and lld-link refuses them: LLVM's lld/COFF `Driver.cpp`, `/safeseh` is the default for 32 bits",
  },
  {
    id: 'stl-version',
    when: ({ clang }) => clang !== undefined && clang < STL_CLANG,
    effect: { compile: ['-D_ALLOW_COMPILER_AND_STL_VERSION_MISMATCH'] },
    source: "microsoft/STL, `yvals_core.h`: an older clang is a static_assert's error (STL1000)",
  },
  {
    id: 'no-manifest',
    when: () => true,
    effect: { cmakeLink: ['/manifest:no'] },
    source: "CMake has a manifest embedded by Microsoft's mt.exe, which is not there: CMake, `Modules/Platform/Windows-MSVC.cmake`",
  },
  {
    id: 'prebuilt-nasm',
    when: ({ facts, closure }) => facts.machine === 'x86_64' && closure.has('aws-lc-sys'),
    effect: { env: [setIfMissing('AWS_LC_SYS_PREBUILT_NASM', '1')] },
    source: 'aws-lc-sys 0.42 `builder/main.rs`: its objects are assembled by nasm, or taken ready-made',
  },
];

/** What all rows that hold say together. */
export function xwinEffects(context: QuirkContext): Required<QuirkEffect> {
  const effects = XWIN_QUIRKS.filter((quirk) => quirk.when(context)).map((quirk) => quirk.effect);
  return {
    compile: effects.flatMap(({ compile = [] }) => compile),
    rustflags: effects.flatMap(({ rustflags = [] }) => rustflags),
    cmakeLink: effects.flatMap(({ cmakeLink = [] }) => cmakeLink),
    env: effects.flatMap(({ env = [] }) => env),
  };
}
