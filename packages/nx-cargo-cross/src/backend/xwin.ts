/**
 * Microsoft's ABI without Microsoft's compiler: clang-cl and lld-link with Microsoft's own headers and libraries, as xwin or Visual Studio lays them out. The
 * files are found, never downloaded: their licence is the user's to accept.
 */
import type { Linkage } from '../config/resolved.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import type { Triple } from '../platform/triple.js';
import { ccEnv, clangIf, linkerEnv, targeted, type CcTools } from './cc-env.js';
import { cmakeToolchainFile } from './cmake-toolchain.js';
import type { Backend, CrossSetUp, FoundTool, SetUpInput, ToolIdentity } from './contract.js';
import { crtStatic } from './crt-static.js';
import type { EnvEdit } from './env-edit.js';
import { askXwin, INCLUDES, LAYOUT_NAMES, partKey, xwinNeeds } from './xwin/needs.js';
import { xwinEffects, type QuirkEffect } from './xwin/quirks.js';
import { clangCl, lldLink, llvmLib, llvmRc } from './xwin/scripts.js';
import { xwinRow } from './xwin/targets.js';

export const xwin: Backend = {
  id: 'xwin',
  refuses,
  needs: (triple, host, wish = {}) => {
    const row = xwinRow(triple.name);
    return row ? xwinNeeds(row, host, wish) : [];
  },
  setUp,
  identity: (_, { sdk } = {}): ToolIdentity => ({ pins: [], runtimes: askXwin(sdk), env: [] }),
};

function refuses({ name }: Triple): string | undefined {
  return xwinRow(name) ? undefined : "Microsoft's files are for Windows of Microsoft's ABI only (windows-msvc).";
}

/** Folders of headers and of libraries, absolute, in the order in which they are looked through. */
interface Files {
  readonly root: string;
  readonly includes: readonly string[];
  readonly libraries: readonly string[];
}

function setUp(input: SetUpInput): Result<CrossSetUp> {
  const { triple, tools, directory, linkage, closure } = input;
  const { files: found, link, clang, rc } = tools;
  if (!xwinRow(triple.name) || !found || !link) {
    return failed({ code: 'triple-unserved', triple: triple.name, backend: 'xwin', why: refuses(triple) ?? "Microsoft's files or lld-link were not found.", alternatives: [] });
  }
  const files = filesOf(found);
  if (!files) {
    return failed({
      code: 'tool-broken',
      tool: "Windows SDK with Microsoft's C runtime",
      path: found.path,
      message: 'the C runtime is there, but not all of the Windows SDK (um and ucrt, headers and libraries)',
      install: 'have xwin lay them out anew, into an empty folder',
    });
  }
  const effects = xwinEffects({ facts: triple.facts, linkage, clang: clang && Number.parseInt(clang.version, 10), closure: new Set(closure.map(({ name }) => name)) });
  const ccTools = clang && describeTools(input, files, effects);
  return success({
    files: [
      ...(clang ? clangCl({ clang: clang.path, target: triple.name, includes: files.includes, words: effects.compile }) : []),
      lldLink(link.path),
      llvmLib(link.path),
      ...(rc ? [llvmRc(rc.path, files.includes)] : []),
      ...(ccTools?.cmake ? [cmakeToolchainFile(triple.facts, ccTools, ccTools.cmake)] : []),
    ],
    env: [...(ccTools ? ccEnv(triple.name, ccTools) : linkerEnv(triple.name, `${directory}/lld-link`)), ...systemEnv(triple, files), ...effects.env],
    rustflags: ['-Clinker-flavor=lld-link', ...files.libraries.map((folder) => `-Lnative=${folder}`), ...crtStatic(triple, linkage), ...effects.rustflags],
    tools: ccTools,
    version: link.version,
  });
}

function describeTools({ triple, tools, directory, closure, linkage }: SetUpInput, files: Files, effects: Required<QuirkEffect>): CcTools {
  return {
    linker: `${directory}/lld-link`,
    cc: `${directory}/clang-cl`,
    cxx: `${directory}/cxx/clang-cl`,
    ar: `${directory}/llvm-lib`,
    rc: tools['rc'] && `${directory}/llvm-rc`,
    clang: clangIf(closure, { target: triple.name, includeDirs: files.includes }),
    cmake: { file: `${directory}/${triple.name}.cmake`, roots: [files.root], lines: cmakeLines(directory, files, effects, linkage) },
  };
}

/** The first layout that is whole; the headers of WinRT may be left out when the files are made. */
function filesOf({ path, parts = {} }: FoundTool): Files | undefined {
  for (const layout of LAYOUT_NAMES) {
    const at = (name: string): readonly string[] => [parts[partKey(layout, name)]?.path].filter((found) => found !== undefined);
    const needed = ['crt include', 'ucrt include', 'um include', 'shared include', 'crt lib', 'um lib', 'ucrt lib'];
    if (needed.some((name) => at(name).length === 0)) continue;
    return { root: path, includes: ['crt', ...INCLUDES].flatMap((name) => at(`${name} include`)), libraries: ['crt', 'um', 'ucrt'].flatMap((name) => at(`${name} lib`)) };
  }
  return undefined;
}

/** What Visual Studio's own command prompt sets, which clang-cl and lld-link read on every system; and what cmake-rs needs to take no Visual Studio for granted. */
function systemEnv({ name }: Triple, { includes, libraries }: Files): readonly EnvEdit[] {
  const set = (variable: string, value: string): EnvEdit => ({ kind: 'set-if-missing', name: variable, value, spellings: [] });
  return [
    set('INCLUDE', includes.join(';')),
    set('LIB', libraries.join(';')),
    set('RCFLAGS', includes.map((folder) => `-I${folder}`).join(' ')),
    ...targeted('CMAKE_GENERATOR', name, 'Ninja', ['CMAKE_GENERATOR']),
  ];
}

/** CMake's own, but for the runtime: CMake, `Modules/Platform/Windows-MSVC.cmake`. */
const CMAKE_FLAGS: readonly (readonly [config: string, words: string])[] = [
  ['DEBUG', '/Z7 /Ob0 /Od'],
  ['RELEASE', '/O2 /Ob2 /DNDEBUG'],
  ['RELWITHDEBINFO', '/Z7 /O2 /Ob1 /DNDEBUG'],
  ['MINSIZEREL', '/O1 /Ob1 /DNDEBUG'],
];

/** Rust links the release runtime whatever the profile; and CMake's list of standard libraries is in a case that a case-sensitive disk has not. */
function cmakeLines(directory: string, { libraries }: Files, { cmakeLink }: Required<QuirkEffect>, linkage: Linkage | undefined): readonly string[] {
  const flags = [...cmakeLink, ...libraries.map((folder) => `-libpath:\\"${folder}\\"`)].join(' ');
  return [
    `set(CMAKE_LINKER "${directory}/lld-link")`,
    `set(CMAKE_MSVC_RUNTIME_LIBRARY MultiThreaded${linkage === 'static' ? '' : 'DLL'})`,
    'set(CMAKE_TRY_COMPILE_CONFIGURATION Release)',
    'set(CMAKE_C_STANDARD_LIBRARIES "" CACHE STRING "")',
    'set(CMAKE_CXX_STANDARD_LIBRARIES "" CACHE STRING "")',
    // A project that asks for a CMake before 3.15 reads its runtime from these, and its debug builds would take the debug runtime.
    ...['C', 'CXX'].flatMap((language) => CMAKE_FLAGS.map(([config, words]) => `set(CMAKE_${language}_FLAGS_${config} "/${linkage === 'static' ? 'MT' : 'MD'} ${words}" CACHE STRING "")`)),
    ...['EXE', 'SHARED', 'MODULE'].map((kind) => `set(CMAKE_${kind}_LINKER_FLAGS_INIT "${flags}")`),
  ];
}
