/** The recipes of all crates that have one. What each asks for was read in the crate's own build script, at the version that is named. */
import { screamingTriple, snakeTriple, type Triple } from '../../platform/triple.js';
import type { EnvEdit } from '../env-edit.js';
import { APPLE_RECIPES } from './apple.js';
import { BUILDERS_RECIPE } from './builders.js';
import { OPENSSL_RECIPES } from './openssl.js';
import type { PlannedUse, Recipe, Refusal } from './recipe.js';
import { cmake, libclang, make } from './tools.js';

const setIfMissing = (name: string, value: string, ...spellings: readonly string[]): EnvEdit => ({ kind: 'set-if-missing', name, value, spellings });

/** Crates whose build scripts compile C for the target. */
const C_CRATES = [
  'aws-lc-fips-sys',
  'aws-lc-sys',
  'brotli-sys',
  'bzip2-sys',
  'jemalloc-sys',
  'libgit2-sys',
  'libmimalloc-sys',
  'libsqlite3-sys',
  'libssh2-sys',
  'libz-sys',
  'lmdb-rkv-sys',
  'lz4-sys',
  'lzma-sys',
  'onig_sys',
  'openssl-src',
  'ring',
  'secp256k1-sys',
  'tikv-jemalloc-sys',
  'zstd-sys',
];

/** The same for C++. */
const CXX_CRATES = ['cxx', 'librocksdb-sys', 'link-cplusplus', 'snappy_src'];

/** log2 of the page size that every kernel of the platform can map. A smaller one crashes at the first allocation; a bigger one costs a little memory. */
export function logPage({ facts }: Triple): number | undefined {
  if (facts.machine === 'aarch64') return facts.os === 'linux' ? 16 : facts.os === 'windows' ? 12 : 14;
  if (facts.os === 'android' && facts.bits === 64) return 14;
  if (facts.machine === 'powerpc64' || facts.machine === 'loongarch64') return facts.machine === 'powerpc64' ? 16 : 14;
  return facts.machine === 'sparc64' ? 13 : undefined;
}

/** openssl-src is a dependency of a build script, but what it compiles is for the target. */
function isCompiled({ used }: PlannedUse): boolean {
  if (used.name === 'openssl-src') return true;
  if (used.name === 'libsqlite3-sys') return used.part === 'target' && used.features.some((feature) => feature.startsWith('bundled'));
  return used.part === 'target';
}

function withoutCompiler(use: PlannedUse): Refusal | undefined {
  const { compiles, used, triple, env, backend } = use;
  if (!isCompiled(use)) return undefined;
  const cxx = CXX_CRATES.includes(used.name);
  const variable = `${cxx ? 'CXX' : 'CC'}_${snakeTriple(triple.name)}`;
  if (env[variable] !== undefined || env[`TARGET_${cxx ? 'CXX' : 'CC'}`] !== undefined) return undefined;
  if (cxx ? compiles.cxx : compiles.c) return undefined;
  const language = cxx ? 'C++' : 'C';
  const wasm = triple.facts.format === 'wasm';
  return {
    why: compiles.c ? `It compiles C++, and no C++ compiler for ${triple.name} was found.` : `It compiles ${language}, and backend ${backend} has no compiler for it.`,
    help: wasm
      ? [`Leave the crate out on this platform: [target.'cfg(not(target_family = "wasm"))'.dependencies] in Cargo.toml.`, `Or name a compiler of ${language} for it: ${variable}=/opt/wasi-sdk/bin/clang${cxx ? '++' : ''}`]
      : compiles.c
        ? ['Install the C++ compiler of the backend: the "install" line of "--dry-run" names its package, as g++ beside gcc.', `Or name one: ${variable}=/path/to/c++`]
        : [`Choose a backend with a C compiler in nx.json: "backends": { "${triple.name}": "zig" }`, `Or name a compiler: ${variable}=/path/to/cc`],
  };
}

export const RECIPES: readonly Recipe[] = [
  ...OPENSSL_RECIPES,
  ...APPLE_RECIPES,
  {
    id: 'c-compiler',
    crates: [...C_CRATES, ...CXX_CRATES],
    why: 'their build scripts compile C or C++ for the target',
    source: "each crate's build.rs",
    refuses: withoutCompiler,
  },
  BUILDERS_RECIPE,
  {
    id: 'ring-old',
    crates: ['ring'],
    why: 'ring 0.16 has no code for these processors',
    source: 'briansmith/ring 0.17.0 release notes, "Portability"',
    refuses: ({ crate, triple }) =>
      crate.version.startsWith('0.16.') && ['riscv64', 's390x', 'powerpc64', 'loongarch64', 'mips', 'mips64'].includes(triple.facts.machine)
        ? {
            why: `ring 0.16 has no code for ${triple.facts.machine}; 0.17 has.`,
            help: ['Take a version of the crate that asks for it (rustls 0.21.8 or newer, for one) that asks for ring 0.17: cargo tree --invert ring@0.16 names it.'],
          }
        : undefined,
  },
  {
    id: 'jemalloc-page',
    crates: ['tikv-jemalloc-sys', 'jemalloc-sys'],
    why: 'its configure script takes the page size of the machine that builds; an allocator made for smaller pages aborts where pages are larger',
    source: 'tikv-jemalloc-sys 0.7.1 build.rs, `read_and_watch_env("JEMALLOC_SYS_WITH_LG_PAGE")`',
    env: ({ triple }) => {
      const page = logPage(triple);
      return page === undefined ? [] : [setIfMissing(`${screamingTriple(triple.name)}_JEMALLOC_SYS_WITH_LG_PAGE`, String(page), 'JEMALLOC_SYS_WITH_LG_PAGE')];
    },
  },
  {
    id: 'jemalloc-names',
    crates: ['tikv-jemalloc-sys', 'jemalloc-sys'],
    why: "jemalloc's configure script names its library jemalloc.lib for Windows, and the crate asks for libjemalloc.a; its Makefile has both parts of the name as variables",
    source: 'tikv-jemalloc-sys 0.7.1 build.rs, jemalloc/configure.ac and Makefile.in; tikv/jemallocator#18; GNU make 4.0 NEWS, GNUMAKEFLAGS (the crate writes MAKEFLAGS itself)',
    env: ({ triple }) => (triple.facts.libc === 'mingw' ? [setIfMissing('GNUMAKEFLAGS', 'A=a LIBPREFIX=lib')] : []),
  },
  {
    id: 'jemalloc-msvc',
    crates: ['tikv-jemalloc-sys', 'jemalloc-sys'],
    why: 'configure and make, with compilers in the manner of GNU',
    source: 'tikv-jemalloc-sys 0.7.1 build.rs',
    needs: ({ host }) => [make(host)],
    refuses: ({ triple }) =>
      triple.facts.libc === 'msvc' || triple.facts.format === 'wasm'
        ? {
            why: 'It is built by configure and make, which this platform has no compiler for.',
            help: [`Leave it out on this platform: [target.'cfg(not(target_env = "msvc"))'.dependencies] in Cargo.toml, and #[cfg(not(target_env = "msvc"))] before #[global_allocator].`],
          }
        : undefined,
  },
  {
    id: 'autotools',
    crates: ['autotools'],
    why: 'it runs configure and make',
    source: 'autotools 0.2 src/lib.rs',
    needs: ({ host }) => [make(host)],
  },
  {
    id: 'zlib-own',
    crates: ['libz-sys'],
    why: "it links the zlib that happens to be in the compiler's folders, and builds its own only where none is; the same artifact must come of every machine",
    source: 'libz-sys 1.1.31 build.rs, `zlib_installed`',
    env: ({ backend }) => (backend === 'native' || backend === 'cargo-config' ? [] : [setIfMissing('LIBZ_SYS_STATIC', '1')]),
  },
  {
    id: 'aws-lc-own',
    crates: ['aws-lc-sys'],
    why: "it would take an AWS-LC that OPENSSL_DIR names; and for Windows it asks for NASM unless its own assembled objects are allowed",
    source: 'aws-lc-sys 0.47.0 builder/main.rs, `use_system` and `use_prebuilt_nasm`',
    env: ({ triple }) => [
      setIfMissing(`AWS_LC_SYS_USE_SYSTEM_${snakeTriple(triple.name)}`, '0', 'AWS_LC_SYS_USE_SYSTEM', `AWS_LC_SYS_SYSTEM_DIR_${snakeTriple(triple.name)}`, 'AWS_LC_SYS_SYSTEM_DIR'),
      ...(triple.facts.os === 'windows' && triple.facts.machine === 'x86_64'
        ? [setIfMissing(`AWS_LC_SYS_PREBUILT_NASM_${snakeTriple(triple.name)}`, '1', 'AWS_LC_SYS_PREBUILT_NASM', 'AWS_LC_SYS_NO_ASM')]
        : []),
    ],
  },
  {
    id: 'aws-lc-cmake',
    crates: ['aws-lc-sys', 'aws-lc-fips-sys'],
    why: 'bindings made anew and the FIPS module are built by CMake',
    source: 'aws-lc-sys 0.47.0 builder/main.rs, `get_builder`',
    needs: ({ used, host, env }) => (used.name === 'aws-lc-fips-sys' || ['bindgen', 'fips', 'ssl'].some((feature) => used.features.includes(feature)) ? [cmake(host, env), make(host)] : []),
  },
  {
    id: 'cmake',
    crates: ['cmake'],
    why: 'it starts cmake, which starts make unless another generator is named',
    source: 'cmake 0.1.58 src/lib.rs',
    // aws-lc-sys depends on it for the cases of the row above.
    needs: ({ used, host, env }) =>
      used.usedBy.every((user) => user.startsWith('aws-lc-')) ? [] : [cmake(host, env), ...(env['CMAKE_GENERATOR'] === undefined ? [make(host)] : [])],
  },
  {
    id: 'libclang',
    crates: ['clang-sys'],
    why: 'bindgen reads headers by libclang',
    source: 'clang-sys 1.9.1 build/dynamic.rs',
    needs: ({ host, env }) => (env['LIBCLANG_PATH'] === undefined && env['LLVM_CONFIG_PATH'] === undefined ? [libclang(host)] : []),
  },
];
