import { describe, expect, test } from '@jest/globals';
import { inferOf, inputsOf, projectOf, targetOf } from '../testkit/repository.js';
import { OPTIONS, SAMPLE } from '../testkit/sample.js';
import { ASK_PLACES } from './toolchain-targets.js';

const files = SAMPLE.files();
const WITH = { ...OPTIONS, toolchain: true };
const inferred = inferOf(files, WITH);
const NODE = 'cargo-toolchain:crates/app:aarch64-linux';
const keyOf = (found: typeof inferred, node = NODE): string | undefined => [...found.nodes.values()].flatMap(({ externalNodes }) => externalNodes[node]?.data.hash ?? [])[0];
const toolchainsIn = (found: typeof inferred, root: string): readonly string[] => Object.keys(projectOf(found, root).targets ?? {}).filter((name) => name.includes('-toolchain'));
const edited = (file: string, edit: (text: string) => string): Readonly<Record<string, string>> => ({ ...files, [file]: edit(files[file] ?? '') });

/** A second program of the same workspace, which comes after the first. */
const TWO = {
  ...edited('Cargo.toml', (toml) => toml.replace(/members = \[/, 'members = ["crates/zwei", ')),
  'crates/zwei/Cargo.toml': '[package]\nname = "zwei"\nversion = "0.1.0"\nedition = "2021"\n',
  'crates/zwei/src/main.rs': 'fn main() {}\n',
};

describe('which projects have toolchains', () => {
  test.each<[string, object, string, readonly string[]]>([
    ['none unless it is said', OPTIONS, 'crates/app', []],
    ['all platforms', WITH, 'crates/app', ['cross-toolchain-aarch64-linux', 'cross-toolchain-x86_64-windows', 'cross-toolchain']],
    ['one platform', { ...OPTIONS, platform: { 'aarch64-linux': { toolchain: true } } }, 'crates/app', ['cross-toolchain-aarch64-linux', 'cross-toolchain']],
    ['no library', WITH, 'crates/lib', []],
  ])('%s', (_, options, root, expected) => expect(toolchainsIn(inferOf(files, options), root)).toEqual(expected));

  test('the first of those that take equal ones, which the builds of all name', () => {
    const found = inferOf(TWO, WITH);
    expect(toolchainsIn(found, 'crates/zwei')).toEqual([]);
    const refs = ['crates/app', 'crates/zwei'].map((root) => targetOf(found, root, 'cross-aarch64-linux').metadata?.toolchain);
    expect(refs[0]).toMatchObject({ root: 'crates/app', target: 'cross-toolchain-aarch64-linux', id: keyOf(found) });
    expect(refs[1]).toEqual(refs[0]);
  });

  test('each its own where options differ', () => {
    const found = inferOf({ ...TWO, 'crates/zwei/Cargo.toml': `${TWO['crates/zwei/Cargo.toml']}\n[package.metadata.nx-cargo-cross.platform.aarch64-linux]\nglibc = "2.31"\n` }, WITH);
    expect(toolchainsIn(found, 'crates/zwei')).toEqual(['cross-toolchain-aarch64-linux', 'cross-toolchain']);
    expect(targetOf(found, 'crates/zwei', 'cross-aarch64-linux').metadata?.toolchain).toMatchObject({ root: 'crates/zwei' });
  });
});

test('no key of another target changes with the option', () => {
  const without = (found: typeof inferred): unknown => [...found.nodes].map(([file, { projects, externalNodes }]) => [
    file,
    Object.entries(projects).map(([root, { targets = {}, metadata: _, ...project }]) => [root, project, Object.entries(targets).filter(([name]) => !name.includes('-toolchain')).map(([name, { metadata: __, ...target }]) => [name, target])]),
    Object.keys(externalNodes).filter((name) => !name.startsWith('cargo-toolchain:')).map((name) => externalNodes[name]),
  ]);
  expect(without(inferred)).toEqual(without(inferOf(files, OPTIONS)));
});

describe('the key of a toolchain', () => {
  const target = targetOf(inferred, 'crates/app', 'cross-toolchain-aarch64-linux');

  test('has nothing of the repository but its external node', () => {
    expect(target).toMatchObject({ executor: 'nx-cargo-cross:toolchain', cache: true, options: { platform: 'aarch64-linux' }, outputs: ['{workspaceRoot}/dist/cross/.toolchains/aarch64-linux/{projectName}'] });
    expect((target.inputs ?? []).filter((input) => typeof input === 'string' || 'projects' in input)).toEqual([]);
    expect(target.inputs?.[0]).toEqual({ externalDependencies: [NODE] });
  });

  test('asks for Rust, zig and the places of this machine', () => {
    const [build, commands] = [targetOf(inferred, 'crates/app', 'cross-aarch64-linux'), inputsOf(target, 'runtime')];
    expect(commands).toContain(ASK_PLACES);
    expect(commands.some((command) => /zig version/.test(command))).toBe(true);
    for (const command of commands) if (command !== ASK_PLACES) expect(inputsOf(build, 'runtime')).toContain(command);
  });

  test.each<[string, Readonly<Record<string, string>>, object, boolean]>([
    ['a source', edited('crates/app/src/main.rs', () => 'fn main() { other() }'), WITH, false],
    ['the lock of a dependency', edited('Cargo.lock', (lock) => lock.replace(/(name = "ryu"\nversion = ")1\.0\.0/, '$11.0.1')), WITH, false],
    ['variables', files, { ...WITH, platform: { 'aarch64-linux': { env: { CFLAGS: '-Os' } } } }, false],
    ['flags', files, { ...WITH, platform: { 'aarch64-linux': { rustflags: ['-Ctarget-cpu=neoverse-n1'] } } }, false],
    ['another profile, of a program in ELF', files, { ...WITH, profile: 'dev' }, false],
    ['the floor of glibc', files, { ...WITH, platform: { 'aarch64-linux': { glibc: '2.31' } } }, true],
    ['the toolchain', { ...files, 'rust-toolchain.toml': '[toolchain]\nchannel = "1.90.0"\n' }, WITH, true],
    ['the backend', files, { ...WITH, backends: { 'aarch64-*': 'gcc' } }, true],
  ])('%s', (_, changed, options, isOther) => expect(keyOf(inferOf(changed, options)) !== keyOf(inferred)).toBe(isOther));

  test('of a program that is no ELF has what its profile strips', () => {
    const node = 'cargo-toolchain:crates/app:x86_64-windows';
    expect(keyOf(inferOf(files, { ...WITH, profile: 'dev' }), node)).not.toBe(keyOf(inferred, node));
  });

  test('is explained', () => expect(inferred.explanations.get(NODE)?.()).toMatchObject({ build: { platform: 'aarch64-linux', backend: 'zig' }, links: { cxx: false } }));
});

test('the target for all platforms runs nothing', () => {
  expect(targetOf(inferred, 'crates/app', 'cross-toolchain')).toMatchObject({ executor: 'nx:noop', dependsOn: [{ target: 'cross-toolchain-aarch64-linux', params: 'forward' }, { target: 'cross-toolchain-x86_64-windows', params: 'forward' }] });
});
