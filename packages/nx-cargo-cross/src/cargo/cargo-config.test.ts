import { describe, expect, test } from '@jest/globals';
import { summaries } from '../testkit/repository.js';
import { aTree, UNREADABLE, type Files } from '../testkit/tree.js';
import { aTriple } from '../testkit/builders.js';
import {
  configPatches,
  configPathOverrides,
  configProfiles,
  findCargoConfigs,
  parseCargoConfigs,
  selectConfigEnv,
  selectJobs,
  selectRustcWrapper,
  selectTargetDir,
  selectTripleConfig,
  type CargoConfig,
} from './cargo-config.js';

function config(files: Files, directory = 'ws'): CargoConfig {
  const tree = aTree(files);
  const parsed = parseCargoConfigs(findCargoConfigs(directory, tree), tree);
  if (!parsed.ok) throw new Error(summaries(parsed.failures).join());
  return parsed.value;
}

const { facts } = aTriple('aarch64-unknown-linux-gnu');

const NEAR = `
[build]
target-dir = "out"
rustflags = "-C opt-level=1"
[target.aarch64-unknown-linux-gnu]
linker = "near-gcc"
rustflags = ["-Cnear"]
[env]
A = "near"
B = { value = "b", force = true, relative = true }
[profile.own]
inherits = "release"
[patch.crates-io]
foo = { path = "patched/foo" }
`;
const FAR = `
paths = ["overridden", "../outside"]
[build]
target-dir = "far"
rustflags = ["-Cfar"]
[target.aarch64-unknown-linux-gnu]
linker = "far-gcc"
rustflags = "-Cfar-triple"
[target.'cfg(unix)']
rustflags = ["-Cunix"]
[target.'cfg(windows)']
rustflags = ["-Cwindows"]
linker = "no"
[env]
A = "far"
C = "c"
`;
const BOTH = config({ 'ws/.cargo/config.toml': NEAR, '.cargo/config.toml': FAR });

describe('what a configuration includes', () => {
  const including = config({
    'ws/.cargo/config.toml': 'include = ["../../shared/deep/a.toml", { path = "b.toml" }, { path = "none.toml", optional = true }, "../../../out.toml", "/abs.toml"]\n[build]\nrustflags = ["main"]\n[env]\nM = "main"',
    'shared/deep/a.toml': 'include = ["c.toml", "a.toml"]\n[build]\nrustflags = ["a"]\n[env]\nM = "a"\nBOTH = "a"\nREL = { value = "x", relative = true }',
    'shared/deep/c.toml': '[env]\nBOTH = "c"\nC = "c"',
    'ws/.cargo/b.toml': '[build]\nrustflags = ["b"]\n[env]\nBOTH = "b"',
    '.cargo/config.toml': '[env]\nC = "far"\nFAR = "far"',
  });

  // As cargo 1.95 was seen to do it.
  test('counts less than the file itself, the last more than the first', () => {
    expect(including.files.map(({ file }) => file)).toEqual(['ws/.cargo/config.toml', 'ws/.cargo/b.toml', 'shared/deep/a.toml', 'shared/deep/c.toml', '.cargo/config.toml']);
    expect(selectTripleConfig(including, facts).buildRustflags).toEqual(['a', 'b', 'main']);
    expect(selectConfigEnv(including).map(({ name, value }) => `${name}=${value}`)).toEqual(['BOTH=b', 'C=c', 'FAR=far', 'M=main', 'REL=x']);
  });

  test('has paths from the folder above its own', () => expect(selectConfigEnv(including).find(({ name }) => name === 'REL')?.directory).toBe('shared'));

  test('is told of, there or not, and in the repository or not', () => {
    expect(including.included).toEqual(['shared/deep/a.toml', 'ws/.cargo/b.toml', 'ws/.cargo/none.toml', undefined, undefined, 'shared/deep/c.toml', 'shared/deep/a.toml']);
  });
});

describe('cargo configuration files', () => {
  test.each<[string, Files, readonly string[]]>([
    ['nearest first', { '.cargo/config.toml': '', 'ws/.cargo/config.toml': '' }, ['ws/.cargo/config.toml', '.cargo/config.toml']],
    ['the old name before the new', { '.cargo/config.toml': '', '.cargo/config': '' }, ['.cargo/config']],
    ['not those of members', { 'ws/a/.cargo/config.toml': '' }, []],
  ])('count: %s', (_, files, expected) => {
    expect(findCargoConfigs('ws', aTree(files))).toEqual(expected);
  });

  test('give a linker from the nearest file', () => {
    expect(selectTripleConfig(BOTH, facts).linker).toEqual({ value: 'near-gcc', file: 'ws/.cargo/config.toml', directory: 'ws' });
  });

  test.each<[string, Files, string | number | undefined]>([
    ['a number', { '.cargo/config.toml': '[build]\njobs = 3' }, 3],
    ['a word', { '.cargo/config.toml': '[build]\njobs = "default"' }, 'default'],
    ['of several files the nearest one\'s', { '.cargo/config.toml': '[build]\njobs = 3', 'ws/.cargo/config.toml': '[build]\njobs = -1' }, -1],
    ['nothing where nobody says it', { '.cargo/config.toml': '[build]\njobs = true' }, undefined],
  ])('give the number of jobs: %s', (_, files, jobs) => expect(selectJobs(config(files))).toBe(jobs));

  test("give a wrapper for rustc from the nearest file, which may take another's away", () => {
    const far = '[build]\nrustc-wrapper = "tools/far"';
    expect(selectRustcWrapper(config({ '.cargo/config.toml': far, 'ws/.cargo/config.toml': '[build]\njobs = 1' }))).toMatchObject({ value: 'tools/far', directory: '' });
    expect(selectRustcWrapper(config({ '.cargo/config.toml': far, 'ws/.cargo/config.toml': '[build]\nrustc-wrapper = ""' }))?.value).toBe('');
    expect(selectRustcWrapper(config({}))).toBeUndefined();
  });

  test('give a linker for a cfg that matches', () => {
    const byCfg = config({ '.cargo/config.toml': '[target.\'cfg(target_arch = "aarch64")\']\nlinker = "x"' });
    expect(selectTripleConfig(byCfg, facts).linker?.value).toBe('x');
    expect(selectTripleConfig(byCfg, aTriple('x86_64-unknown-linux-gnu').facts).linker).toBeUndefined();
  });

  test('join flags, the nearest last', () => {
    const { rustflags, buildRustflags } = selectTripleConfig(BOTH, facts);
    expect(rustflags).toEqual(['-Cfar-triple', '-Cunix', '-Cnear']);
    expect(buildRustflags).toEqual(['-Cfar', '-C', 'opt-level=1']);
  });

  test('give target folder, environment, profiles and stand-ins', () => {
    expect(selectTargetDir(BOTH)).toEqual({ value: 'out', file: 'ws/.cargo/config.toml', directory: 'ws' });
    expect(selectConfigEnv(BOTH)).toEqual([
      { name: 'A', value: 'near', force: false, directory: undefined },
      { name: 'B', value: 'b', force: true, directory: 'ws' },
      { name: 'C', value: 'c', force: false, directory: undefined },
    ]);
    expect(configProfiles(BOTH)).toEqual(['own']);
    expect(configPatches(BOTH)).toEqual(['ws/patched/foo']);
    expect(configPathOverrides(BOTH)).toEqual(['overridden', undefined]);
  });

  test.each([
    ['broken', '[', 'manifest-syntax .cargo/config.toml:1'],
    ['unreadable', UNREADABLE, 'file-unreadable '],
  ])('that are %s are a failure', (_, text, expected) => {
    const parsed = parseCargoConfigs(['.cargo/config.toml'], aTree({ '.cargo/config.toml': text }));
    expect(parsed.ok ? [] : summaries(parsed.failures)).toEqual([expected]);
  });
});
