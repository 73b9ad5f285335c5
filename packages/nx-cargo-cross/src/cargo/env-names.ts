/**
 * The environment variables that decide the bytes of a build: what cargo and rustc read, and what the build scripts of well-known packages read.
 * The rows of a package count only where it is in the closure, so a program in pure Rust doesn't depend on `OPENSSL_DIR`.
 *
 * Sources: cargo's reference, "Environment variables" and "Profiles"; the crates themselves (read in cc 1.2.60, cmake 0.1.58,
 * pkg-config 0.3.34, bindgen 0.72, openssl-sys 0.9.117, libsqlite3-sys 0.38, aws-lc-sys 0.42). `<T>`: AARCH64_UNKNOWN_LINUX_GNU, `<t>`: the same in
 * small letters, `<triple>`: with dashes.
 */
import { screamingTriple, snakeTriple, type Triple } from '../platform/triple.js';

interface EnvGroup {
  /** Counts where one of these packages is in the closure; undefined: always. `build.rs`: where a local package has a build script. */
  readonly when?: readonly string[];
  /** Apple platforms only. */
  readonly apple?: true;
  readonly names: readonly string[];
}

/** cc-rs looks each of its variables up in four spellings; so do cmake-rs and pkg-config. */
const everySpelling = (name: string): readonly string[] => [`${name}_<triple>`, `${name}_<t>`, `TARGET_${name}`, name];

/** openssl-sys puts the triple in front. */
const triplePrefixed = (name: string): readonly string[] => [`<T>_${name}`, name];

const PROFILE_KEYS = ['OPT_LEVEL', 'LTO', 'CODEGEN_UNITS', 'DEBUG', 'DEBUG_ASSERTIONS', 'OVERFLOW_CHECKS', 'PANIC', 'STRIP', 'SPLIT_DEBUGINFO', 'RPATH', 'INHERITS', 'BUILD_OVERRIDE_OPT_LEVEL', 'BUILD_OVERRIDE_CODEGEN_UNITS', 'BUILD_OVERRIDE_DEBUG', 'BUILD_OVERRIDE_DEBUG_ASSERTIONS', 'BUILD_OVERRIDE_OVERFLOW_CHECKS'];

const C_PACKAGES = ['cc', 'cmake', 'autotools', 'build.rs'];

/** Whether C may be compiled: by a package that does, or by a build script of the repository's own. */
export function mayCompileC(packages: { has(name: string): boolean }, localBuildScript: boolean): boolean {
  return C_PACKAGES.some((name) => (name === 'build.rs' ? localBuildScript : packages.has(name)));
}

const GROUPS: readonly EnvGroup[] = [
  { names: ['RUSTFLAGS', 'CARGO_ENCODED_RUSTFLAGS', 'CARGO_BUILD_RUSTFLAGS', 'CARGO_TARGET_<T>_RUSTFLAGS', 'CARGO_TARGET_<T>_LINKER'] },
  { names: ['RUSTC', 'RUSTC_WRAPPER', 'RUSTC_WORKSPACE_WRAPPER'].flatMap((name) => [name, `CARGO_BUILD_${name}`]) },
  { names: ['RUSTC_BOOTSTRAP', 'RUSTUP_TOOLCHAIN', 'CARGO_INCREMENTAL', 'CARGO_BUILD_INCREMENTAL', 'SOURCE_DATE_EPOCH'] },
  { apple: true, names: ['MACOSX_DEPLOYMENT_TARGET', 'SDKROOT'] },
  // Read by gcc, clang and zig themselves, for linking and for compiling C.
  { names: ['LIBRARY_PATH', 'COMPILER_PATH'] },
  { when: C_PACKAGES, names: ['CPATH', 'C_INCLUDE_PATH', 'CPLUS_INCLUDE_PATH', 'LDFLAGS', 'LDFLAGS_<t>'] },
  { when: C_PACKAGES, names: ['CC', 'CXX', 'AR', 'CFLAGS', 'CXXFLAGS'].flatMap(everySpelling) },
  { when: C_PACKAGES, names: ['HOST_CC', 'HOST_CFLAGS', 'RANLIB', 'RANLIB_<t>', 'ARFLAGS', 'ARFLAGS_<t>', 'CXXSTDLIB', 'CXXSTDLIB_<t>'] },
  { when: C_PACKAGES, names: ['CROSS_COMPILE', 'CRATE_CC_NO_DEFAULTS', 'CC_SHELL_ESCAPED_FLAGS'] },
  { when: ['cmake'], names: [...everySpelling('CMAKE_TOOLCHAIN_FILE'), ...everySpelling('CMAKE_PREFIX_PATH'), 'CMAKE_GENERATOR', 'CMAKE'] },
  {
    when: ['pkg-config', 'system-deps'],
    names: ['PKG_CONFIG', 'PKG_CONFIG_PATH', 'PKG_CONFIG_LIBDIR', 'PKG_CONFIG_SYSROOT_DIR', 'PKG_CONFIG_ALLOW_CROSS'].flatMap(everySpelling),
  },
  { when: ['pkg-config', 'system-deps'], names: ['PKG_CONFIG_ALL_STATIC', 'PKG_CONFIG_ALL_DYNAMIC'] },
  {
    when: ['bindgen', 'clang-sys'],
    names: [
      'BINDGEN_EXTRA_CLANG_ARGS',
      'BINDGEN_EXTRA_CLANG_ARGS_<t>',
      'BINDGEN_EXTRA_CLANG_ARGS_<triple>',
      'LIBCLANG_PATH',
      'LIBCLANG_STATIC_PATH',
      'LLVM_CONFIG_PATH',
    ],
  },
  {
    when: ['openssl-sys'],
    names: ['OPENSSL_DIR', 'OPENSSL_LIB_DIR', 'OPENSSL_INCLUDE_DIR', 'OPENSSL_STATIC', 'OPENSSL_LIBS', 'OPENSSL_NO_VENDOR', 'OPENSSL_CONFIG_DIR'].flatMap(
      triplePrefixed,
    ),
  },
  { when: ['libsqlite3-sys'], names: ['SQLITE3_LIB_DIR', 'SQLITE3_INCLUDE_DIR', 'SQLITE3_STATIC', 'LIBSQLITE3_SYS_USE_PKG_CONFIG', 'LIBSQLITE3_FLAGS'] },
  { when: ['libz-sys'], names: ['LIBZ_SYS_STATIC', 'ZLIB_NO_PKG_CONFIG'] },
  { when: ['zstd-sys'], names: ['ZSTD_SYS_USE_PKG_CONFIG'] },
  { when: ['libgit2-sys'], names: ['LIBGIT2_NO_VENDOR'] },
  { when: ['libssh2-sys'], names: ['LIBSSH2_SYS_USE_PKG_CONFIG'] },
  {
    when: ['aws-lc-sys'],
    names: ['NO_ASM', 'CMAKE_BUILDER', 'PREBUILT_NASM', 'NO_JITTER_ENTROPY', 'CFLAGS', 'USE_SYSTEM', 'SYSTEM_DIR'].flatMap((name) => [`AWS_LC_SYS_${name}`, `AWS_LC_SYS_${name}_<t>`]),
  },
  { when: ['tikv-jemalloc-sys', 'jemalloc-sys'], names: ['JEMALLOC_OVERRIDE', 'JEMALLOC_SYS_WITH_LG_PAGE', 'JEMALLOC_SYS_WITH_MALLOC_CONF'].flatMap(triplePrefixed) },
  { when: ['onig_sys'], names: ['RUSTONIG_SYSTEM_LIBONIG', 'RUSTONIG_STATIC_LIBONIG', 'RUSTONIG_DYNAMIC_LIBONIG'] },
  { when: ['librocksdb-sys'], names: ['ROCKSDB_LIB_DIR', 'ROCKSDB_STATIC', 'ROCKSDB_INCLUDE_DIR'] },
  { when: ['prost-build', 'protobuf-codegen', 'tonic-build'], names: ['PROTOC', 'PROTOC_INCLUDE'] },
  { when: ['winres', 'winresource', 'embed-resource'], names: ['RC', 'RC_<triple>', 'WINDRES'] },
  {
    when: ['pyo3-build-config', 'pyo3-ffi'],
    names: ['PYO3_PYTHON', 'PYO3_CONFIG_FILE', 'PYO3_CROSS', 'PYO3_CROSS_LIB_DIR', 'PYO3_CROSS_PYTHON_VERSION', 'PYO3_NO_PYTHON'],
  },
];

/**
 * The variables that decide the bytes for a triple, each once, in the order of the table.
 * @param profiles the cargo profile, and those it inherits from: `dev` and `release` are what cargo's variables call them too.
 * @param packages the names of the packages in the closure.
 * @param localBuildScript whether a local package of the closure has a build script, which may call a C compiler by itself.
 */
export function envNames(triple: Triple, profiles: readonly string[], packages: { has(name: string): boolean }, localBuildScript: boolean): readonly string[] {
  const present = (name: string): boolean => (name === 'build.rs' ? localBuildScript : packages.has(name));
  const groups = GROUPS.filter((group) => (group.when?.some(present) ?? true) && (group.apple === undefined || triple.facts.os === 'macos'));
  const ofProfiles = profiles.flatMap((profile) => PROFILE_KEYS.map((key) => `CARGO_PROFILE_${profile.toUpperCase().replaceAll('-', '_')}_${key}`));
  return [...new Set([...groups.flatMap((group) => group.names.map((name) => (name.includes('<') ? spell(name, triple) : name))), ...ofProfiles])];
}

function spell(name: string, triple: Triple): string {
  return name
    .replace('<T>', screamingTriple(triple.name))
    .replace('<t>', snakeTriple(triple.name))
    .replace('<triple>', triple.name);
}
