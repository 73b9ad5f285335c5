/** What an osxcross needs beyond its own defaults, as data: when, what, and where it is known from. Each row has its test, by its id. */

export interface QuirkContext {
  /** The installation's `target` folder, absolute. */
  readonly root: string;
  /** Its `lib`, if it has one. */
  readonly lib: string | undefined;
  readonly sdk: string;
  /** The linker of the architecture, if there is one by that name. */
  readonly ld: string | undefined;
}

export interface QuirkEffect {
  /** Variables that the compiler scripts alone set, and so nothing but osxcross's own programs sees. */
  readonly script?: readonly ScriptVariable[];
  /** Variables for cargo and everything below it. */
  readonly env?: Readonly<Record<string, string>>;
  /** Lines of CMake's toolchain file. */
  readonly cmake?: readonly string[];
}

/** A folder in front of a variable that is a list of folders, or a value where the caller has none. */
export type ScriptVariable = { readonly name: string; readonly prepend: string } | { readonly name: string; readonly value: string };

export interface OsxcrossQuirk {
  readonly id: string;
  when(context: QuirkContext): boolean;
  effect(context: QuirkContext): QuirkEffect;
  readonly source: string;
}

export const OSXCROSS_QUIRKS: readonly OsxcrossQuirk[] = [
  {
    id: 'tools-by-path',
    when: () => true,
    effect: ({ root }) => ({ script: [{ name: 'PATH', prepend: `${root}/bin` }] }),
    source: 'osxcross `wrapper/target.cpp`: ld, xcrun and dsymutil are looked up on the PATH. In the script alone: host programs have their own xcrun and strip',
  },
  {
    id: 'own-libraries',
    when: ({ lib }) => lib !== undefined,
    effect: ({ lib = '' }) => ({ script: [{ name: 'LD_LIBRARY_PATH', prepend: lib }] }),
    source: 'osxcross README, "Installation": libtapi and libLTO without a runpath up to 1.4. In the script alone: the host\'s programs must not find them',
  },
  {
    id: 'one-sdk',
    when: () => true,
    effect: ({ sdk }) => ({ env: { OSXCROSS_SDKROOT: sdk } }),
    source: 'osxcross 3.0 `wrapper/target.cpp`: of several SDKs it takes its own choice, and does not read SDKROOT',
  },
  {
    id: 'quiet-include-paths',
    when: () => true,
    effect: () => ({ script: [{ name: 'OSXCROSS_NO_INCLUDE_PATH_WARNINGS', value: '1' }] }),
    source: 'osxcross `wrapper/tools.cpp`: it warns of /usr/local/include, which configure scripts try',
  },
  {
    id: 'archives-without-clock',
    when: () => true,
    effect: () => ({ env: { ZERO_AR_DATE: '1' } }),
    source: "cctools' ar, ranlib and libtool write the time into archives unless it is set: `man libtool`, -D",
  },
  {
    id: 'cmake-linker',
    when: ({ ld }) => ld !== undefined,
    effect: ({ ld = '' }) => ({ cmake: [`set(CMAKE_LINKER ${JSON.stringify(ld)})`] }),
    source: 'aws/aws-lc#1023: CMake that guesses the linker writes -fuse-ld=<prefix>-ld, which clang refuses',
  },
];

/** What all rows that hold say together. */
export function osxcrossEffects(context: QuirkContext): Required<QuirkEffect> {
  const effects = OSXCROSS_QUIRKS.filter((quirk) => quirk.when(context)).map((quirk) => quirk.effect(context));
  return {
    script: effects.flatMap(({ script }) => script ?? []),
    env: Object.assign({}, ...effects.map(({ env }) => env ?? {})) as Readonly<Record<string, string>>,
    cmake: effects.flatMap(({ cmake }) => cmake ?? []),
  };
}
