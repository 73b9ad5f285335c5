import { describe, expect, test } from '@jest/globals';
import { inferOf, inputsOf, projectOf, targetOf } from '../testkit/repository.js';
import { OPTIONS, SAMPLE } from '../testkit/sample.js';
import { ASK_MACHINE } from './layer-targets.js';

const files = SAMPLE.files();
const LAYERED = { ...OPTIONS, layer: true };
const inferred = inferOf(files, LAYERED);
const NODE = 'cargo-layer:crates/app:aarch64-linux';
const keyOf = (found: typeof inferred, node = NODE): string | undefined => [...found.nodes.values()].flatMap(({ externalNodes }) => externalNodes[node]?.data.hash ?? [])[0];
const layersIn = (options: object, root = 'crates/app'): readonly string[] => Object.keys(projectOf(inferOf(files, options), root).targets ?? {}).filter((name) => name.includes('layer'));

describe('which crates have layers', () => {
  test.each<[string, object, string, readonly string[]]>([
    ['none unless it is said', OPTIONS, 'crates/app', []],
    ['all platforms', LAYERED, 'crates/app', ['cross-layer-aarch64-linux', 'cross-layer-x86_64-windows', 'cross-layer']],
    ['one platform', { ...OPTIONS, platform: { 'aarch64-linux': { layer: true } } }, 'crates/app', ['cross-layer-aarch64-linux', 'cross-layer']],
    ['all but one', { ...LAYERED, platform: { 'aarch64-linux': { layer: false } } }, 'crates/app', ['cross-layer-x86_64-windows', 'cross-layer']],
    ['no library', LAYERED, 'crates/lib', []],
  ])('%s', (_, options, root, expected) => expect(layersIn(options, root)).toEqual(expected));

  test('none whose closure leads out of the repository, which no key reaches', () => {
    const outside = { ...files, 'crates/app/Cargo.toml': `${files['crates/app/Cargo.toml'] ?? ''}\n[target.'cfg(unix)'.dependencies]\nelsewhere = { path = "../../../elsewhere" }\n` };
    expect(targetOf(inferOf(outside, LAYERED), 'crates/app', 'cross-aarch64-linux').cache).toBe(false);
    expect(Object.keys(projectOf(inferOf(outside, LAYERED), 'crates/app').targets ?? {})).not.toContain('cross-layer-aarch64-linux');
  });
});

test('nothing else changes with the option', () => {
  const without = (found: typeof inferred): unknown => [...found.nodes].map(([file, { projects, externalNodes }]) => [
    file,
    Object.entries(projects).map(([root, { targets = {}, metadata: _, ...project }]) => [root, project, Object.entries(targets).filter(([name]) => !name.includes('-layer'))]),
    Object.keys(externalNodes).filter((name) => !name.startsWith('cargo-layer:')).map((name) => externalNodes[name]),
  ]);
  expect(without(inferred)).toEqual(without(inferOf(files, OPTIONS)));
});

describe('the key of a layer', () => {
  const target = targetOf(inferred, 'crates/app', 'cross-layer-aarch64-linux');
  const build = targetOf(inferred, 'crates/app', 'cross-aarch64-linux');

  test('has no source of the repository', () => {
    expect(target).toMatchObject({ executor: 'nx-cargo-cross:layer', cache: true, options: { platform: 'aarch64-linux' }, outputs: ['{workspaceRoot}/dist/cross/.layers/aarch64-linux/{projectName}'] });
    const texts = JSON.stringify(target.inputs);
    expect(texts).not.toContain('cargo-sources');
    expect(texts).not.toContain('projectRoot');
  });

  test('has all commands and variables of the build, and asks for the machine besides', () => {
    const commands = inputsOf(target, 'runtime');
    expect(commands).toEqual(expect.arrayContaining([...inputsOf(build, 'runtime'), ASK_MACHINE]));
    expect(inputsOf(target, 'env')).toEqual(inputsOf(build, 'env'));
    expect(target.inputs).toContainEqual({ externalDependencies: [NODE] });
  });

  const edited = (file: string, edit: (text: string) => string): Readonly<Record<string, string>> => ({ ...files, [file]: edit(files[file] ?? '') });
  test.each<[string, Readonly<Record<string, string>>, object, boolean]>([
    ['a source', edited('crates/app/src/main.rs', () => 'fn main() { other() }'), LAYERED, false],
    ['a source of a dependency', edited('crates/lib/src/lib.rs', () => 'pub fn other() {}'), LAYERED, false],
    ['a new source', { ...files, 'crates/app/src/new.rs': '' }, LAYERED, false],
    ['tests switched off', files, { ...LAYERED, tests: false }, false],
    ['a package that it is not made from', edited('Cargo.lock', (lock) => lock.replace(/(name = "unused"\nversion = ")1\.0\.0/, '$11.0.1')), LAYERED, false],
    ['the lock of a dependency', edited('Cargo.lock', (lock) => lock.replace(/(name = "ryu"\nversion = ")1\.0\.0/, '$11.0.1')), LAYERED, true],
    ['features of a dependency', edited('crates/lib/Cargo.toml', (toml) => toml.replace('ryu = "1"', 'ryu = { version = "1", features = ["small"] }')), LAYERED, true],
    ['the profile', edited('Cargo.toml', (toml) => toml.replace('lto = true', 'lto = false')), LAYERED, true],
    ['another profile', files, { ...LAYERED, profile: 'dev' }, true],
    ['the toolchain', { ...files, 'rust-toolchain.toml': '[toolchain]\nchannel = "1.90.0"\n' }, LAYERED, true],
    ['flags', files, { ...LAYERED, platform: { 'aarch64-linux': { rustflags: ['-Ctarget-cpu=neoverse-n1'] } } }, true],
    ["cargo's configuration", { ...files, '.cargo/config.toml': '[build]\nrustflags = ["--cfg=x"]\n' }, LAYERED, true],
    ['variables', files, { ...LAYERED, platform: { 'aarch64-linux': { env: { CFLAGS: '-Os' } } } }, true],
  ])('%s', (_, changed, options, isOther) => expect(keyOf(inferOf(changed, options)) !== keyOf(inferred)).toBe(isOther));

  test('is explained', () => {
    expect(inferred.explanations.get(NODE)?.()).toMatchObject({ build: { platform: 'aarch64-linux' } });
  });
});

test('the target for all platforms runs nothing', () => {
  expect(targetOf(inferred, 'crates/app', 'cross-layer')).toMatchObject({ executor: 'nx:noop', dependsOn: [{ target: 'cross-layer-aarch64-linux', params: 'forward' }, { target: 'cross-layer-x86_64-windows', params: 'forward' }] });
});
