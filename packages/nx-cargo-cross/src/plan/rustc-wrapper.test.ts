import { spawn, spawnSync } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { PlatformBuild } from '../config/resolved.js';
import { aPlan, aProbe, aRequest, aWorkspace } from '../testkit/builders.js';
import { aTempFolder } from '../testkit/temp.js';
import type { PlannedBuild } from './plan.js';
import type { Probe } from './request.js';

const temporary = aTempFolder('rustc-wrapper');

function planOf(probe: Partial<Probe> = {}, build: Partial<PlatformBuild> = {}): PlannedBuild {
  return aPlan(aRequest('x86_64-linux-musl', { build: { reproducible: true, ...build }, workspace: aWorkspace({ root: 'rust' }) }), aProbe(probe));
}
const envOf = ({ calls }: PlannedBuild): Readonly<Record<string, string | undefined>> => Object.fromEntries(calls.flatMap(({ env }) => env.map(({ name, value }) => [name, value])));

describe('the plan', () => {
  test('says the same script and flags for two checkouts, and only the variable of folders differs', () => {
    const there = { repository: ['/far/away'], workspace: ['/far/away/rust'], target: ['/far/away/rust/target'], registries: aProbe().folders.registries, checkouts: aProbe().folders.checkouts };
    const [one, two] = [planOf(), planOf({ workspaceRoot: '/far/away', folders: there, targetDir: '/far/away/rust/target' })];
    expect(two.scripts).toEqual(one.scripts);
    expect(two.calls.map(({ rustflags }) => rustflags)).toEqual(one.calls.map(({ rustflags }) => rustflags));
    expect(envOf(one)['RUSTC_WRAPPER']).toBe('/home/me/.cache/nx-cargo-cross/shared/rustc-wrapper-named/rustc-wrapper');
    expect(envOf(two)['RUSTC_WRAPPER']).toBe(envOf(one)['RUSTC_WRAPPER']);
    expect(envOf(one)['NX_CARGO_CROSS_FOLDERS']?.split('\n').at(-1)).toBe('/ws=..');
    expect(envOf(two)['NX_CARGO_CROSS_FOLDERS']?.split('\n').at(-1)).toBe('/far/away=..');
  });

  test('has no script where bytes may differ, and another folder', () => {
    const planned = planOf({}, { reproducible: false });
    expect(planned.scripts).toEqual([]);
    expect(envOf(planned)).not.toHaveProperty('RUSTC_WRAPPER');
    expect([planned, planOf()].map(({ calls }) => calls[0]?.targetDir)).toEqual(['/ws/rust/target/nx-cross', '/ws/rust/target/nx-cross/named-folders-1']);
  });

  test.each<readonly [string, Readonly<Record<string, string>>, string | undefined, Readonly<Record<string, string>>, string | undefined]>([
    ['nobody has one', {}, undefined, {}, undefined],
    ['on the PATH, by the environment', { RUSTC_WRAPPER: 'sccache' }, '/tools/other', {}, 'sccache'],
    ['by a path from where cargo runs', { RUSTC_WRAPPER: '../tools/w' }, undefined, {}, '/ws/rust/../tools/w'],
    ['by the other spelling', { CARGO_BUILD_RUSTC_WRAPPER: '/w' }, '/tools/other', {}, '/w'],
    ['by configuration', {}, 'sccache', {}, 'sccache'],
    ["by the package's own variables", { RUSTC_WRAPPER: 'sccache' }, undefined, { RUSTC_WRAPPER: '/mine' }, '/mine'],
    ['taken away by an empty variable', { RUSTC_WRAPPER: '' }, 'sccache', {}, undefined],
    ['taken away in the other spelling', { CARGO_BUILD_RUSTC_WRAPPER: '' }, 'sccache', {}, undefined],
  ])("a wrapper of the user's: %s", (_, env, rustcWrapper, own, chained) => {
    const planned = planOf({ env: { PATH: '/usr/bin', ...env }, ...(rustcWrapper === undefined ? {} : { rustcWrapper }) }, { env: own });
    expect(envOf(planned)['NX_CARGO_CROSS_RUSTC_WRAPPER']).toBe(chained);
    expect(envOf(planned)['RUSTC_WRAPPER']).toBe(planned.scripts[0]?.path);
  });
});

/** A compiler that prints its words, one a line, and the script. */
function aCompiler() {
  mkdirSync(temporary, { recursive: true });
  const script = (name: string, text: string): string => {
    const path = join(temporary, name);
    writeFileSync(path, text, { mode: 0o755 });
    return path;
  };
  const wrapper = script('wrapper', planOf().scripts[0]?.text ?? '');
  const rustc = script('my rustc', '#!/bin/sh\nprintf "%s\\n" "$@"\nexit ${FAKE_EXIT:-0}\n');
  const says = (name: string): string => script(name, `#!/bin/sh\nprintf "%s\\n" ${name}\nexec "$@"\n`);
  const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const said = spawnSync(wrapper, args, { encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '', NX_CARGO_CROSS_FOLDERS: FOLDERS.join('\n'), ...env } });
    return { ...said, words: said.stdout.split('\n').slice(0, -1) };
  };
  return { rustc, wrapper, says, run, script };
}

/** The first that matches counts. */
const FOLDERS = ["/ws/it's a $HOME * folder/target=./target", '/ws=..'];
const NAMED = ['--remap-path-prefix=/ws=..', "--remap-path-prefix=/ws/it's a $HOME * folder/target=./target"];
const CALL = ['--crate-name', 'a b', '', '--remap-path-prefix=/ws=/mine', '--target', 'x86_64-unknown-linux-musl', '*'];
/** As cargo and the pool tell of the crate that was asked for. */
const LAST = { CARGO_MANIFEST_DIR: '/ws/my app', CARGO_PRIMARY_PACKAGE: '1', NX_CARGO_CROSS_LAST_CRATE: '/ws/my app' };

describe('the script', () => {
  const { rustc, wrapper, says, run, script } = aCompiler();

  test('puts the names before all other words, the most general first', () => {
    expect(run([rustc, ...CALL]).words).toEqual([...NAMED, ...CALL]);
  });

  test.each<readonly [string, readonly string[]]>([
    ['is asked for its version', ['-vV']],
    ['compiles for the machine that builds', ['--crate-name', 'build_script_build', '--crate-type', 'bin']],
    ['gets no word', []],
  ])('adds nothing where rustc %s', (_, words) => {
    const said = run([rustc, ...words]);
    expect([said.words.join('\n'), said.status]).toEqual([words.join('\n'), 0]);
  });

  test.each<readonly [string, readonly string[]]>([
    ['two words', ['--target', 'x86_64-unknown-linux-gnu']],
    ['one word', ['--target=x86_64-unknown-linux-gnu']],
  ])('tells rustc the linker that a variable names for the target, in %s', (_, words) => {
    const env = { NX_CARGO_CROSS_LINKER_x86_64_unknown_linux_gnu: '/a b/ld', NX_CARGO_CROSS_LINKER_aarch64_unknown_linux_gnu: '/other' };
    expect(run([rustc, ...words, '-Clinker=mine'], env).words).toEqual([...NAMED, '-Clinker=/a b/ld', ...words, '-Clinker=mine']);
    const file = join(temporary, 'words');
    writeFileSync(file, words.join('\n'));
    expect(run([rustc, `@${file}`], env).words).toEqual([...NAMED, '-Clinker=/a b/ld', `@${file}`]);
  });

  test.each(['/my/spec.json', 'thumbv8m.main-none-eabi', 'x86_64-unknown-linux-musl', '$(exit 3)'])('tells no linker for %s, for which no variable can name one', (target) => {
    expect(run([rustc, '--target', target], { NX_CARGO_CROSS_LINKER_x86_64_unknown_linux_gnu: '/ld' }).words).toEqual([...NAMED, '--target', target]);
  });

  test.each<readonly [string, string, string]>([
    ['of a call beside another is that of the other', '/t/beside-1/x/build/a/out', '/t/x/build/a/out'],
    ['that lies elsewhere stays', '/t/beside-10/x/out', '/t/beside-10/x/out'],
  ])('OUT_DIR %s', (_, OUT_DIR, seen) => {
    const shows = script('shows', '#!/bin/sh\necho "$OUT_DIR"\n');
    expect(run([shows, ...CALL], { OUT_DIR, NX_CARGO_CROSS_BESIDE: '/t/beside-1' }).words).toEqual([seen]);
    expect(run([shows, ...CALL], { OUT_DIR }).words).toEqual([OUT_DIR]);
  });

  test('asks before what was asked for is compiled, and waits for the answer', async () => {
    const child = spawn(wrapper, [rustc, ...CALL], { env: { PATH: process.env['PATH'] ?? '', ...LAST }, stdio: ['ignore', 'pipe', 'inherit', 'ignore', 'ignore', 'ignore', 'pipe'] });
    let printed = '';
    child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    const socket = child.stdio.at(-1) as Duplex;
    await new Promise((resolve) => socket.once('data', resolve));
    expect(printed).toBe('');
    socket.end();
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
    expect(printed.split('\n').slice(0, -1)).toEqual(CALL);
  });

  test.each<readonly [string, Readonly<Record<string, string>>]>([
    ['another crate is compiled', { ...LAST, CARGO_MANIFEST_DIR: '/ws/dep' }],
    ['the crate is compiled for another', { ...LAST, CARGO_PRIMARY_PACKAGE: '' }],
    ['no folder is named', { ...LAST, NX_CARGO_CROSS_LAST_CRATE: '' }],
    ['nobody answers', LAST],
  ])('does not wait where %s', (_, env) => {
    const said = run([rustc, ...CALL], env);
    expect([said.words, said.status, said.stderr]).toEqual([[...NAMED, ...CALL], 0, '']);
  });

  test('adds nothing where no folder is named', () => {
    expect(run([rustc, ...CALL], { NX_CARGO_CROSS_FOLDERS: '' }).words).toEqual(CALL);
  });

  test('reads the file of words that cargo writes where they are too many', () => {
    const file = join(temporary, 'words');
    writeFileSync(file, CALL.join('\n'));
    expect(run([rustc, `@${file}`]).words).toEqual([...NAMED, `@${file}`]);
    writeFileSync(file, '--crate-name\nx');
    expect(run([rustc, `@${file}`]).words).toEqual([`@${file}`]);
  });

  test("starts the user's own wrappers, that of the workspace too, and rustc's words stay behind rustc", () => {
    const [every, workspace] = [says('every'), says('workspace')];
    expect(run([workspace, rustc, ...CALL], { NX_CARGO_CROSS_RUSTC_WRAPPER: every }).words).toEqual(['every', 'workspace', ...NAMED, ...CALL]);
    expect(run([rustc, '-vV'], { NX_CARGO_CROSS_RUSTC_WRAPPER: every }).words).toEqual(['every', '-vV']);
  });

  test.each([0, 1, 42])('ends with code %i when rustc does', (code) => {
    expect(run([rustc, ...CALL], { FAKE_EXIT: String(code) }).status).toBe(code);
  });
});
