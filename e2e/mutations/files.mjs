/** The files of the mutation matrix's workspace. */
import { library, program } from './code.mjs';
import { CRATES } from './crates.mjs';
import { PACKAGES } from './packages.mjs';
import { PLATFORM_NAMES, PLATFORMS } from './platforms.mjs';

/** The plugin's options in nx.json. */
export const OPTIONS = {
  platforms: PLATFORM_NAMES,
  backends: Object.fromEntries(Object.values(PLATFORMS).map(({ triple, backend }) => [triple, backend])),
  tests: false,
};

/** path -> where it leads. */
export function workspaceLinks() {
  return Object.fromEntries(Object.values(CRATES).flatMap(({ at, links = {} }) => Object.entries(links).map(([path, to]) => [`${at}/${path}`, to])));
}

const VENDORED = ['fnv', 'smallvec', 'itoa@0.4.8'];

/** path -> text. */
export function workspaceFiles() {
  return {
    'Cargo.toml': ROOT_MANIFEST,
    'Cargo.lock': lockFile(''),
    'rust-toolchain.toml': '[toolchain]\nchannel = "stable"\ncomponents = ["clippy"]\n',
    '.cargo/config.toml': 'include = ["flags.toml", { path = "more.toml", optional = true }]\n\n[env]\nGREETING = "hello"\n\n[target.x86_64-unknown-linux-musl]\nrustflags = ["-Ctarget-cpu=x86-64-v2"]\n\n[target.x86_64-pc-windows-gnu]\nrustflags = ["--cfg=ours"]\n',
    '.cargo/flags.toml': '# What .cargo/config.toml includes.\n',
    'assets/other.rs': 'fn main() { print!("{}", include_str!("other.rs")); }\n',
    'assets/labels/names.rs': '// names\n',
    'assets/licence.txt': 'Do what you like.\n',
    'assets/units/all.txt': 'm kg s\n',
    'docs/guide.md': '# Guide\n',
    'tools/Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["gen", "genlib"]\n',
    'tools/Cargo.lock': lockFile('tools'),
    'tools/rust-toolchain.toml': '[toolchain]\nchannel = "1.95.0"\n',
    'tools/.cargo/config.toml': '[source.crates-io]\nreplace-with = "vendored"\n\n[source.vendored]\ndirectory = "third-party"\n',
    'alone/Cargo.lock': lockFile('alone'),
    ...Object.assign({}, ...VENDORED.map(vendored)),
    ...Object.assign({}, ...Object.keys(CRATES).map(crateFiles)),
  };
}

const ROOT_MANIFEST = `[workspace]
resolver = "2"
members = ["apps/*", "libs/*"]
exclude = ["alone", "tools", "external", "patches"]

[workspace.package]
version = "0.1.0"
edition = "2021"
license = "MIT"

[workspace.dependencies]
log = { version = "0.4", features = [] }

[workspace.lints.rust]
unused_must_use = "warn"

[patch.crates-io]
semver = { path = "patches/semver" }

[profile.release]
lto = false

[profile.release.package.log]
opt-level = 2

[profile.dist]
inherits = "release"
`;

function crateFiles(name) {
  const { at, kind, needs = [], says, files = {} } = CRATES[name];
  const sources = kind === 'bin' ? { 'src/main.rs': program(needs, says) } : { 'src/lib.rs': library(CRATES[name], says) };
  return Object.fromEntries(Object.entries({ 'Cargo.toml': manifest(name), ...sources, ...files }).map(([file, text]) => [`${at}/${file}`, text]));
}

function manifest(name) {
  const { cargoWorkspace = '', kind, needs = [], manifest: more = '' } = CRATES[name];
  const inherited = cargoWorkspace === '' ? ['version', 'edition', 'license'].map((key) => `${key}.workspace = true`) : ['version = "0.1.0"', 'edition = "2021"'];
  const type = { cdylib: '\n[lib]\ncrate-type = ["cdylib"]\n', 'proc-macro': '\n[lib]\nproc-macro = true\n' }[kind] ?? '';
  const tables = new Map();
  for (const need of needs) {
    const table = `${need.cfg ? `target.'${need.cfg}'.` : ''}${{ normal: '', build: 'build-', dev: 'dev-' }[need.kind]}dependencies`;
    tables.set(table, [...(tables.get(table) ?? []), dependencyLine(name, need)]);
  }
  const features = [...new Set(needs.flatMap(({ feature }) => feature ?? []))].map((feature) => `${feature} = [${needs.filter((need) => need.feature === feature).map((need) => `"dep:${need.name}"`).join(', ')}]`);
  return [
    `[package]\nname = "${name}"\n${inherited.join('\n')}\n`,
    type,
    ...(features.length > 0 ? [`\n[features]\n${features.join('\n')}\n`] : []),
    ...[...tables].map(([table, lines]) => `\n[${table}]\n${lines.join('\n')}\n`),
    ...(more === '' ? [] : [`\n${more}`]),
  ].join('');
}

function dependencyLine(name, { name: needed, as, feature }) {
  const local = needed === 'semver' ? undefined : CRATES[needed];
  if (needed === 'log' && (CRATES[name].cargoWorkspace ?? '') === '') return 'log.workspace = true';
  const [base] = needed.split('@');
  const found = PACKAGES[needed];
  const path = local && `${CRATES[name].at.split('/').map(() => '..').join('/')}/${local.at}`;
  const words = [
    ...(path ? [`path = "${path}"`] : []),
    ...(found?.source.startsWith('git+') ? ['git = "https://example.com/gitdep"', 'branch = "main"'] : []),
    ...(found && !found.source.startsWith('git+') ? [`version = "${found.version.split('.').slice(0, 2).join('.')}"`] : []),
    ...(needed === 'semver' ? ['version = "0.1"'] : []),
    ...(as ? [`package = "${base}"`] : []),
    ...(feature ? ['optional = true'] : []),
  ];
  return `${as ?? base} = { ${words.join(', ')} }`;
}

/** The lock file of a Cargo workspace: every member, and all that they reach. Dev-dependencies of members stand in it like any other. */
export function lockFile(cargoWorkspace) {
  const reached = new Set(Object.keys(CRATES).filter((name) => (CRATES[name].cargoWorkspace ?? '') === cargoWorkspace));
  const needsOf = (id) => (CRATES[id] ? (CRATES[id].needs ?? []).map(({ name }) => name) : (PACKAGES[id].needs ?? []));
  for (const id of reached) for (const next of needsOf(id)) reached.add(next);
  const entry = (id) => (CRATES[id] ? { name: id, version: '0.1.0' } : PACKAGES[id]);
  const twice = (name) => [...reached].filter((id) => entry(id).name === name).length > 1;
  const wordOf = (id) => (twice(entry(id).name) ? `${entry(id).name} ${entry(id).version}` : entry(id).name);
  const text = [...reached].sort().map((id) => {
    const { name, version, source, checksum } = entry(id);
    const dependencies = needsOf(id).map((need) => ` "${wordOf(need)}",\n`).sort();
    return [
      `\n[[package]]\nname = "${name}"\nversion = "${version}"\n`,
      source ? `source = "${source}"\n` : '',
      checksum ? `checksum = "${checksum}"\n` : '',
      dependencies.length > 0 ? `dependencies = [\n${dependencies.join('')}]\n` : '',
    ].join('');
  });
  return `# This file is automatically @generated by Cargo.\n# It is not intended for manual editing.\nversion = 4\n${text.join('')}`;
}

/** As `cargo vendor` lays a package down, but without checksums of its files, as those do who mend what they vendored. */
function vendored(id) {
  const { name, version, checksum } = PACKAGES[id];
  return {
    [`tools/third-party/${name}/Cargo.toml`]: `[package]\nname = "${name}"\nversion = "${version}"\nedition = "2021"\n`,
    [`tools/third-party/${name}/src/lib.rs`]: library({ kind: 'lib' }),
    [`tools/third-party/${name}/.cargo-checksum.json`]: `{"files":{},"package":"${checksum}"}\n`,
  };
}
