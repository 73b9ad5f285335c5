import { describe, expect, test } from '@jest/globals';
import { digest } from '../system/digest.js';
import { aUnitGraph, type AUnit } from '../testkit/unit-graphs.js';
import { parseUnitGraph, type UnitGraph } from './unit-graph.js';

const GNU = 'aarch64-unknown-linux-gnu';
const MUSL = 'aarch64-unknown-linux-musl';

function read(units: readonly AUnit[], roots?: readonly number[]): UnitGraph {
  const graph = parseUnitGraph(aUnitGraph(units, roots), digest);
  if (!graph) throw new Error('not read');
  return graph;
}

/** app -> dep -> (script run -> script), app -> macro on the host. */
const APP: readonly AUnit[] = [
  { name: 'app', kind: 'bin', dependencies: [1, 4] },
  { name: 'dep', features: ['std'], dependencies: [2] },
  { name: 'dep', kind: 'custom-build', mode: 'run-custom-build', dependencies: [3] },
  { name: 'dep', kind: 'custom-build', types: ['bin'], platform: null },
  { name: 'macro', kind: 'proc-macro', platform: null },
];

function withUnit(index: number, change: Partial<AUnit>): readonly AUnit[] {
  return APP.map((unit, nth) => (nth === index ? { ...unit, ...change } : unit));
}

describe('a root is the same', () => {
  test('wherever cargo put it, and whoever else is built', () => {
    const moved: readonly AUnit[] = [
      { name: 'other', kind: 'bin', platform: MUSL, dependencies: [5] },
      { name: 'macro', kind: 'proc-macro', platform: null },
      { name: 'dep', kind: 'custom-build', types: ['bin'], platform: null },
      { name: 'app', kind: 'bin', dependencies: [1, 4] },
      { name: 'dep', features: ['std'], dependencies: [6] },
      { name: 'dep', features: ['std', 'more'], platform: MUSL },
      { name: 'dep', kind: 'custom-build', mode: 'run-custom-build', dependencies: [2] },
    ];
    const joint = read(moved, [0, 3]);
    expect(joint.roots).toHaveLength(2);
    expect(joint.roots).toEqual(expect.arrayContaining([...read(APP).roots]));
  });

  test('in a graph whose units are met twice', () => {
    const shared: readonly AUnit[] = [{ name: 'app', kind: 'bin', dependencies: [1, 2] }, { name: 'a', dependencies: [3] }, { name: 'b', dependencies: [3] }, { name: 'c' }];
    const other: readonly AUnit[] = [{ name: 'c' }, { name: 'b', dependencies: [0] }, { name: 'a', dependencies: [0] }, { name: 'app', kind: 'bin', dependencies: [1, 2] }];
    expect(read(other, [3]).roots).toEqual(read(shared).roots);
  });
});

describe('a root is another', () => {
  test.each<readonly [string, readonly AUnit[]]>([
    ['with another feature of a dependency', withUnit(1, { features: ['std', 'alloc'] })],
    ['with another feature of a build script', withUnit(3, { features: ['x'] })],
    ['with another feature of a macro', withUnit(4, { features: ['x'] })],
    ['with another profile', withUnit(1, { profile: { opt_level: 's' } })],
    ['with another panic strategy of a macro', withUnit(4, { profile: { panic: 'abort' } })],
    ['for another platform', withUnit(0, { platform: MUSL })],
    ['in another mode', withUnit(1, { mode: 'check' })],
    ['with other crate types of a dependency', withUnit(1, { types: ['lib', 'cdylib'] })],
    ['with one dependency less', withUnit(1, { dependencies: [] })],
    ['with one dependency more', withUnit(1, { dependencies: [2, 4] })],
    ['with a field that nobody knows yet', withUnit(3, { more: { is_std: true } })],
  ])('%s', (_, units) => {
    expect(read(units).roots).not.toEqual(read(APP).roots);
  });
});

test('units are told apart by package, target, platform and mode', () => {
  expect(read(APP).units[2]).toEqual({ packageId: 'path+file:///ws/dep#0.1.0', targetName: 'dep', targetKinds: ['custom-build'], triple: GNU, mode: 'run-custom-build', features: [] });
  expect(read(APP).units[3]?.triple).toBeUndefined();
});

describe('link-time optimisation', () => {
  const lto = { profile: { lto: 'fat' } };
  const program = (dep: Partial<AUnit>, root: Partial<AUnit> = {}): readonly AUnit[] => [
    { name: 'app', kind: 'bin', ...lto, dependencies: [1], ...root },
    { name: 'dep', ...lto, ...dep },
  ];
  test.each<readonly [string, readonly AUnit[], UnitGraph['lto']]>([
    ['none', APP, 'off'],
    ['switched off in words', program({ profile: { lto: 'off' } }, { profile: { lto: 'off' } }), 'off'],
    ['of a program and libraries', program({}), 'plain'],
    ['thin', program({ profile: { lto: 'thin' } }, { profile: { lto: 'thin' } }), 'plain'],
    ['of a shared library alone', program({}, { kind: 'cdylib' }), 'plain'],
    ['where a library is linked too', program({ types: ['lib', 'cdylib'] }), 'mixed'],
    ['where a root is a library', program({}, { kind: 'lib' }), 'mixed'],
    ['where a Rust library is dynamic', program({ types: ['dylib'] }), 'mixed'],
    ['of the machine that builds alone, where cargo does none', [...program({ profile: { lto: 'false' } }, { profile: { lto: 'false' } }), { name: 'macro', kind: 'proc-macro', platform: null, ...lto }], 'off'],
  ])('%s', (_, units, expected) => {
    expect(read(units).lto).toBe(expected);
  });
});

describe('no graph', () => {
  const self = [{ name: 'app', dependencies: [0] }];
  const circle = [{ name: 'app', dependencies: [1] }, { name: 'dep', dependencies: [0] }];
  test.each([
    ['no JSON', 'error: no such thing'],
    ['another version of the form', aUnitGraph(APP, [0], 2)],
    ['no roots', aUnitGraph(APP, [])],
    ['a root that is not there', aUnitGraph(APP, [9])],
    ['a dependency that is not there', aUnitGraph([{ name: 'app', dependencies: [7] }])],
    ['a unit that depends on itself', aUnitGraph(self)],
    ['a circle', aUnitGraph(circle)],
    ['units of another form', '{"version":1,"units":[{"dependencies":[]}],"roots":[0]}'],
    ['an array', '[]'],
  ])('%s', (_, text) => {
    expect(parseUnitGraph(text, digest)).toBeUndefined();
  });
});
