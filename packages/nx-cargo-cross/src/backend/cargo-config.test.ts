import { describe, expect, test } from '@jest/globals';
import { aSetUp, aTriple, LINUX, MAC } from '../testkit/builders.js';
import { cargoConfig } from './cargo-config.js';
import type { SetUpInput } from './contract.js';

const setUp = (triple: string, more: Partial<SetUpInput>) => cargoConfig.setUp(aSetUp(triple, { tools: {}, ...more }));

describe("the user's own linker", () => {
  test('can serve anything, and needs nothing of ours', () => {
    for (const triple of ['aarch64-unknown-linux-gnu', 'x86_64-pc-windows-msvc', 'sparc64-unknown-linux-gnu']) {
      expect(cargoConfig.refuses(aTriple(triple), LINUX)).toBeUndefined();
      expect(cargoConfig.needs(aTriple(triple), MAC)).toEqual([]);
    }
  });

  test.each<readonly [string, Partial<SetUpInput>]>([
    ['a cargo configuration file', { linker: 'my-gcc' }],
    ['the environment', { env: { CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER: 'my-gcc' } }],
    ['both', { linker: 'my-gcc', env: { CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER: 'other-gcc' } }],
  ])('named by %s is left to cargo: nothing is set', (_, more) => {
    expect(setUp('aarch64-unknown-linux-gnu', more)).toEqual({ ok: true, value: { files: [], env: [], rustflags: [], tools: undefined, version: '' } });
  });

  test.each<readonly [string, Partial<SetUpInput>]>([
    ['nobody', {}],
    ['an empty variable', { env: { CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER: '' } }],
  ])('named by %s is a failure that says where to name it', (_, more) => {
    expect(setUp('aarch64-unknown-linux-gnu', more)).toMatchObject({
      ok: false,
      failures: [{ code: 'triple-unserved', backend: 'cargo-config', why: expect.stringContaining('[target.aarch64-unknown-linux-gnu] linker = "..."') }],
    });
  });

  test('links as the platform was asked to', () => {
    expect(setUp('x86_64-unknown-linux-musl', { linker: 'x', linkage: 'static' })).toMatchObject({ value: { rustflags: ['-Ctarget-feature=+crt-static'] } });
  });

  test('is told the minimum macOS where one was asked for', () => {
    expect(setUp('aarch64-apple-darwin', { linker: 'x', minOs: '12.0' })).toMatchObject({ value: { env: [{ kind: 'set-if-missing', name: 'MACOSX_DEPLOYMENT_TARGET', value: '12.0' }] } });
  });

  test('is in the key by the variable that may name it', () => {
    expect(cargoConfig.identity(aTriple('armv7-unknown-linux-gnueabihf')).env).toEqual(['CARGO_TARGET_ARMV7_UNKNOWN_LINUX_GNUEABIHF_LINKER']);
  });
});
