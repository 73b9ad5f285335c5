import { describe, expect, test } from '@jest/globals';
import type { Failure } from '../diagnostics/failure.js';
import { aRepository } from '../testkit/cargo-files.js';
import { crateOf, repositoryOf, summaries } from '../testkit/repository.js';
import { locateNxOptions } from './nx-options.js';
import { resolveCrate } from './resolve.js';
import type { CrateConfig, PlatformBuild } from './resolved.js';

interface Levels {
  /** TOML below `[package.metadata.nx-cargo-cross]`. */
  readonly crate?: string;
  /** TOML below `[workspace.metadata.nx-cargo-cross]`. */
  readonly workspace?: string;
  readonly nx?: unknown;
  readonly toolchain?: string;
  readonly config?: string;
  /** More TOML of the crate. */
  readonly toml?: string;
}

function resolve({ crate = '', workspace = '', nx = {}, toolchain, config, toml = '' }: Levels): ReturnType<typeof resolveCrate> {
  const files = aRepository()
    .workspace('', `[workspace]\nmembers = ["app"]\n[profile.fast]\ninherits = "release"\n[workspace.metadata.nx-cargo-cross]\n${workspace}`)
    .bin('app', { toml: `${toml}[features]\nf = []\ng = []\n[package.metadata.nx-cargo-cross]\n${crate}`, files: { 'src/bin/extra.rs': '' } })
    .file('rust-toolchain.toml', toolchain ?? '[toolchain]\nchannel = "stable"')
    .file('.cargo/config.toml', config ?? '')
    .files();
  const repository = repositoryOf(files);
  const found = crateOf(repository, 'app');
  const text = JSON.stringify({ plugins: [{ plugin: 'nx-cargo-cross', options: nx }] }, null, 2);
  return resolveCrate(repository, found.workspace, found.crate, locateNxOptions(nx, text));
}

function resolved(levels: Levels): CrateConfig {
  const result = resolve(levels);
  if (!result.ok) throw new Error(summaries(result.failures).join('\n'));
  return result.value;
}

function build(levels: Levels, platform = 'aarch64-linux'): PlatformBuild {
  const found = resolved({ ...levels, nx: { platforms: [platform], ...(levels.nx as object) } }).builds.find(
    (candidate) => candidate.platform.name === platform,
  );
  if (!found) throw new Error(`no build for ${platform}`);
  return found;
}

function failures(levels: Levels): readonly Failure[] {
  const result = resolve(levels);
  return result.ok ? [] : result.failures;
}

const platforms = (levels: Levels): readonly string[] => resolved(levels).builds.map(({ platform }) => platform.name);

describe('the platforms of a crate', () => {
  test.each<[string, Levels, readonly string[]]>([
    ['four, where nothing is said', {}, ['x86_64-linux-musl', 'aarch64-linux', 'x86_64-windows', 'aarch64-macos']],
    ['those of nx.json', { nx: { platforms: ['aarch64-linux'] } }, ['aarch64-linux']],
    ['those of the Cargo workspace before', { nx: { platforms: ['aarch64-linux'] }, workspace: 'platforms = ["x86_64-linux"]' }, ['x86_64-linux']],
    ['those of the package before all', { workspace: 'platforms = ["x86_64-linux"]', crate: 'platforms = ["x86_64-macos"]' }, ['x86_64-macos']],
    [
      'in the order written, each once',
      { nx: { platforms: ['x86_64-windows', 'aarch64-linux', 'x86_64-pc-windows-gnu'] } },
      ['x86_64-windows', 'aarch64-linux'],
    ],
    ['none, where the list is empty', { crate: 'platforms = []' }, []],
    [
      'the targets of rust-toolchain.toml that can be built',
      { toolchain: '[toolchain]\nchannel = "stable"\ntargets = ["wasm32-unknown-unknown", "aarch64-unknown-linux-gnu", "thumbv7em-none-eabihf"]' },
      ['wasm32-unknown-unknown', 'aarch64-linux'],
    ],
    [
      'the four, where it has none of those',
      { toolchain: '[toolchain]\nchannel = "stable"\ntargets = ["thumbv7em-none-eabihf"]' },
      ['x86_64-linux-musl', 'aarch64-linux', 'x86_64-windows', 'aarch64-macos'],
    ],
    ['by names of its own', { nx: { names: { pi: 'armv7-linux-musleabihf' }, platforms: ['pi', 'armv7-unknown-linux-musleabihf'] } }, ['pi']],
    ['one that nothing serves, if it is asked for', { nx: { platforms: ['aarch64-android'] } }, ['aarch64-android']],
  ])('are %s', (_, levels, expected) => {
    expect(platforms(levels)).toEqual(expected);
  });

  test('are none where no artifact is left', () => {
    expect(platforms({ crate: 'bins = []' })).toEqual([]);
  });
});

describe('a value', () => {
  test.each<[string, Levels, string]>([
    ['release by default', {}, 'release'],
    ['from nx.json', { nx: { profile: 'fast' } }, 'fast'],
    ['from the workspace', { nx: { profile: 'fast' }, workspace: 'profile = "bench"' }, 'bench'],
    ['from the package', { workspace: 'profile = "bench"', crate: 'profile = "dev"' }, 'dev'],
    ['for a platform, before all', { crate: 'profile = "dev"', nx: { platform: { 'aarch64-linux': { profile: 'fast' } } } }, 'fast'],
    [
      "for a platform, the package's",
      { crate: 'platform.aarch64-linux.profile = "bench"', nx: { platform: { 'aarch64-linux': { profile: 'fast' } } } },
      'bench',
    ],
    ['for a platform by its triple', { crate: 'platform.aarch64-unknown-linux-gnu.profile = "bench"' }, 'bench'],
    ['for another platform, not', { crate: 'platform.x86_64-linux.profile = "bench"' }, 'release'],
    ['that a configuration file defines', { nx: { profile: 'own' }, config: '[profile.own]\ninherits = "dev"' }, 'own'],
  ])('of a profile is taken: %s', (_, levels, expected) => {
    expect(build(levels).profile).toBe(expected);
  });

  test.each<readonly [string, Levels, boolean]>([
    ['by itself', {}, true],
    ['where the workspace says no, not', { workspace: 'reproducible = false' }, false],
    ['where the platform says yes, before all', { workspace: 'reproducible = false', crate: 'platform.aarch64-linux.reproducible = true' }, true],
    ['where only another platform says no', { crate: 'platform.x86_64-linux.reproducible = false' }, true],
  ])('a build is reproducible: %s', (_, levels, expected) => {
    expect(build(levels).reproducible).toBe(expected);
  });

  test.each<[string, Levels, Partial<PlatformBuild>]>([
    ['features, sorted', { crate: 'features = ["g", "f", "g"]' }, { features: ['f', 'g'], defaultFeatures: true }],
    [
      'features of the platform in their place',
      { crate: 'features = ["f"]\ndefault-features = false\nplatform.aarch64-linux.features = ["g"]' },
      { features: ['g'], defaultFeatures: false },
    ],
    [
      'features of dependencies and optional dependencies',
      { crate: 'features = ["dep/x", "opt"]', toml: '[dependencies]\nopt = { version = "1", optional = true }\n' },
      { features: ['dep/x', 'opt'] },
    ],
    ['bins', { crate: 'bins = ["extra"]' }, { bins: ['extra'] }],
    ['flags, in their order', { crate: 'platform.aarch64-linux.rustflags = ["-Cb", "-Ca"]' }, { rustflags: ['-Cb', '-Ca'] }],
    ['linkage', { crate: 'platform.aarch64-linux.linkage = "static"' }, { linkage: 'static' }],
    [
      'variables, the nearest winning one by one',
      { crate: 'platform.aarch64-linux.env = { B = "near" }', workspace: 'platform.aarch64-linux.env = { B = "far", A = "a" }' },
      { env: { A: 'a', B: 'near' } },
    ],
    ['nothing', {}, { bins: undefined, features: [], linkage: undefined, rustflags: [], env: {}, minOs: undefined }],
  ])('may be %s', (_, levels, expected) => {
    expect(build(levels)).toMatchObject(expected);
  });

  test('holds for the crate as a whole', () => {
    const levels = { nx: { outDir: './out/', targetName: 'xc' }, crate: 'inputs = ["data/*.txt", "!data/x.txt", "../shared"]\nenv-inputs = ["B", "A"]' };
    expect(resolved(levels)).toMatchObject({ outDir: 'out', targetName: 'xc', inputs: ['data/*.txt', '!data/x.txt', '../shared'] });
    expect(resolved({})).toMatchObject({ outDir: 'dist/cross', targetName: 'cross', inputs: [] });
  });
});

describe('the glibc floor', () => {
  test.each<[string, string, Levels, string | undefined]>([
    ['behind the platform', 'aarch64-linux', { nx: { platforms: ['aarch64-linux.2.28'], platform: { 'aarch64-linux': { glibc: '2.31' } } } }, '2.28'],
    ['of the platform', 'aarch64-linux', { nx: { platform: { 'aarch64-linux': { glibc: '2.31' } } } }, '2.31'],
    ["zig's own default", 'aarch64-linux', {}, '2.17'],
    ["the architecture's oldest with zig", 'riscv64-linux', {}, '2.27'],
    ['none with gcc', 'aarch64-linux', { nx: { backend: 'gcc' } }, undefined],
    ['that of the user with gcc', 'aarch64-linux', { nx: { backend: 'gcc', platform: { 'aarch64-linux': { glibc: '2.36' } } } }, '2.36'],
    ['none without glibc', 'x86_64-linux-musl', {}, undefined],
  ])('is %s', (_, platform, levels, expected) => {
    const { glibc } = build(levels, platform);
    expect(glibc && `${glibc.major}.${glibc.minor}`).toBe(expected);
  });
});

describe('the minimum OS', () => {
  test.each([
    ['aarch64-macos', {}, undefined],
    ['aarch64-macos', { platform: { 'aarch64-macos': { minOs: '12.3' } } }, '12.3'],
    ['aarch64-linux', {}, undefined],
  ])('of %s with %j is %s', (platform, nx, expected) => {
    expect(build({ nx }, platform).minOs).toBe(expected);
  });
});

describe('the backend', () => {
  test.each<[string, Levels, string, string]>([
    ['the table', {}, 'zig', 'default for linux-glibc'],
    ['nx.json globs', { nx: { backends: { '*-linux-gnu*': 'gcc' } } }, 'gcc', 'nx.json: "backends" "*-linux-gnu*"'],
    [
      "the package's globs first",
      { nx: { backends: { '*': 'gcc' } }, crate: 'backends = { "aarch64-*" = "native" }' },
      'native',
      'app/Cargo.toml: "backends" "aarch64-*"',
    ],
    ['`backend` of the workspace', { workspace: 'backend = "native"', nx: { backends: { '*': 'gcc' } } }, 'native', 'Cargo.toml: "backend"'],
    ['`backend` of the platform', { crate: 'backend = "native"\nplatform.aarch64-linux.backend = "gcc"' }, 'gcc', 'app/Cargo.toml: "backend"'],
    ['a linker of the repository', { config: '[target.aarch64-unknown-linux-gnu]\nlinker = "my-gcc"' }, 'cargo-config', '.cargo/config.toml: linker "my-gcc"'],
  ])('comes from %s', (_, levels, id, reason) => {
    expect(build(levels).backend).toEqual({ id, reason });
  });
});

describe('what is wrong', () => {
  const nxLine = (line: number, about: string): string => `unknown-word nx.json:${line} ${about}`;
  test.each<[string, Levels, readonly string[]]>([
    ['an unknown option in nx.json', { nx: { platform: {}, outdir: 'x' } }, [nxLine(7, 'option outdir -> outDir')]],
    ['kebab-case in nx.json', { nx: { 'out-dir': 'x' } }, [nxLine(6, 'option out-dir -> outDir')]],
    ['an unknown platform in nx.json', { nx: { platforms: ['x86_64-linux', 'aarch64-linus'] } }, [nxLine(8, 'platform aarch64-linus -> aarch64-linux')]],
    ['a platform whose libc is not said', { nx: { platforms: ['armv7-linux'] } }, [nxLine(7, 'platform armv7-linux -> armv7-linux-gnueabihf')]],
    ['an unknown backend in nx.json', { nx: { backends: { '*': 'zigg' } } }, [nxLine(7, 'backend zigg -> zig')]],
    ['an unknown backend of an unused platform', { nx: { platform: { 'x86_64-macos': { backend: 'osxcros' } } } }, [nxLine(8, 'backend osxcros -> osxcross')]],
    ['an unknown platform table', { nx: { platform: { 'x86_64-linx': {} } } }, [nxLine(7, 'platform x86_64-linx -> x86_64-linux')]],
    ['an unknown option of the workspace', { workspace: 'platfroms = []' }, ['unknown-word Cargo.toml:6 option platfroms -> platforms']],
    ['an unknown option of the package', { crate: '\nbin = ["x"]' }, ['unknown-word app/Cargo.toml:10 option bin -> bins']],
    ['an unknown option of a platform', { crate: 'platform.aarch64-linux.feature = []' }, ['unknown-word app/Cargo.toml:9 option feature -> features']],
    [
      'an option at the wrong level',
      { crate: 'linkage = "static"', workspace: 'bins = ["x"]' },
      ['option-invalid app/Cargo.toml:9 linkage', 'option-invalid Cargo.toml:6 bins'],
    ],
    ['an unknown linkage', { crate: 'platform.aarch64-linux.linkage = "statik"' }, ['unknown-word app/Cargo.toml:9 linkage statik -> static']],
    [
      'an unknown bin, feature, profile',
      { crate: 'bins = ["extr"]\nfeatures = ["defalt"]\nprofile = "relase"' },
      [
        'unknown-word app/Cargo.toml:11 profile relase -> release',
        'unknown-word app/Cargo.toml:9 bin extr -> extra',
        'unknown-word app/Cargo.toml:10 feature defalt -> default',
      ],
    ],
    ['an unknown feature of a platform', { crate: 'platform.aarch64-linux.features = ["f", "zz"]' }, ['unknown-word app/Cargo.toml:9 feature zz -> f']],
    [
      'values of the wrong kind',
      { crate: 'platforms = "x"\nbins = 3\ndefault-features = "no"\nplatform = 1\nbackends = ["a"]\nprofile = true' },
      [9, 10, 11, 12, 13, 14].map(
        (line, index) => `option-invalid app/Cargo.toml:${line} ${['platforms', 'bins', 'default-features', 'platform', 'backends', 'profile'][index] ?? ''}`,
      ),
    ],
    ['options that are no table', { nx: ['x'] }, ['option-invalid nx.json:5 options']],
    ['an output folder outside', { nx: { outDir: '../x' } }, ['option-invalid nx.json:6 outDir']],
    ['a target name with a colon', { nx: { targetName: 'a:b' } }, ['option-invalid nx.json:6 targetName']],
    ['inputs outside', { crate: 'inputs = ["ok", "../../x"]' }, ['option-invalid app/Cargo.toml:9 inputs']],
    ['a glibc floor where there is none', { crate: 'platform.x86_64-linux-musl.glibc = "2.28"' }, ['option-invalid app/Cargo.toml:9 glibc']],
    ['a glibc floor too old', { nx: { platforms: ['riscv64-linux'], platform: { 'riscv64-linux': { glibc: '2.17' } } } }, ['option-invalid nx.json:11 glibc']],
    ['a glibc floor that is none', { crate: 'platform.aarch64-linux.glibc = "new"' }, ['option-invalid app/Cargo.toml:9 platform.aarch64-linux.glibc']],
    [
      'a floor behind a platform: none, too old, without glibc',
      { nx: { platforms: ['aarch64-linux.x', 'riscv64-linux.2.17', 'x86_64-windows.2.17'] } },
      [7, 8, 9].map((line) => `option-invalid nx.json:${line} platforms`),
    ],
    ['an API level elsewhere than on Android', { crate: 'platform.aarch64-linux.api-level = "21"' }, ['option-invalid app/Cargo.toml:9 api-level']],
    ['a loader where programs name none', { crate: 'platform.aarch64-macos.interpreter = "/lib/ld.so"' }, ['option-invalid app/Cargo.toml:9 interpreter']],
    ['an SDK where there is none', { crate: 'platform.aarch64-linux.sdk = "/opt/sdk"' }, ['option-invalid app/Cargo.toml:9 sdk']],
    ['another driver than the compiler for another backend than gcc', { crate: 'platform.aarch64-linux.driver = "ld"' }, ['option-invalid app/Cargo.toml:9 driver']],
    ['a minimum OS elsewhere than on macOS', { crate: 'platform.aarch64-linux.min-os = "11.0"' }, ['option-invalid app/Cargo.toml:9 min-os']],
    ['one name with two floors', { nx: { platforms: ['aarch64-linux.2.17', 'aarch64-linux.2.28'] } }, ['platform-name-taken nx.json:8']],
    ['a name that is already taken', { nx: { names: { 'x86_64-linux': 'aarch64-linux' } } }, ['option-invalid nx.json:7 names']],
    ['a name that is no folder', { nx: { names: { 'a/b': 'aarch64-linux' } } }, ['option-invalid nx.json:7 names']],
    ['a name for nothing', { nx: { names: { pi: 'armv8' } } }, [nxLine(7, 'platform armv8 -> ?')]],
  ])('%s is a failure with its line and the nearest valid word', (_, levels, expected) => {
    expect(summaries(failures(levels))).toEqual(expected);
  });

  test('every fault is named, not just the first', () => {
    expect(failures({ nx: { outdir: 'x', platforms: ['nope-nope'], backends: { '*': 'x' } }, crate: 'bins = ["zzzz"]', workspace: 'bin = 1' })).toHaveLength(5);
  });
});

describe('the place of an option that a backend may refuse', () => {
  test.each<[string, Levels, unknown]>([
    ["the package's table", { crate: '[package.metadata.nx-cargo-cross.platform.aarch64-android]\napi-level = "24"' }, { apiLevel: { file: 'app/Cargo.toml' } }],
    ['nx.json', { nx: { platform: { 'aarch64-android': { apiLevel: '24' } } } }, { apiLevel: { file: 'nx.json' } }],
    ['none', {}, {}],
  ])('is %s', (_, levels, places) => {
    const { places: found, apiLevel } = build(levels, 'aarch64-android');
    expect(found).toMatchObject(places as object);
    expect(Object.keys(found)).toEqual(Object.keys(places as object));
    expect(apiLevel).toBe('apiLevel' in found ? 24 : undefined);
  });
});

describe('both Macs in one', () => {
  const names = (config: CrateConfig) => [config.builds.map(({ platform }) => platform.name), config.universal?.map(({ platform }) => platform.name)];

  test.each<readonly [readonly string[], readonly string[], readonly string[] | undefined]>([
    [['universal-macos'], ['x86_64-macos', 'aarch64-macos'], ['x86_64-macos', 'aarch64-macos']],
    [['universal2-apple-darwin', 'aarch64-linux'], ['x86_64-macos', 'aarch64-macos', 'aarch64-linux'], ['x86_64-macos', 'aarch64-macos']],
    [['aarch64-macos', 'universal-macos'], ['aarch64-macos', 'x86_64-macos'], ['x86_64-macos', 'aarch64-macos']],
    [['aarch64-macos', 'x86_64-macos'], ['aarch64-macos', 'x86_64-macos'], undefined],
  ])('of %j are built %j and joined %j', (platforms, built, joined) => {
    expect(names(resolved({ nx: { platforms } }))).toEqual([built, joined]);
  });

  test('have the names that the workspace gave their parts', () => {
    expect(names(resolved({ nx: { platforms: ['universal-macos'], names: { mac: 'aarch64-apple-darwin' } } }))).toEqual([
      ['x86_64-macos', 'mac'],
      ['x86_64-macos', 'mac'],
    ]);
  });

  test('have no options of their own, and their name is taken', () => {
    const refused = (nx: unknown) => {
      const result = resolve({ nx });
      return result.ok ? '' : JSON.stringify(result.failures);
    };
    expect(refused({ platforms: ['universal-macos'], platform: { 'universal-macos': { minOs: '12.0' } } })).toMatch(/those of its parts/);
    expect(refused({ names: { 'universal-macos': 'aarch64-apple-darwin' } })).toMatch(/both Macs/);
    expect(refused({ platforms: ['universal-maco'] })).toMatch(/universal-macos/);
  });
});
