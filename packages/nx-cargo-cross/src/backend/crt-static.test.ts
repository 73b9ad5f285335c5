import { expect, test } from '@jest/globals';
import type { Linkage } from '../config/resolved.js';
import { aTriple } from '../testkit/builders.js';
import { crtStatic } from './crt-static.js';

test.each<readonly [string, Linkage | undefined, readonly string[]]>([
  ['aarch64-unknown-linux-musl', 'static', ['-Ctarget-feature=+crt-static']],
  ['aarch64-unknown-linux-musl', 'dynamic', ['-Ctarget-feature=-crt-static']],
  ['riscv64gc-unknown-linux-musl', 'static', ['-Ctarget-feature=+crt-static']],
  ['aarch64-unknown-linux-gnu', 'static', ['-Ctarget-feature=+crt-static']],
  ['aarch64-unknown-linux-gnu', 'dynamic', []],
  ['aarch64-unknown-linux-gnu', undefined, []],
  ['x86_64-pc-windows-gnu', 'static', ['-Ctarget-feature=+crt-static']],
  ['x86_64-pc-windows-gnu', 'dynamic', ['-Ctarget-feature=-crt-static']],
  ['aarch64-apple-darwin', undefined, []],
])('%s linked %s gets %j', (triple, linkage, flags) => {
  expect(crtStatic(aTriple(triple), linkage)).toEqual(flags);
});
