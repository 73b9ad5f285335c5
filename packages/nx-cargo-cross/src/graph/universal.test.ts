import { describe, expect, test } from '@jest/globals';
import { inferOf, inputsOf, projectOf, targetOf } from '../testkit/repository.js';
import { SAMPLE } from '../testkit/sample.js';

const inferred = inferOf(SAMPLE.files(), { platforms: ['universal-macos', 'aarch64-linux'] });
const target = targetOf(inferred, 'crates/app', 'cross-universal-macos');
const parts = ['cross-x86_64-macos', 'cross-aarch64-macos'].map((name) => targetOf(inferred, 'crates/app', name));

describe('universal-macos', () => {
  test('has a target that joins its two parts, which are there though nobody listed them', () => {
    const builds = Object.keys(projectOf(inferred, 'crates/app').targets ?? {}).filter((name) => !name.startsWith('cross-test'));
    expect(builds).toEqual(['cross-x86_64-macos', 'cross-aarch64-macos', 'cross-aarch64-linux', 'cross-universal-macos', 'cross']);
    expect(target).toMatchObject({
      executor: 'nx-cargo-cross:universal',
      cache: true,
      options: { platform: 'universal-macos' },
      outputs: ['{workspaceRoot}/dist/cross/universal-macos/{projectName}'],
      dependsOn: [
        { target: 'cross-x86_64-macos', params: 'forward' },
        { target: 'cross-aarch64-macos', params: 'forward' },
      ],
    });
  });

  test('is among what the target for all platforms stands for', () => {
    expect(targetOf(inferred, 'crates/app', 'cross').dependsOn).toContainEqual({ target: 'cross-universal-macos', params: 'forward' });
  });

  test('has the inputs of both parts and none besides, each once', () => {
    const flat = (inputs: typeof target.inputs): readonly string[] =>
      (inputs ?? []).flatMap((input) => (typeof input === 'object' && 'externalDependencies' in input ? input.externalDependencies.map((node) => `node ${node}`) : [JSON.stringify(input)]));
    expect([...flat(target.inputs)].sort()).toEqual([...new Set(parts.flatMap(({ inputs }) => flat(inputs)))].sort());
    expect(target.inputs?.filter((input) => typeof input === 'object' && 'externalDependencies' in input)).toEqual([
      { externalDependencies: ['cargo-closure:crates/app:x86_64-macos', 'cargo-closure:crates/app:aarch64-macos'] },
    ]);
    expect(inputsOf(target, 'env')).toContain('MACOSX_DEPLOYMENT_TARGET');
  });

  test('is not there where nobody asked for it', () => {
    const both = inferOf(SAMPLE.files(), { platforms: ['x86_64-macos', 'aarch64-macos'] });
    expect(projectOf(both, 'crates/app').targets).not.toHaveProperty('cross-universal-macos');
  });
});
