import { describe, expect, test } from '@jest/globals';
import type { BackendId } from '../config/backend-id.js';
import type { PlatformBuild } from '../config/resolved.js';
import { aCrate, anArtifact, aPlan, aProbe, aRequest, aTool, aWorkspace } from '../testkit/builders.js';
import type { CargoCall } from './plan.js';
import type { BuildFolders, Probe } from './request.js';

function callOf(platform: string, build: Partial<PlatformBuild> = {}, probe: Partial<Probe> = {}, root = 'rust'): CargoCall {
  const [call] = aPlan(aRequest(platform, { build: { reproducible: true, ...build }, workspace: aWorkspace({ root }) }), aProbe(probe)).calls;
  if (!call) throw new Error('no call');
  return call;
}
const envOf = ({ env }: CargoCall) => Object.fromEntries(env.map(({ name, value }) => [name, value]));
/** The most general first. */
const remapped = (call: CargoCall): readonly string[] => [...(envOf(call)['NX_CARGO_CROSS_FOLDERS']?.split('\n') ?? [])].reverse();
const GCC: Partial<PlatformBuild> = { backend: { id: 'gcc', reason: '' } };
const GCC_TOOLS = { cc: aTool('/usr/bin/gcc', '12.2.0'), ar: aTool('/usr/bin/ar', '') };
const PARTS = ['crt include', 'ucrt include', 'um include', 'shared include', 'crt lib', 'um lib', 'ucrt lib'].map((name) => [`splat ${name}`, { path: `/ms/${name}` }]);
const MICROSOFT = { files: { ...aTool('/ms', ''), parts: Object.fromEntries(PARTS) }, link: aTool('/usr/bin/lld-link', '19.1.7'), clang: aTool('/usr/bin/clang', '19.1.7') };
const OURS = '/home/me/.cache/nx-cargo-cross/shared/backend/gcc-12.2.0/aarch64-unknown-linux-gnu-named=./target/nx-cross/backend';
const besideIn = (folder: string): readonly string[] => ['beside-1', 'beside-2'].map((name) => `${folder}/${name}=./target/nx-cross/named-folders-1`);
const BESIDE = besideIn('/ws/rust/target/nx-cross/named-folders-1');
const CARGO = ['/home/me/.cargo/registry/src=/cargo/registry/src', '/home/me/.cargo/git/checkouts=/cargo/git/checkouts'];

describe('folders get names that all machines share', () => {
  test.each<readonly [string, string, Partial<BuildFolders>, readonly string[]]>([
    ['a Cargo workspace below the repository', 'rust', {}, ['/ws=..', '/ws/rust=.', '/ws/rust/target=./target', ...BESIDE, ...CARGO]],
    ['one that is the repository', '', { workspace: ['/ws'] }, ['/ws=.', '/ws/rust/target=./target', ...BESIDE, ...CARGO]],
    ['one far below', 'a/b/c', { workspace: ['/ws/a/b/c'] }, ['/ws=../../..', '/ws/a/b/c=.', '/ws/rust/target=./target', ...BESIDE, ...CARGO]],
    ['symbolic links on the way', 'rust', { repository: ['/ws', '/disk/ws'], workspace: ['/ws/rust', '/disk/ws/rust'] }, ['/ws=..', '/disk/ws=..', '/ws/rust=.', '/disk/ws/rust=.', '/ws/rust/target=./target', ...BESIDE, ...CARGO]],
    ['cargo at home in the repository: the last that matches counts', '', { workspace: ['/ws'], registries: ['/ws/.cargo/registry/src'] }, ['/ws=.', '/ws/rust/target=./target', ...BESIDE, '/ws/.cargo/registry/src=/cargo/registry/src', CARGO[1] ?? '']],
    ['a repository that is the whole file system', '', { repository: ['/'], workspace: ['/'], target: ['/target'] }, ['/target=./target', ...besideIn('/target/nx-cross/named-folders-1'), ...CARGO]],
  ])('%s', (_, root, folders, names) => {
    expect(remapped(callOf('x86_64-linux-musl', {}, { folders: { ...aProbe().folders, ...folders } }, root))).toEqual(names);
  });

  test("for C compilers, behind the user's own words, but where a blank or the like would part the word", () => {
    const folders = { ...aProbe().folders, registries: ['/home/my self/.cargo/registry/src'], checkouts: ['/a=b'] };
    const call = callOf('aarch64-linux', GCC, { tools: GCC_TOOLS, env: { PATH: '/usr/bin', CFLAGS: '-O1' }, folders });
    const ours = '-ffile-prefix-map=/ws=.. -ffile-prefix-map=/ws/rust=. -ffile-prefix-map=/ws/rust/target=./target' + [...BESIDE, OURS].map((named) => ` -ffile-prefix-map=${named}`).join('');
    expect(envOf(call)).toMatchObject({ CFLAGS_aarch64_unknown_linux_gnu: `-O1 ${ours}`, CXXFLAGS_aarch64_unknown_linux_gnu: ours });
  });

  test.each<readonly [string, string, BackendId, Partial<Probe>]>([
    ["for no compiler where the backend has none", 'x86_64-linux', 'native', { tools: {} }],
    ["for none that reads Microsoft's syntax", 'x86_64-windows-msvc', 'xwin', { tools: MICROSOFT }],
    ['for none where scripts know them by themselves', 'x86_64-linux-musl', 'zig', {}],
    ['for none where every folder has a blank', 'x86_64-linux', 'gcc', { tools: GCC_TOOLS, folders: { repository: ['/my ws'], workspace: ['/my ws/rust'], target: ['/my ws/t'], registries: ['/my home/r'], checkouts: ['/my home/c'] }, shared: { path: '/my home/s', nameOf: () => '' } }],
  ])('%s', (_, platform, id, probe) => {
    const call = callOf(platform, { backend: { id, reason: '' } }, probe);
    expect(remapped(call).length).toBeGreaterThan(2);
    expect(JSON.stringify(call.env)).not.toContain('-ffile-prefix-map');
  });
});

test("a compiler that the user names is told in its own words, whoever the backend's is", () => {
  expect(envOf(callOf('x86_64-linux-musl', {}, { env: { PATH: '/usr/bin', TARGET_CXX: 'my-g++' } }))['CXXFLAGS_x86_64_unknown_linux_musl']).toContain('-ffile-prefix-map=/ws=..');
});

test('all platforms are told the same, or they could not share cargo calls', () => {
  const [one, ...others] = ['x86_64-linux-musl', 'aarch64-linux', 'x86_64-windows', 'aarch64-macos'].map((platform) => envOf(callOf(platform))['NX_CARGO_CROSS_FOLDERS']);
  for (const other of others) expect(other).toBe(one);
});

test('no word of it is among the flags that cargo sees', () => {
  expect(JSON.stringify(callOf('x86_64-linux-musl').args)).not.toContain('remap');
  expect(callOf('x86_64-linux-musl', {}, { rustflags: { targetTable: false, build: ['--remap-path-prefix=/ws=/src'] } }).rustflags).toContain('--remap-path-prefix=/ws=/src');
});

test.each<readonly [string, Readonly<Record<string, string>>, Partial<PlatformBuild>, string | undefined]>([
  ['fixed', {}, {}, '315532800'],
  ["the user's", { SOURCE_DATE_EPOCH: '1700000000' }, {}, '1700000000'],
  ["the package's", {}, { env: { SOURCE_DATE_EPOCH: '1600000000' } }, '1600000000'],
  ['nobody\'s where "reproducible" is false', {}, { reproducible: false }, undefined],
])('the date is %s', (_, env, build, date) => {
  expect(envOf(callOf('x86_64-windows', build, { env }))['SOURCE_DATE_EPOCH']).toBe(date);
});

test('"reproducible": false leaves the machine\'s paths', () => {
  const call = callOf('x86_64-linux-musl', { reproducible: false });
  expect(remapped(call)).toEqual([]);
  expect(JSON.stringify(call.env)).not.toContain('-ffile-prefix-map');
});

describe('outputs lie in a folder of their own', () => {
  test('that of the rule, since cargo does not see what rustc is told', () => {
    expect(callOf('x86_64-linux-musl').targetDir).toBe('/ws/rust/target/nx-cross/named-folders-1');
    expect(callOf('x86_64-linux-musl', { reproducible: false }).targetDir).toBe('/ws/rust/target/nx-cross');
  });

  test('and that of the checkout, where others may share the target folder; its name is in no byte', () => {
    const call = callOf('x86_64-linux-musl', {}, { targetDir: '/shared', checkout: 'mine', folders: { ...aProbe().folders, target: ['/shared', '/disk/shared'] } });
    expect(call.targetDir).toBe('/shared/nx-cross/named-folders-1/mine');
    expect(remapped(call)).toEqual(['/ws=..', '/ws/rust=.', '/shared=./target', '/disk/shared=./target', ...['/shared', '/disk/shared'].map((folder) => `${folder}/nx-cross/named-folders-1/mine=./target/nx-cross/named-folders-1`), ...[1, 2].flatMap((nth) => ['/shared', '/disk/shared'].map((folder) => `${folder}/nx-cross/named-folders-1/mine/beside-${nth}=./target/nx-cross/named-folders-1`)), ...CARGO]);
  });

  test('a program and a shared library for musl, which cargo tells apart by their flags, have the same', () => {
    const { calls } = aPlan(aRequest('aarch64-linux-musl', { crate: aCrate({ artifacts: [anArtifact('bin'), anArtifact('cdylib')] }), build: { reproducible: true } }));
    expect(calls.map(({ targetDir }) => targetDir)).toEqual(['/ws/rust/target/nx-cross/named-folders-1', '/ws/rust/target/nx-cross/named-folders-1']);
    expect(calls[0]?.rustflags).not.toEqual(calls[1]?.rustflags);
  });
});

describe("OpenSSL's Makefile", () => {
  const MAKE = 'ENGINESDIR=/usr/local/lib/engines MODULESDIR=/usr/local/lib/ossl-modules --eval=crypto/buildinf.h:override\\ CC=cc --eval=crypto/buildinf.h:override\\ LIB_CFLAGS=';
  const openssl = { name: 'openssl-src', version: '300.6.1' };
  const jemalloc = { name: 'tikv-jemalloc-sys', version: '0.7.1' };

  test.each<readonly [string, readonly { readonly name: string; readonly version: string }[], string, Partial<Probe>, boolean, string | undefined]>([
    ['is told words that all machines share', [openssl], 'x86_64-linux-musl', {}, true, MAKE],
    ["behind the user's own", [openssl], 'x86_64-linux-musl', { env: { PATH: '/usr/bin', GNUMAKEFLAGS: '-s' } }, true, `-s ${MAKE}`],
    ['behind those for another crate', [jemalloc, openssl], 'x86_64-windows', {}, true, `A=a LIBPREFIX=lib ${MAKE}`],
    ['is not there', [jemalloc], 'x86_64-linux-musl', {}, true, undefined],
    ['may say what it likes', [openssl], 'x86_64-linux-musl', {}, false, undefined],
  ])('%s', (_, closure, platform, probe, reproducible, said) => {
    const [call] = aPlan(aRequest(platform, { closure, build: { reproducible } }), aProbe(probe)).calls;
    expect(call && envOf(call)['GNUMAKEFLAGS']).toBe(said);
  });
});
