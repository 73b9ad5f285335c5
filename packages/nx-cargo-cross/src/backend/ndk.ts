/** Android's NDK: clang, lld and bionic, Android's C library. Nothing but a folder is needed; it is found, never downloaded. */
import type { Failure } from '../diagnostics/failure.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import { androidAbi } from '../platform/android-abi.js';
import type { Triple } from '../platform/triple.js';
import { ccEnv, clangIf, type CcTools } from './cc-env.js';
import type { Backend, CrossSetUp, FoundTool, Host, SetUpInput, ToolNeed } from './contract.js';
import { crtStatic } from './crt-static.js';
import type { EnvEdit } from './env-edit.js';
import { ndkCmake } from './ndk/cmake.js';
import { chooseLevel, readPlatforms } from './ndk/levels.js';
import { askNdk, ndkNeed } from './ndk/needs.js';
import { ndkEffects } from './ndk/quirks.js';
import { ndkCompiler } from './ndk/script.js';
import { ndkRow, type NdkRow } from './ndk/targets.js';

export const ndk: Backend = {
  id: 'ndk',
  refuses,
  needs: (triple: Triple, host: Host): readonly ToolNeed[] => {
    const row = ndkRow(triple.name);
    return row ? [ndkNeed(row, host)] : [];
  },
  setUp,
  identity: () => ({ pins: [], runtimes: [askNdk()], env: [] }),
};

/** The C++ library that clang links by default; no Android has it, every app brings its own. */
const CXX_SHARED = 'libc++_shared.so';

function refuses({ name, facts }: Triple): string | undefined {
  if (ndkRow(name)) return undefined;
  return facts.os === 'android' ? `no NDK that Rust can link with builds for ${name}.` : 'the NDK builds for Android only.';
}

/** What is known of an NDK and a platform once the level is chosen. */
interface Chosen {
  readonly row: NdkRow;
  readonly level: number;
  /** `arm64-v8a` */
  readonly abi: string;
  readonly release: number;
  readonly ndk: string;
  /** `toolchains/llvm/prebuilt/linux-x86_64`, absolute. */
  readonly prebuilt: string;
  readonly cmake: string | undefined;
}

function setUp(input: SetUpInput): Result<CrossSetUp> {
  const { triple, tools, directory, linkage, apiLevel, closure } = input;
  const row = ndkRow(triple.name);
  const found = tools['ndk'];
  if (!row || !found) {
    return failed({ code: 'triple-unserved', triple: triple.name, backend: 'ndk', why: refuses(triple) ?? 'no NDK was found.', alternatives: [] });
  }
  const { prebuilt, platforms, runtime, cmake, cxxShared } = found.parts ?? {};
  const range = platforms?.text === undefined ? undefined : readPlatforms(platforms.text);
  if (!prebuilt) return failed(broken(found, 'it has no toolchains/llvm/prebuilt'));
  if (!range) return failed(broken(found, 'its meta/platforms.json is not there, or names no levels'));
  const chosen = chooseLevel(apiLevel, row, range, triple.name, found.version);
  if (!chosen.ok) return chosen;

  const release = Number.parseInt(found.version, 10);
  const all: Chosen = { row, level: chosen.value, abi: androidAbi(triple.facts) ?? '', release, ndk: found.path, prebuilt: prebuilt.path, cmake: cmake?.path };
  const effects = ndkEffects({ facts: triple.facts, release, runtimeFolder: runtime?.path, runtime: row.runtime, directory });
  const target = `${row.clang}${all.level}`;
  const bin = `${all.prebuilt}/bin`;
  const script = (name: string, compiler: string) => ndkCompiler({ name: `${triple.name}-${name}`, compiler: `${bin}/${compiler}`, target }, effects);
  const cc = `${directory}/${triple.name}-clang`;
  const sysroot = `${all.prebuilt}/sysroot`;
  const ccTools: CcTools = {
    linker: cc,
    cc,
    cxx: `${cc}++`,
    ar: `${bin}/llvm-ar`,
    ranlib: `${bin}/llvm-ranlib`,
    strip: `${bin}/llvm-strip`,
    // The level in the target gives __ANDROID_API__. The folder of the triple's own headers is not found by a libclang of the system's.
    clang: clangIf(closure, { target, sysroot, args: [`-I${sysroot}/usr/include/${row.sysroot}`] }),
    cmake: all.cmake === undefined ? undefined : { file: `${directory}/toolchain.cmake`, roots: [sysroot] },
  };
  return success({
    files: [
      script('clang', 'clang'),
      script('clang++', 'clang++'),
      ...effects.files,
      ...(all.cmake === undefined ? [] : [ndkCmake({ toolchain: all.cmake, abi: all.abi, level: all.level, release })]),
    ],
    env: [...ccEnv(triple.name, ccTools), ...ndkEnv(all)],
    rustflags: crtStatic(triple, linkage),
    ...(cxxShared ? { ships: { [CXX_SHARED]: cxxShared.path } } : {}),
    tools: ccTools,
    version: found.version,
  });
}

function ndkEnv({ row, level, abi, ndk: folder, prebuilt, cmake }: Chosen): readonly EnvEdit[] {
  const sysroot = `${prebuilt}/sysroot`;
  const set = (variable: string, value: string): EnvEdit => ({ kind: 'set', name: variable, value });
  return [
    // The one that builds, whichever variable led to it: openssl-src, aws-lc-sys and CMake look for themselves, and must not find another.
    set('ANDROID_NDK_HOME', folder),
    set('ANDROID_NDK_ROOT', folder),
    set('ANDROID_NDK', folder),
    set('ANDROID_PLATFORM', String(level)),
    set('ANDROID_ABI', abi),
    // What build scripts written for cargo-ndk 4 read.
    set('CARGO_NDK_ANDROID_PLATFORM', String(level)),
    set('CARGO_NDK_ANDROID_TARGET', abi),
    set('CARGO_NDK_SYSROOT_PATH', sysroot),
    set('CARGO_NDK_SYSROOT_TARGET', row.sysroot),
    set('CARGO_NDK_SYSROOT_LIBS_PATH', `${sysroot}/usr/lib/${row.sysroot}`),
    ...(cmake === undefined ? [] : [set('CARGO_NDK_CMAKE_TOOLCHAIN_PATH', cmake)]),
  ];
}

function broken({ path }: FoundTool, message: string): Failure {
  return { code: 'tool-broken', tool: 'Android NDK', path, message, install: 'unpack it anew: a half-unpacked NDK has the same gaps' };
}
