import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { BuildScriptMessage } from '../cargo/messages.js';
import type { InputsUncovered } from '../diagnostics/uncovered.js';
import { readKey } from '../graph/key-contents.js';
import { aMessage, aPlan, aProbe, aRequest } from '../testkit/builders.js';
import { aSystem } from '../testkit/fake-system.js';
import { aTempFolder } from '../testkit/temp.js';
import { runCaptured } from '../system/process.js';
import { isUncovered } from '../system/uncovered-marks.js';
import type { CheckedBuild, CheckedTask } from './check-inputs.js';
import type { Override } from '../plan/request.js';
import type { BuildEvent } from './events.js';
import { settleInputs } from './settle-inputs.js';

const root = aTempFolder('settle');
const REF = { task: 'vault:cross-x', project: 'vault', platform: 'x' };

function write(path: string, text = ''): string {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  return join(root, path);
}

write('vault/Cargo.toml', '[package]\nname = "vault"\n');
write('vault/src/lib.rs', '//\ninclude!("gen/made.rs");\nconst W: &str = include_str!("../../words.txt");\n');
for (const path of ['vault/src/gen/made.rs', 'vault/src/gen/old.rs', 'words.txt', 'web/dist/a.js', 'proto/a.proto', 'proto/made/b.proto']) write(path);
write('.gitignore', 'gen/\ndist/\nmade/\n');
const rlib = write('target/x/debug/deps/libvault-00112233aabbccdd.rlib');
const outDir = join(root, 'target/x/debug/build/vault-0123456789abcdef/out');
mkdirSync(outDir, { recursive: true });
const started = Date.now() / 1000 - 60;
const at = (path: string, seconds: number): void => utimesSync(path, started + seconds, started + seconds);
at(write('target/x/debug/build/vault-0123456789abcdef/invoked.timestamp'), 0);
at(join(root, 'vault/src/gen/made.rs'), 5);
at(join(root, 'vault/src/gen/old.rs'), -500);
execFileSync('git', ['init', '-q'], { cwd: root });

interface Case {
  readonly files?: readonly string[];
  readonly variables?: readonly string[];
  readonly watched?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly task?: Partial<CheckedTask>;
  readonly overrides?: readonly Override[];
}

async function settle({ files = [], variables = [], watched = [], env = {}, task = {}, overrides = [] }: Case): Promise<{ readonly told: readonly string[]; readonly failed: boolean; readonly kept: readonly string[]; readonly wrote: readonly string[]; readonly unread: readonly string[] }> {
  write('target/x/debug/deps/vault-00112233aabbccdd.d', [...['vault/src/lib.rs', ...files].map((file) => `${file}:`), ...variables.map((name) => `# env-dep:${name}`)].join('\n'));
  at(write('target/x/debug/build/vault-0123456789abcdef/output', watched.map((path) => `cargo:rerun-if-changed=${path}\n`).join('')), 10);
  const system = { ...aSystem({ env: { PATH: process.env['PATH'] ?? '', ...env }, cacheFolder: join(root, 'cache') }), capture: runCaptured };
  const planned = aPlan({ ...aRequest(), overrides, crate: { ...aRequest().crate, root: 'vault', manifest: 'vault/Cargo.toml' } });
  const key = readKey({ inputs: ['{projectRoot}/**/*', '!{projectRoot}/Cargo.toml', { env: 'KNOWN' }], project: 'vault', projects: { vault: { root: 'vault' } }, namedInputs: {}, dependenciesOf: () => [] });
  const build: CheckedBuild = {
    system,
    workspaceRoot: root,
    planned: { ...planned, targetDir: join(root, 'target/nx-cross') },
    probe: { ...aProbe(), targetDir: join(root, 'target') },
    toolchain: { sysroot: '/no/sysroot' } as CheckedBuild['toolchain'],
    task: { key, written: [], forced: new Set(), hash: '42', fix: false, ...task },
  };
  const id = { package: 'vault 1.2.3', packageId: 'vault' };
  const script: BuildScriptMessage = { ...id, libraries: [], folders: [], outDir, sets: [] };
  const outcome = { exitCode: 0, signal: undefined, spawnError: undefined, tail: '', scripts: [script], messages: [aMessage([rlib], { ...id, manifestPath: join(root, 'vault/Cargo.toml'), targetName: 'vault', targetKinds: ['lib'] })] };
  const events: BuildEvent[] = [];
  const result = await settleInputs(build, [outcome], root, (event) => void events.push(event), REF);
  const event = events.find((one) => one.type === 'uncovered');
  const failure = result.ok ? event?.failure : (result.failures[0] as InputsUncovered);
  return {
    told: (failure?.uncovered ?? []).map(({ kind, what, reader }) => `${kind} ${what} by ${reader}`),
    failed: !result.ok,
    kept: event?.kept ?? [],
    wrote: event?.wrote ?? [],
    unread: events.flatMap((one) => (one.type === 'preparing' ? [one.what] : [])),
  };
}

describe('what a build read', () => {
  test.each<[string, Case, readonly string[]]>([
    ['its own sources, the standard library, what it made', { files: ['vault/src/other.rs', '/no/sysroot/lib/core.rs', 'target/x/debug/build/vault-0123456789abcdef/out/a.rs', '/home/user/.cargo/registry/src/i/a.rs'] }, []],
    ['a file elsewhere, with its place in the sources', { files: ['vault/src/../../words.txt'] }, ['file words.txt by vault/src/lib.rs:3']],
    ['a file that its script made while it ran, which git ignores', { files: ['vault/src/gen/made.rs'], watched: ['build.rs'] }, []],
    ['a file that git ignores, made at another time', { files: ['vault/src/gen/old.rs'], watched: ['build.rs'] }, ['ignored vault/src/gen/old.rs by the sources of vault 1.2.3']],
    ['what another task made', { files: ['web/dist/a.js'] }, ['ignored web/dist/a.js by the sources of vault 1.2.3']],
    ['a file of the machine in a program', { files: ['/usr/share/dict/words'] }, ['outside /usr/share/dict/words by the sources of vault 1.2.3']],
    ['headers of the machine, named by a build script', { watched: ['/usr/include/stdio.h', '/opt/sdk/x.h', '/'] }, ['outside / by the build script of vault 1.2.3']],
    ['a file outside that is none of the machine\'s own', { watched: ['/etc/words'] }, ['outside /etc/words by the build script of vault 1.2.3']],
    ['its own folder', { watched: ['.', 'src', '', 'none'] }, []],
    ['a folder elsewhere', { watched: ['../proto'] }, ['folder proto by the build script of vault 1.2.3']],
    ['the commit', { watched: ['../.git/HEAD', '../.git/refs/heads/main'] }, ['commit .git/HEAD by the build script of vault 1.2.3', 'commit .git/refs/heads/main by the build script of vault 1.2.3']],
    ['variables', { variables: ['KNOWN', 'CARGO_PKG_NAME', 'MODE'] }, ['variable MODE by the sources of vault 1.2.3']],
  ])('%s', async (_, given, told) => {
    expect((await settle(given)).told).toEqual(told);
  });
});

describe('what follows from it', () => {
  const given = { variables: ['MODE'] };

  test('at a desk: a word, and a note for the caches, until all is covered', async () => {
    expect(await settle(given)).toMatchObject({ failed: false, kept: ['It is not kept in the cache.'] });
    expect(isUncovered(join(root, 'cache'), '42')).toBe(true);
    expect((await settle({ variables: ['KNOWN'] })).told).toEqual([]);
    expect(isUncovered(join(root, 'cache'), '42')).toBe(false);
  });

  test('in a CI service: a failure, and nothing to note', async () => {
    expect(await settle({ ...given, env: { CI: '1' } })).toMatchObject({ failed: true });
    expect(isUncovered(join(root, 'cache'), '42')).toBe(false);
  });

  test.each([{}, { CI: '1' }])('an option that the key was not made for is kept out of the caches, and fails nothing: %j', async (env) => {
    const overrides = [{ option: 'features', value: '["x"]' }] as const;
    expect(await settle({ variables: ['KNOWN'], env, overrides })).toMatchObject({ failed: false, told: ["option features = [\"x\"] by the command line or the target's options"] });
    expect(isUncovered(join(root, 'cache'), '42')).toBe(true);
  });

  test.each([
    [{ NX_SELF_HOSTED_REMOTE_CACHE_SERVER: 'http://a' }, /no guard/],
    [{ NX_CLOUD_ACCESS_TOKEN: 'x' }, /Nx Cloud stores it/],
  ])('with %j, what cannot be stopped is told', async (env, expected) => {
    expect((await settle({ ...given, env })).kept.join(' ')).toMatch(expected);
  });

  test('a remote cache with its guard is not told of', async () => {
    expect((await settle({ ...given, env: { NX_SELF_HOSTED_REMOTE_CACHE_SERVER: 'http://a', NX_CARGO_CROSS_GUARDED: 'http://a' } })).kept).toHaveLength(1);
  });

  test('with --fix-inputs: lines in the manifest, in a CI service too, and what no line helps is told', async () => {
    const fixed = await settle({ variables: ['MODE'], files: ['words.txt', '/etc/words'], env: { CI: '1' }, task: { fix: true } });
    expect(fixed).toMatchObject({ failed: false, told: ['outside /etc/words by the sources of vault 1.2.3'], wrote: ['vault/Cargo.toml: added inputs = ["../words.txt"]', 'vault/Cargo.toml: added env-inputs = ["MODE"]'] });
    expect(readFileSync(join(root, 'vault/Cargo.toml'), 'utf8')).toBe('[package]\nname = "vault"\n\n[package.metadata.nx-cargo-cross]\nenv-inputs = ["MODE"]\ninputs = ["../words.txt"]\n');
    expect(isUncovered(join(root, 'cache'), '42')).toBe(true);
  });

  test('with --fix-inputs, what the commit in a key means is told', async () => {
    expect((await settle({ watched: ['../.git/HEAD'], task: { fix: true } })).wrote.join(' ')).toMatch(/added inputs = \["\.\.\/\.git\/HEAD"\] .*each commit builds it anew/);
  });

  test('with --fix-inputs, a manifest that cannot be changed is told', async () => {
    write('vault/Cargo.toml', '[package]\nname = "vault"\nmetadata.nx-cargo-cross.bins = []\n');
    expect((await settle({ variables: ['MODE'], task: { fix: true } })).wrote).toEqual([expect.stringMatching(/^vault\/Cargo\.toml was not changed .*env-inputs = \["MODE"\]$/)]);
  });
});
