import { describe, expect, test } from '@jest/globals';
import { joinReaches, makeReaches, nodeSet, type Reach, type ReachNode } from './reach.js';

const digest = (text: string): string => `(${text})`;

/** Nodes from `a>b,c`: the name is the text. */
function graph(...lines: readonly string[]): { readonly nodes: readonly ReachNode[]; readonly names: readonly string[] } {
  const parsed = lines.map((line) => line.split('>'));
  const names = parsed.map(([name = '']) => name);
  const edges = (targets: string | undefined): readonly number[] => (targets ? targets.split(',').map((target) => names.indexOf(target)) : []);
  return { names, nodes: parsed.map(([name = '', targets]) => ({ text: name, edges: edges(targets) })) };
}

function reached(...lines: readonly string[]): Readonly<Record<string, string>> {
  const { nodes, names } = graph(...lines);
  const reaches = makeReaches(nodes, digest);
  return Object.fromEntries(names.map((name, node) => [name, names.filter((_, other) => reaches[node]?.has(other)).join('')]));
}

describe('the reach of a node', () => {
  test.each<[string, readonly string[], Readonly<Record<string, string>>]>([
    ['itself', ['a'], { a: 'a' }],
    ['all below', ['a>b', 'b>c', 'c', 'd>c'], { a: 'abc', b: 'bc', c: 'c', d: 'cd' }],
    ['a diamond once', ['a>b,c', 'b>d', 'c>d', 'd'], { a: 'abcd', b: 'bd', c: 'cd', d: 'd' }],
    ['all of a circle', ['a>b', 'b>c', 'c>b,d', 'd'], { a: 'abcd', b: 'bcd', c: 'bcd', d: 'd' }],
    ['itself through itself', ['a>a'], { a: 'a' }],
    ['two circles', ['a>b', 'b>a,c', 'c>d', 'd>c'], { a: 'abcd', b: 'abcd', c: 'cd', d: 'cd' }],
  ])('is %s', (_, lines, expected) => {
    expect(reached(...lines)).toEqual(expected);
  });

  test('may be wider than a word of bits, and longer than a stack', () => {
    const count = 20_000;
    const nodes = Array.from({ length: count }, (_, node) => ({ text: String(node), edges: node + 1 < count ? [node + 1] : [] }));
    const reaches = makeReaches(nodes, () => 'x');
    expect([reaches[0]?.has(count - 1), reaches[1]?.has(0)]).toEqual([true, false]);
  });
});

describe('all that a node reaches', () => {
  const count = 100;
  const nodes = Array.from({ length: count }, (_, node) => ({ text: String(node), edges: node + 31 < count ? [node + 31] : [] }));
  const reaches = makeReaches(nodes, digest);
  const of = (node: number): Reach => reaches[node] ?? joinReaches([], [], 0, 'none');

  test.each<[string, number, number, readonly number[]]>([
    ['in their order', 0, count, [0, 31, 62, 93]],
    ['up to a number', 0, 62, [0, 31]],
    ['the last bit of a word included', 31, 32, [31]],
    ['where only itself is', 99, count, [99]],
    ['none', 31, 31, []],
  ])('is listed %s', (_, node, end, expected) => {
    expect(of(node).below(end)).toEqual(expected);
  });

  test.each<[readonly number[], boolean]>([
    [[62], true],
    [[1, 93], true],
    [[1, 32, 63], false],
    [[], false],
    [[4000], false],
  ])('meets %j: %j', (others, expected) => {
    expect(of(0).meets(nodeSet(others))).toBe(expected);
  });

  test('is joined with what others reach', () => {
    const joined = joinReaches([5], [of(62), of(1)], count, 'both');
    expect([joined.below(count), joined.has(5), joined.has(2), joined.digest]).toEqual([[1, 5, 32, 62, 63, 93, 94], true, false, 'both']);
  });
});

describe('the digest of a node', () => {
  const of = (...lines: readonly string[]): string | undefined => makeReaches(graph(...lines).nodes, digest)[0]?.digest;
  const BASE = of('a>b,c', 'b>d', 'c', 'd', 'e');

  test.each<[string, readonly string[]]>([
    ['the order of nodes and edges', ['a>c,b', 'd', 'e', 'c', 'b>d']],
    ['an edge written twice', ['a>b,c,b', 'b>d', 'c', 'd', 'e']],
    ['what it does not reach', ['a>b,c', 'b>d', 'c', 'd', 'z>a']],
  ])('does not change with %s', (_, lines) => {
    expect(of(...lines)).toBe(BASE);
  });

  test.each<[string, readonly string[]]>([
    ['a node far below', ['a>b,c', 'b>x', 'c', 'x', 'e']],
    ['an edge among the same nodes', ['a>b,c', 'b>d', 'c>d', 'd', 'e']],
    ['a node more', ['a>b,c,e', 'b>d', 'c', 'd', 'e']],
  ])('changes with %s', (_, lines) => {
    expect(of(...lines)).not.toBe(BASE);
  });
});
