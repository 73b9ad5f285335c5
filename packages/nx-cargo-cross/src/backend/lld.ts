/**
 * LLVM's linker with the start files and C library that Rust's own std brings for musl and wasm: no C compiler anywhere.
 * Source: rustc's `crt-objects-fallback` of the musl and wasm targets (`compiler/rustc_target/src/spec`), `-Clink-self-contained`.
 */
import { askFirst } from '../diagnostics/ask.js';
import { quoteWord } from '../diagnostics/quote.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import { screamingTriple, type Triple, type TripleName } from '../platform/triple.js';
import { namedCompiler, targeted } from './cc-env.js';
import type { Backend, CrossSetUp, GeneratedFile, Host, SetUpInput, ToolIdentity, ToolNeed } from './contract.js';
import { crtStatic } from './crt-static.js';
import type { EnvEdit } from './env-edit.js';
import { zigNeed } from './zig.js';
import { ASK_ZIG } from './zig/ask-zig.js';

/** Names the linker to take, before any other. */
const LLD_VARIABLE = 'NX_CARGO_CROSS_LLD';

/** The oldest that is in a supported distribution (Ubuntu 22.04), and reads what rustc 1.95 writes. */
const MINIMUM = '14.0.0';

export const lld: Backend = { id: 'lld', refuses, needs, setUp, identity };

function refuses({ name, facts }: Triple): string | undefined {
  if (facts.libc === 'musl' || facts.format === 'wasm') return undefined;
  if (facts.libc === 'glibc') return "A bare linker needs start files and a C library, and Rust's std brings those of musl and wasm only; glibc's come with a C compiler.";
  return `Rust's std brings no start files and no C library for ${name} that a bare linker could link.`;
}

function needs({ facts }: Triple, host: Host): readonly ToolNeed[] {
  const name = facts.format === 'wasm' ? 'wasm-ld' : 'ld.lld';
  const inSysroot = host.sysroot === undefined ? [] : [{ from: 'file', path: `${host.sysroot}/lib/rustlib/${host.triple}/bin/rust-lld` } as const];
  const linker: ToolNeed = {
    key: 'lld',
    label: name,
    candidates: [
      { from: 'env', variable: LLD_VARIABLE },
      ...inSysroot,
      { from: 'path', name, versions: true },
      ...['/usr/lib/llvm-*', '/opt/homebrew/opt/lld', '/opt/homebrew/opt/llvm', '/usr/local/opt/lld', '/usr/local/opt/llvm'].map(
        (folder) => ({ from: 'file', path: `${folder}/bin/${name}` }) as const,
      ),
    ],
    // rust-lld answers only to its flavour; the others read the word and go on.
    version: { args: ['-flavor', facts.format === 'wasm' ? 'wasm' : 'gnu', '--version'], pattern: /LLD (\d+\.\d+\.\d+)/ },
    minimum: MINIMUM,
    install: host.os === 'macos' ? 'brew install lld' : 'apt-get install lld',
  };
  return needsStartFiles(facts) ? [linker, { ...zigNeed(), optional: true }] : [linker];
}

/** Whether programs of the triple need start files from std. */
export function needsStartFiles(facts: Triple['facts']): boolean {
  return facts.libc === 'musl' || facts.os === 'wasi';
}

/** The toolchain's own rust-lld, else another; and where std's own start files are not the toolchain's, who makes them. */
function identity({ name, facts }: Triple): ToolIdentity {
  const [linker, flavor] = facts.format === 'wasm' ? ['wasm-ld', 'wasm'] : ['ld.lld', 'gnu'];
  const ofRust = (sysroot: string): readonly string[] => [
    askFirst(`${sysroot}/lib/rustlib/*/bin/rust-lld -flavor ${flavor} --version`, `${linker} --version`, `ls /usr/bin/${linker}-*`),
    ...(needsStartFiles(facts) ? [`test -e ${sysroot}/lib/rustlib/${name}/lib/self-contained/libc.a || ${ASK_ZIG}`] : []),
  ];
  return {
    pins: [],
    runtimes: [],
    ofRust,
    named: [`[ -z "$${LLD_VARIABLE}" ] || "$${LLD_VARIABLE}" -flavor ${flavor} --version`],
    env: [LLD_VARIABLE],
  };
}

function setUp({ triple, directory, tools, linkage, env: user }: SetUpInput): Result<CrossSetUp> {
  const { facts } = triple;
  const why = refuses(triple);
  const found = tools['lld'];
  if (why !== undefined || !found) {
    return failed({ code: 'triple-unserved', triple: triple.name, backend: 'lld', why: why ?? 'No lld was found.', alternatives: [] });
  }
  if (linkage === 'dynamic') {
    return failed({
      code: 'linkage-impossible',
      triple: triple.name,
      backend: 'lld',
      asked: facts.libc === 'musl' ? 'linking dynamically, as every cdylib must be,' : 'linkage = "dynamic"',
      why: "Rust's std brings the C library as an archive only.",
      help: facts.libc === 'musl' ? `Choose backend "zig" for ${triple.name}, or build programs and staticlibs only.` : `Take "linkage" out for ${triple.name}.`,
    });
  }
  // A compiler that the user names himself compiles what C there is. Who has none is told before by the recipes, and by this script at last.
  const ownCompiler = namedCompiler(triple.name, user);
  const linker: EnvEdit = { kind: 'set-if-missing', name: `CARGO_TARGET_${screamingTriple(triple.name)}_LINKER`, value: found.path, spellings: [] };
  // Not CC_FORCE_DISABLE, which would take the host's compiler from build scripts too.
  const none = noCompilerScript(triple.name);
  const script = `${directory}/${none.path}`;
  return success({
    files: ownCompiler === undefined ? [none] : [],
    env: [linker, ...(ownCompiler === undefined ? [...targeted('CC', triple.name, script), ...targeted('CXX', triple.name, script)] : [])],
    rustflags: facts.format === 'wasm' ? ['-Clinker-flavor=wasm-ld'] : ['-Clinker-flavor=ld.lld', '-Clink-self-contained=yes', ...crtStatic(triple, 'static')],
    tools: undefined,
    version: found.version,
  });
}

/** Stands where a C compiler would be looked for, and says that there is none. */
function noCompilerScript(triple: TripleName): GeneratedFile {
  const says = `nx-cargo-cross: backend lld has no C compiler for ${triple}; choose another in nx.json: "backends": { "${triple}": "zig" }`;
  return { path: `${triple}-no-compiler`, text: `#!/bin/sh\necho ${quoteWord(says)} >&2\nexit 1\n`, executable: true };
}
