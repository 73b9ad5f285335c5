import { describe, expect, test } from '@jest/globals';
import { inferOf, inputsOf, targetOf } from '../testkit/repository.js';
import { OPTIONS, SAMPLE } from '../testkit/sample.js';
import type { NxInput } from './nx-shapes.js';
import { ASK_COMMIT } from './written-inputs.js';

const options = (text: string): string => `[package.metadata.nx-cargo-cross]\n${text}`;

function inputsWith(files: ReturnType<typeof SAMPLE.files>, root = 'crates/app', target = 'cross-aarch64-linux'): readonly NxInput[] {
  return targetOf(inferOf(files, OPTIONS), root, target).inputs ?? [];
}

describe('what a dependency names', () => {
  const files = SAMPLE.lib('crates/lib', { dependencies: ['ryu = "1"', 'itoa = "2"'], toml: options('inputs = ["../../schemas/**", "!data.bin", "!../../schemas/x"]\nenv-inputs = ["LIB_MODE"]') }).files();

  test.each([
    ['crates/app', 'cross-aarch64-linux'],
    ['crates/app', 'cross-test-aarch64-linux'],
    ['station/beacon', 'cross-x86_64-windows'],
  ])('counts for what is built from it: %s:%s', (root, target) => {
    const inputs = inputsWith(files, root, target);
    expect(inputs).toEqual(expect.arrayContaining(['{workspaceRoot}/schemas/**', { env: 'LIB_MODE' }]));
  });

  test('counts for nothing else', () => {
    const inputs = inputsWith(files, 'crates/tool');
    expect(inputs).not.toContain('{workspaceRoot}/schemas/**');
    expect(inputs).not.toContainEqual({ env: 'LIB_MODE' });
  });

  test('takes out only what is its own', () => {
    expect(inputsWith(files).filter((input) => typeof input === 'string' && input.startsWith('!'))).toEqual([]);
  });
});

describe('git', () => {
  test.each(['../../.git/HEAD', '../../../.git/refs/**', '.git'])('is asked for the commit where %s is named, and Nx for no file', (written) => {
    const inputs = inputsWith(SAMPLE.lib('crates/lib', { dependencies: ['ryu = "1"', 'itoa = "2"'], toml: options(`inputs = ["${written}"]`) }).files());
    expect(inputs).toEqual(expect.arrayContaining(ASK_COMMIT.map((runtime) => ({ runtime }))));
    expect(inputs.filter((input) => typeof input === 'string' && input.includes('.git'))).toEqual([]);
  });

  test.each(['../../.github/x', '../../x.git', '!.git/HEAD'])('is not asked where %s is named', (written) => {
    const target = targetOf(inferOf(SAMPLE.bin('crates/app', { toml: options(`inputs = ["${written}"]`) }).files(), OPTIONS), 'crates/app', 'cross-aarch64-linux');
    expect(inputsOf(target, 'runtime')).not.toContain(ASK_COMMIT[0]);
  });
});

test('the environment counts for what `[env]` sets, unless that says force', () => {
  const config = '[env]\nMODE = "x"\nFIXED = { value = "y", force = true }\n';
  const inputs = inputsWith(SAMPLE.file('.cargo/config.toml', config).files());
  expect(inputs).toContainEqual({ env: 'MODE' });
  expect(inputs).not.toContainEqual({ env: 'FIXED' });
});
