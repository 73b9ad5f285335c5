import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { PlatformBuild } from '../config/resolved.js';
import { aPlan, aProbe, aRequest, aWorkspace } from '../testkit/builders.js';
import { aTempFolder } from '../testkit/temp.js';
import type { PlannedBuild } from './plan.js';
import type { BuildRequest, Probe } from './request.js';

const temporary = aTempFolder('crate-names');

function planOf(outside: BuildRequest['outside'], probe: Partial<Probe> = {}, build: Partial<PlatformBuild> = {}): PlannedBuild {
  return aPlan(aRequest('x86_64-linux-musl', { outside, build: { reproducible: true, ...build }, workspace: aWorkspace({ root: 'rust' }) }), aProbe(probe));
}
const envOf = ({ calls }: PlannedBuild): Readonly<Record<string, string | undefined>> => Object.fromEntries(calls.flatMap(({ env }) => env.map(({ name, value }) => [name, value])));

describe('the plan', () => {
  test.each<readonly [string, BuildRequest['outside'], Partial<PlatformBuild>]>([
    ['no package lies outside', 'none', {}],
    ['bytes may differ', 'local', { reproducible: false }],
  ])("leaves cargo's words where %s", (_, outside, build) => {
    const planned = planOf(outside, {}, build);
    expect(planned.scripts.map(({ path }) => path).filter((path) => path.includes('crate-names'))).toEqual([]);
    expect(envOf(planned)['RUSTC_WRAPPER'] ?? '').not.toContain('crate-names');
    expect(planned.calls[0]?.targetDir).not.toContain('crate-names');
  });

  test('names the script, and compiles into a folder where nothing else has compiled without it', () => {
    const planned = planOf('local');
    const [inner, outer] = planned.scripts;
    expect(outer?.path).toBe('/ws/rust/target/nx-cross/crate-names/local/-ws/rustc-wrapper');
    expect(envOf(planned)).toMatchObject({ RUSTC_WRAPPER: outer?.path, NX_CARGO_CROSS_NEXT_RUSTC_WRAPPER: inner?.path });
    expect(planned.calls[0]?.targetDir).toBe('/ws/rust/target/nx-cross/crate-names-2');
    expect(planOf('any').scripts[1]?.path).not.toBe(outer?.path);
  });
});

/** A checkout with a compiler that prints its words, and a wrapper of the user's that says that it was there. */
function aCheckout(name: string, outside: BuildRequest['outside'] = 'local') {
  const root = join(temporary, name, "it's $HOME");
  const folders = { repository: ['/elsewhere', root], workspace: [`${root}/rust`], target: [`${root}/rust/target`], registries: [`${root}/home/registry/src`], checkouts: [`${root}/home/git/checkouts`] };
  const script = planOf(outside, { folders }).scripts[1]?.text ?? '';
  mkdirSync(root, { recursive: true });
  const wrapper = join(root, 'wrapper');
  writeFileSync(wrapper, script, { mode: 0o755 });
  const rustc = join(root, 'rustc');
  writeFileSync(rustc, '#!/bin/sh\nfor a do case $a in @*) while IFS= read -r l; do printf "%s\\0" "$l"; done < "${a#@}";; *) printf "%s\\0" "$a";; esac; done\nexit ${FAKE_EXIT:-0}\n', { mode: 0o755 });
  const next = join(root, 'next one');
  writeFileSync(next, '#!/bin/sh\nexec "$@"\n', { mode: 0o755 });
  const run = (args: readonly string[], { at = 'shared', ...env }: Readonly<Record<string, string>> = {}) => {
    const said = spawnSync(wrapper, [rustc, ...args], { encoding: 'utf8', env: { NX_CARGO_CROSS_NEXT_RUSTC_WRAPPER: next, PATH: process.env['PATH'] ?? '', CARGO_MANIFEST_DIR: at.startsWith('/') ? at : join(root, at), CARGO_PKG_NAME: 'shared', CARGO_PKG_VERSION: '0.1.0', ...env } });
    return { ...said, words: said.stdout.split('\0').slice(0, -1) };
  };
  return { root, rustc, run };
}

const here = aCheckout('a');
const there = aCheckout('b/c/d');

/** As cargo calls rustc for a library. */
function call(root: string, hash: string, more: readonly string[] = []): readonly string[] {
  return ['--crate-name', 'shared', '--edition=2021', `${root}/shared/src/lib.rs`, '--crate-type', 'lib', '-C', 'opt-level=3', '--cfg', 'feature="std"', '-C', `metadata=${hash}`, '-C', `extra-filename=-${hash}`, '--out-dir', `${root}/rust/target`, '--target', 'x86_64-unknown-linux-musl', '--extern', `itoa=${root}/libitoa-${hash}.rmeta`, ...more];
}
const wordOf = (words: readonly string[]): string | undefined => words.find((word) => word.startsWith('metadata='));
const HASHES = ['c81e43b621befeee', 'db4fd0aac6e0476c'] as const;

describe('the script', () => {
  test('gives a crate the same word in two checkouts, and leaves all other words alone', () => {
    const [one, two] = [here.run(call(here.root, HASHES[0])).words, there.run(call(there.root, HASHES[1])).words];
    expect(wordOf(one)).toBe('metadata=shared;0.1.0;./shared;lib;opt-level=3;feature="std";x86_64-unknown-linux-musl');
    expect(wordOf(two)).toBe(wordOf(one));
    expect(one.filter((word) => word !== wordOf(one))).toEqual(call(here.root, HASHES[0]).filter((word) => !word.startsWith('metadata=')));
  });

  test.each<readonly [string, (words: readonly string[]) => readonly string[], Readonly<Record<string, string>>]>([
    ['folder', (words) => words, { at: 'other/shared' }],
    ['version', (words) => words, { CARGO_PKG_VERSION: '0.2.0' }],
    ['package', (words) => words, { CARGO_PKG_NAME: 'shared-2' }],
    ['crate type', (words) => words.map((word) => (word === 'lib' ? 'cdylib' : word)), {}],
    ['features', (words) => [...words, '--cfg', 'feature="more"'], {}],
    ['profile', (words) => words.map((word) => (word === 'opt-level=3' ? 'opt-level=0' : word)), {}],
    ['panic strategy', (words) => [...words, '-C', 'panic=abort'], {}],
    ['platform', (words) => words.filter((word) => !word.startsWith('--target') && !word.startsWith('x86_64')), {}],
  ])('tells crates apart by %s', (_, change, env) => {
    const words = call(here.root, HASHES[0]);
    expect(wordOf(here.run(change(words), env).words)).not.toBe(wordOf(here.run(words).words));
  });

  test.each<readonly [string, readonly string[], Readonly<Record<string, string>>]>([
    ['of a registry', call('/x', HASHES[0]), { at: 'home/registry/src/index/itoa-1.0.0' }],
    ['of a git repository', call('/x', HASHES[0]), { at: 'home/git/checkouts/a/b' }],
    ['of somewhere else', call('/x', HASHES[0]), { at: '/usr/src/shared' }],
    ["with a word of the user's own", ['-C', 'metadata=mine'], {}],
    ['that is only asked for', ['-vV'], {}],
  ])('gives no word to a crate %s', (_, words, env) => {
    expect(here.run(words, env).words).toEqual(words);
  });

  test('gives crates of registries words too, where they can be made from such packages', () => {
    const [one, two] = [aCheckout('e', 'any'), aCheckout('f/g', 'any')].map(({ root, run }, nth) => run(call(root, HASHES[nth] ?? ''), { at: 'home/registry/src/index/itoa-1.0.0' }).words);
    expect(wordOf(one ?? [])).toContain(';/cargo/registry/src/index/itoa-1.0.0;');
    expect(wordOf(two ?? [])).toBe(wordOf(one ?? []));
  });

  test("names the folder of a build script's files before all other words, which win; and only for the platform", () => {
    const OUT_DIR = `${here.root}/rust/target/build/shared-${HASHES[0]}/out`;
    const words = call(here.root, HASHES[0], ['--remap-path-prefix=/mine=/yours']);
    const name = `--remap-path-prefix=${OUT_DIR}=./target/build/shared-0.1.0/out`;
    expect(here.run(words, { OUT_DIR }).words).toEqual([name, ...here.run(words).words]);
    // Beside another call rustc has the other's folder.
    const beside = `${here.root}/rust/target/beside-1`;
    expect(here.run(words, { OUT_DIR: OUT_DIR.replace('/target/', '/target/beside-1/'), NX_CARGO_CROSS_BESIDE: beside }).words).toEqual([name, ...here.run(words).words]);
    const hosts = words.filter((word) => word !== '--target' && !word.startsWith('x86_64'));
    expect(here.run(hosts, { OUT_DIR }).words).toEqual(here.run(hosts).words);
    const file = join(here.root, 'words with a folder');
    writeFileSync(file, words.join('\n'));
    expect(here.run([`@${file}`], { OUT_DIR }).words).toEqual([name, ...here.run(words).words]);
  });

  test('reads the file of words that cargo writes where they are too many, leaves it as it is and takes its own away', () => {
    const file = join(here.root, 'words');
    const words = call(here.root, HASHES[0], ['--cfg', 'a  b\\']);
    writeFileSync(file, words.join('\n'));
    const before = readdirSync(here.root);
    const said = here.run([`@${file}`], { FAKE_EXIT: '3' });
    expect(said.words).toEqual(here.run(words).words);
    expect(said.status).toBe(3);
    expect(readFileSync(file, 'utf8')).toBe(words.join('\n'));
    expect(readdirSync(here.root)).toEqual(before);
  });

  test.each([0, 1, 42])('ends with code %i when rustc does', (code) => {
    expect(here.run(call(here.root, HASHES[0]), { FAKE_EXIT: String(code) }).status).toBe(code);
  });

  test.each<readonly [string, Readonly<Record<string, string>>]>([
    ['a crate that gets a word', {}],
    ['one that gets none', { at: '/usr/src/shared' }],
  ])("starts what it stands before for %s", (_, env) => {
    const next = join(here.root, 'another');
    writeFileSync(next, '#!/bin/sh\nprintf "mine\\0"\nexec "$@"\n', { mode: 0o755 });
    const words = call(here.root, HASHES[0]);
    expect(here.run(words, { ...env, NX_CARGO_CROSS_NEXT_RUSTC_WRAPPER: next }).words).toEqual(['mine', ...here.run(words, env).words]);
  });
});
