/**
 * The crates of the mutation matrix's workspace, as data: the files are made of it (`files.mjs`), and so is what may reach what (`truth.mjs`). The plugin's
 * own code has no part in either.
 *
 * @typedef {object} Need
 * @property {string} name     a crate of the repository, or a package of the lock file (`itoa@1.0.15` where there are two)
 * @property {'normal' | 'build' | 'dev'} [kind]
 * @property {string} [as]     the name under which the manifest knows it
 * @property {string} [cfg]    only where it holds
 * @property {string} [feature]  optional, and switched on by this feature
 *
 * @typedef {object} Crate
 * @property {string} at        its folder
 * @property {string} [cargoWorkspace]  the folder of its Cargo workspace
 * @property {'bin' | 'lib' | 'cdylib' | 'proc-macro'} kind
 * @property {readonly Need[]} [needs]
 * @property {readonly string[]} [says]  texts in Rust that its code holds besides (`code.mjs`)
 * @property {string} [manifest]  what stands in Cargo.toml besides
 * @property {Record<string, string>} [files]  what lies in its folder besides, or instead
 * @property {Record<string, string>} [links]  symbolic links of its folder, and where they lead
 * @property {Record<string, readonly string[]>} [featuresOn]  features, by platform
 * @property {string} [profile]
 * @property {string} [project]  the name of its Nx project where it is another
 */
import { lib, on } from './needs.mjs';

const WINDOWS = 'cfg(windows)';
const UNIX = 'cfg(unix)';
/** What the triple leaves open, and the flags in cargo's configuration decide. */
const SIMD = 'cfg(target_feature = "sse4.2")';
const FLAGGED = 'cfg(ours)';

const BUILD_RS = `fn main() {
    println!("cargo:rerun-if-env-changed=TOOL_CHANNEL");
    println!("cargo:rerun-if-changed=assets/version.txt");
    println!("cargo:rustc-env=CHANNEL={}", std::env::var("TOOL_CHANNEL").unwrap_or_default());
    println!("cargo:rustc-env=RELEASE={}", std::fs::read_to_string("assets/version.txt").unwrap().escape_default());
    println!("cargo:rustc-env=BUILDTOOL={}", buildtool::text().escape_default());
}
`;

const CC_BUILD_RS = `fn main() {
    println!("cargo:rerun-if-changed=csrc");
    cc::Build::new().file("csrc/bits.c").include("csrc").compile("bits");
}
`;

/** @type {Record<string, Crate>} */
export const CRATES = {
  // Programs.
  cli: { at: 'apps/cli', kind: 'bin', needs: [on('core'), on('util', { as: 'helpers' }), on('serde'), on('parser'), on('devonly', { kind: 'dev' }), on('rand', { kind: 'dev' })], files: { 'README.md': '# cli\n', 'tests/runs.rs': '#[test]\nfn runs() {}\n' } },
  server: { at: 'apps/server', kind: 'bin', needs: [on('core'), on('net'), on('semver'), on('gitdep'), on('log')] },
  agent: {
    at: 'apps/agent',
    kind: 'bin',
    needs: [on('winonly', { cfg: WINDOWS }), on('unixonly', { cfg: UNIX }), on('simd', { cfg: SIMD }), on('flagged', { cfg: FLAGGED }), on('service', { feature: 'service' })],
    manifest: '[package.metadata.nx-cargo-cross.platform.x86_64-windows]\nfeatures = ["service"]\n',
    featuresOn: { 'x86_64-windows': ['service'] },
  },
  tool: {
    at: 'apps/tool',
    kind: 'bin',
    needs: [on('buildtool', { kind: 'build' })],
    manifest: '[package.metadata.nx-cargo-cross]\nenv-inputs = ["TOOL_CHANNEL"]\n',
    files: { 'build.rs': BUILD_RS, 'assets/version.txt': '1\n' },
    says: ['env!("CHANNEL")', 'env!("RELEASE")', 'env!("BUILDTOOL")'],
  },
  bundle: {
    at: 'apps/bundle',
    kind: 'bin',
    manifest: '[package.metadata.nx-cargo-cross]\ninputs = ["../../assets/licence.txt"]\n',
    files: { 'README.md': 'How to use it.\n' },
    says: ['include_str!("../../../assets/licence.txt")', 'include_str!("../README.md")'],
  },
  native: { at: 'apps/native', kind: 'bin', needs: [on('cbits')] },
  console: { at: 'apps/console', kind: 'bin', needs: [on('labels')], project: 'admin-console', files: { 'project.json': '{ "name": "admin-console" }\n' } },
  boxed: { at: 'apps/boxed', kind: 'bin', needs: [on('log')], profile: 'dist', manifest: '[package.metadata.nx-cargo-cross]\nprofile = "dist"\n' },
  plain: { at: 'apps/plain', kind: 'bin' },
  pair: { at: 'apps/pair', kind: 'bin', needs: [on('itoa@1.0.15')], manifest: '[[bin]]\nname = "pair"\npath = "src/main.rs"\n\n[[bin]]\nname = "other"\npath = "src/bin/other.rs"\n', links: { 'src/bin/other.rs': '../../../../assets/other.rs' } },
  secure: { at: 'apps/secure', kind: 'bin', needs: [on('openssl-sys')] },
  ffi: { at: 'libs/ffi', kind: 'cdylib', needs: [on('core')] },

  // Libraries.
  core: { at: 'libs/core', kind: 'lib', says: ['if cfg!(feature = "fast") { "fast" } else { "" }'], needs: [on('macros'), on('itoa@1.0.15')], manifest: '[features]\nfast = []\n\n[lints]\nworkspace = true\n', files: { 'src/words.rs': '// words\n', 'tests/works.rs': '#[test]\nfn works() {}\n', 'benches/fast.rs': 'fn main() {}\n', 'examples/shows.rs': 'fn main() {}\n', 'README.md': '# core\n' } },
  util: {
    at: 'libs/util',
    kind: 'lib',
    needs: [on('itoa@0.4.8')],
    manifest: '[package.metadata.nx-cargo-cross]\ninputs = ["../../assets/units"]\nenv-inputs = ["UNIT_SYSTEM"]\n',
    says: ['include_str!("../../../assets/units/all.txt")', 'option_env!("UNIT_SYSTEM").unwrap_or_default()'],
  },
  net: { at: 'libs/net', kind: 'lib', needs: [on('core'), on('libc', { cfg: UNIX }), on('testkit', { kind: 'dev' })] },
  testkit: { at: 'libs/testkit', kind: 'lib', needs: [on('net')] },
  macros: { at: 'libs/macros', kind: 'proc-macro', needs: [on('macro-support')] },
  'macro-support': lib('libs/macro-support', [on('unicode-ident')]),
  winonly: lib('libs/winonly', [on('windows-link')]),
  unixonly: { ...lib('libs/unixonly', [on('libc')]), manifest: '[package.metadata.nx-cargo-cross]\ninputs = ["!README.md"]\n', files: { 'README.md': '# unixonly\n' } },
  simd: lib('libs/simd'),
  flagged: lib('libs/flagged'),
  service: lib('libs/service', [on('log')]),
  cbits: { at: 'libs/cbits', kind: 'lib', says: ['&{ unsafe extern "C" { fn bits() -> i32; } unsafe { bits() } }.to_string()'], needs: [on('cc', { kind: 'build' })], files: { 'build.rs': CC_BUILD_RS, 'csrc/bits.c': '#include "bits.h"\nint bits(void) { return BITS; }\n', 'csrc/bits.h': '#define BITS 8\n' } },
  labels: { at: 'libs/labels', kind: 'lib', says: ['include_str!("names/names.rs")'], project: 'shared-labels', links: { 'src/names': '../../../assets/labels' }, files: { 'project.json': '{ "name": "shared-labels", "tags": ["scope:shared"] }\n' } },
  buildtool: lib('libs/buildtool'),
  devonly: lib('libs/devonly'),
  leaf: lib('libs/leaf'),
  // Outside any workspace, in the place of the registry's, in workspaces of their own.
  parser: { at: 'external/parser', cargoWorkspace: 'external/parser', kind: 'lib' },
  semver: { at: 'patches/semver', cargoWorkspace: 'patches/semver', kind: 'lib', manifest: '[workspace]\n' },
  alone: { at: 'alone', cargoWorkspace: 'alone', kind: 'bin', needs: [on('log')] },
  gen: { at: 'tools/gen', cargoWorkspace: 'tools', kind: 'bin', needs: [on('fnv'), on('genlib'), on('util')] },
  genlib: { at: 'tools/genlib', cargoWorkspace: 'tools', kind: 'lib', needs: [on('smallvec')] },
};
