import { describe, expect, test } from '@jest/globals';
import { aRepository } from '../testkit/cargo-files.js';
import { repositoryOf } from '../testkit/repository.js';
import { makeDependencies } from './dependencies.js';

const on = (...names: readonly string[]): readonly string[] => names.map((name) => `${name} = { path = "../${name}" }`);

/** The edges as `a>b`. */
function edges(build: (repository: ReturnType<typeof aRepository>) => ReturnType<typeof aRepository>, missing: readonly string[] = []): readonly string[] {
  const repository = repositoryOf(build(aRepository().workspace('', '[workspace]\nmembers = ["*"]')).files());
  const crates = repository.workspaces.flatMap((workspace) => workspace.crates).filter(({ root }) => !missing.includes(root));
  const found = makeDependencies(repository.workspaces.flatMap((workspace) => workspace.crates), new Map(crates.map(({ root }) => [root, root])));
  for (const edge of found) expect(edge).toMatchObject({ sourceFile: `${edge.source}/Cargo.toml`, type: 'static' });
  return found.map(({ source, target }) => `${source}>${target}`);
}

describe('the edges between crates', () => {
  test.each<[string, Parameters<typeof edges>, readonly string[]]>([
    [
      'normal and build dependencies',
      [
        (r) =>
          r
            .bin('a', { dependencies: on('b'), buildDependencies: on('c') })
            .lib('b')
            .lib('c'),
      ],
      ['a>b', 'a>c'],
    ],
    ['once, whatever the kinds', [(r) => r.bin('a', { dependencies: on('b'), devDependencies: on('b') }).lib('b')], ['a>b']],
    ['dev-dependencies', [(r) => r.bin('a', { devDependencies: on('b') }).lib('b')], ['a>b']],
    [
      'no dev-dependency that closes a circle',
      [
        (r) =>
          r
            .lib('a', { dependencies: on('b') })
            .lib('b', { dependencies: on('c') })
            .lib('c', { devDependencies: on('a') }),
      ],
      ['a>b', 'b>c'],
    ],
    ['one of two dev-dependencies on each other', [(r) => r.lib('a', { devDependencies: on('b') }).lib('b', { devDependencies: on('a') })], ['a>b']],
    ['none to what is no project', [(r) => r.bin('a', { dependencies: on('b') }).lib('b'), ['b']], []],
    ['none to itself', [(r) => r.lib('a', { devDependencies: ['a = { path = "." }'] })], []],
  ])('are %s', (_, given, expected) => {
    expect(edges(...given)).toEqual(expected);
  });
});
