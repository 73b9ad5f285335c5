import { describe, expect, test } from '@jest/globals';
import type { Linkage } from '../../config/resolved.js';
import { aTriple } from '../../testkit/builders.js';
import { GCC_QUIRKS, gccQuirkFlags } from './quirks.js';

describe('the quirks of gcc', () => {
  test.each<readonly [string, string, Linkage | undefined, readonly string[]]>([
    ['mingw-own-start-files', 'x86_64-pc-windows-gnu', undefined, ['-Clink-self-contained=no']],
    ['mingw-own-start-files', 'i686-pc-windows-gnu', 'static', ['-Clink-self-contained=no']],
    ['musl-static-no-pie', 'x86_64-unknown-linux-musl', 'static', ['-Crelocation-model=static']],
    ['none', 'x86_64-unknown-linux-musl', 'dynamic', []],
    ['none', 'aarch64-unknown-linux-musl', 'static', []],
    ['none', 'x86_64-unknown-linux-gnu', 'static', []],
  ])('%s: for %s linked %s the flags are %j', (id, triple, linkage, flags) => {
    const context = { facts: aTriple(triple).facts, linkage };
    expect(gccQuirkFlags(context)).toEqual(flags);
    expect(GCC_QUIRKS.filter((quirk) => quirk.when(context)).map((quirk) => quirk.id)).toEqual(id === 'none' ? [] : [id]);
  });

  test.each(GCC_QUIRKS)('$id says why, and where it is known from', ({ why, source }) => {
    expect([why.length > 20, source.length > 5]).toEqual([true, true]);
  });
});
