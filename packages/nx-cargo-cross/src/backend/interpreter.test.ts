import { expect, test } from '@jest/globals';
import type { Linkage } from '../config/resolved.js';
import { aTriple } from '../testkit/builders.js';
import { interpreterFlags } from './interpreter.js';

test.each<readonly [string, Linkage | undefined, string | undefined, readonly string[]]>([
  ['aarch64-unknown-linux-gnu', 'dynamic', '/lib/ld-linux-aarch64.so.1', ['-Clink-arg=-Wl,--dynamic-linker=/lib/ld-linux-aarch64.so.1']],
  ['aarch64-unknown-linux-gnu', undefined, undefined, []],
  ['aarch64-unknown-linux-gnu', 'static', '/lib/ld-linux-aarch64.so.1', []],
  ['aarch64-apple-darwin', undefined, '/usr/lib/dyld', []],
])('%s linked %s with the loader %s gets %j', (triple, linkage, interpreter, flags) => {
  expect(interpreterFlags(aTriple(triple), linkage, interpreter)).toEqual(flags);
});
