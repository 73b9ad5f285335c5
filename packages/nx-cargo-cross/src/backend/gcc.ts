/**
 * Cross compilers that go by a prefix: Debian's and Ubuntu's `gcc-<prefix>` for glibc, mingw-w64 for Windows, musl's own. What the artifacts of glibc need
 * follows from the toolchain's own glibc (its floor is the distribution's, not 2.17).
 */
import { askFirst } from '../diagnostics/ask.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import type { Triple } from '../platform/triple.js';
import { atomicLinker, callsLibatomic } from './atomic-script.js';
import { askLibraries } from '../diagnostics/ask-libraries.js';
import { ccEnv, clangIf, namesOwnCompiler, type CcTools } from './cc-env.js';
import { cmakeToolchainFile } from './cmake-toolchain.js';
import type { Backend, CrossSetUp, FoundTool, FoundTools, GeneratedFile, Host, NeedsWish, SetUpInput, ToolCandidate, ToolIdentity, ToolNeed } from './contract.js';
import { crtStatic } from './crt-static.js';
import { gccQuirkFlags } from './gcc/quirks.js';
import { rawLinkerScript } from './gcc/raw-linker.js';
import { GLIBC, installCommand, isOwnMusl, MINGW, MULTIARCH, MUSL, prefixesOf } from './gcc/rows.js';
import { floorFailure, GLIBC_QUESTIONS, sysrootOf, type Sysroot } from './gcc/sysroot.js';
import { interpreterFlags } from './interpreter.js';
import { mingwCompiler, mingwTool } from './mingw-script.js';
import { WINDOWS_HEADERS, windowsHeaderFolder } from './windows-headers.js';
import { zigRow } from './zig/targets.js';

/** Debian 10's. Older ones have been seen by nobody. */
const MINIMUM = '8.0.0';

export const gcc: Backend = { id: 'gcc', refuses, needs, setUp, identity };

/** The prefix of the cross tools for a triple, or undefined where there are none. */
export function gccPrefix(triple: string): string | undefined {
  return (GLIBC[triple] ?? MINGW[triple])?.prefix ?? MUSL[triple]?.[0];
}

function refuses(triple: Triple): string | undefined {
  if (gccPrefix(triple.name) !== undefined) return undefined;
  if (triple.name === 'arm-unknown-linux-gnueabihf') return "Debian's armhf compiler and C library are built for ARMv7; an ARMv6 processor would not run the result.";
  return `Debian and Ubuntu have no cross compiler for ${triple.name}.`;
}

function needs(triple: Triple, host: Host, wish?: NeedsWish): readonly ToolNeed[] {
  const mingw = triple.name in MINGW;
  const prefixes = prefixesOf(triple) ?? [triple.name];
  const install = installCommand(triple, host);
  const tool = (key: string, name: string, more: Partial<ToolNeed> = {}): ToolNeed => ({
    key,
    label: `${prefixes[0]}-${name}`,
    candidates: prefixes.flatMap((prefix): readonly ToolCandidate[] => [
      // The posix variant has C++ threads; plain mingw names are the win32 variant unless the user switched the alternative.
      ...(mingw && (key === 'cc' || key === 'cxx') ? [{ from: 'path', name: `${prefix}-${name}-posix` } as const] : []),
      // Where only `gcc-14-<prefix>` is installed, there is no name without the number.
      { from: 'path', name: `${prefix}-${name}`, versions: true },
    ]),
    version: undefined,
    install,
    ...more,
  });
  const own = isOwnMusl(triple, host);
  const orOwn = (need: ToolNeed, name: string): ToolNeed => (own ? { ...need, candidates: [...need.candidates, { from: 'path', name }] } : need);
  const cc = tool('cc', 'gcc', {
    optional: false,
    version: { args: ['-dumpfullversion'], pattern: /^(\d+(?:\.\d+)*)/m },
    minimum: MINIMUM,
    ...(triple.facts.libc === 'glibc' ? { asks: GLIBC_QUESTIONS } : {}),
  });
  return [
    orOwn(cc, 'musl-gcc'),
    tool('cxx', 'g++', { optional: true }),
    orOwn(tool('ar', 'ar', { optional: false }), 'ar'),
    orOwn(tool('ranlib', 'ranlib', { optional: true }), 'ranlib'),
    ...(mingw ? [tool('windres', 'windres', { optional: true })] : []),
    ...(wish?.driver === 'ld' && triple.facts.libc === 'glibc' ? [tool('ld', 'ld', { optional: false })] : []),
  ];
}

/** Compiler, linker and, since they become part of every program, the libraries that come with it; glibc's version, by which its symbols are bound. */
function identity(triple: Triple): ToolIdentity {
  const prefix = gccPrefix(triple.name);
  if (prefix === undefined) return { pins: [], runtimes: [], env: [] };
  const cc = [`${prefix}-gcc --version`, `ls /usr/bin/${prefix}-gcc-*`];
  const libraries = askLibraries(`${prefix}-gcc`);
  if (triple.facts.libc === 'musl') return { pins: [], runtimes: [askFirst(...cc, 'musl-gcc --version'), libraries, askLibraries('musl-gcc')], env: [] };
  const glibc = `${prefix}-gcc -E -dM -include features.h -x c /dev/null 2>/dev/null | grep __GLIBC_MINOR__`;
  return { pins: [], runtimes: [`${askFirst(...cc)}; ${askFirst(`${prefix}-ld --version`)}`, libraries, ...(triple.facts.libc === 'glibc' ? [glibc] : [])], env: [] };
}

function setUp(input: SetUpInput): Result<CrossSetUp> {
  const { triple, host, tools, directory, linkage, glibc, closure, driver, interpreter } = input;
  const { cc, cxx, ar, ranlib, windres, ld } = tools;
  const { facts } = triple;
  const prefix = gccPrefix(triple.name) ?? '';
  const isMingw = facts.os === 'windows';
  const others = zigRow(triple.name) ? ['zig'] : [];
  const sysroot = cc && facts.libc === 'glibc' ? sysrootOf(triple, host, cc, others) : undefined;
  if (sysroot && 'code' in sysroot) return failed(sysroot);
  const floor = linkage === 'static' ? undefined : floorFailure(triple, glibc, sysroot?.glibc, others);
  if (floor) return failed(floor);
  if (driver === 'ld' && facts.libc !== 'glibc') {
    return failed({
      code: 'linkage-impossible',
      triple: triple.name,
      backend: 'gcc',
      asked: 'driver = "ld"',
      option: 'driver',
      why: isMingw ? "mingw's start files and import libraries are put together by its compiler alone." : "Rust's own start files of musl are linked without any compiler by another backend.",
      help: isMingw ? `Take "driver" out for ${triple.name}.` : `Choose backend "lld" for ${triple.name}, or take "driver" out.`,
    });
  }
  const scripts = isMingw ? mingwFiles(prefix, directory, tools) : [];
  // rustc takes a C driver's kind from its file name, and does not know `<x>-gcc-posix` (rust-lang/rust linker.rs, `infer_linker_hints`).
  const at = (name: string, tool: FoundTool | undefined): string | undefined =>
    tool && (scripts.some((file) => file.path === name) ? `${directory}/${name}` : tool.path);
  const ccPath = at(`${prefix}-gcc`, cc) ?? '';
  const linker = driver === 'ld' && ld && sysroot ? rawLinker(input, ld, sysroot) : cc && callsLibatomic(facts) ? atomicLinker(`${prefix}-gcc`, cc.path) : undefined;
  const multiarch = MULTIARCH[triple.name] ?? prefix;
  // Debian's folders. Elsewhere a toolchain knows its own, and nothing else is there.
  const debian = host.os === 'linux' && (isMingw || facts.libc === 'glibc');
  const folders = debian ? [`/usr/${prefix}`, ...(isMingw ? [] : ['/'])] : [];
  const cmake = { file: `${directory}/${triple.name}.cmake`, roots: folders };
  const ccTools: CcTools = {
    linker: linker ? `${directory}/${linker.path}` : ccPath,
    cc: ccPath,
    cxx: at(`${prefix}-g++`, cxx),
    ar: ar?.path,
    ranlib: ranlib?.path,
    windres: at(`${prefix}-windres`, windres),
    clang: clangIf(closure, headers(debian, isMingw, prefix, multiarch, directory)),
    cmake,
    pkgConfig: debian && !isMingw ? { libdir: [`/usr/lib/${multiarch}/pkgconfig`] } : 'closed',
  };
  return success({
    files: [...scripts, ...(linker ? [linker] : []), cmakeToolchainFile(facts, ccTools, cmake)],
    env: ccEnv(triple.name, ccTools),
    rustflags: [
      ...crtStatic(triple, isMingw ? (linkage ?? 'static') : linkage),
      ...gccQuirkFlags({ facts, linkage }),
      ...(driver === 'ld' ? ['-Clinker-flavor=ld'] : interpreterFlags(triple, linkage, interpreter)),
    ],
    tools: ccTools,
    version: cc?.version ?? '',
    ...(isMingw && !namesOwnCompiler(triple.name, input.env) ? { namesFolders: true } : {}),
  });
}

/** What libclang is told of the target's headers. */
function headers(debian: boolean, isMingw: boolean, prefix: string, multiarch: string, directory: string): Parameters<typeof clangIf>[1] {
  if (!debian) return { includeDirs: [] };
  return isMingw ? { includeDirs: [`/usr/${prefix}/include`], lastIncludeDirs: [windowsHeaderFolder(directory)] } : { includeDirs: [`/usr/${prefix}/include`, `/usr/include/${multiarch}`], lastIncludeDirs: ['/usr/include'] };
}

function rawLinker({ triple: { facts, name }, interpreter }: SetUpInput, ld: FoundTool, { libc, gcc: own, folders }: Sysroot): GeneratedFile {
  return rawLinkerScript(`${gccPrefix(name) ?? name}-ld`, { ld: ld.path, libc, gcc: own, folders, interpreter: interpreter ?? facts.interpreter }, facts);
}

/** Also windres: openssl-src takes it from beside the compiler, by the compiler's own name. */
function mingwFiles(prefix: string, directory: string, { cc, cxx, windres }: FoundTools): readonly GeneratedFile[] {
  return [
    ...WINDOWS_HEADERS,
    ...(cc ? [mingwCompiler(`${prefix}-gcc`, cc.path, directory)] : []),
    ...(cxx ? [mingwCompiler(`${prefix}-g++`, cxx.path, directory)] : []),
    ...(windres ? [mingwTool(`${prefix}-windres`, windres.path)] : []),
  ];
}
