import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { QUESTIONS, rustcSaid } from './rustc-said.js';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'rustc-said-')));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const SCRIPT = '#!/bin/sh\n';
/** A shell runs a file without a first line of its own, too, so that this is a program, and no script by its first bytes. */
const PROGRAM = ':\n';

function put(path: string, text: string): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, 0o755);
  return file;
}

/** Says what it is, and notes that it was started. */
function compiler(folder: string, label: string, head = PROGRAM): string {
  put(`${folder}/lib/librustc_driver-1.so`, label);
  return put(`${folder}/bin/rustc`, `${head}echo ${label} >> '${join(root, 'started')}'\necho 'rustc ${label}'\necho 'release: ${label}'\n`);
}

const started = (): readonly string[] => {
  try {
    return readFileSync(join(root, 'started'), 'utf8').trim().split('\n');
  } catch {
    return [];
  }
};

const ask = (env: Readonly<Record<string, string>> = {}, channel?: string, words: readonly string[] = QUESTIONS.version): string => {
  const environment = { PATH: `${join(root, 'usr/bin')}:/usr/bin:/bin`, RUSTUP_HOME: join(root, 'rustup'), NX_CARGO_CROSS_CACHE: join(root, 'cache'), ...env };
  return rustcSaid({ words, directory: join(root, 'work'), environment }, channel);
};

beforeEach(() => {
  mkdirSync(join(root, 'work'));
});

/** rustup's proxy says what it was called as. */
function rustup(): void {
  put('cargo/bin/rustup', `${SCRIPT}echo "rustup $*" >> '${join(root, 'started')}'\necho "by rustup: $*"\n`);
  mkdirSync(join(root, 'usr/bin'), { recursive: true });
  for (const name of ['rustc', 'rustup']) symlinkSync(join(root, 'cargo/bin/rustup'), join(root, 'usr/bin', name));
  put('rustup/settings.toml', 'version = "12"\ndefault_toolchain = "stable-x86_64-unknown-linux-gnu"\n');
}

test('a compiler is started once', () => {
  compiler('usr', '1.96.0');
  expect([ask(), ask(), ask()]).toEqual(Array.from({ length: 3 }, () => 'rustc 1.96.0\nrelease: 1.96.0\n'));
  expect(started()).toEqual(['1.96.0']);
});

test('each question has its own answer', () => {
  compiler('usr', '1.96.0');
  ask();
  ask({}, undefined, QUESTIONS.sysroot);
  ask({}, undefined, QUESTIONS.sysroot);
  expect(started()).toHaveLength(2);
});

test('another compiler in its place is asked', () => {
  compiler('usr', '1.96.0');
  ask();
  compiler('usr', '1.97.0');
  expect(ask()).toBe('rustc 1.97.0\nrelease: 1.97.0\n');
});

test('another library behind the same program is asked', () => {
  compiler('usr', '1.96.0');
  ask();
  utimesSync(join(root, 'usr/lib/librustc_driver-1.so'), 1, 1);
  ask();
  expect(started()).toHaveLength(2);
});

test('a script that speaks for it is asked each time', () => {
  compiler('usr', '1.96.0', SCRIPT);
  ask();
  ask();
  expect(started()).toHaveLength(2);
});

test('neither rustup nor the compiler behind it is started a second time', () => {
  rustup();
  compiler('rustup/toolchains/stable-x86_64-unknown-linux-gnu', '1.95.0');
  expect([ask(), ask()]).toEqual(Array.from({ length: 2 }, () => 'rustc 1.95.0\nrelease: 1.95.0\n'));
  expect(started()).toEqual(['1.95.0']);
});

test('what rustup would choose is chosen: the variable before the channel, the channel before the file', () => {
  rustup();
  for (const name of ['stable', 'nightly', '1.90.0', 'beta']) compiler(`rustup/toolchains/${name}-x86_64-unknown-linux-gnu`, name);
  put('work/rust-toolchain.toml', '[toolchain]\nchannel = "beta"\n');
  expect(ask()).toContain('rustc beta');
  expect(ask({}, 'nightly')).toContain('rustc nightly');
  expect(ask({ RUSTUP_TOOLCHAIN: '1.90.0' }, 'nightly')).toContain('rustc 1.90.0');
});

test('rustup is asked where it is not plain', () => {
  rustup();
  expect(ask()).toBe('by rustup: -vV\n');
  expect(ask({}, 'nightly')).toBe('by rustup: run nightly rustc -vV\n');
});

test('the compiler that the environment names', () => {
  compiler('usr', '1.96.0');
  const own = compiler('own', '1.50.0');
  expect(ask({ RUSTC: own })).toContain('rustc 1.50.0');
  expect(ask({ CARGO_BUILD_RUSTC: own })).toContain('rustc 1.50.0');
  expect(ask({ RUSTC: '' })).toContain('rustc 1.96.0');
});

test('no compiler is an error', () => {
  expect(() => ask({ PATH: join(root, 'usr/bin') })).toThrow(/rustc/);
});
