import { describe, expect, test } from '@jest/globals';
import { backendOf } from '../backend/registry.js';
import type { SourceTree } from '../cargo/source-tree.js';
import { aRepository, REGISTRY } from '../testkit/cargo-files.js';
import { targetOf } from '../testkit/repository.js';
import { aTree, manifestsOf, type Files } from '../testkit/tree.js';
import { infer, type Inferred } from './infer.js';

const OPTIONS = { platforms: ['aarch64-linux', 'x86_64-windows'] };

/** Crates of which each uses the one before it, so that the last is made from all. */
function chain(length: number): Files {
  const numbers = Array.from({ length }, (_, index) => index);
  const below = (index: number): readonly string[] => (index === 0 ? [] : [`c${index - 1}`]);
  const crates = numbers.reduce(
    (made, index) => made.bin(`crates/c${index}`, { name: `c${index}`, dependencies: below(index).map((name) => `${name} = { path = "../${name}" }`) }),
    aRepository().workspace(''),
  );
  return crates.lock('', [...numbers.map((index) => ({ name: `c${index}`, dependencies: [...below(index), 'serde'] })), { name: 'serde', version: '1.0.0', source: REGISTRY }]).files();
}

interface Work {
  readonly inferred: Inferred;
  /** Of the tree. */
  readonly reads: number;
  readonly digests: number;
  /** Characters that digests were made of. */
  readonly digested: number;
}

function working(files: Files): Work {
  const tree = aTree(files);
  const work = { reads: 0, digests: 0, digested: 0 };
  const counting = <T>(ask: (path: string) => T) => (path: string): T => {
    work.reads++;
    return ask(path);
  };
  const counted: SourceTree = { readText: counting(tree.readText), isFile: counting(tree.isFile), list: counting(tree.list), foldersAndLinks: counting(tree.foldersAndLinks) };
  const known = new Map<string, string>();
  const digest = (text: string): string => {
    work.digests++;
    work.digested += text.length;
    const made = known.get(text) ?? String(known.size).padStart(8, '0');
    known.set(text, made);
    return made;
  };
  const inferred = infer({
    files: manifestsOf(files),
    options: OPTIONS,
    tree: counted,
    digest,
    pluginVersion: '0.1.0',
    identityOf: ({ backend, platform }) => backendOf(backend.id).identity(platform.triple),
    askOutsideConfig: (triple) => `outside ${triple}`,
    askRustc: (...words) => ['ask rustc', ...words].join(' '),
    readsJson: true,
  });
  return { inferred, ...work };
}

describe('a repository of twice the size', () => {
  // Names of one length, so that texts are too.
  const [small, middle, large] = [working(chain(11)), working(chain(51)), working(chain(91))];

  test.each(['reads', 'digests'] as const)('takes as many more %s as crates were added', (kind) => {
    expect(large[kind] - middle[kind]).toBe(middle[kind] - small[kind]);
  });

  test('has no more to digest for a crate, however much the crate is made from', () => {
    const [first, second] = [middle.digested - small.digested, large.digested - middle.digested];
    expect(second / first).toBeLessThan(1.02);
  });

  test('has one object for what its crates have in common', () => {
    const [one, other] = ['crates/c3', 'crates/c7'].map((root) => targetOf(middle.inferred, root, 'cross-aarch64-linux').inputs ?? []);
    const common = one?.filter((input) => typeof input === 'object' && ('env' in input || 'runtime' in input)) ?? [];
    expect(common.length).toBe(9);
    expect(common.filter((input) => !other?.includes(input))).toEqual([]);
  });
});
