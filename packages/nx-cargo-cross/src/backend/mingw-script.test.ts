import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { aTempFolder } from '../testkit/temp.js';
import { mingwCompiler, mingwTool } from './mingw-script.js';

const folder = join(aTempFolder('mingw'), "it's $HOME");
mkdirSync(folder);
const fake = join(folder, 'x86_64-w64-mingw32-gcc-posix');
const FAKE = '#!/bin/sh\nprintf "%s\\0" "$@"\nexit "${FAKE_EXIT:-0}"\n';
writeFileSync(fake, FAKE, { mode: 0o755 });
for (const file of [mingwCompiler('gcc', fake, folder), mingwCompiler('g++', fake, folder), mingwTool('windres', fake)]) writeFileSync(join(folder, file.path), file.text, { mode: 0o755 });

const run = (name: string, args: readonly string[], env = {}) => spawnSync(join(folder, name), args, { encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '', ...env } });
const HEADERS = ['-idirafter', join(folder, 'headers')];
const FIRST = ['-static', '-static-libgcc', '-static-libstdc++', ...HEADERS];
const LAST = ['-Wl,-Bstatic'];
const wordsOf = (name: string, args: readonly string[]): string[] => run(name, args).stdout.split('\0').slice(0, -1);

describe("mingw's compiler", () => {
  test.each([
    ['-lstdc++ -lsupc++ -lgcc_eh', '-l:libstdc++.a -l:libsupc++.a -l:libgcc_eh.a'],
    ['-latomic -lgomp -lquadmath -lssp -lssp_nonshared', '-l:libatomic.a -l:libgomp.a -l:libquadmath.a -l:libssp.a -l:libssp_nonshared.a'],
    ['-lwinpthread -lpthread', '-l:libwinpthread.a -l:libpthread.a'],
    ['-lgcc_s', '-l:libgcc_eh.a'],
  ])('links %s as archives', (given, passed) => {
    expect(wordsOf('gcc', ['a.o', ...given.split(' '), '-o', 'a.exe'])).toEqual([...FIRST, 'a.o', ...passed.split(' '), '-o', 'a.exe', ...LAST]);
  });

  test('links what Windows itself has as it was asked to', () => {
    const words = ['a.o', '-Wl,-Bdynamic', '-lkernel32', '-luser32', '-lgcc', '-lmsvcrt', '-lmingwex', '-l:libpthread.a', '-lmygcc_s'];
    expect(wordsOf('gcc', words)).toEqual([...FIRST, ...words, ...LAST]);
  });

  test.each(['-c', '-E', '-S', '-M', '-MM'])('compiles with %s what it is given, with no word for a link', (word) => {
    expect(wordsOf('gcc', ['-O2', word, 'a.c', '-lstdc++'])).toEqual(['-O2', word, 'a.c', '-lstdc++', ...HEADERS]);
  });

  test('gets every word untouched', () => {
    const odd = ['two words', '', "it's", '"', '$HOME', '*', '\\', 'a\nb', '-n', 'Á中'];
    expect(wordsOf('gcc', odd).slice(FIRST.length, -LAST.length)).toEqual(odd);
    expect(wordsOf('windres', odd)).toEqual(odd);
  });

  test('says nothing to the linker where there is nothing to link', () => {
    expect(wordsOf('g++', ['-v'])).toEqual([...FIRST, '-v']);
    expect(wordsOf('g++', ['a.o'])).toEqual([...FIRST, 'a.o', ...LAST]);
  });

  test.each([0, 1, 42])('ends with code %i when the compiler does', (code) => {
    expect(run('gcc', ['a.o'], { FAKE_EXIT: String(code) }).status).toBe(code);
  });

  test('filters response files too, whoever wrote them, and leaves them as they are', () => {
    const file = join(folder, 'linker-arguments');
    const given = 'a.o\n-lstdc++\n-lgcc_s\n-lmygcc_s\n-lpthread -lwinpthread "-lgcc_eh" -lssp -lssp -lkernel32\n-lgcc_s';
    writeFileSync(file, given);
    writeFileSync(fake, '#!/bin/sh\nfor a do case $a in @*) cat "${a#@}";; esac; done\n', { mode: 0o755 });
    const { stdout, status } = run('gcc', [`@${file}`, '-o', 'a.exe']);
    writeFileSync(fake, FAKE, { mode: 0o755 });
    expect([status, stdout.trimEnd()]).toEqual([
      0,
      'a.o\n-l:libstdc++.a\n-l:libgcc_eh.a\n-lmygcc_s\n-l:libpthread.a -l:libwinpthread.a "-l:libgcc_eh.a" -l:libssp.a -l:libssp.a -lkernel32\n-l:libgcc_eh.a',
    ]);
    expect(readFileSync(file, 'utf8')).toBe(given);
  });
});
