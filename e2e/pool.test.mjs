/** One pool of cores: however many runs there are, in however many checkouts, no more compilers are at work than there are cores. */
import assert from 'node:assert/strict';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { e2e, until } from './rig.mjs';
import { crate, lockOf, SLOW_BUILD, SLOW_IGNORED } from './rig/crates.mjs';
import { processesIn } from './rig/leftovers.mjs';

const NOT_LINUX = process.platform === 'linux' ? false : 'it looks for processes in /proc';
const PLATFORMS = ['x86_64-linux-musl', 'aarch64-linux-musl', 'aarch64-linux'];
const OPTIONS = { platforms: PLATFORMS, backends: { '*': 'zig' }, profile: 'dev' };
const LIBRARIES = ['one', 'two', 'three', 'four', 'five'];

/** A program that uses a proc macro and libraries which know nothing of each other, so that cargo compiles as many at once as it may; one has a build script. */
const FILES = {
  'Cargo.toml': `[workspace]\nresolver = "2"\nmembers = ["app", "mac", ${LIBRARIES.map((name) => `"${name}"`).join(', ')}]\n`,
  'Cargo.lock': lockOf(['app', ...LIBRARIES, 'mac'].sort()).replace('name = "app"\nversion = "0.1.0"\n', `name = "app"\nversion = "0.1.0"\ndependencies = [\n${[...LIBRARIES, 'mac'].sort().map((name) => ` "${name}",\n`).join('')}]\n`),
  ...crate('app', {
    lock: false,
    main: `fn main() { println!("{}", ${LIBRARIES.map((name) => `${name}::VALUE`).join(' + ')} + mac::ten!()); }\n`,
    manifest: `[dependencies]\n${[...LIBRARIES, 'mac'].map((name) => `${name} = { path = "../${name}" }\n`).join('')}`,
  }),
  ...crate('mac', {
    lock: false,
    main: '',
    lib: 'use proc_macro::TokenStream;\n#[proc_macro]\npub fn ten(_: TokenStream) -> TokenStream { "10".parse().unwrap() }\n',
    manifest: '[lib]\nproc-macro = true\n',
  }),
  ...Object.assign({}, ...LIBRARIES.map((name) => crate(name, { lock: false, main: '', lib: 'pub const VALUE: u32 = 1;\n', ...(name === 'one' ? { build: 'fn main() { println!("cargo:rerun-if-changed=build.rs"); }\n' } : {}) }))),
};

/** Writes down when a compiler starts and when it has ended. It waits a little, so that compilers meet whatever the machine has to do. */
const WRAPPER = `#!/bin/sh
name=
previous=
for word in "$@"; do
  if [ "$previous" = --crate-name ]; then name=$word; fi
  previous=$word
done
case $name in ''|___) exec "$@" ;; esac
echo "+ $name" >> "$COMPILERS"
sleep 0.2
"$@"
status=$?
echo "- $name" >> "$COMPILERS"
exit "$status"
`;

/** A cache folder with all that the tests share but the pool, which others use at the same time. */
function ownPool(workspace) {
  const [shared, own] = [workspace.env.NX_CARGO_CROSS_CACHE, join(workspace.folder, 'cache')];
  mkdirSync(own);
  for (const name of existsSync(shared) ? readdirSync(shared) : []) if (name !== 'cores') symlinkSync(join(shared, name), join(own, name));
  workspace.env = { ...workspace.env, NX_CARGO_CROSS_CACHE: own };
  return () => (existsSync(join(own, 'cores')) ? readdirSync(join(own, 'cores')).flatMap((host) => readdirSync(join(own, 'cores', host))) : []);
}

function otherCheckout(workspace, name) {
  const root = join(workspace.folder, name);
  cpSync(workspace.root, root, { recursive: true, verbatimSymlinks: true });
  const other = workspace.checkout(root);
  other.env = { ...workspace.env, NX_CACHE_DIRECTORY: join(workspace.folder, `nx-cache-${name}`) };
  return other;
}

/** How many compilers were at work at once, at most, and the names of all. */
function compilersOf(...files) {
  const lines = files.flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'));
  let [now, most] = [0, 0];
  for (const line of lines) {
    now += line.startsWith('+') ? 1 : -1;
    most = Math.max(most, now);
  }
  return { most, names: lines.filter((line) => line.startsWith('+')).map((line) => line.slice(2)) };
}

e2e('four runs at once in two checkouts keep to two cores, all succeed, and nothing is left', { files: FILES, options: OPTIONS, skip: NOT_LINUX }, async (workspace) => {
  const pool = ownPool(workspace);
  const wrapper = join(workspace.folder, 'wrapper.sh');
  writeFileSync(wrapper, WRAPPER);
  chmodSync(wrapper, 0o755);
  const compilers = join(workspace.folder, 'compilers');
  const env = { CARGO_BUILD_JOBS: '2', RUSTC_WRAPPER: wrapper, COMPILERS: compilers };
  const checkouts = [workspace, otherCheckout(workspace, 'other')];
  const runs = [...checkouts, ...checkouts].map((checkout) => checkout.startNx(['run-many', '-t', 'cross', '--parallel=3'], { env }));
  for (const { ended } of runs) {
    const { code, text } = await ended;
    assert.equal(code, 0, text);
  }
  const { most, names } = compilersOf(compilers);
  assert.equal(most, 2, 'compilers at once');
  for (const checkout of checkouts) assert.deepEqual(checkout.list('dist/cross').filter((file) => file.endsWith('/app')).length, PLATFORMS.length);
  // What runs on this machine is compiled once in each checkout, and the rest once for each platform.
  const count = (name) => names.filter((one) => one === name).length;
  assert.deepEqual({ macro: count('mac'), script: count('build_script_build'), library: count('two') }, { macro: 2, script: 2, library: 2 * PLATFORMS.length });
  assert.deepEqual(pool(), [], 'nothing is left in the pool');
  // Nx's own workers end a little after it.
  assert.ok(await until(() => processesIn(workspace.folder).length === 0, 10_000), `left: ${JSON.stringify(processesIn(workspace.folder))}`);
});

e2e('who waits for a core is told for whom, and gets it when that one is killed', { files: { ...crate('app', { build: SLOW_BUILD }), '.gitignore': SLOW_IGNORED }, options: { ...OPTIONS, platforms: ['x86_64-linux-musl'] }, skip: NOT_LINUX }, async (workspace) => {
  const pool = ownPool(workspace);
  const other = otherCheckout(workspace, 'other');
  other.write({ 'app/go-on': '' });
  const env = { CARGO_BUILD_JOBS: '1' };
  const first = workspace.startNx(['run', 'app:cross-x86_64-linux-musl'], { env });
  assert.ok(await until(() => workspace.exists('app/at-work'), 300_000), first.printed());
  const second = other.startNx(['run', 'app:cross-x86_64-linux-musl'], { env });
  assert.ok(await until(() => second.printed().includes('waiting for a core'), 60_000), second.printed());
  assert.match(second.printed(), /waiting for a core: 1 in use, 1 by app:cross-x86_64-linux-musl \(process \d+\)/);
  first.kill('SIGKILL');
  await first.ended;
  const { code, text } = await second.ended;
  assert.equal(code, 0, text);
  assert.deepEqual(pool(), [], 'nothing is left in the pool');
});
