/**
 * The environment variables that decide the bytes of a build: what cargo and rustc read, and what the build scripts of well-known packages read.
 * The rows of a package count only where it is in the closure, so a program in pure Rust doesn't depend on `OPENSSL_DIR`.
 *
 * Sources: cargo's reference, "Environment variables" and "Profiles"; the crates themselves (read in cc 1.2.60, cmake 0.1.58,
 * pkg-config 0.3.34, bindgen 0.72, openssl-sys 0.9.117, libsqlite3-sys 0.39, libc 0.2.191, tikv-jemalloc-sys 0.7), GNU ld's, zig's, make's, autoconf's and CMake's manuals, and what the
 * build scripts of some three hundred builds said. `<T>`: AARCH64_UNKNOWN_LINUX_GNU, `<t>`: the same in
 * small letters, `<triple>`: with dashes.
 */
import { screamingTriple, snakeTriple, type Triple } from '../platform/triple.js';

/** The names of the packages in a closure. */
interface PackageNames {
  has(name: string): boolean;
}

interface EnvGroup {
  /** Counts where one of these packages is in the closure; undefined: always. `build.rs`: where a local package has a build script. */
  readonly when?: readonly string[];
  /** Apple platforms only. */
  readonly apple?: true;
  readonly names: readonly string[];
}

/** cc-rs looks each of its variables up in these spellings, `HOST_` where the machine builds for itself; so do cmake-rs and pkg-config. */
const everySpelling = (name: string): readonly string[] => [`${name}_<triple>`, `${name}_<t>`, `TARGET_${name}`, `HOST_${name}`, name];

/** openssl-sys puts the triple in front. */
const triplePrefixed = (name: string): readonly string[] => [`<T>_${name}`, name];

const PROFILE_KEYS = ['OPT_LEVEL', 'LTO', 'CODEGEN_UNITS', 'DEBUG', 'DEBUG_ASSERTIONS', 'OVERFLOW_CHECKS', 'PANIC', 'STRIP', 'SPLIT_DEBUGINFO', 'RPATH', 'INHERITS', 'BUILD_OVERRIDE_OPT_LEVEL', 'BUILD_OVERRIDE_CODEGEN_UNITS', 'BUILD_OVERRIDE_DEBUG', 'BUILD_OVERRIDE_DEBUG_ASSERTIONS', 'BUILD_OVERRIDE_OVERFLOW_CHECKS', 'RUSTFLAGS', 'TRIM_PATHS', 'CODEGEN_BACKEND'];

const C_PACKAGES = ['cc', 'cmake', 'autotools', 'build.rs'];

/** Whether C may be compiled: by a package that does, or by a build script of the repository's own. */
export function mayCompileC(packages: PackageNames, localBuildScript: boolean): boolean {
  return C_PACKAGES.some((name) => (name === 'build.rs' ? localBuildScript : packages.has(name)));
}

const GROUPS: readonly EnvGroup[] = [
  { names: ['RUSTFLAGS', 'CARGO_ENCODED_RUSTFLAGS', 'CARGO_BUILD_RUSTFLAGS', 'CARGO_TARGET_<T>_RUSTFLAGS', 'CARGO_TARGET_<T>_LINKER'] },
  { names: ['RUSTC', 'RUSTC_WRAPPER', 'RUSTC_WORKSPACE_WRAPPER'].flatMap((name) => [name, `CARGO_BUILD_${name}`]) },
  { names: ['RUSTC_BOOTSTRAP', 'RUSTUP_TOOLCHAIN', 'CARGO_INCREMENTAL', 'CARGO_BUILD_INCREMENTAL', 'SOURCE_DATE_EPOCH', 'DOCS_RS'] },
  // Of a nightly cargo's switches, those that decide what is compiled, and how.
  {
    names: ['CARGO_RESOLVER_FEATURE_UNIFICATION', ...['BUILD_STD', 'BUILD_STD_FEATURES', 'CODEGEN_BACKEND', 'FEATURE_UNIFICATION', 'HOST_CONFIG', 'PROFILE_RUSTFLAGS', 'TARGET_APPLIES_TO_HOST', 'TRIM_PATHS'].map((name) => `CARGO_UNSTABLE_${name}`)],
  },
  // Read by Apple's linker and compilers, and by clang where it stands in for them.
  { apple: true, names: ['MACOSX_DEPLOYMENT_TARGET', 'SDKROOT', 'DEVELOPER_DIR', 'TOOLCHAINS', 'RC_DEBUG_OPTIONS', 'RC_DEBUG_PREFIX_MAP'] },
  // Read by gcc, clang and zig themselves, for linking and for compiling C.
  { names: ['LIBRARY_PATH', 'COMPILER_PATH', 'LD_RUN_PATH', 'ZIG_LIB_DIR'] },
  { when: C_PACKAGES, names: ['CPATH', 'C_INCLUDE_PATH', 'CPLUS_INCLUDE_PATH', 'OBJC_INCLUDE_PATH', 'OBJCPLUS_INCLUDE_PATH', 'LDFLAGS', 'LDFLAGS_<t>'] },
  { when: C_PACKAGES, names: ['GCC_EXEC_PREFIX', 'CCC_OVERRIDE_OPTIONS', 'CLANG_NO_DEFAULT_CONFIG', 'WASI_SYSROOT', 'WASI_SDK_PATH', 'CPPFLAGS'] },
  { when: C_PACKAGES, names: ['INCLUDE', 'EXTERNAL_INCLUDE', 'LIB', 'CL', '_CL_', 'VCINSTALLDIR', 'VCToolsInstallDir', 'WindowsSdkDir', 'UCRTVersion'] },
  { when: C_PACKAGES, names: ['CC', 'CXX', 'AR', 'CFLAGS', 'CXXFLAGS', 'ARFLAGS', 'RANLIB', 'RANLIBFLAGS', 'CXXSTDLIB', 'CXXSTDLIB_STATIC', 'CUDAFLAGS', 'NVCC'].flatMap(everySpelling) },
  { when: C_PACKAGES, names: ['CROSS_COMPILE', 'CRATE_CC_NO_DEFAULTS', 'CC_SHELL_ESCAPED_FLAGS', 'CC_FORCE_DISABLE', 'CC_PREFER_CLANG_CL_OVER_MSVC', 'CC_KNOWN_WRAPPER_CUSTOM'] },
  // Read by configure scripts, their makefiles, and make itself.
  { when: ['autotools', 'build.rs', 'openssl-src', 'tikv-jemalloc-sys', 'jemalloc-sys'], names: ['CONFIG_SITE', 'GNUMAKEFLAGS', 'AS', 'LD', 'NM', 'STRIP', 'OBJCOPY', 'CPP', 'CXXCPP', 'LIBS'] },
  { when: ['cmake'], names: [...everySpelling('CMAKE_TOOLCHAIN_FILE'), ...everySpelling('CMAKE_PREFIX_PATH'), 'CMAKE_GENERATOR', 'CMAKE'] },
  { when: ['cmake'], names: ['GENERATOR_PLATFORM', 'GENERATOR_TOOLSET', 'INCLUDE_PATH', 'LIBRARY_PATH', 'PROGRAM_PATH', 'FRAMEWORK_PATH', 'BUILD_TYPE', 'OSX_ARCHITECTURES'].map((name) => `CMAKE_${name}`) },
  { when: ['cmake'], names: ['ASM', 'ASMFLAGS', 'LDFLAGS'] },
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
    names: ['OPENSSL_DIR', 'OPENSSL_LIB_DIR', 'OPENSSL_INCLUDE_DIR', 'OPENSSL_STATIC', 'OPENSSL_LIBS', 'OPENSSL_NO_VENDOR', 'OPENSSL_CONFIG_DIR', 'OPENSSL_NO_PKG_CONFIG', 'OPENSSL_DYNAMIC', 'SYSROOT'].flatMap(
      triplePrefixed,
    ),
  },
  { when: ['libc'], names: ['FREEBSD_VERSION', 'LINUX_TIME_BITS64', 'GNU_FILE_OFFSET_BITS', 'GNU_TIME_BITS', 'MUSL_V1_2_3'].map((name) => `RUST_LIBC_UNSTABLE_${name}`) },
  { when: ['winapi'], names: ['WINAPI_NO_BUNDLED_LIBRARIES', 'WINAPI_STATIC_NOBUNDLE'] },
  { when: ['icu_normalizer_data', 'icu_properties_data', 'icu_segmenter_data', 'icu_locale_data', 'icu_provider', 'icu_provider_baked'], names: ['ICU4X_DATA_DIR'] },
  { when: ['defmt'], names: ['DEFMT_LOG'] },
  { when: ['const-random', 'const-random-macro'], names: ['CONST_RANDOM_SEED'] },
  { when: ['objc2'], names: ['UNSAFE_OBJC2_ALLOW_CLASS_OVERRIDE'] },
  { when: ['objc2', 'dispatch2'], names: ['IPHONEOS_DEPLOYMENT_TARGET', 'TVOS_DEPLOYMENT_TARGET', 'WATCHOS_DEPLOYMENT_TARGET', 'XROS_DEPLOYMENT_TARGET'] },
  { when: ['matrixmultiply'], names: ['SGEMM', 'DGEMM', 'CGEMM', 'ZGEMM'].flatMap((kernel) => ['MC', 'NC', 'KC'].map((part) => `MATMUL_${kernel}_${part}`)) },
  { when: ['chrono-tz', 'chrono-tz-build'], names: ['CHRONO_TZ_TIMEZONE_FILTER'] },
  { when: ['libbz2-rs-sys'], names: ['LIBBZ2_RS_SYS_PREFIX'] },
  { when: ['aws-lc-sys', 'aws-lc-fips-sys'], names: ['CC', 'CXX', 'CFLAGS', 'CXXFLAGS'].flatMap((name) => [`TARGET_${name}_<t>`, `HOST_${name}_<t>`]) },
  { when: ['ring'], names: ['RING_PREGENERATE_ASM'] },
  { when: ['coreaudio-sys'], names: ['COREAUDIO_SDK_PATH'] },
  { when: ['libsqlite3-sys'], names: ['SQLITE3_LIB_DIR', 'SQLITE3_INCLUDE_DIR', 'SQLITE3_STATIC', 'SQLITE3_NO_PKG_CONFIG', 'LIBSQLITE3_SYS_USE_PKG_CONFIG', 'LIBSQLITE3_SYS_BUNDLING', 'LIBSQLITE3_FLAGS', 'SQLITE_MAX_VARIABLE_NUMBER', 'SQLITE_MAX_EXPR_DEPTH', 'SQLITE_MAX_COLUMN'] },
  { when: ['libz-sys'], names: ['LIBZ_SYS_STATIC', 'ZLIB_NO_PKG_CONFIG'] },
  { when: ['zstd-sys'], names: ['ZSTD_SYS_USE_PKG_CONFIG', 'ZSTD_SYS_NO_HIDE_SYMBOLS'] },
  { when: ['libgit2-sys'], names: ['LIBGIT2_NO_VENDOR'] },
  { when: ['libssh2-sys'], names: ['LIBSSH2_SYS_USE_PKG_CONFIG'] },
  { when: ['tikv-jemalloc-sys', 'jemalloc-sys'], names: ['JEMALLOC_OVERRIDE', ...['LG_PAGE', 'LG_HUGEPAGE', 'LG_QUANTUM', 'LG_VADDR', 'MALLOC_CONF'].map((name) => `JEMALLOC_SYS_WITH_${name}`), 'LDFLAGS', 'CPPFLAGS'].flatMap(triplePrefixed) },
  { when: ['onig_sys'], names: ['RUSTONIG_SYSTEM_LIBONIG', 'RUSTONIG_STATIC_LIBONIG', 'RUSTONIG_DYNAMIC_LIBONIG'] },
  { when: ['v8'], names: ['RUSTY_V8_ARCHIVE', 'RUSTY_V8_MIRROR', 'RUSTY_V8_SRC_BINDING_PATH', 'V8_FROM_SOURCE', 'GN_ARGS', 'EXTRA_GN_ARGS', 'CLANG_BASE_PATH'] },
  { when: ['ort-sys', 'ort'], names: ['ORT_STRATEGY', 'ORT_LIB_LOCATION', 'ORT_LIB_PROFILE', 'ORT_PREFER_DYNAMIC_LINK', 'ORT_SKIP_DOWNLOAD', 'ORT_IOS_XCFWK_LOCATION', 'ORT_DYLIB_PATH'] },
  { when: ['torch-sys', 'tch'], names: ['LIBTORCH', 'LIBTORCH_USE_PYTORCH', 'LIBTORCH_BYPASS_VERSION_CHECK', 'LIBTORCH_CXX11_ABI', 'LIBTORCH_STATIC', 'TORCH_CUDA_VERSION'] },
  { when: ['librocksdb-sys'], names: ['ROCKSDB_LIB_DIR', 'ROCKSDB_STATIC', 'ROCKSDB_INCLUDE_DIR'] },
  { when: ['prost-build', 'protobuf-codegen', 'tonic-build'], names: ['PROTOC', 'PROTOC_INCLUDE'] },
  { when: ['tauri', 'tauri-build'], names: ['TAURI_CONFIG', 'REMOVE_UNUSED_COMMANDS'] },
  {
    when: ['leptos', 'leptos_config', 'leptos_meta', 'leptos_dom', 'server_fn', 'server_fn_macro'],
    names: [...['OUTPUT_NAME', 'SITE_ROOT', 'SITE_PKG_DIR', 'SITE_ADDR', 'RELOAD_PORT', 'HASH_FILES', 'HASH_FILE_NAME', 'ENV', 'WATCH'].map((name) => `LEPTOS_${name}`), 'SERVER_FN_PREFIX', 'DISABLE_SERVER_FN_HASH', 'SERVER_FN_MOD_PATH'],
  },
  {
    when: ['vergen', 'vergen-lib', 'vergen-git2', 'vergen-gitcl', 'vergen-gix'],
    names: [
      ...['IDEMPOTENT', 'DEFAULT_ON_ERROR', 'BUILD_DATE', 'BUILD_TIMESTAMP', 'CARGO_DEBUG', 'CARGO_OPT_LEVEL'].map((name) => `VERGEN_${name}`),
      ...['BRANCH', 'COMMIT_AUTHOR_EMAIL', 'COMMIT_AUTHOR_NAME', 'COMMIT_COUNT', 'COMMIT_DATE', 'COMMIT_MESSAGE', 'COMMIT_TIMESTAMP', 'DESCRIBE', 'DIRTY', 'SHA'].map((name) => `VERGEN_GIT_${name}`),
    ],
  },
  { when: ['winres', 'winresource', 'embed-resource'], names: ['RC', 'RC_<triple>', 'WINDRES'] },
  {
    when: ['pyo3-build-config', 'pyo3-ffi'],
    names: [
      ...['PYTHON', 'CONFIG_FILE', 'CROSS', 'CROSS_LIB_DIR', 'CROSS_PYTHON_VERSION', 'CROSS_PYTHON_IMPLEMENTATION', 'NO_PYTHON', 'PRINT_CONFIG', 'BUILD_EXTENSION_MODULE'].map((name) => `PYO3_${name}`),
      ...['PYO3_ENVIRONMENT_SIGNATURE', 'PYO3_USE_ABI3_FORWARD_COMPATIBILITY', 'PYTHON_SYS_EXECUTABLE', 'VIRTUAL_ENV', 'CONDA_PREFIX'],
    ],
  },
];

/**
 * The variables that decide the bytes for a triple, each once, in the order of the table.
 * @param profiles the cargo profile, and those it inherits from: `dev` and `release` are what cargo's variables call them too.
 * @param packages the names of the packages in the closure.
 * @param localBuildScript whether a local package of the closure has a build script, which may call a C compiler by itself.
 */
export function envNames(triple: Triple, profiles: readonly string[], packages: PackageNames, localBuildScript: boolean): readonly string[] {
  const groups = GROUPS.filter((group) => counts(group, packages, localBuildScript) && (group.apple === undefined || triple.facts.os === 'macos'));
  return [...new Set([...groups.flatMap((group) => group.names.map((name) => (name.includes('<') ? spell(name, triple) : name))), ...profiles.flatMap(profileNames)])];
}

/**
 * Variables that go together whatever is built, by a name for the list: of those that always count, that packages which compile C read, and that cargo reads for its usual profile. They follow from this table alone.
 */
export const VARIABLE_LISTS: Readonly<Record<string, readonly string[]>> = {
  'cross-variables': withoutTriple(GROUPS.filter(({ when, apple }) => when === undefined && apple === undefined)),
  'cross-c-variables': withoutTriple(GROUPS.filter(({ when }) => when === C_PACKAGES)),
  'cross-release-variables': profileNames('release'),
};

function withoutTriple(groups: readonly EnvGroup[]): readonly string[] {
  return [...new Set(groups.flatMap(({ names }) => names.filter((name) => !name.includes('<'))))];
}

function profileNames(profile: string): readonly string[] {
  return PROFILE_KEYS.map((key) => `CARGO_PROFILE_${profile.toUpperCase().replaceAll('-', '_')}_${key}`);
}

/** Equal where {@link envNames} are equal for the same triple and profiles: the rows of the table that count, as a text. */
export function envRows(packages: PackageNames, localBuildScript: boolean): string {
  return GROUPS.flatMap((group, row) => (counts(group, packages, localBuildScript) ? [row] : [])).join();
}

function counts({ when }: EnvGroup, packages: PackageNames, localBuildScript: boolean): boolean {
  return when?.some((name) => (name === 'build.rs' ? localBuildScript : packages.has(name))) ?? true;
}

function spell(name: string, triple: Triple): string {
  return name
    .replace('<T>', screamingTriple(triple.name))
    .replace('<t>', snakeTriple(triple.name))
    .replace('<triple>', triple.name);
}
