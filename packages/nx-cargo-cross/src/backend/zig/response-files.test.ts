import { rmSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { aTempFolder } from '../../testkit/temp.js';
import { aZigRig, readZigResponseFile } from '../../testkit/zig-rig.js';

const GNU = 'aarch64-unknown-linux-gnu';
const folder = aTempFolder('response files');
const gnu = aZigRig(folder, GNU);
/** What a link of an ELF file gets behind everything else. */
const OWN = `-T${gnu.directory}/own-debug.ld`;
const windows = aZigRig(folder, 'x86_64-pc-windows-gnu');

/** One word per line, a backslash before spaces and backslashes: rust-lang/rust `command.rs`, `Escape`. */
const asRustc = (words: readonly string[]): string => words.map((word) => `${word.replace(/[\\ ]/g, '\\$&')}\n`).join('');
/** In quotes, a backslash before what would end them. */
const asGcc = (words: readonly string[]): string => words.map((word) => `"${word.replace(/["\\]/g, '\\$&')}"`).join(' ');

const SYNTAXES = [
  ['linker-arguments', "rustc's", asRustc],
  ['objects.rsp', "gcc's", asGcc],
] as const;

const ODD = [
  'two words',
  ' leading and trailing ',
  'tab\there',
  '"quoted"',
  '"',
  'a"b\\"c',
  '$HOME',
  '$(id)',
  '`id`',
  '\\',
  '\\\\',
  'a\\b',
  'end\\',
  'end\\\\',
  'C:\\dir with space\\',
  '*',
  '~',
  '#comment',
  ';&|<>()!',
  '%s%d',
  '-n',
  'größe',
  'Á中文‑😀',
  '\u0081\u0088',
];

describe.each(SYNTAXES)('a response file %s, in %s syntax,', (name, _, written) => {
  test.each(ODD)('hands on %j as it is', (word) => {
    const file = gnu.responseFile(name, written(['a.o', word, 'b.o']));
    expect(gnu.run('clang', [`@${file}`])).toMatchObject({ words: ['a.o', word, 'b.o', OWN], status: 0, stderr: '', leftOver: [] });
  });

  test('hands on an empty word', () => {
    const file = gnu.responseFile(name, written(['a.o', '', 'b.o']));
    expect(gnu.run('clang', [`@${file}`]).words).toEqual(['a.o', '', 'b.o', OWN]);
  });

  test('hands on thousands of words in their order', () => {
    const words = Array.from({ length: 3000 }, (_, index) => `/repo/target/deps/crate ${index}.o`);
    expect(gnu.run('clang', [`@${gnu.responseFile(name, written(words))}`]).words).toEqual([...words, OWN]);
  });

  test('is filtered by the same rules as the command line', () => {
    const words = ['-Wl,--fix-cortex-a53-843419', 'a.o', '--target', 'aarch64-linux-gnu', '-lgcc_s', '-Wl,-S', '-estart', '-march=armv8-a'];
    expect(gnu.run('clang', [`@${gnu.responseFile(name, written(words))}`]).words).toEqual(['a.o', '-lunwind', '-Wl,--entry=start', `-T${gnu.directory}/no-debug.ld`]);
  });

  test('leaves the words around it where they are, whatever they hold', () => {
    const file = gnu.responseFile(name, written(['b.o']));
    const around = ["-L/it's here", '-o', 'a\nb', '"', 'end\\'];
    expect(gnu.run('clang', [...around, `@${file}`, '-lc']).words).toEqual([...around, 'b.o', '-lc', OWN]);
  });

  test('may be one of several', () => {
    const first = gnu.responseFile(`first/${name}`, written(['a.o', '-lgcc_s']));
    const second = gnu.responseFile(`second/${name}`, written(['b.o']));
    expect(gnu.run('clang', [`@${first}`, '-Wl,--gc-sections', `@${second}`])).toMatchObject({ words: ['a.o', '-lunwind', '-Wl,--gc-sections', 'b.o', OWN], leftOver: [] });
  });

  test('may stand beside a word that only looks like one', () => {
    const file = gnu.responseFile(name, written(['a.o']));
    expect(gnu.run('clang', ['-Wl,-rpath,x', '@loader_path/x', `@${file}`]).words).toEqual(['-Wl,-rpath,x', '@loader_path/x', 'a.o', OWN]);
  });

  test('may be empty', () => {
    expect(gnu.run('clang', ['a.o', `@${gnu.responseFile(name, '')}`])).toMatchObject({ words: ['a.o', OWN], status: 0 });
  });

  test('may lie in a folder with an odd name', () => {
    const file = gnu.responseFile(`it's $HOME "x" Á/${name}`, written(['a.o']));
    expect(gnu.run('clang', [`@${file}`])).toMatchObject({ words: ['a.o', OWN], status: 0, stderr: '' });
  });

  test('tells compiling from linking', () => {
    const headers = ['-Xclang', '-object-file-name=obj', '-gno-codeview-command-line', '-idirafter', `${windows.directory}/headers`];
    expect(windows.run('clang', [`@${windows.responseFile(name, written(['a.o', '-lgcc_eh']))}`]).words).toEqual(['a.o', '-lunwind', '-lcompiler_rt']);
    expect(windows.run('clang', [`@${windows.responseFile(name, written(['-c', 'a.c']))}`]).words).toEqual([...headers, '-g0', '-fno-sanitize=all', '-c', 'a.c']);
    expect(windows.run('clang', ['-c', `@${windows.responseFile(name, written(['-g', 'a.c']))}`]).words).toEqual([...headers, '-fno-sanitize=all', '-c', '-g', 'a.c']);
  });

  test("holding ' ends the call with a reason, since zig would read another word", () => {
    const file = gnu.responseFile(name, written(['a.o', "/it's/b.o"]));
    expect(gnu.run('clang', [`@${file}`])).toMatchObject({
      status: 1,
      argv: undefined,
      stderr: "nx-cargo-cross: zig cannot read the character ' in a response file: /it's/b.o\n",
      leftOver: [],
    });
  });

  test('that asks for a static glibc is refused, and nothing is left of it', () => {
    const called = gnu.run('clang', [`@${gnu.responseFile(name, written(['a.o', '-static-pie']))}`]);
    expect(called).toMatchObject({ status: 1, argv: undefined, leftOver: [] });
    expect(called.stderr).toMatch(/cannot link glibc statically/);
  });

  test('is not changed itself', () => {
    const file = gnu.responseFile(name, written(['-lgcc_s']));
    gnu.run('clang', [`@${file}`]);
    expect(gnu.run('clang', [`@${file}`]).words).toEqual(['-lunwind', OWN]);
  });

  test('that is gone is no response file', () => {
    const file = gnu.responseFile(name, '');
    rmSync(file);
    expect(gnu.run('clang', [`@${file}`]).words).toEqual([`@${file}`, OWN]);
  });
});

describe("gcc's syntax", () => {
  test.each<readonly [string, string, readonly string[]]>([
    ['words between blanks', 'a.o  b.o\tc.o\r\nd.o\n\n', ['a.o', 'b.o', 'c.o', 'd.o']],
    ['no line break at the end', 'a.o\nb.o', ['a.o', 'b.o']],
    ['single quotes', "'two words' 'a\"b'", ['two words', 'a"b']],
    ['a word of several quotes', `a"b c"'d "e'f`, ['ab cd "ef']],
    ['backslashes outside quotes', 'a\\ b c\\\\d \\"e', ['a b', 'c\\d', '"e']],
    ['an empty word', `a.o "" '' b.o`, ['a.o', '', '', 'b.o']],
    ['a word that is a blank', 'a.o \\  b.o', ['a.o', ' ', 'b.o']],
    ['no comments', '#x a.o', ['#x', 'a.o']],
  ])('has %s', (_, text, words) => {
    expect(gnu.run('clang', [`@${gnu.responseFile('x.rsp', text)}`]).words).toEqual([...words, OWN]);
  });

  test.each(['"a\nb"', "'a\nb'", 'a\\\nb'])('with a line break inside a word, %j, ends the call with a reason', (text) => {
    const called = gnu.run('clang', [`@${gnu.responseFile('x.rsp', text)}`]);
    expect(called).toMatchObject({ status: 1, argv: undefined, stderr: 'nx-cargo-cross: a line break inside a word of a response file\n', leftOver: [] });
  });
});

describe("rustc's syntax", () => {
  test.each<readonly [string, string, readonly string[]]>([
    ['quotes that mean nothing', '"a b"\n', ['"a b"']],
    ['no line break at the end', 'a.o\nb\\ c.o', ['a.o', 'b c.o']],
    ['blanks as they are', ' a \n', [' a ']],
  ])('has %s', (_, text, words) => {
    expect(gnu.run('clang', [`@${gnu.responseFile('linker-arguments', text)}`]).words).toEqual([...words, OWN]);
  });
});

test.each([
  ['"a b" c', ['a b', 'c']],
  ['"a\\"b" "c\\\\" "d\\e"', ['a"b', 'c\\', 'd\\e']],
  ['"it\'s"x', ['itsx']],
  ['# gone\na "#b"', ['a', '#b']],
  ['""', ['']],
])('the stand-in for zig reads %j as zig 0.16 was seen to', (text, words) => {
  expect(readZigResponseFile(text)).toEqual(words);
});
