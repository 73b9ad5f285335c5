/**
 * The toolchain file that CMake is given for a triple. Source: cmake-toolchains(7), and cmake 0.1.58, which passes its own compiler flags beside it but
 * no compiler.
 */
import type { KnownTriple, Machine, Os } from '../platform/known.js';
import { NO_FOLDER, type CcTools } from './cc-env.js';
import type { GeneratedFile } from './contract.js';

/** What CMake cannot guess of a toolchain. */
export interface CmakeTools {
  /** The toolchain file, absolute: one that is written ({@link cmakeToolchainFile}), or one that is there already. */
  readonly file: string;
  /** Folders below which the target's headers, libraries and packages are looked for; nowhere else. */
  readonly roots: readonly string[];
  /** Further lines for the file. */
  readonly lines?: readonly string[];
}

const SYSTEMS: Readonly<Partial<Record<Os, string>>> = { linux: 'Linux', android: 'Android', windows: 'Windows', macos: 'Darwin', freebsd: 'FreeBSD', wasi: 'WASI' };

/** The spellings that CMakeLists.txt of the world compare with: `uname -m` of the system in question. */
const PROCESSORS: Readonly<Partial<Record<Machine, string>>> = { powerpc64: 'ppc64le', powerpc: 'ppc', wasm32: 'wasm32' };
const WINDOWS_PROCESSORS: Readonly<Partial<Record<Machine, string>>> = { x86_64: 'AMD64', i386: 'X86', aarch64: 'ARM64' };

/** CMAKE_SYSTEM_NAME of a triple; `Generic` where there is no system. */
export function cmakeSystem({ os }: KnownTriple): string {
  return SYSTEMS[os] ?? 'Generic';
}

/** CMAKE_SYSTEM_PROCESSOR of a triple. */
export function cmakeProcessor({ os, machine, arch, endian }: KnownTriple): string {
  if (os === 'windows') return WINDOWS_PROCESSORS[machine] ?? arch;
  if (os === 'macos') return machine === 'aarch64' ? 'arm64' : machine;
  if (machine === 'powerpc64' && endian === 'big') return 'ppc64';
  if (machine === 'riscv64') return 'riscv64';
  // CMakeLists.txt compare with armv7-a, armv7l, armv6: all begin like the Rust architecture but for the plain `arm`, which is ARMv6.
  if (machine === 'arm') return arch === 'arm' ? 'armv6l' : arch.startsWith('armv7') || arch.startsWith('thumbv7') ? 'armv7l' : arch;
  return PROCESSORS[machine] ?? (machine === 'i386' ? 'i686' : machine);
}

/** The toolchain file for a triple, named as `tools.cmake.file` ends. */
export function cmakeToolchainFile(facts: KnownTriple, tools: CcTools, cmake: CmakeTools): GeneratedFile {
  const { file, roots, lines = [] } = cmake;
  const set = (name: string, value: string | undefined): readonly string[] => (value === undefined ? [] : [`set(${name} ${quoted(value)})`]);
  const text = [
    `set(CMAKE_SYSTEM_NAME ${cmakeSystem(facts)})`,
    `set(CMAKE_SYSTEM_PROCESSOR ${cmakeProcessor(facts)})`,
    ...set('CMAKE_C_COMPILER', tools.cc),
    ...set('CMAKE_CXX_COMPILER', tools.cxx),
    ...set('CMAKE_ASM_COMPILER', tools.cc),
    ...set('CMAKE_AR', tools.ar),
    ...set('CMAKE_RANLIB', tools.ranlib),
    ...set('CMAKE_STRIP', tools.strip),
    // cmake-rs names one as well, by its own guess; a value that changes under way makes CMake forget all others, the prefix of the installation too.
    ...(tools.windres ?? tools.rc ? [`set(CMAKE_RC_COMPILER ${quoted(tools.windres ?? tools.rc ?? '')} CACHE FILEPATH "" FORCE)`] : []),
    '# CMake 3.27 writes -Wl,--dependency-file for linkers that look like GNU ld.',
    'set(CMAKE_C_LINKER_DEPFILE_SUPPORTED FALSE)',
    'set(CMAKE_CXX_LINKER_DEPFILE_SUPPORTED FALSE)',
    "# The host's headers and libraries are not the target's. What other crates of the build made, and what CMAKE_PREFIX_PATH names, is.",
    `set(CMAKE_FIND_ROOT_PATH ${roots.map(quoted).join(' ')} \${CMAKE_PREFIX_PATH} $ENV{CMAKE_PREFIX_PATH})`,
    'if(DEFINED ENV{OUT_DIR})',
    '  get_filename_component(nx_cargo_cross_built "$ENV{OUT_DIR}/../.." ABSOLUTE)',
    '  list(APPEND CMAKE_FIND_ROOT_PATH "${nx_cargo_cross_built}")',
    'endif()',
    'set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)',
    'set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)',
    'set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)',
    'set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)',
    `set(ENV{PKG_CONFIG_LIBDIR} ${quoted(typeof tools.pkgConfig === 'object' ? tools.pkgConfig.libdir.join(':') : NO_FOLDER)})`,
    ...lines,
  ];
  return { path: file.slice(file.lastIndexOf('/') + 1), text: `${text.join('\n')}\n`, executable: false };
}

/** A CMake string: cmake-language(7), "Quoted Argument". */
function quoted(text: string): string {
  return `"${text.replace(/[\\"$]/g, (special) => `\\${special}`)}"`;
}
