import { describe, expect, test } from '@jest/globals';
import { parsePlatform } from '../platform/platform.js';
import { promiseOf } from '../artifact/promise.js';
import { proveBytes } from '../artifact/proof.js';
import { elf } from '../testkit/binaries.js';
import { proofMeans } from './proof-means.js';

const system = { env: { HOME: '/home/me/' }, cargoHome: '/home/me/.cargo', cacheFolder: '/home/me/.cache/nx-cargo-cross' };

function warnings(text: string, keepsPaths: boolean): readonly string[] {
  const parsed = parsePlatform('aarch64-linux', new Map());
  if (!parsed.ok) throw new Error(parsed.detail);
  const bytes = elf({ interpreter: '/lib/ld-linux-aarch64.so.1', needed: ['libc.so.6'], soname: text });
  const { failures, warnings: told } = proveBytes('app', bytes, promiseOf(parsed.platform, 'bin'), proofMeans(system, { workspaceRoot: '/ws', keepsPaths }));
  expect(failures).toEqual([]);
  return told.map(({ found }) => found);
}

describe('paths of this machine', () => {
  test.each<[string, boolean, readonly string[]]>([
    ['/home/me/x.rs', true, ['/home/me (the home folder), once']],
    ['/home/me/.cargo/registry/src/x.rs', true, []],
    ['/home/me/.cargo/registry/src/x.rs', false, ["/home/me/.cargo (cargo's home), once"]],
    ['/home/me/.cache/nx-cargo-cross/std/x.rs', true, ["/home/me/.cache/nx-cargo-cross (this plugin's cache), once"]],
    ['/home/somebody/x.rs', true, []],
    ['/ws/x.rs', true, []],
  ])('%s, where cargo may have written its own: %p', (text, keepsPaths, expected) => {
    expect(warnings(text, keepsPaths)).toEqual(expected);
  });
});
