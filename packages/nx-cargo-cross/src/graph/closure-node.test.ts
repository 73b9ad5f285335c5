import { describe, expect, test } from '@jest/globals';
import { lockToml, REGISTRY, type LockSpec } from '../testkit/cargo-files.js';
import { digestsOf, explanationsOf, inferOf } from '../testkit/repository.js';
import { LOCKED, OPTIONS, ROOT, SAMPLE } from '../testkit/sample.js';
import type { Files } from '../testkit/tree.js';

/** Nothing but how packages hang together: no words are kept of that. */
const HANGS_DIFFERENTLY = ['a version swapped between two that stay'];

describe('the digest of a task', () => {
  const inferred = inferOf(SAMPLE.files(), OPTIONS);
  const [before, wordsBefore] = [digestsOf(inferred), explanationsOf(inferred)];
  const tasks = (...names: readonly string[]): readonly string[] => names.flatMap((name) => [`${name}:aarch64-linux`, `${name}:x86_64-windows`]);
  const [app, beacon, greet, tool] = [tasks('crates/app'), tasks('station/beacon'), tasks('crates/greet'), tasks('crates/tool')];
  const replace = (file: string, from: string, to: string): Files => {
    const text = SAMPLE.files()[file] ?? '';
    if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
    return { ...SAMPLE.files(), [file]: text.replace(from, to) };
  };
  const relock = (change: (entry: LockSpec) => LockSpec): Files => SAMPLE.lock('', LOCKED.map(change)).files();
  const bump = (name: string, version = '1.0.0'): Files =>
    relock((entry) => ({
      ...entry,
      ...(entry.name === name && (entry.version ?? '') === version ? { version: `${version}-bumped` } : {}),
      dependencies: (entry.dependencies ?? []).map((dependency) => (dependency === `${name} ${version}` ? `${dependency}-bumped` : dependency)),
    }));

  test.each<[string, Files, readonly string[], unknown?]>([
    ['nothing', SAMPLE.files(), []],
    ['a bump far below', bump('deep'), app],
    ['a bump of one of two versions', bump('itoa'), app],
    ['a bump of the other version', bump('itoa', '2.0.0'), app],
    ['a bump of a dev-dependency', bump('fastrand'), []],
    ['a bump of what nobody uses', bump('unused'), []],
    ['a bump of a build-dependency', bump('cc'), tool],
    ['a checksum', { ...SAMPLE.files(), 'Cargo.lock': lockToml(LOCKED).replace('sum-of-ryu', 'other-sum') }, app],
    [
      'a version swapped between two that stay',
      relock((entry) =>
        entry.name === 'app'
          ? { ...entry, dependencies: ['greet', 'lib', 'itoa 2.0.0'] }
          : entry.name === 'lib'
            ? { ...entry, dependencies: ['ryu', 'itoa 1.0.0'] }
            : entry,
      ),
      app,
    ],
    ['a dev-dependency more', relock((entry) => (entry.name === 'greet' ? { ...entry, dependencies: ['app', 'fastrand', 'unused'] } : entry)), greet],
    ['the lock file gone', Object.fromEntries(Object.entries(SAMPLE.files()).filter(([file]) => file !== 'Cargo.lock')), [...app, ...greet, ...tool]],
    [
      'the lock file out of date',
      SAMPLE.lock(
        '',
        LOCKED.filter(({ name }) => name !== 'lib'),
      ).files(),
      app,
    ],
    ['a comment and the order of keys', replace('crates/app/Cargo.toml', 'name = "app"\nversion = "0.1.0"', '# c\nversion = "0.1.0"\nname = "app"'), []],
    ['a dev-dependency in a manifest', replace('crates/greet/Cargo.toml', 'fastrand = "1"', 'fastrand = "1.1"'), []],
    ["a field of a dependency's manifest", replace('crates/lib/Cargo.toml', 'edition = "2024"', 'edition = "2021"'), [...app, ...beacon]],
    ['an inherited dependency', replace('Cargo.toml', 'itoa = "1"', 'itoa = { version = "1", features = ["x"] }'), app],
    ['an inheritable field that nobody inherits', replace('Cargo.toml', 'version = "0.1.0"', 'version = "0.2.0"'), []],
    ['the profile', replace('Cargo.toml', 'lto = true', 'lto = "thin"'), [...app, ...greet, ...tool]],
    ['another profile', replace('Cargo.toml', '[profile.release]', '[profile.dev]\nopt-level = 1\n[profile.release]'), []],
    ['a profile override for one package', replace('Cargo.toml', 'lto = true', 'lto = true\npackage.cc.opt-level = 0'), tool],
    ['keys that no code can read', replace('crates/app/Cargo.toml', 'name = "app"', 'name = "app"\nkeywords = ["x"]\nexclude = ["y"]'), []],
    ['a comment in cargo\'s configuration', { ...SAMPLE.files(), '.cargo/config.toml': '# c\n[net]\nretry = 1\n' }, []],
    ["flags of one triple in cargo's configuration", { ...SAMPLE.files(), '.cargo/config.toml': "[target.'cfg(windows)']\nrustflags = [\"-Ca\"]\n" }, [...app, ...greet, ...tool, ...beacon].filter((task) => task.endsWith('windows'))],
    ['components of the toolchain', { ...SAMPLE.files(), 'rust-toolchain.toml': '[toolchain]\ncomponents = ["clippy"]\nchannel = "1.95.0"\n' }, [...app, ...greet, ...tool, ...beacon]],
    ['the resolver', replace('Cargo.toml', 'resolver = "3"', 'resolver = "2"'), [...app, ...greet, ...tool]],
    [
      'options of one platform',
      SAMPLE.files(),
      ['crates/app', 'crates/greet', 'crates/tool', 'station/beacon'].map((root) => `${root}:aarch64-linux`),
      { ...OPTIONS, platform: { 'aarch64-linux': { glibc: '2.28' } } },
    ],
    [
      'the backend of one platform',
      SAMPLE.files(),
      ['crates/app', 'crates/greet', 'crates/tool', 'station/beacon'].map((root) => `${root}:x86_64-windows`),
      { ...OPTIONS, backends: {} },
    ],
    ['who said the same', SAMPLE.files(), [], { ...OPTIONS, backends: { 'x86_64-*': 'gcc' } }],
    ['the order of platforms', SAMPLE.files(), [], { backends: OPTIONS.backends, platforms: [...OPTIONS.platforms].reverse() }],
    [
      'metadata of one crate',
      {
        ...SAMPLE.files(),
        'crates/app/Cargo.toml': `${SAMPLE.files()['crates/app/Cargo.toml'] ?? ''}\n[package.metadata.nx-cargo-cross.platform.x86_64-windows]\nenv = { A = "1" }\n`,
      },
      ['crates/app:x86_64-windows'],
    ],
  ])('changes with %s for those it concerns, and no others; and so do the words for it', (name, files, expected, options = OPTIONS) => {
    const inferredAfter = inferOf(files, options);
    const [after, words] = [digestsOf(inferredAfter), explanationsOf(inferredAfter)];
    const said = Object.keys(wordsBefore).filter((task) => words[task] !== wordsBefore[task]);
    expect(said.sort()).toEqual(HANGS_DIFFERENTLY.includes(name) ? [] : [...expected].sort());
    expect(
      Object.keys(before)
        .filter((task) => after[task] !== before[task])
        .sort(),
    ).toEqual([...expected].sort());
  });

  test("knows of a toolchain file its channel and nothing else", () => {
    const with_ = (text: string): unknown => digestsOf(inferOf({ ...SAMPLE.files(), 'rust-toolchain.toml': text }, OPTIONS));
    const channel = '[toolchain]\nchannel = "1.95.0"\n';
    expect(with_(`# c\n${channel}components = ["clippy"]\nprofile = "minimal"\n`)).toEqual(with_(channel));
    expect(with_(channel.replace('95', '96'))).not.toEqual(with_(channel));
  });

  describe('of a crate whose dependencies differ by platform and feature', () => {
    const lock: readonly LockSpec[] = [...LOCKED.filter(({ name }) => name !== 'tool'), { name: 'tool', dependencies: ['cc', 'extra', 'wide', 'winlib'] }, { name: 'wide' }, { name: 'winlib', dependencies: ['winsys'] }, { name: 'extra' }, { name: 'winsys', version: '1.0.0', source: REGISTRY }];
    const made = (resolver: string, winlib = '', wide = '', extra = '', winsys = '1.0.0'): Readonly<Record<string, string>> =>
      digestsOf(
        inferOf(
          SAMPLE.workspace('', ROOT.replace('resolver = "3"', `resolver = "${resolver}"`))
            .bin('crates/tool', {
              toml: `[build-dependencies]\ncc = "1"\n[features]\nmore = ["dep:extra"]\n[dependencies]\nextra = { path = "../extra", optional = true }\n[target.'cfg(windows)'.dependencies]\nwinlib = { path = "../winlib" }\n[target.'cfg(debug_assertions)'.dependencies]\nwide = { path = "../wide" }\n[package.metadata.nx-cargo-cross.platform.aarch64-linux]\nfeatures = ["more"]\n`,
              files: { 'build.rs': '' },
            })
            .lib('crates/winlib', { dependencies: ['winsys = "1"'], toml: winlib })
            .lib('crates/wide', { toml: wide })
            .lib('crates/extra', { toml: extra })
            .lock('', lock.map((entry) => (entry.name === 'winsys' ? { ...entry, version: winsys } : entry)))
            .files(),
          OPTIONS,
        ),
      );
    const changedOf = (before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): readonly string[] => Object.keys(before).filter((task) => before[task] !== after[task]);
    const FEATURES = '[features]\nx = []\n';
    test.each<[string, string, readonly string[]]>([
      ['one for Windows', 'winlib', ['crates/tool:x86_64-windows']],
      ['one that may be for any', 'wide', ['crates/tool:aarch64-linux', 'crates/tool:x86_64-windows']],
      ['one of a feature that is on for Linux', 'extra', ['crates/tool:aarch64-linux']],
      ['a package below the one for Windows', 'winsys', ['crates/tool:x86_64-windows']],
    ])('changes with %s for those it concerns', (_, changed, expected) => {
      const after = made('2', ...['winlib', 'wide', 'extra'].map((name) => (name === changed ? FEATURES : '')), changed === 'winsys' ? '1.0.1' : '1.0.0');
      expect(changedOf(made('2'), after)).toEqual(expected);
    });

    test("changes for all with cargo's first resolver, which joins the features of all platforms", () => {
      expect(changedOf(made('1'), made('1', FEATURES))).toEqual(['crates/tool:aarch64-linux', 'crates/tool:x86_64-windows']);
    });
  });

  test('changes with the version of the plugin', () => {
    expect(before['crates/app:aarch64-linux']).toContain('"plugin":"0.1.0"');
  });
});
