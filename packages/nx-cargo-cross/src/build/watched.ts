/**
 * What decides bytes, and cargo does not watch: which compiler a name leads to, what it links by itself, variables that only rustc, compilers and linkers read. The key
 * tells a change of it from the next, and cargo, with a warm target folder, would find all as it was: old bytes under a new key.
 */

/** By name: the digest of a command's answer, or of a variable's value. */
export type Watched = Readonly<Record<string, string>>;

/**
 * What is known together of outputs that were made at different times, by builds that watch different things; undefined where one of them has changed, so that
 * what was made under the one is none of the other's.
 */
export function together(noted: Watched, now: Watched): Watched | undefined {
  if (Object.entries(now).some(([name, digest]) => noted[name] !== undefined && noted[name] !== digest)) return undefined;
  return { ...noted, ...now };
}

/**
 * Whether cargo compiles anew what reads a variable, by itself: flags and profiles are in its fingerprints, and what rustc noted (`env!`) or a build script named is looked at.
 * Of variables for C compilers that is not enough: one build script names them, and another that starts the same compiler does not.
 * @param tracked variables that rustc or a build script named in an earlier build
 */
export function cargoWatches(name: string, tracked: ReadonlySet<string>): boolean {
  return OF_CARGO.test(name) || (tracked.has(name) && !OF_COMPILERS.test(name));
}

/** Source: cargo 1.95, `core/compiler/fingerprint`, `Fingerprint::rustflags` and `profile`. */
const OF_CARGO = /^(RUSTFLAGS|CARGO_ENCODED_RUSTFLAGS|CARGO_BUILD_RUSTFLAGS|CARGO_TARGET_.*_RUSTFLAGS|CARGO_PROFILE_.*|CARGO_INCREMENTAL|CARGO_BUILD_INCREMENTAL)$/;

const OF_COMPILERS = /^(RUSTC.*|(HOST_|TARGET_)?(CC|CXX|AR|RANLIB|NVCC|CFLAGS|CXXFLAGS|ARFLAGS|RANLIBFLAGS|CUDAFLAGS|LDFLAGS|CPPFLAGS|CXXSTDLIB|CROSS_COMPILE|CMAKE|PKG_CONFIG)(_.*)?|C(PLUS)?_INCLUDE_PATH|CPATH|LIBRARY_PATH|COMPILER_PATH|LD_RUN_PATH|ZIG_LIB_DIR|CONFIG_SITE|GNUMAKEFLAGS|SOURCE_DATE_EPOCH|SDKROOT|MACOSX_DEPLOYMENT_TARGET)$/;

/** Reads a note. One that is damaged knows nothing. */
export function parseWatched(text: string): Watched {
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read !== 'object' || read === null) return {};
    return Object.fromEntries(Object.entries(read).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return {};
  }
}
