/** Apple's SDK through osxcross: clang with Apple's linker, or LLVM's, in front of a real SDK. It is found, never made. */
import { quoteWord } from '../diagnostics/quote.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import type { Triple } from '../platform/triple.js';
import { deploymentTarget, deploymentTargetEnv, isOlderVersion } from './apple/deployment-target.js';
import { sdkNeed } from './apple/sdk.js';
import { stripFlags } from './apple/strip-flags.js';
import { ccEnv, clangIf, type CcTools } from './cc-env.js';
import { cmakeToolchainFile } from './cmake-toolchain.js';
import type { Backend, CrossSetUp, GeneratedFile, SetUpInput } from './contract.js';
import type { EnvEdit } from './env-edit.js';
import { ARCH_WORDS, askOsxcross, osxcrossNeed, partKey } from './osxcross/needs.js';
import { osxcrossEffects, type ScriptVariable } from './osxcross/quirks.js';

export const osxcross: Backend = {
  id: 'osxcross',
  refuses: ({ facts }: Triple) => (facts.os === 'macos' ? undefined : "osxcross builds for Apple's systems only."),
  needs: (_triple, _host, wish) => [osxcrossNeed(), ...(wish?.sdk === undefined ? [] : [sdkNeed(wish.sdk)])],
  setUp,
  identity: () => ({ pins: [], runtimes: [askOsxcross()], env: ['OSXCROSS_SDKROOT'] }),
};

function setUp(input: SetUpInput): Result<CrossSetUp> {
  const { triple, tools, directory, closure, env: users, strip } = input;
  const { facts } = triple;
  const found = tools['osxcross'];
  if (!found || facts.os !== 'macos') {
    return failed({ code: 'triple-unserved', triple: triple.name, backend: 'osxcross', why: osxcross.refuses(triple, input.host) ?? 'no osxcross was found.', alternatives: [] });
  }
  const parts = found.parts ?? {};
  const broken = (message: string, install: string): Result<CrossSetUp> => failed({ code: 'tool-broken', tool: 'osxcross', path: found.path, message, install });
  const arch = (ARCH_WORDS[facts.machine] ?? []).find((word) => parts[partKey(word, 'clang')] !== undefined);
  if (arch === undefined) {
    return broken(
      `it has no compiler for ${facts.machine}: bin/${(ARCH_WORDS[facts.machine] ?? []).join('- or bin/')}-apple-darwin*-clang`,
      'build it anew with an SDK that has the architecture (arm64: MacOSX11.0.sdk or newer; x86_64: up to MacOSX26)',
    );
  }
  const sdk = tools['sdk']?.path ?? parts['sdk']?.path;
  if (sdk === undefined) return broken('it has no SDK: SDK/MacOSX*.sdk', 'put MacOSX.sdk into its SDK folder, or name one: "sdk": "/path/to/MacOSX.sdk"');
  const minOs = deploymentTarget(facts, input.minOs, users) ?? '11.0';
  const sdkVersion = /MacOSX(\d+(?:\.\d+)*)\.sdk\/?$/.exec(sdk)?.[1];
  if (sdkVersion !== undefined && isOlderVersion(sdkVersion, minOs)) {
    return failed({
      code: 'linkage-impossible',
      triple: triple.name,
      backend: 'osxcross',
      asked: `minOs = "${minOs}"`,
      why: `The SDK is that of macOS ${sdkVersion} (${sdk}): osxcross refuses to build for a newer one.`,
      help: `Set "minOs" (or MACOSX_DEPLOYMENT_TARGET) to "${sdkVersion}" or older, or take a newer SDK.`,
    });
  }
  const tool = (name: string): string | undefined => parts[partKey(arch, name)]?.path;
  const path = (name: string): string => `${directory}/${triple.name}-${name}`;
  const effects = osxcrossEffects({ root: found.path, lib: parts['lib']?.path, sdk, ld: tool('ld') });
  const cmake = { file: path('toolchain.cmake'), roots: [sdk], lines: [...cmakeLines(sdk, minOs, facts.machine, tool('install_name_tool')), ...effects.cmake] };
  const ccTools: CcTools = {
    linker: path('clang'),
    cc: path('clang'),
    cxx: tool('clang++') && path('clang++'),
    ar: tool('ar'),
    ranlib: tool('ranlib'),
    strip: tool('strip'),
    clang: clangIf(closure, { target: `${facts.machine === 'aarch64' ? 'arm64' : facts.machine}-apple-macosx${minOs}`, sysroot: sdk, args: ['-isysroot', sdk, `-F${sdk}/System/Library/Frameworks`] }),
    cmake,
    pkgConfig: parts['macports'] ? { libdir: [parts['macports'].path] } : 'closed',
  };
  const dsymutil = tool('dsymutil');
  const files: readonly GeneratedFile[] = [
    compiler(`${triple.name}-clang`, tool('clang') ?? '', effects.script),
    ...(tool('clang++') === undefined ? [] : [compiler(`${triple.name}-clang++`, tool('clang++') ?? '', effects.script)]),
    cmakeToolchainFile(facts, ccTools, cmake),
    // rustc looks for it under its bare name, should a build ask for split debug information.
    ...(dsymutil === undefined ? [] : [compiler('path/dsymutil', dsymutil, effects.script)]),
  ];
  const env: readonly EnvEdit[] = [
    ...ccEnv(triple.name, ccTools),
    { kind: 'set', name: 'SDKROOT', value: sdk },
    ...Object.entries(effects.env).map(([name, value]): EnvEdit => ({ kind: 'set-if-missing', name, value, spellings: [] })),
    ...(dsymutil === undefined ? [] : [{ kind: 'prepend-path', name: 'PATH', value: `${directory}/path` } as const]),
    ...deploymentTargetEnv(facts, input.minOs, users),
  ];
  return success({ files, env, rustflags: stripFlags(strip), tools: ccTools, version: sdkVersion === undefined ? '' : `with SDK ${sdkVersion}` });
}

function cmakeLines(sdk: string, minOs: string, machine: string, installNameTool: string | undefined): readonly string[] {
  return [
    `set(CMAKE_OSX_SYSROOT ${JSON.stringify(sdk)})`,
    `set(CMAKE_OSX_DEPLOYMENT_TARGET ${JSON.stringify(minOs)})`,
    `set(CMAKE_OSX_ARCHITECTURES ${machine === 'aarch64' ? 'arm64' : machine})`,
    ...(installNameTool === undefined ? [] : [`set(CMAKE_INSTALL_NAME_TOOL ${JSON.stringify(installNameTool)})`]),
  ];
}

/** A script that starts one of osxcross's programs with what it needs around it, which nothing else must see. A library gets a name that is no path. */
function compiler(path: string, program: string, variables: readonly ScriptVariable[]): GeneratedFile {
  const exports = variables.map((variable) =>
    'prepend' in variable
      ? `${variable.name}=${quoteWord(variable.prepend)}\${${variable.name}:+:$${variable.name}}; export ${variable.name}`
      : `${variable.name}=${quoteWord(variable.value)}; export ${variable.name}`,
  );
  const naming = path.startsWith('path/') ? '' : NAME_OF_LIBRARY;
  return { path, text: `#!/bin/sh\n${exports.join('\n')}\n${naming}exec ${quoteWord(program)} "$@"\n`, executable: true };
}

/** The linker would call it by the path it is linked at, which is a path of the machine that builds. */
const NAME_OF_LIBRARY = `dylib= named= out= before=
for a do
  case $a in -dynamiclib) dylib=1;; -install_name|-Wl,-install_name*) named=1;; esac
  [ "$before" = -o ] && out=$a
  before=$a
done
if [ "$dylib" ] && ! [ "$named" ] && [ "$out" ]; then set -- "$@" -install_name "@rpath/\${out##*/}"; fi
`;
