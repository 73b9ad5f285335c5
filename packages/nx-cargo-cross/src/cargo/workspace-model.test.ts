import { describe, expect, test } from '@jest/globals';
import { aRepository } from '../testkit/cargo-files.js';
import { crateOf, repositoryOf, summaries, surveyOf } from '../testkit/repository.js';
import { aTree, UNREADABLE, type Files } from '../testkit/tree.js';
import { makeRepository } from './workspace-model.js';

/** `<workspace root>: <crate roots>`, one line per workspace. */
function shape(files: Files): readonly string[] {
  return repositoryOf(files).workspaces.map(({ root, crates }) => `${root || '.'}: ${crates.map((crate) => crate.root || '.').join(' ')}`);
}

const ws = (more: string): string => `[workspace]\n${more}\n`;

describe('the workspaces of a repository', () => {
  test.each<[string, Files, readonly string[]]>([
    ['none', {}, []],
    ['a lone crate', aRepository().bin('').file('x', '').files(), ['.: .']],
    ['several lone crates', aRepository().bin('a').lib('b/c').files(), ['a: a', 'b/c: b/c']],
    ['a virtual workspace with a glob', aRepository().workspace('').bin('crates/b').lib('crates/a').files(), ['.: crates/a crates/b']],
    [
      'a glob that meets files and folders without manifests',
      aRepository().workspace('').bin('crates/b').file('crates/README.md', '').file('crates/old/x', '').files(),
      ['.: crates/b'],
    ],
    [
      'globs in the middle, and ?',
      aRepository().workspace('', ws('members = ["*/lib?", "./x/../y"]')).lib('a/lib1').lib('b/lib22').lib('y').files(),
      ['.: a/lib1 y'],
    ],
    [
      'a root crate with members',
      aRepository()
        .bin('', { name: 'root', toml: ws('members = ["sub"]') })
        .lib('sub')
        .files(),
      ['.: . sub'],
    ],
    [
      'path dependencies below the root become members',
      aRepository()
        .bin('', { name: 'root', dependencies: ['a = { path = "a" }'], toml: '[workspace]' })
        .lib('a', { devDependencies: ['b = { path = "../b" }'] })
        .lib('b')
        .files(),
      ['.: . a b'],
    ],
    [
      'not those of a lone crate',
      aRepository()
        .bin('', { name: 'root', dependencies: ['a = { path = "a" }'] })
        .lib('a')
        .files(),
      ['.: .', 'a: a'],
    ],
    [
      'not those outside',
      aRepository()
        .workspace('ws')
        .bin('ws/crates/a', { dependencies: ['b = { path = "../../../b" }'] })
        .lib('b')
        .files(),
      ['b: b', 'ws: ws/crates/a'],
    ],
    [
      'unless they point to it',
      aRepository()
        .workspace('ws')
        .bin('ws/crates/a', { dependencies: ['b = { path = "../../../b" }'] })
        .file('b/Cargo.toml', '[package]\nname = "b"\nworkspace = "../ws"')
        .files(),
      ['ws: b ws/crates/a'],
    ],
    [
      'excluded crates stand alone',
      aRepository().workspace('', ws('members = ["crates/*"]\nexclude = ["crates/b", "z"]')).bin('crates/a').bin('crates/b').bin('z/deep').files(),
      ['.: crates/a', 'crates/b: crates/b', 'z/deep: z/deep'],
    ],
    [
      'a member named outright is no excluded one',
      aRepository().workspace('', ws('members = ["x/a"]\nexclude = ["x"]')).bin('x/a').bin('x/b').files(),
      ['.: x/a', 'x/b: x/b'],
    ],
    [
      'a workspace in a workspace',
      aRepository().workspace('').bin('crates/a').workspace('inner', ws('members = ["m"]')).bin('inner/m').files(),
      ['.: crates/a', 'inner: inner/m'],
    ],
    [
      'a member that points to its root',
      aRepository().workspace('ws', ws('members = ["../m"]')).file('m/Cargo.toml', '[package]\nname = "m"\nworkspace = "../ws"').files(),
      ['ws: m'],
    ],
    [
      'manifests that no workspace lists are nothing',
      aRepository().workspace('').bin('crates/a').bin('crates/a/tests/fixture').file('crates/a/tests/bad/Cargo.toml', 'broken [').files(),
      ['.: crates/a'],
    ],
    [
      'vendored packages are nothing',
      aRepository()
        .bin('app')
        .lib('vendor/x', { files: { '.cargo-checksum.json': '{}' } })
        .files(),
      ['app: app'],
    ],
    ['an old spelling of the package table', { 'Cargo.toml': '[project]\nname = "x"' }, ['.: .']],
  ])('%s', (_, files, expected) => {
    expect(shape(files)).toEqual(expected);
  });

  test.each<[string, Files, readonly string[]]>([
    ['a broken member', aRepository().workspace('').bin('crates/a').file('crates/b/Cargo.toml', 'x [').files(), ['manifest-syntax crates/b/Cargo.toml:1']],
    ['a broken lone manifest', { 'a/Cargo.toml': 'x [' }, ['manifest-syntax a/Cargo.toml:1']],
    [
      'a broken root, once, and nothing of those below it',
      aRepository().file('Cargo.toml', '[workspace').file('a/Cargo.toml', '[package]\nname = "a"\nversion.workspace = true').files(),
      ['manifest-syntax Cargo.toml:1'],
    ],
    ['a member that is not there', aRepository().workspace('', ws('members = [\n  "a",\n  "b",\n]')).bin('a').files(), ['manifest-invalid Cargo.toml:4']],
    [
      'a value to inherit that is not there',
      aRepository().workspace('').file('crates/a/Cargo.toml', '[package]\nname = "a"\nversion.workspace = true').files(),
      ['manifest-invalid crates/a/Cargo.toml:3'],
    ],
    ['a pointer to nowhere', { 'a/Cargo.toml': '[package]\nname = "a"\nworkspace = "../none"' }, ['manifest-invalid a/Cargo.toml:3']],
    ['a manifest that may not be read', { 'Cargo.toml': UNREADABLE }, ['file-unreadable ']],
    ['a broken cargo configuration', aRepository().bin('').file('.cargo/config.toml', 'x').files(), ['manifest-syntax .cargo/config.toml:1']],
    [
      'a broken toolchain file',
      aRepository().bin('a').file('rust-toolchain.toml', '[toolchain]\nchannel = "$(x)"').files(),
      ['manifest-invalid rust-toolchain.toml:2'],
    ],
  ])('%s is a failure with its place', (_, files, expected) => {
    expect(summaries(surveyOf(files).failures)).toEqual(expected);
  });

  test('a failure leaves the rest whole', () => {
    const { repository, failures } = surveyOf(aRepository().workspace('ws').bin('ws/crates/a').file('ws/crates/b/Cargo.toml', 'x [').bin('lone').files());
    expect(failures).toHaveLength(1);
    expect(repository.workspaces.map(({ root, crates }) => `${root} ${crates.length}`)).toEqual(['lone 1', 'ws 1']);
  });

  test('help for a lone manifest names .nxignore, help for a member does not', () => {
    const help = (files: Files): unknown => surveyOf(files).failures.map((failure) => 'help' in failure && failure.help);
    expect(help({ 'template/Cargo.toml': '{{x}}' })).toEqual(['If it is no real manifest (a template, a test fixture), name it in .nxignore.']);
    expect(help(aRepository().workspace('').file('crates/b/Cargo.toml', 'x [').files())).toEqual([false]);
  });

  test('can be found from one member alone, as a task does it', () => {
    const files = aRepository()
      .workspace('')
      .bin('crates/a', { dependencies: ['b = { path = "../b" }'] })
      .lib('crates/b')
      .bin('other')
      .files();
    const whole = repositoryOf(files).workspaces[0];
    expect(makeRepository(['crates/a/Cargo.toml'], aTree(files))).toMatchObject({ ok: true, value: { workspaces: [whole] } });
  });
});

describe('a crate', () => {
  const files = aRepository()
    .workspace('', `${ws('members = ["crates/*"]')}[workspace.metadata.nx-cargo-cross]\nprofile = "dev"\n[patch.crates-io]\npatched = { path = "patched" }\n`)
    .bin('crates/app', {
      version: '1.2.3',
      dependencies: ['lib = { path = "../lib" }', 'patched = "1"', 'gone = { path = "../gone" }', 'out = { path = "../../../out" }'],
      devDependencies: ['lib = { path = "../lib" }', 'app = { path = "." }'],
      buildDependencies: ['gen = { path = "../gen" }'],
      toml: '[package.metadata.nx-cargo-cross]\nbins = ["app"]\n',
      files: { 'build.rs': '' },
    })
    .lib('crates/lib')
    .lib('crates/gen')
    .lib('patched')
    .file('rust-toolchain.toml', '[toolchain]\nchannel = "1.96.0"\ntargets = ["wasm32-wasip1"]')
    .file('.cargo/config.toml', '')
    .files();

  test('has its local dependencies by kind, those through patches among them', () => {
    expect(crateOf(repositoryOf(files), 'crates/app').crate).toMatchObject({
      name: 'app',
      version: '1.2.3',
      manifest: 'crates/app/Cargo.toml',
      dependencies: [
        { root: 'crates/gen', kind: 'build' },
        { root: 'crates/lib', kind: 'dev' },
        { root: 'crates/lib', kind: 'normal' },
        { root: 'patched', kind: 'normal' },
      ],
      metadata: { value: { bins: ['app'] }, file: 'crates/app/Cargo.toml', path: ['package', 'metadata', 'nx-cargo-cross'] },
    });
  });

  test('has a workspace with all that its build reads', () => {
    expect(crateOf(repositoryOf(files), 'crates/app').workspace).toMatchObject({
      manifest: 'Cargo.toml',
      lockFile: 'Cargo.lock',
      virtual: true,
      metadata: { value: { profile: 'dev' } },
      toolchain: { file: 'rust-toolchain.toml', channel: '1.96.0', targets: ['wasm32-wasip1'] },
      cargoConfigs: ['.cargo/config.toml'],
    });
  });

  test.each<[string, string, string, readonly (string | undefined)[]]>([
    ['elsewhere in the repository', 'locks/Cargo.lock', 'locks/Cargo.lock', []],
    ['outside, which no key can hold', '../Cargo.lock', 'Cargo.lock', [undefined]],
  ])('has the lock file that cargo is told of: %s', (_, written, lockFile, overrides) => {
    const told = repositoryOf({ ...files, '.cargo/config.toml': `[resolver]\nlockfile-path = "${written}"\n` });
    expect(crateOf(told, 'crates/app').workspace.lockFile).toBe(lockFile);
    expect(told.details.get('')?.overrides).toEqual(overrides);
  });

  test('is known, with all it is built from, as a local package', () => {
    const { packages } = repositoryOf(files);
    expect([...packages.keys()].sort()).toEqual(['crates/app', 'crates/gen', 'crates/lib', 'patched']);
    expect(packages.get('crates/app')?.buildScript).toBe(true);
    expect(packages.get('crates/lib')?.buildScript).toBe(false);
  });
});
