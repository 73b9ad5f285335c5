import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Toolchain } from '../toolchain/identity.js';
import { cachedSysroot } from '../toolchain/std-sysroot.js';
import { aTempFolder } from '../testkit/temp.js';
import { stdIdentity } from './std-identity.js';

const [sysroot, cacheFolder] = [aTempFolder('sysroot'), aTempFolder('cache')];
const HOST = 'x86_64-unknown-linux-gnu';
const TRIPLE = 'aarch64-unknown-linux-musl';
const toolchain = { sysroot, host: HOST, label: 'rustc 1.96.0', release: '1.96.0', commit: 'x' } as Toolchain;

function std(folder: string, text: string, name = 'libstd-1.rlib'): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
}

const installed = (triple: string): string => join(sysroot, 'lib/rustlib', triple, 'lib');
const identity = (): Promise<string> => stdIdentity({ cacheFolder }, toolchain, TRIPLE);

test('is another for another std of either, built or installed, and for nothing else', async () => {
  std(installed(HOST), 'host');
  std(cachedSysroot(cacheFolder, toolchain).libOf(TRIPLE), 'built here');
  const seen = [await identity()];
  std(installed(HOST), 'more', 'liballoc-1.rlib');
  expect(await identity()).toBe(seen[0]);
  std(installed(TRIPLE), 'of rustup');
  seen.push(await identity());
  std(installed(HOST), 'another');
  seen.push(await identity());
  expect(new Set(seen).size).toBe(3);
});
