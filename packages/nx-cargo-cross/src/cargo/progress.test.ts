import { describe, expect, test } from '@jest/globals';
import { BLOCKED, COLOURED, DOWNLOADING, PLAIN } from '../testkit/cargo-recordings.js';
import { makeCargoProgress, onlyAskedLeft, type CargoOutput, type CargoProgress } from './progress.js';

/** Everything that a stream in these chunks gave. */
function read(chunks: readonly string[]): { text: string; bars: CargoProgress[]; latest: CargoProgress | undefined; blockedOn: readonly string[] } {
  const reader = makeCargoProgress();
  const outputs: CargoOutput[] = [...chunks.map((chunk) => reader.push(chunk)), reader.end()];
  const bars = outputs.flatMap(({ latest }) => (latest ? [latest] : []));
  return { text: outputs.map(({ text }) => text).join(''), bars, latest: bars.at(-1), blockedOn: outputs.flatMap(({ blockedOn }) => blockedOn ?? []) };
}

/** Ends of lines, as chunks. */
const lines = (text: string): string[] => text.split(/(?<=[\r\n])/);

const RECORDINGS = [
  ['in colours', COLOURED],
  ['plain', PLAIN],
  ['blocked', BLOCKED],
  ['downloading', DOWNLOADING],
] as const;

describe("cargo's output", () => {
  test('loses its bar and keeps everything else', () => {
    expect(read([PLAIN]).text).toBe(
      [
        '   Compiling app v0.1.0 (/repo/app)',
        '   Compiling dep-a v0.1.0 (/repo/dep-a)',
        '   Compiling dep-c v0.1.0 (/repo/dep-c)',
        '   Compiling dep-b v0.1.0 (/repo/dep-b)',
        'warning: unused variable: `unused`',
        ' --> dep-b/src/lib.rs:1:22',
        '  |',
        '1 | pub fn f()->u32{ let unused = 1; 1}',
        '  |                      ^^^^^^ help: if this is intentional, prefix it with an underscore: `_unused`',
        '  |',
        '  = note: `#[warn(unused_variables)]` (part of `#[warn(unused)]`) on by default',
        '',
        'warning: `dep-b` (lib) generated 1 warning (run `cargo fix --lib -p dep-b` to apply 1 suggestion)',
        '   Compiling dep-d v0.1.0 (/repo/dep-d)',
        'warning: app@0.1.0: slow down',
        '    Finished `release` profile [optimized] target(s) in 2.00s',
        '',
      ].join('\n'),
    );
  });

  test('keeps its colours', () => {
    const { text } = read([COLOURED]);
    expect(text.startsWith('\u001b[1m\u001b[92m   Compiling\u001b[0m app v0.1.0 (/repo/app)\n\u001b[1m\u001b[92m   Compiling\u001b[0m dep-a')).toBe(true);
    expect(text.split('\n').at(-2)).toBe('\u001b[1m\u001b[92m    Finished\u001b[0m `release` profile [optimized] target(s) in 2.22s');
    expect(text).not.toMatch(/Building|\r|\u001b\[K/);
  });

  test('loses the bars of downloads too', () => {
    expect(read([DOWNLOADING]).text).not.toMatch(/Downloading|Building|\r/);
    expect(read([DOWNLOADING]).text).toContain('  Downloaded 3 crates (99.4KiB) in 0.09s\n   Compiling semver v1.0.28\n');
  });

  test.each(RECORDINGS)('%s is the same wherever it is cut', (_, recording) => {
    const summary = (chunks: readonly string[]): string => JSON.stringify({ ...read(chunks), bars: undefined });
    const whole = summary([recording]);
    const places = [...recording].map((_, at) => at);
    expect(places.filter((at) => summary([recording.slice(0, at), recording.slice(at)]) !== whole)).toEqual([]);
    expect(summary([...recording])).toBe(whole);
  });

  test.each([
    ['a line without an end', ['error: no such\n', 'thing'], 'error: no such\nthing'],
    ['an empty line', ['a\n', '\n', 'b\n'], 'a\n\nb\n'],
    ['a line as Windows ends it', ['a\r\n', 'b\r\n'], 'a\r\nb\r\n'],
    ['a line as Windows ends it, cut in its end', ['a\r', '\nb\r', '\n'], 'a\r\nb\r\n'],
    ['a line that looks like a bar but for its count', ['    Building [yes] things: x\n'], '    Building [yes] things: x\n'],
    ['a program\'s own bar, which it draws over', ['10%\r', '20%\r', 'done\n'], 'done\n'],
    ['nothing', [''], ''],
  ])('%s is handed on', (_, chunks, text) => {
    expect(read(chunks).text).toBe(text);
  });

  test('is handed on as soon as a line is whole', () => {
    const reader = makeCargoProgress();
    expect(reader.push('    Updating crates.io index\n').text).toBe('    Updating crates.io index\n');
    expect(reader.push('   Compiling a').text).toBe('');
    expect(reader.push(' v1.0.0\n   Comp').text).toBe('   Compiling a v1.0.0\n');
    expect(reader.end().text).toBe('   Comp');
    expect(reader.end()).toEqual({ text: '', latest: undefined, blockedOn: undefined });
  });
});

describe("cargo's progress", () => {
  test('is what the bar says, each time it is drawn', () => {
    expect(read(lines(PLAIN)).bars).toEqual([
      { done: 0, total: 7, current: 'app(build.rs)' },
      { done: 0, total: 7, current: 'dep-a, app(build.rs)' },
      { done: 1, total: 7, current: 'dep-c, app(build.rs)' },
      { done: 2, total: 7, current: 'dep-c, app(build)' },
      { done: 3, total: 7, current: 'dep-b, app(build)' },
      { done: 4, total: 7, current: 'app(build), dep-d' },
      { done: 5, total: 7, current: 'app(build)' },
      { done: 6, total: 7, current: 'app(bin)' },
    ]);
  });

  test('is told at once: a bar ends in a carriage return, and nothing may follow for minutes', () => {
    expect(makeCargoProgress().push('    Building [===>     ] 1/7: dep-b   \r').latest).toEqual({ done: 1, total: 7, current: 'dep-b' });
  });

  test.each([
    ['    Building [===========================>] 87/88: zstd-sys, ring...   \r', { done: 87, total: 88, current: 'zstd-sys, ring...' }],
    ['    Building [>                          ] 1/1204\r', { done: 1, total: 1204, current: '' }],
    ['\u001b[K\u001b[1m\u001b[36m    Building\u001b[0m [=> ] 2/3: a(bin "x")\r', { done: 2, total: 3, current: 'a(bin "x")' }],
  ])('of %j is read', (bar, progress) => {
    expect(makeCargoProgress().push(bar)).toEqual({ text: '', latest: progress, blockedOn: undefined });
  });

  test('of several bars in one chunk is the newest', () => {
    expect(read([COLOURED]).bars).toEqual([{ done: 6, total: 7, current: 'app(bin)' }]);
  });
});

describe('a lock that cargo waits for', () => {
  test.each([
    [BLOCKED, 'file lock on artifact directory'],
    ['    Blocking waiting for file lock on build directory\n', 'file lock on build directory'],
    ['    Blocking waiting for file lock on package cache\n', 'file lock on package cache'],
    ['\u001b[1m\u001b[92m    Blocking\u001b[0m waiting for file lock on artifact directory\n', 'file lock on artifact directory'],
  ])('is named, and the line kept: %j', (text, lock) => {
    expect(read(lines(text)).blockedOn).toEqual([lock]);
    expect(read(lines(text)).text).toBe(text);
  });

  test('is none where cargo says nothing of it', () => {
    expect(read(lines(PLAIN)).blockedOn).toEqual([]);
    expect(read(['warning: Blocking waiting for Godot\n']).blockedOn).toEqual([]);
  });
});

test.each([
  ['the program', { done: 87, total: 88, current: 'app(bin)' }, 1, true],
  ['programs for two platforms, one of which is being compiled', { done: 86, total: 88, current: 'app(bin)' }, 2, true],
  ['a library that was asked for', { done: 9, total: 10, current: 'app' }, 1, true],
  ['the library of the program, and then the program', { done: 8, total: 10, current: 'app' }, 1, false],
  ['a dependency', { done: 87, total: 88, current: 'serde' }, 1, false],
  ['a dependency beside a program', { done: 86, total: 88, current: 'app(bin), serde' }, 2, false],
  ['the build script', { done: 86, total: 88, current: 'app(build)' }, 2, false],
  ['more than cargo has room for', { done: 86, total: 88, current: 'app(bin), ...' }, 2, false],
  ['nothing that is told', { done: 87, total: 88, current: '' }, 1, false],
] as const)('what is left is %s', (_, left, asked, expected) => {
  expect(onlyAskedLeft(left, asked, 'app')).toBe(expected);
});
