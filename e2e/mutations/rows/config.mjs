/** rust-toolchain.toml, cargo's configuration, and the plugin's options in nx.json. */
import { add, swap } from '../change.mjs';
import { ALL, inWorkspace, NONE, of, onPlatforms, without } from '../truth.mjs';

const edited = (name, path, edit, rebuilt, more = {}) => ({ name, change: { files: { [path]: edit } }, rebuilt, ...more });
const outside = (name, path, text, rebuilt, more = {}) => ({ name, change: { outside: { [path]: text } }, rebuilt, ...more });
const ROOT = '.cargo/config.toml';

/** What the repository's own toolchain file counts for; the second workspace has one of its own. */
const OF_ROOT = inWorkspace('', 'alone');
const GNU_FLAGS = '[target.aarch64-unknown-linux-gnu]\nrustflags = ["-Ctarget-cpu=neoverse-n1"]\n';
const ON_GNU = onPlatforms(ALL, 'aarch64-linux');
/** Where the triple's own table has no flags: cargo then takes those of `[build]`. */
const WITHOUT_OWN_FLAGS = without(ALL, onPlatforms(ALL, 'x86_64-linux-musl', 'x86_64-windows'));

const options = (edit) => (text) => {
  const json = JSON.parse(text);
  edit(json.plugins[0].options);
  return `${JSON.stringify(json, null, 2)}\n`;
};
const nxJson = (name, edit, rebuilt) => edited(name, 'nx.json', edit, rebuilt, { needless: [{ tasks: without(ALL, rebuilt), because: 'nx.json' }] });

/** Every Cargo workspace of the repository lies below the root. */
const INCLUDED = { needless: [{ tasks: without(ALL, ON_GNU), because: 'included' }] };

/** @type {readonly import('../matrix.mjs').Row[]} */
export const CONFIG = [
  edited('the channel', 'rust-toolchain.toml', swap('stable', '1.95.0'), OF_ROOT),
  edited('components of the toolchain', 'rust-toolchain.toml', swap('"clippy"', '"clippy", "rustfmt"'), NONE),
  edited('targets of the toolchain', 'rust-toolchain.toml', add('targets = ["aarch64-unknown-linux-gnu"]\n'), NONE),
  edited('a comment in rust-toolchain.toml', 'rust-toolchain.toml', add('# a comment\n'), NONE),
  edited("the second workspace's channel", 'tools/rust-toolchain.toml', swap('1.95.0', '1.96.0'), of('gen')),
  { name: 'a toolchain file less', change: { removed: ['rust-toolchain.toml'] }, rebuilt: OF_ROOT },

  edited("a comment in cargo's configuration", ROOT, add('# a comment\n'), NONE),
  edited("flags of one triple", ROOT, swap('x86-64-v2', 'x86-64-v3'), onPlatforms(ALL, 'x86_64-linux-musl')),
  edited("flags of another triple", ROOT, add(`\n${GNU_FLAGS}`), ON_GNU),
  edited('flags of a cfg', ROOT, add('\n[target.\'cfg(windows)\']\nrustflags = ["-Copt-level=1"]\n'), onPlatforms(ALL, 'x86_64-windows')),
  edited('a variable', ROOT, swap('hello', 'good morning'), ALL),
  edited('flags of [build]', ROOT, add('\n[build]\nrustflags = ["-Copt-level=1"]\n'), WITHOUT_OWN_FLAGS),
  edited('jobs of [build]', ROOT, add('\n[build]\njobs = 2\n'), NONE),
  edited('the network and aliases', ROOT, add('\n[net]\nretry = 5\n\n[alias]\nb = "build"\n\n[term]\nverbose = true\n'), NONE),
  edited('a profile in the configuration', ROOT, add('\n[profile.release]\nopt-level = 2\n'), ALL),
  edited("the second workspace's configuration", 'tools/.cargo/config.toml', add(`\n${GNU_FLAGS}`), of('gen', 'aarch64-linux')),
  edited('a vendored folder that cargo is not told of any more', 'tools/.cargo/config.toml', swap('"third-party"', '"elsewhere"'), of('gen'), { unbuilt: 'cargo finds nothing there' }),
  { name: "a configuration in a member's folder, which cargo doesn't read", change: { files: { 'apps/plain/.cargo/config.toml': GNU_FLAGS } }, rebuilt: NONE },
  { name: 'a configuration more, in the folder of a workspace', change: { files: { 'alone/.cargo/config.toml': GNU_FLAGS } }, rebuilt: of('alone', 'aarch64-linux') },
  edited('flags of one triple, in a file that the configuration includes', '.cargo/flags.toml', add(GNU_FLAGS), ON_GNU, INCLUDED),
  { name: 'a file more that the configuration includes', change: { files: { '.cargo/more.toml': GNU_FLAGS } }, rebuilt: ON_GNU, ...INCLUDED },
  { name: 'a configuration less', change: { removed: [ROOT] }, rebuilt: ALL },
  outside('a configuration above the repository', '.cargo/config.toml', GNU_FLAGS, ON_GNU),
  outside('an alias above the repository', '.cargo/config.toml', '[alias]\nb = "build"\n', NONE),
  outside("flags in cargo's home", 'cargo-home/config.toml', GNU_FLAGS, ON_GNU),
  outside("a variable in cargo's home", 'cargo-home/config.toml', '[env]\nFAREWELL = { value = "bye", force = true }\n', ALL),
  outside("the network in cargo's home", 'cargo-home/config.toml', '# mine\n[net]\ngit-fetch-with-cli = true\n\n[registries.ours]\nindex = "sparse+https://example.com/"\n\n[term]\ncolor = "never"\n', NONE),

  nxJson('the order of keys in nx.json', (text) => `${JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).reverse()), null, 2)}\n`, NONE),
  nxJson('a platform more in nx.json', options((given) => { given.platforms.push('x86_64-macos'); }), NONE),
  nxJson('the backend of one platform in nx.json', options((given) => { given.backends['aarch64-unknown-linux-gnu'] = 'zig'; }), ON_GNU),
  nxJson('the oldest glibc of one platform in nx.json', options((given) => { given.platform = { 'aarch64-linux': { glibc: '2.31' } }; }), ON_GNU),
  edited("a script of package.json", 'package.json', swap('"private"', '"scripts": { "hello": "echo" }, "private"'), NONE),
];
