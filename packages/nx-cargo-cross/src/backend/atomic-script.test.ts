import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { aTriple } from '../testkit/builders.js';
import { aTempFolder } from '../testkit/temp.js';
import { atomicLinker, callsLibatomic } from './atomic-script.js';

const folder = aTempFolder();

test.each([
  ['riscv64gc-unknown-linux-gnu', true],
  ['arm-unknown-linux-gnueabi', true],
  ['armv5te-unknown-linux-gnueabi', true],
  ['powerpc-unknown-linux-gnu', true],
  ['armv7-unknown-linux-gnueabihf', false],
  ['i686-unknown-linux-gnu', false],
  ['aarch64-unknown-linux-gnu', false],
  ['powerpc64le-unknown-linux-gnu', false],
])('C code for %s may call libatomic: %s', (triple, calls) => {
  expect(callsLibatomic(aTriple(triple).facts)).toBe(calls);
});

test('libatomic is linked as an archive, and every other word stays as it is', () => {
  const compiler = join(folder, "it's a compiler");
  writeFileSync(compiler, '#!/bin/sh\nprintf "%s\\n" "$@"\n');
  const { path, text } = atomicLinker('riscv64-linux-gnu-gcc', compiler);
  const script = join(folder, path);
  writeFileSync(script, text);
  for (const file of [compiler, script]) chmodSync(file, 0o755);
  const words = ['-o', 'a b', '-Wl,-Bdynamic', '-latomic', '-latomic_ops', '@file', ''];
  expect(execFileSync(script, words, { encoding: 'utf8' }).split('\n').slice(0, -1)).toEqual(['-o', 'a b', '-Wl,-Bdynamic', '-l:libatomic.a', '-latomic_ops', '@file', '']);
});
