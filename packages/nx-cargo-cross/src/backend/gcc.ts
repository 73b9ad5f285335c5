/**
 * Debian's and Ubuntu's cross compilers: `gcc-<prefix>` for glibc triples, and mingw-w64 for Windows. Facts: package lists of bookworm, trixie, jammy
 * and noble; what the artifacts need follows from the distribution's own glibc (its floor is the distribution's, not 2.17).
 */
import { success, type Result } from '../diagnostics/result.js';
import type { Triple } from '../platform/triple.js';
import { atomicLinker, callsLibatomic } from './atomic-script.js';
import { ccEnv, clangIf, type CcTools } from './cc-env.js';
import { cmakeToolchainFile } from './cmake-toolchain.js';
import type { Backend, CrossSetUp, FoundTool, FoundTools, GeneratedFile, Host, SetUpInput, ToolIdentity, ToolNeed } from './contract.js';
import { crtStatic } from './crt-static.js';
import { mingwCompiler, mingwTool } from './mingw-script.js';

interface GccRow {
  /** The tools' prefix, which is also the suffix of the package names. */
  readonly prefix: string;
  /** Debian's name of the architecture, for the `libc6-dev-<arch>-cross` package. */
  readonly debian: string;
}

/** Debian's folders of libraries that are not named like the tools. Source: the Debian wiki, "Multiarch/Tuples". */
const MULTIARCH: Readonly<Record<string, string>> = { 'i686-unknown-linux-gnu': 'i386-linux-gnu', 'i586-unknown-linux-gnu': 'i386-linux-gnu' };

/** ARMv6 hard-float has no row: Debian's armhf is ARMv7, and would give a program that dies on the processor it is for. */
const GLIBC: Readonly<Record<string, GccRow>> = {
  'aarch64-unknown-linux-gnu': { prefix: 'aarch64-linux-gnu', debian: 'arm64' },
  'armv7-unknown-linux-gnueabihf': { prefix: 'arm-linux-gnueabihf', debian: 'armhf' },
  'thumbv7neon-unknown-linux-gnueabihf': { prefix: 'arm-linux-gnueabihf', debian: 'armhf' },
  'armv7-unknown-linux-gnueabi': { prefix: 'arm-linux-gnueabi', debian: 'armel' },
  'arm-unknown-linux-gnueabi': { prefix: 'arm-linux-gnueabi', debian: 'armel' },
  'armv5te-unknown-linux-gnueabi': { prefix: 'arm-linux-gnueabi', debian: 'armel' },
  'i686-unknown-linux-gnu': { prefix: 'i686-linux-gnu', debian: 'i386' },
  'i586-unknown-linux-gnu': { prefix: 'i686-linux-gnu', debian: 'i386' },
  'x86_64-unknown-linux-gnu': { prefix: 'x86_64-linux-gnu', debian: 'amd64' },
  'riscv64gc-unknown-linux-gnu': { prefix: 'riscv64-linux-gnu', debian: 'riscv64' },
  's390x-unknown-linux-gnu': { prefix: 's390x-linux-gnu', debian: 's390x' },
  'powerpc64le-unknown-linux-gnu': { prefix: 'powerpc64le-linux-gnu', debian: 'ppc64el' },
  'powerpc64-unknown-linux-gnu': { prefix: 'powerpc64-linux-gnu', debian: 'ppc64' },
  'powerpc-unknown-linux-gnu': { prefix: 'powerpc-linux-gnu', debian: 'powerpc' },
  'sparc64-unknown-linux-gnu': { prefix: 'sparc64-linux-gnu', debian: 'sparc64' },
  'loongarch64-unknown-linux-gnu': { prefix: 'loongarch64-linux-gnu', debian: 'loong64' },
};

const MINGW: Readonly<Record<string, { readonly prefix: string; readonly debian: string }>> = {
  'x86_64-pc-windows-gnu': { prefix: 'x86_64-w64-mingw32', debian: 'x86-64' },
  'i686-pc-windows-gnu': { prefix: 'i686-w64-mingw32', debian: 'i686' },
};

export const gcc: Backend = { id: 'gcc', refuses, needs, setUp, identity };

/** The prefix of the cross tools for a triple, or undefined where there are none. */
export function gccPrefix(triple: string): string | undefined {
  return (GLIBC[triple] ?? MINGW[triple])?.prefix;
}

function refuses(triple: Triple): string | undefined {
  if (gccPrefix(triple.name) !== undefined) return undefined;
  if (triple.name === 'arm-unknown-linux-gnueabihf') return "Debian's armhf compiler and C library are built for ARMv7; an ARMv6 processor would not run the result.";
  return `Debian and Ubuntu have no cross compiler for ${triple.name}.`;
}

function needs(triple: Triple, host: Host): readonly ToolNeed[] {
  const mingw = MINGW[triple.name];
  const prefix = gccPrefix(triple.name) ?? '';
  const install = mingw ? mingwPackages(mingw.debian) : glibcPackages(prefix, GLIBC[triple.name]?.debian ?? '', triple.name === host.triple);
  const tool = (key: string, name: string, optional: boolean, versioned = false): ToolNeed => ({
    key,
    label: name,
    optional,
    // The posix variant has C++ threads; plain mingw names are the win32 variant unless the user switched the alternative.
    candidates: [
      ...(mingw && (key === 'cc' || key === 'cxx') ? [{ from: 'path', name: `${name}-posix` } as const] : []),
      { from: 'path', name } as const,
    ],
    version: versioned ? { args: ['-dumpfullversion'], pattern: /^(\d+(?:\.\d+)*)/m } : undefined,
    install,
  });
  return [
    tool('cc', `${prefix}-gcc`, false, true),
    tool('cxx', `${prefix}-g++`, true),
    tool('ar', `${prefix}-ar`, false),
    tool('ranlib', `${prefix}-ranlib`, true),
    ...(mingw ? [tool('windres', `${prefix}-windres`, true)] : []),
  ];
}

function identity(triple: Triple): ToolIdentity {
  const prefix = gccPrefix(triple.name);
  return { pins: [], runtimes: prefix === undefined ? [] : [`${prefix}-gcc --version && ${prefix}-ld --version`], env: [] };
}

function glibcPackages(prefix: string, debian: string, isHost: boolean): string {
  if (isHost) return 'apt-get install gcc g++ libc6-dev';
  const suffix = prefix.replaceAll('_', '-');
  return `apt-get install gcc-${suffix} g++-${suffix} libc6-dev-${debian}-cross`;
}

function mingwPackages(debian: string): string {
  return `apt-get install gcc-mingw-w64-${debian} g++-mingw-w64-${debian}`;
}

function setUp({ triple, tools, directory, linkage, closure }: SetUpInput): Result<CrossSetUp> {
  const { cc, cxx, ar, ranlib, windres } = tools;
  const prefix = gccPrefix(triple.name) ?? '';
  const isMingw = triple.facts.os === 'windows';
  const scripts = isMingw ? mingwFiles(prefix, tools) : [];
  // rustc takes a C driver's kind from its file name, and does not know `<x>-gcc-posix` (rust-lang/rust linker.rs, `infer_linker_hints`).
  const at = (name: string, tool: FoundTool | undefined): string | undefined =>
    tool && (scripts.some((file) => file.path === name) ? `${directory}/${name}` : tool.path);
  const ccPath = at(`${prefix}-gcc`, cc) ?? '';
  const atomic = cc && callsLibatomic(triple.facts) ? atomicLinker(`${prefix}-gcc`, cc.path) : undefined;
  const multiarch = MULTIARCH[triple.name] ?? prefix;
  const cmake = { file: `${directory}/${triple.name}.cmake`, roots: isMingw ? [`/usr/${prefix}`] : [`/usr/${prefix}`, '/'] };
  const ccTools: CcTools = {
    linker: atomic ? `${directory}/${atomic.path}` : ccPath,
    cc: ccPath,
    cxx: at(`${prefix}-g++`, cxx),
    ar: ar?.path,
    ranlib: ranlib?.path,
    windres: at(`${prefix}-windres`, windres),
    clang: clangIf(closure, isMingw ? { includeDirs: [`/usr/${prefix}/include`] } : { includeDirs: [`/usr/${prefix}/include`, `/usr/include/${multiarch}`], lastIncludeDirs: ['/usr/include'] }),
    cmake,
    pkgConfig: isMingw ? 'closed' : { libdir: [`/usr/lib/${multiarch}/pkgconfig`] },
  };
  return success({
    files: [...scripts, ...(atomic ? [atomic] : []), cmakeToolchainFile(triple.facts, ccTools, cmake)],
    env: ccEnv(triple.name, ccTools),
    rustflags: [
      ...crtStatic(triple, isMingw ? (linkage ?? 'static') : linkage),
      // mingw brings its own start files and import libraries; mixing them with those of Rust's std gives programs that crash at start.
      ...(isMingw ? ['-Clink-self-contained=no'] : []),
    ],
    tools: ccTools,
    version: cc?.version ?? '',
  });
}

/** Also windres: openssl-src takes it from beside the compiler, by the compiler's own name. */
function mingwFiles(prefix: string, { cc, cxx, windres }: FoundTools): readonly GeneratedFile[] {
  return [
    ...(cc ? [mingwCompiler(`${prefix}-gcc`, cc.path)] : []),
    ...(cxx ? [mingwCompiler(`${prefix}-g++`, cxx.path)] : []),
    ...(windres ? [mingwTool(`${prefix}-windres`, windres.path)] : []),
  ];
}
