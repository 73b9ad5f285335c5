/** Cargo.toml: of crates, and of the workspaces' roots. */
import { add, swap } from '../change.mjs';
import { CRATES } from '../crates.mjs';
import { from, inWorkspace, NONE, of, PROGRAMS, taskOf } from '../truth.mjs';
import { PLATFORM_NAMES } from '../platforms.mjs';
import { both } from './both.mjs';

const MAIN = inWorkspace('');
const main = (...names) => both(from(...names), MAIN);
const edited = (name, path, edit, rebuilt, more = {}) => ({ name, change: { files: { [path]: edit } }, rebuilt, ...more });
const root = (name, edit, rebuilt, more) => edited(name, 'Cargo.toml', edit, rebuilt, more);

/** What inherits from the workspace of the repository's root, in whichever workspace it is built. */
const INHERITING = [...new Set([...MAIN, ...from('util')])];

/** The version of the members, in the lock files too, as cargo would write them. */
const raised = (names) => (text) => names.reduce((all, name) => all.replace(`name = "${name}"\nversion = "0.1.0"`, `name = "${name}"\nversion = "0.2.0"`), text);
const MEMBERS = Object.keys(CRATES).filter((name) => CRATES[name].cargoWorkspace === undefined);

const reorderedPackage = (text) => text.replace(/(name = "\w+"\n)(version[^\n]*\n)/, '$2$1');

/** Tasks under the name that they have after a crate's project is renamed. */
const renamed = (program, now) => Object.fromEntries(PLATFORM_NAMES.map((platform) => [taskOf(program, platform), `${now}:cross-${platform}`]));

const lockOf = (program, dependency) => (text) => text.replace(`name = "${program}"\nversion = "0.1.0"\n`, `name = "${program}"\nversion = "0.1.0"\ndependencies = [\n "${dependency}",\n]\n`);

/** @type {readonly import('../matrix.mjs').Row[]} */
export const MANIFESTS = [
  edited('a comment in Cargo.toml', 'apps/cli/Cargo.toml', add('# a comment\n'), NONE),
  edited('the order of keys in Cargo.toml', 'apps/cli/Cargo.toml', reorderedPackage, NONE),
  edited("a comment in a library's Cargo.toml", 'libs/core/Cargo.toml', add('# a comment\n'), NONE),
  root("a comment in the workspace's Cargo.toml", add('# a comment\n'), NONE),
  { name: 'a version of its own', change: { files: { 'apps/plain/Cargo.toml': swap('version.workspace = true', 'version = "0.3.0"'), 'Cargo.lock': swap('name = "plain"\nversion = "0.1.0"', 'name = "plain"\nversion = "0.3.0"') } }, rebuilt: of('plain') },
  { name: 'the inherited version', change: { files: { 'Cargo.toml': swap('version = "0.1.0"', 'version = "0.2.0"'), 'Cargo.lock': raised(MEMBERS), 'tools/Cargo.lock': raised(['util']) } }, rebuilt: INHERITING },
  root('the inherited edition', swap('edition = "2021"', 'edition = "2024"'), INHERITING),
  root('the inherited licence, which the code can read', swap('license = "MIT"', 'license = "MIT OR Apache-2.0"'), INHERITING),
  root('inherited lints', swap('"warn"', '"deny"'), NONE, { needless: [{ tasks: from('core'), because: 'lints' }] }),
  root('lints that nobody inherits', add('\n[workspace.lints.clippy]\nall = "warn"\n'), NONE, { needless: [{ tasks: from('core'), because: 'lints' }] }),
  root('an inherited field that nobody inherits', swap('[workspace.package]', '[workspace.package]\nhomepage = "https://example.com"'), NONE),
  root('an inherited dependency that nobody uses', swap('[workspace.dependencies]', '[workspace.dependencies]\nuuid = "1"'), NONE),
  root("a feature in the workspace's table", swap('features = []', 'features = ["std"]'), main('log')),
  edited("a feature of a dependency, switched on by a program", 'apps/cli/Cargo.toml', swap('core = { ', 'core = { features = ["fast"], '), of('cli')),
  edited("a dependency's default features", 'libs/core/Cargo.toml', swap('fast = []', 'default = ["fast"]\nfast = []'), from('core')),
  edited('a feature that nobody switches on', 'libs/core/Cargo.toml', swap('fast = []', 'fast = []\nslow = []'), NONE, { needless: [{ tasks: from('core'), because: 'features' }] }),
  { name: 'a dependency more', change: { files: { 'apps/plain/Cargo.toml': add('\n[dependencies]\nlog.workspace = true\n'), 'Cargo.lock': lockOf('plain', 'log') } }, rebuilt: of('plain') },
  { name: 'a dev-dependency more', change: { files: { 'apps/plain/Cargo.toml': add('\n[dev-dependencies]\nlog.workspace = true\n'), 'Cargo.lock': lockOf('plain', 'log') } }, rebuilt: NONE },
  { name: 'a dependency more on one platform', change: { files: { 'apps/plain/Cargo.toml': add("\n[target.'cfg(windows)'.dependencies]\nlog.workspace = true\n"), 'Cargo.lock': lockOf('plain', 'log') } }, rebuilt: of('plain', 'x86_64-windows') },
  edited('an example of its own', 'apps/plain/Cargo.toml', add('\n[[example]]\nname = "shown"\npath = "src/main.rs"\n'), NONE),
  edited('publish and default-run', 'apps/plain/Cargo.toml', swap('[package]', '[package]\npublish = false\ndefault-run = "plain"'), NONE),
  edited('a description, which the code can read', 'apps/plain/Cargo.toml', swap('[package]', '[package]\ndescription = "words"'), of('plain')),
  edited('keywords, which no code can read', 'apps/plain/Cargo.toml', swap('[package]', '[package]\nkeywords = ["word"]'), NONE),
  edited('the files that are published', 'apps/plain/Cargo.toml', swap('[package]', '[package]\nexclude = ["/docs"]'), NONE),
  edited('metadata of another tool', 'apps/plain/Cargo.toml', add('\n[package.metadata.docs.rs]\nall-features = true\n'), NONE, { needless: [{ tasks: of('plain'), because: 'metadata' }] }),
  edited("a crate's options for one platform", 'apps/agent/Cargo.toml', add('rustflags = ["-Copt-level=1"]\n'), of('agent', 'x86_64-windows')),
  edited("a crate's features for one platform", 'apps/agent/Cargo.toml', swap(/features = \["service"\]\n$/, 'features = []\n'), of('agent', 'x86_64-windows')),
  edited('a platform more for one crate', 'apps/plain/Cargo.toml', add('\n[package.metadata.nx-cargo-cross]\nplatforms = ["x86_64-linux-musl", "aarch64-linux", "x86_64-windows", "aarch64-macos", "x86_64-macos"]\n'), NONE, { needless: [{ tasks: of('plain'), because: 'targets' }] }),
  root('a key of the profile', swap('lto = false', 'opt-level = 1'), MAIN),
  root('a key of a profile of its own', add('codegen-units = 1\n'), of('boxed')),
  root('a key of a profile that nobody builds with', add('\n[profile.dev]\nopt-level = 1\n'), NONE),
  root("a package's key in the profile", swap('opt-level = 2', 'opt-level = 1'), main('log')),
  root('the order of tables and keys', swap(/(\[profile\.release\]\n[^]*?)(\[profile\.dist\][^]*)$/, '$2\n$1'), NONE),
  root('the resolver', swap('resolver = "2"', 'resolver = "1"'), MAIN),
  { name: 'a patch less', change: { files: { 'Cargo.toml': swap('[patch.crates-io]\nsemver = { path = "patches/semver" }\n', ''), 'Cargo.lock': swap('name = "semver"\nversion = "0.1.0"\n', `name = "semver"\nversion = "0.1.20"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\nchecksum = "${'77'.repeat(32)}"\n`) } }, rebuilt: main('semver') },
  root('a patch that nobody uses', swap('[patch.crates-io]\n', '[patch.crates-io]\nuuid = { git = "https://example.com/uuid" }\n'), NONE, { unbuilt: 'cargo would have to fetch the patch' }),
  { name: 'a program more', change: { files: { 'apps/fresh/Cargo.toml': '[package]\nname = "fresh"\nversion.workspace = true\n', 'apps/fresh/src/main.rs': 'fn main() {}\n', 'Cargo.lock': add('\n[[package]]\nname = "fresh"\nversion = "0.1.0"\n') } }, rebuilt: NONE },
  { name: 'a library less', change: { removed: ['libs/leaf'], files: { 'Cargo.lock': swap('\n[[package]]\nname = "leaf"\nversion = "0.1.0"\n', '') } }, rebuilt: NONE },
  { name: 'a program less', change: { removed: ['apps/plain'], files: { 'Cargo.lock': swap('\n[[package]]\nname = "plain"\nversion = "0.1.0"\n', '') } }, rebuilt: NONE },
  { name: 'a crate under another name', change: { files: { 'apps/plain/Cargo.toml': swap('"plain"', '"simple"'), 'Cargo.lock': swap('name = "plain"', 'name = "simple"') } }, rebuilt: of('plain'), renamed: renamed('plain', 'simple') },
  edited('a binary under another name', 'apps/pair/Cargo.toml', swap('name = "other"', 'name = "another"'), of('pair')),
  { name: 'a crate in another folder, which is in its panic messages', change: { moved: { 'apps/plain': 'apps/flat' } }, rebuilt: of('plain') },
  edited("the second workspace's profile", 'tools/Cargo.toml', add('\n[profile.release]\nopt-level = 1\n'), of('gen')),
  edited("a lone crate's profile", 'alone/Cargo.toml', add('\n[profile.release]\nopt-level = 1\n'), of('alone')),
  root("where the workspace's artifacts go", add('\n[workspace.metadata.nx-cargo-cross]\nout-dir = "out"\n'), MAIN),
  root("the workspace's options for one platform", add('\n[workspace.metadata.nx-cargo-cross.platform.aarch64-linux]\nglibc = "2.31"\n'), both(MAIN, of(PROGRAMS, 'aarch64-linux'))),
];
