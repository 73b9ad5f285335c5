import { describe, expect, test } from '@jest/globals';
import { digest } from '../system/digest.js';
import { aCrate, anArtifact, aPlan, aProbe, aRequest } from '../testkit/builders.js';
import { aUnitGraph, type AUnit } from '../testkit/unit-graphs.js';
import type { PlatformBuild } from '../config/resolved.js';
import { callGathering, gather, graphGathering, jointCall, judgeJoint, rectangles, type JointMember, type Planned } from './joint.js';
import type { CargoCall } from './plan.js';
import { parseUnitGraph, type UnitGraph } from './unit-graph.js';

const HOST = 'x86_64-unknown-linux-gnu';

interface Asked {
  readonly platform?: string;
  readonly crate?: string;
  readonly build?: Partial<PlatformBuild>;
  readonly env?: Readonly<Record<string, string>>;
  readonly call?: Partial<CargoCall>;
  readonly member?: Partial<JointMember>;
}

function member({ platform = 'aarch64-linux', crate = 'vault', build = {}, env = {}, call = {}, member: more = {} }: Asked = {}): JointMember {
  const planned = aPlan(aRequest(platform, { crate: aCrate({ name: crate, artifacts: [anArtifact('bin', crate)] }), build }), aProbe({ env: { PATH: '/usr/bin', ...env } }));
  const [first] = planned.calls;
  if (!first) throw new Error('no call');
  return { triple: planned.request.build.platform.triple.name, directory: planned.directory, rustcWrapper: undefined, call: { ...first, ...call }, ...more };
}

const share = (a: Asked, b: Asked, env: Readonly<Record<string, string>> = {}): readonly [boolean, boolean] => {
  const [one, two] = [member({ ...a, env }), member({ ...b, env })];
  const surroundings = { host: HOST, env: { PATH: '/usr/bin', ...env } };
  const go = (...members: readonly JointMember[]): boolean => gather(members, () => callGathering(surroundings)).length === 1;
  return [go(one, two), go(two, one)];
};

describe('builds that may share a call', () => {
  test.each<readonly [string, Asked, Asked]>([
    ['two platforms of a program', {}, { platform: 'aarch64-linux-musl' }],
    ['two programs for a platform', {}, { crate: 'tool' }],
    ['two programs for two platforms', {}, { platform: 'riscv64-linux', crate: 'tool' }],
    ['platforms with flags of their own', { build: { rustflags: ['-Ca'] } }, { platform: 'aarch64-linux-musl', build: { rustflags: ['-Cb'] } }],
    ['the same features', { build: { features: ['a'] } }, { platform: 'aarch64-linux-musl', build: { features: ['a'] } }],
    ['programs with features of their own', { build: { features: ['a'] } }, { crate: 'tool', build: { features: ['b'] } }],
    ['the same variables of their own', { build: { env: { FOO: '1' } } }, { crate: 'tool', build: { env: { FOO: '1' } } }],
    ['a variable of one triple', { build: { env: { CFLAGS_aarch64_unknown_linux_gnu: '-O1' } } }, { platform: 'aarch64-linux-musl' }],
  ])('%s', (_, a, b) => {
    expect(share(a, b)).toEqual([true, true]);
  });
});

describe('builds that never do', () => {
  test.each<readonly [string, Asked, Asked]>([
    ['the same build twice', {}, {}],
    ['a program with other features per platform', { build: { features: ['a'] } }, { platform: 'aarch64-linux-musl', build: { features: ['b'] } }],
    ['a program with other bins per platform', { build: { bins: ['vault'] } }, { platform: 'aarch64-linux-musl' }],
    ['default features on one side', { build: { defaultFeatures: false } }, { platform: 'aarch64-linux-musl' }],
    ['two profiles', { build: { profile: 'dev' } }, { platform: 'aarch64-linux-musl' }],
    ['two sets of flags for one triple', { build: { rustflags: ['-Ca'] } }, { crate: 'tool' }],
    ['a variable that one package sets', { build: { env: { FOO: '1' } } }, { platform: 'aarch64-linux-musl', crate: 'tool' }],
    ['two values of it', { build: { env: { FOO: '1' } } }, { crate: 'tool', build: { env: { FOO: '2' } } }],
    ['another date', { build: { reproducible: true } }, { platform: 'aarch64-linux-musl' }],
    ['variables of one triple for two packages', { build: { env: { CFLAGS_aarch64_unknown_linux_gnu: '-O1' } } }, { crate: 'tool' }],
    ['what is set for Windows: PATH', {}, { platform: 'x86_64-windows' }],
    ['what is set for macOS: its oldest version and SDKROOT', {}, { platform: 'aarch64-macos' }],
    ['the tools of the machine that builds, which its own build scripts would be built with', {}, { platform: 'x86_64-linux' }],
    ['files of one name in one folder', {}, { crate: 'tool', call: { expected: [{ kind: 'bin', target: 'vault', fileName: 'vault', certain: true }] } }],
    ['two target folders', {}, { platform: 'aarch64-linux-musl', call: { targetDir: '/elsewhere' } }],
    ['two workspaces', {}, { platform: 'aarch64-linux-musl', member: { directory: '/elsewhere' } }],
    ['std of two kinds', {}, { platform: 'aarch64-linux-musl', member: { rustcWrapper: '/cache/rustc' } }],
    ['two cargos', {}, { platform: 'aarch64-linux-musl', call: { cargo: '/other/cargo' } }],
  ])('%s', (_, a, b) => {
    expect(share(a, b)).toEqual([false, false]);
  });

  test('those whose flags travel by the environment, since that has no triple', () => {
    expect(share({}, { platform: 'aarch64-linux-musl' }, { RUSTFLAGS: '-Cx' })).toEqual([false, false]);
  });
});

test('the call names every package, every triple with its flags, and each triple its tools', () => {
  const members = [member({ build: { rustflags: ['-Ca'], features: ['x'] } }), member({ platform: 'aarch64-linux-musl', crate: 'tool' })] as const;
  const call = jointCall(members, true);
  expect(call.args.join(' ')).toBe(
    'build --locked --package vault@1.2.3 --package tool@1.2.3 --bins --target aarch64-unknown-linux-gnu --target aarch64-unknown-linux-musl --profile release --features vault/x' +
      ` --target-dir ${call.targetDir} --config target.aarch64-unknown-linux-gnu.rustflags=["-Ca"] --config target.aarch64-unknown-linux-musl.rustflags=${JSON.stringify(members[1].call.rustflags)}` +
      ' --message-format json-render-diagnostics --color never --keep-going',
  );
  const names = call.env.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['CC_aarch64_unknown_linux_gnu', 'CC_aarch64_unknown_linux_musl', 'CARGO_TARGET_AARCH64_UNKNOWN_LINUX_MUSL_LINKER']));
  expect(new Set(names).size).toBe(names.length);
  expect(call.expected.map(({ fileName }) => fileName)).toEqual(['vault', 'tool']);
  expect(jointCall(members, false).args).not.toContain('--keep-going');
});

function graph(units: readonly AUnit[], roots?: readonly number[]): UnitGraph {
  const read = parseUnitGraph(aUnitGraph(units, roots), digest);
  if (!read) throw new Error('not read');
  return read;
}

const [GNU, MUSL] = ['aarch64-unknown-linux-gnu', 'aarch64-unknown-linux-musl'];
const program = (platform: string, features: readonly string[] = [], name = 'app'): readonly AUnit[] => [
  { name, kind: 'bin', platform, dependencies: [1] },
  { name: 'dep', platform, features },
];
const shifted = (units: readonly AUnit[], by: number): readonly AUnit[] => units.map((unit) => ({ ...unit, dependencies: (unit.dependencies ?? []).map((index) => index + by) }));
const together = (a: readonly AUnit[], b: readonly AUnit[]): UnitGraph => graph([...a, ...shifted(b, a.length)], [0, a.length]);

describe('two graphs alone', () => {
  const lto = (units: readonly AUnit[], types: readonly string[] = ['lib']): UnitGraph => graph(units.map((unit, nth) => ({ ...unit, profile: { lto: 'fat' }, ...(nth === 1 ? { types } : {}) })));
  const macro = (platform: string | null, features: readonly string[]): UnitGraph => graph([{ name: 'app', kind: 'bin', platform: MUSL, dependencies: [1] }, { name: 'dep', platform, features }]);
  test.each<readonly [string, UnitGraph, string, UnitGraph, string, boolean]>([
    ['agree over platforms', graph(program(GNU, ['a'])), GNU, graph(program(MUSL, ['a'])), MUSL, true],
    ['differ in a feature', graph(program(GNU, ['a'])), GNU, graph(program(MUSL, ['a', 'b'])), MUSL, false],
    ['agree over packages', graph(program(GNU, ['a'])), GNU, graph(program(GNU, ['a'], 'tool')), GNU, true],
    ['differ over packages', graph(program(GNU, ['a'])), GNU, graph(program(GNU, [], 'tool')), GNU, false],
    ['have nothing to do with each other', graph([{ name: 'a', kind: 'bin' }]), GNU, graph([{ name: 'b', kind: 'bin' }]), GNU, true],
    ['have a package for other machines', macro(null, ['a']), MUSL, graph(program(GNU, [])), GNU, true],
    ['optimise at link time, over packages', lto(program(GNU)), GNU, lto(program(GNU, [], 'tool')), GNU, true],
    ['optimise a library that is linked as well, over packages', lto(program(GNU), ['lib', 'cdylib']), GNU, lto(program(GNU, [], 'tool'), ['lib', 'cdylib']), GNU, false],
    ['optimise a library that is linked as well, over platforms', lto(program(GNU), ['lib', 'cdylib']), GNU, lto(program(MUSL), ['lib', 'cdylib']), MUSL, true],
  ])('%s', (_, a, one, b, two, expected) => {
    const go = (...builds: readonly Planned[]): boolean => gather(builds, () => graphGathering()).length === 1;
    expect(go({ triple: one, graph: a }, { triple: two, graph: b })).toBe(expected);
    expect(go({ triple: two, graph: b }, { triple: one, graph: a })).toBe(expected);
  });
});

describe('a joint graph', () => {
  const alone = [{ build: 'gnu', graph: graph(program(GNU, ['a'])) }, { build: 'musl', graph: graph(program(MUSL, ['a', 'b'])) }];
  test.each<readonly [string, UnitGraph, readonly string[], readonly string[]]>([
    ['builds both as they are', together(program(GNU, ['a']), program(MUSL, ['a', 'b'])), ['gnu', 'musl'], []],
    ['gives the features of one to the other', together(program(GNU, ['a', 'b']), program(MUSL, ['a', 'b'])), ['musl'], ['gnu']],
    ['changes both', together(program(GNU, ['c']), program(MUSL, ['c'])), [], ['gnu', 'musl']],
    ['leaves one out', graph(program(GNU, ['a'])), ['gnu'], ['musl']],
    ['builds more than was asked for', graph([...program(GNU, ['a']), ...shifted(program(MUSL, ['a', 'b']), 2), { name: 'more', kind: 'bin' }], [0, 2, 4]), [], ['gnu', 'musl']],
  ])('%s', (_, joint, equal, unequal) => {
    expect(judgeJoint(joint, alone)).toEqual({ equal, unequal });
  });
});

describe('groups', () => {
  test('take builds for as long as they go with all that were taken', () => {
    const sameLetter = () => {
      const taken: string[] = [];
      return { take: (build: string) => taken.every((one) => one[0] === build[0]) && taken.push(build) > 0 };
    };
    expect(gather(['a1', 'b1', 'a2', 'c1', 'b2'], sameLetter)).toEqual([['a1', 'a2'], ['b1', 'b2'], ['c1']]);
    expect(gather([], sameLetter)).toEqual([]);
  });

  test('go by every member, not by the first', () => {
    const members = [member(), member({ platform: 'aarch64-linux-musl', crate: 'tool' }), member({ crate: 'tool', build: { features: ['x'] } })];
    expect(gather(members, () => callGathering({ host: HOST, env: { PATH: '/usr/bin' } })).map((group) => group.length)).toEqual([2, 1]);
  });

  test('that a call can name: packages for the same triples', () => {
    const builds = [
      ['tool', 'aarch64-linux'],
      ['vault', 'aarch64-linux-musl'],
      ['odd', 'aarch64-linux'],
      ['vault', 'aarch64-linux'],
      ['tool', 'aarch64-linux-musl'],
    ].map(([crate = '', platform = '']) => member({ crate, platform }));
    const named = rectangles(builds).map((group) => group.map(({ call, triple }) => `${call.selection.packageSpec.replace(/@.*/, '')} ${triple.replace('aarch64-unknown-linux-', '')}`));
    expect(named).toEqual([['odd gnu'], ['tool gnu', 'tool musl', 'vault gnu', 'vault musl']]);
  });
});
