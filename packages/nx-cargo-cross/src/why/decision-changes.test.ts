import { describe, expect, test } from '@jest/globals';
import { canonicalJson } from '../cargo/canonical.js';
import { lockToml, type LockSpec } from '../testkit/cargo-files.js';
import { inferOf } from '../testkit/repository.js';
import { LOCKED, OPTIONS, SAMPLE } from '../testkit/sample.js';
import type { Files } from '../testkit/tree.js';
import type { Change } from './change.js';
import { decisionChanges } from './decision-changes.js';

/** As it is read from a record. */
function wordsOf(files: Files, options: object, node = 'cargo-closure:crates/app:aarch64-linux'): unknown {
  return JSON.parse(canonicalJson(inferOf(files, options).explanations.get(node)?.()));
}

function say({ kind, name, from, to, note }: Change): string {
  return [kind, name, ...(from === undefined ? [] : [from]), ...(to === undefined ? [] : ['->', to]), ...(note === undefined ? [] : [`(${note})`])].join(' ');
}

const replace = (file: string, from: string, to: string): Files => {
  const text = SAMPLE.files()[file] ?? '';
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  return { ...SAMPLE.files(), [file]: text.replace(from, to) };
};
const relock = (change: (entry: LockSpec) => LockSpec): Files => SAMPLE.lock('', LOCKED.map(change)).files();

describe('what is said of a node of ours that changed', () => {
  test.each<[string, Files, readonly string[], object?]>([
    ['nothing', SAMPLE.files(), []],
    ['a bump in the lock file', relock((entry) => (entry.name === 'deep' ? { ...entry, version: '1.0.1' } : entry)), ['lock package deep 1.0.0 -> 1.0.1']],
    ['a checksum', { ...SAMPLE.files(), 'Cargo.lock': lockToml(LOCKED).replace('sum-of-ryu', 'other-sum') }, ['lock package ryu 1.0.0 checksum sum-of-ryu-1.0.0 -> other-sum-1.0.0']],
    ['a manifest', replace('crates/lib/Cargo.toml', 'edition = "2024"', 'edition = "2021"'), ['manifest crates/lib/Cargo.toml package.edition "2024" -> "2021"']],
    ['the profile', replace('Cargo.toml', 'lto = true', 'lto = "thin"'), ['profile release.lto true -> "thin"']],
    ['a key more in the profile', replace('Cargo.toml', 'lto = true', 'lto = true\npanic = "abort"'), ['profile release.panic -> "abort" (added)']],
    ['the resolver', replace('Cargo.toml', 'resolver = "3"', 'resolver = "2"'), ['resolver resolver "3" -> "2"']],
    ['the channel', { ...SAMPLE.files(), 'rust-toolchain.toml': '[toolchain]\nchannel = "1.95.0"\n' }, ['toolchain channel -> "1.95.0" (added)']],
    ["cargo's configuration", { ...SAMPLE.files(), '.cargo/config.toml': '[env]\nA = "1"\n' }, ['cargo config env.A -> "1" (added)']],
    ['an option', SAMPLE.files(), ['option glibc "2.17" -> "2.28"'], { ...OPTIONS, platform: { 'aarch64-linux': { glibc: '2.28' } } }],
    ['the backend', SAMPLE.files(), ['option backend "zig" -> "gcc"', 'option glibc "2.17" (removed)'], { ...OPTIONS, backends: { '*': 'gcc' } }],
    ['the lock file out of date', SAMPLE.lock('', LOCKED.filter(({ name }) => name !== 'lib')).files(), ['dependencies Cargo.lock (is out of date: it does not list every local package, so all of it counts)']],
    ['a local package more', { ...replace('crates/app/Cargo.toml', '[dependencies]', '[dependencies]\ngreet = { path = "../greet" }') }, ['manifest crates/app/Cargo.toml dependencies.greet.path -> "../greet" (added)', 'local package crates/greet/Cargo.toml (added)']],
    ['the lock file gone', Object.fromEntries(Object.entries(SAMPLE.files()).filter(([file]) => file !== 'Cargo.lock')), ['lock package deep 1.0.0 (removed)', 'lock package itoa 1.0.0 (removed)', 'lock package itoa 2.0.0 (removed)', 'lock package ryu 1.0.0 (removed)', 'dependencies Cargo.lock true -> false']],
  ])('%s', (_, files, expected, options = OPTIONS) => {
    expect(decisionChanges(wordsOf(SAMPLE.files(), OPTIONS), wordsOf(files, options)).map(say)).toEqual(expected);
  });

  test('of tests: how they are run', () => {
    const node = 'cargo-test:crates/app:aarch64-linux';
    expect(decisionChanges(wordsOf(SAMPLE.files(), OPTIONS, node), wordsOf(SAMPLE.files(), { ...OPTIONS, testTimeout: '60' }, node)).map(say)).toEqual(['option testTimeout 600 -> 60']);
  });

  test.each<[string, Record<string, string>, Record<string, string>, readonly string[]]>([
    ['one of two versions moved', { 'itoa 1.0.0': 'r a', 'itoa 2.0.0': 'r b' }, { 'itoa 1.0.0': 'r a', 'itoa 2.1.0': 'r c' }, ['lock package itoa 2.0.0 -> 2.1.0']],
    ['one became two', { 'itoa 1.0.0': 'r a' }, { 'itoa 1.0.1': 'r b', 'itoa 2.0.0': 'r c' }, ['lock package itoa 1.0.0 (removed)', 'lock package itoa -> 1.0.1 (added)', 'lock package itoa -> 2.0.0 (added)']],
    ['another source', { 'dep 1.0.0': 'registry+https://x a' }, { 'dep 1.0.0': 'git+https://x/y#bbb' }, ['lock package dep 1.0.0 registry+https://x -> git+https://x/y#bbb']],
    ['another revision', { 'dep 1.0.0': 'git+https://x/y#aaa' }, { 'dep 1.0.0': 'git+https://x/y#bbb' }, ['lock package dep 1.0.0 revision aaa -> bbb']],
  ])('%s', (_, from, to, expected) => expect(decisionChanges({ packages: from }, { packages: to }).map(say)).toEqual(expected));

  test.each<[string, unknown, unknown, readonly string[]]>([
    ['a nearer file', [{ env: { A: '1' } }], [{ env: { B: '2' } }, { env: { A: '1' } }], ['cargo config env.B -> "2" (added)']],
    ['a word more', [{ build: { rustflags: ['-a'] } }], [{ build: { rustflags: ['-a', '-b'] } }], ['cargo config build.rustflags -> "-b" (added)']],
    ['a word less', [{ build: { rustflags: ['-a', '-b'] } }], [{ build: { rustflags: ['-b'] } }], ['cargo config build.rustflags "-a" (removed)']],
    ['other words', [{ build: { rustflags: ['-a', '-b'] } }], [{ build: { rustflags: ['-b', '-a'] } }], ['cargo config build.rustflags ["-a","-b"] -> ["-b","-a"]']],
  ])('of cargo\'s configuration: %s', (_, from, to, expected) => {
    expect(decisionChanges({ settings: { config: from } }, { settings: { config: to } }).map(say)).toEqual(expected);
  });

  test('how packages hang together is said where nothing else is', () => {
    expect(decisionChanges({ closure: 'a' }, { closure: 'b' }).map(say)).toEqual(['dependencies which package depends on which (changed)']);
    expect(decisionChanges({ closure: 'a', packages: { 'a 1': '' } }, { closure: 'b', packages: { 'a 2': '' } }).map(say)).toEqual(['lock package a 1 -> 2']);
  });

  test.each([[undefined, undefined], [{}, null], ['x', 3]])('of %j and %j nothing is said', (from, to) => expect(decisionChanges(from, to)).toEqual([]));
});
