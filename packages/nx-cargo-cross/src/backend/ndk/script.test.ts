import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { aTempFolder } from '../../testkit/temp.js';
import { ndkCompiler } from './script.js';

const folder = join(aTempFolder('ndk'), "it's $HOME");
mkdirSync(folder);
const fake = join(folder, 'clang');
writeFileSync(fake, '#!/bin/sh\nprintf "%s\\0" "$@"\nexit "${FAKE_EXIT:-0}"\n', { mode: 0o755 });
const script = ndkCompiler({ name: 'aarch64-linux-android-clang', compiler: fake, target: 'aarch64-linux-android24' }, { linkFirst: ['-Wl,first'], linkLast: ['-L/my libs', '-llast'], files: [] });
writeFileSync(join(folder, script.path), script.text, { mode: 0o755 });

const run = (args: readonly string[], env = {}) => spawnSync(join(folder, script.path), args, { encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '', ...env } });
const wordsOf = (...args: string[]): string[] => run(args).stdout.split('\0').slice(0, -1);
const TARGET = '--target=aarch64-linux-android24';
const linked = (...words: string[]): string[] => ['-Wl,first', ...words, TARGET, '-L/my libs', '-llast'];

describe("the NDK's compiler", () => {
  test.each(['-c', '-E', '-S', '-M', '-MM', '-r', '-Wl,-r', '-Wl,--relocatable', '-fsyntax-only', '--version', '-print-search-dirs', '--print-file-name=libc.so'])('with %s is told the target, and nothing of linking', (word) => {
    expect(wordsOf('--target=aarch64-linux-android', 'a.c', word)).toEqual(['--target=aarch64-linux-android', 'a.c', word, TARGET]);
  });

  test.each([[[]], [['-v']], [['--help']]])('with %j alone does not link either', (words) => {
    expect(wordsOf(...words)).toEqual([...words, TARGET]);
  });

  test('links a program between its own words, those of the caller nearer to the end than its defaults', () => {
    expect(wordsOf('a.o', '-o', 'app', '-v')).toEqual(linked('a.o', '-o', 'app', '-v'));
  });

  test.each([
    [['-shared', '-o', '/w/deps/libapp.so', 'a.o'], ['-Wl,-soname,libapp.so']],
    [['-o/w/libapp.so', '-shared'], ['-Wl,-soname,libapp.so']],
    [['-shared', '-o', 'lib.so', '-Wl,-soname,libmine.so'], []],
    [['-shared', '-o', 'lib.so', '-Wl,-soname=libmine.so'], []],
    [['-shared', '-o', 'lib.so', '-Wl,--soname=libmine.so'], []],
    [['-shared', '-o', 'lib.so', '-Wl,-h,libmine.so'], []],
    [['-shared', 'a.o'], []],
    [['-o', 'app', 'a.o'], []],
  ])('with %j adds the name %j', (given, added) => {
    expect(wordsOf(...given)).toEqual(linked(...given, ...added));
  });

  test('gets every word untouched, and answers with the exit code', () => {
    const odd = ['two words', '', "it's", '"', '$HOME', '*', '\\', 'a\nb', '-n', 'Á中'];
    expect(wordsOf(...odd)).toEqual(linked(...odd));
    expect(run(['a.o'], { FAKE_EXIT: '7' }).status).toBe(7);
  });
});
