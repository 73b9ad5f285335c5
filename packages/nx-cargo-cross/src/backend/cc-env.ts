/**
 * One description of a triple's C toolchain, and the environment that is made of it, in every spelling that its consumers read. What the user set, in any
 * of the spellings, is left alone.
 *
 * Sources: cargo's configuration reference; cc 1.2.60 `src/lib.rs` (`getenv_with_target_prefixes`); cmake 0.1.58 `src/lib.rs` (`getenv_target_os`);
 * pkg-config 0.3.34 `src/lib.rs` (`target_supported`, `targeted_env_var`); bindgen 0.72.1 `lib.rs` (`get_extra_clang_args`); openssl-src 300
 * `src/lib.rs`, which like autotools asks cc for the compiler, the archiver and ranlib.
 */
import { quoteWord } from '../diagnostics/quote.js';
import { screamingTriple, snakeTriple, type TripleName } from '../platform/triple.js';
import type { CmakeTools } from './cmake-toolchain.js';
import type { EnvEdit, Environment } from './env-edit.js';

/** A triple's C toolchain. All paths are absolute. */
export interface CcTools {
  readonly linker: string;
  readonly cc: string;
  readonly cxx?: string | undefined;
  readonly ar?: string | undefined;
  readonly ranlib?: string | undefined;
  readonly strip?: string | undefined;
  /** The resource compiler of Windows in Microsoft's syntax, and in GNU's. */
  readonly rc?: string | undefined;
  readonly windres?: string | undefined;
  /** The C++ runtime to link, without `lib`: `c++`, `stdc++`; empty for none; undefined where cc-rs's own choice is right. */
  readonly cxxStdlib?: string | undefined;
  /** How a libclang that knows nothing of the toolchain finds the target's headers. */
  readonly clang?: ClangView | undefined;
  /** What CMake is told; undefined where cmake-rs's own guesses are right. */
  readonly cmake?: CmakeTools | undefined;
  /** Where packages of the target are described; closed where nothing is said. */
  readonly pkgConfig?: PkgConfig | undefined;
}

export interface ClangView {
  /** Where bindgen's own choice (Rust's triple in clang's spelling) is not enough: `aarch64-linux-android24`. */
  readonly target?: string;
  readonly sysroot?: string;
  /** Folders of headers for C, in clang's order, which stand in for the system's. */
  readonly includeDirs?: readonly string[];
  /** The same, behind everything else. */
  readonly lastIncludeDirs?: readonly string[];
  /** Before those for C, when C++ is read. */
  readonly cxxIncludeDirs?: readonly string[];
  /** Further words for clang. */
  readonly args?: readonly string[];
}

export type PkgConfig =
  | 'closed'
  | {
      /** Folders of `.pc` files. */
      readonly libdir: readonly string[];
      /** Put before every path that pkg-config answers. */
      readonly sysroot?: string;
    };

/** All of it, for cargo and everything below it. */
export function ccEnv(triple: TripleName, tools: CcTools): readonly EnvEdit[] {
  return [
    ...linkerEnv(triple, tools.linker),
    ...targeted('CC', triple, tools.cc),
    ...targeted('CXX', triple, tools.cxx),
    ...targeted('AR', triple, tools.ar),
    ...targeted('RANLIB', triple, tools.ranlib),
    ...targeted('CXXSTDLIB', triple, tools.cxxStdlib),
    // embed-resource 3 and winresource 0.1 read these; the plain names would be meant for every target.
    ...targeted('RC', triple, tools.rc, ['RC']),
    ...targeted('WINDRES', triple, tools.windres, ['WINDRES']),
    // cmake-rs reads the plain name as well: a user who set it meant it for cross builds, for which alone it is of use.
    ...targeted('CMAKE_TOOLCHAIN_FILE', triple, tools.cmake?.file, ['CMAKE_TOOLCHAIN_FILE']),
    ...bindgenEnv(triple, tools.clang),
    ...pkgConfigEnv(triple, tools.pkgConfig ?? 'closed'),
  ];
}

/** The linker alone, for cargo. */
export function linkerEnv(triple: TripleName, linker: string): readonly EnvEdit[] {
  return [setIfMissing(`CARGO_TARGET_${screamingTriple(triple)}_LINKER`, linker)];
}

/**
 * The same tools under the plain names that Makefiles, configure scripts, Go and meson read, for a command that builds for one target and nothing else.
 * Never for cargo, which would hand them to the host's build scripts too.
 */
export function plainCcEnv(tools: CcTools): readonly EnvEdit[] {
  const { cc, cxx, ar, ranlib, strip, rc, windres, cmake, pkgConfig = 'closed' } = tools;
  const plain = { CC: cc, CXX: cxx, AR: ar, RANLIB: ranlib, STRIP: strip, RC: rc, WINDRES: windres, CMAKE_TOOLCHAIN_FILE: cmake?.file };
  return [
    ...Object.entries(plain).flatMap(([name, value]) => (value === undefined ? [] : [setIfMissing(name, value)])),
    setIfMissing('PKG_CONFIG_LIBDIR', pkgConfig === 'closed' ? NO_FOLDER : pkgConfig.libdir.join(':'), ['PKG_CONFIG_PATH', 'PKG_CONFIG_SYSROOT_DIR']),
    ...(pkgConfig !== 'closed' && pkgConfig.sysroot !== undefined ? [setIfMissing('PKG_CONFIG_SYSROOT_DIR', pkgConfig.sysroot, ['PKG_CONFIG_LIBDIR', 'PKG_CONFIG_PATH'])] : []),
  ];
}

/**
 * `<NAME>_<triple_>`, unless the user set it with dashes, with underscores or as `TARGET_<NAME>`. The plain `<NAME>` is the host's and does not count,
 * unless it is among `more`.
 */
export function targeted(name: string, triple: TripleName, value: string | undefined, more: readonly string[] = []): readonly EnvEdit[] {
  if (value === undefined) return [];
  return [setIfMissing(`${name}_${snakeTriple(triple)}`, value, [`${name}_${triple}`, `TARGET_${name}`, ...more])];
}

function setIfMissing(name: string, value: string, spellings: readonly string[] = []): EnvEdit {
  return { kind: 'set-if-missing', name, value, spellings };
}

/** bindgen takes the first of three spellings and splits it as a shell would; clang takes the last of two contradicting words, so ours stay behind. */
function bindgenEnv(triple: TripleName, clang: ClangView | undefined): readonly EnvEdit[] {
  if (!clang) return [];
  const name = 'BINDGEN_EXTRA_CLANG_ARGS';
  const words = clangArgs(clang);
  if (words.length === 0) return [];
  const value = words.map(quoteWord).join(' ');
  return [{ kind: 'append', name: `${name}_${snakeTriple(triple)}`, value, stronger: [`${name}_${triple}`], weaker: [name] }];
}

/** `view` where a package of the closure reads headers by libclang; its words are long, and of use to nobody else. */
export function clangIf(closure: readonly { readonly name: string }[], view: ClangView): ClangView | undefined {
  return closure.some(({ name }) => name === 'bindgen' || name === 'clang-sys') ? view : undefined;
}

/** The words by which libclang reads the target's headers, and none of the host's. */
export function clangArgs({ target, sysroot, includeDirs = [], lastIncludeDirs = [], cxxIncludeDirs = [], args = [] }: ClangView): readonly string[] {
  return [
    ...(target === undefined ? [] : [`--target=${target}`]),
    ...(sysroot === undefined ? [] : [`--sysroot=${sysroot}`]),
    // The compiler's own headers (stddef.h) stay: they must be those of this very libclang.
    ...(includeDirs.length > 0 ? ['-nostdlibinc'] : []),
    ...cxxIncludeDirs.flatMap((directory) => ['-cxx-isystem', directory]),
    ...includeDirs.flatMap((directory) => ['-isystem', directory]),
    ...lastIncludeDirs.flatMap((directory) => ['-idirafter', directory]),
    ...args,
  ];
}

/** Debian's name for a folder that never is. An empty value would mean pkg-config's own folders to some of its kinds. */
export const NO_FOLDER = '/nonexistent';

const PKG_CONFIG_NAMES = ['PKG_CONFIG', 'PKG_CONFIG_PATH', 'PKG_CONFIG_LIBDIR', 'PKG_CONFIG_SYSROOT_DIR', 'PKG_CONFIG_ALLOW_CROSS'];

/**
 * pkg-config answers for the host unless it is told otherwise, and a cross build that links the host's libraries fails late or, worse, does not fail.
 * So it is closed for the triple, or answers for the triple's own folders alone, unless the user opened it.
 */
function pkgConfigEnv(triple: TripleName, pkgConfig: PkgConfig): readonly EnvEdit[] {
  const snake = snakeTriple(triple);
  const opened = PKG_CONFIG_NAMES.flatMap((name) => [`${name}_${snake}`, `${name}_${triple}`, `TARGET_${name}`]);
  const spellings = [...opened, 'PKG_CONFIG_ALLOW_CROSS', 'PKG_CONFIG_SYSROOT_DIR'];
  const allow = (value: string): EnvEdit => setIfMissing(`PKG_CONFIG_ALLOW_CROSS_${snake}`, value, spellings);
  const libdir = (value: string): EnvEdit => setIfMissing(`PKG_CONFIG_LIBDIR_${snake}`, value, spellings);
  // The first is not asked where the triple is the host's own.
  if (pkgConfig === 'closed') return [allow('0'), libdir(NO_FOLDER)];
  return [
    allow('1'),
    libdir(pkgConfig.libdir.join(':')),
    ...(pkgConfig.sysroot === undefined ? [] : [setIfMissing(`PKG_CONFIG_SYSROOT_DIR_${snake}`, pkgConfig.sysroot, spellings)]),
  ];
}

/** The compiler that the user's environment names for the triple, in any spelling that cc-rs reads for a target; undefined where none is. */
export function namedCompiler(triple: TripleName, env: Environment, tool: 'CC' | 'CXX' = 'CC'): string | undefined {
  return [`${tool}_${triple}`, `${tool}_${snakeTriple(triple)}`, `TARGET_${tool}`].map((name) => env[name]).find((value) => value !== undefined && value !== '');
}

/** Whether the user names a compiler for the triple, which is told everything in its own words. */
export function namesOwnCompiler(triple: TripleName, env: Environment): boolean {
  return namedCompiler(triple, env, 'CC') !== undefined || namedCompiler(triple, env, 'CXX') !== undefined;
}
