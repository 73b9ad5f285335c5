/** The edges between local crates, for `nx graph` and for whatever else follows them. Cache keys don't: they list what they need. */
import type { Crate } from '../cargo/model.js';
import { compareText } from '../cargo/order.js';
import type { NxDependency } from './nx-shapes.js';

/** As much of a crate as edges are made of. */
export type LinkedCrate = Pick<Crate, 'root' | 'manifest' | 'dependencies'>;

/**
 * One edge per pair of crates: normal and build dependencies always; dev-dependencies only where they close no circle. Cargo allows crates to test
 * themselves with what depends on them; Nx would follow such an edge in `dependsOn: ["^build"]` and find a task that waits for itself.
 * @param projects the names of Nx's projects by crate root; what is no project gets no edge.
 */
export function makeDependencies(repository: readonly LinkedCrate[], projects: ReadonlyMap<string, string>): readonly NxDependency[] {
  const crates = repository.toSorted((a, b) => compareText(a.root, b.root));
  const edges = new Map<string, Set<string>>(crates.map((crate) => [crate.root, new Set()]));
  for (const crate of crates) for (const root of rootsOf(crate, false)) edges.get(crate.root)?.add(root);
  for (const crate of crates) {
    for (const root of rootsOf(crate, true)) {
      if (!reaches(edges, root, crate.root)) edges.get(crate.root)?.add(root);
    }
  }
  return crates.flatMap((crate) =>
    [...(edges.get(crate.root) ?? [])].sort(compareText).flatMap((root): NxDependency[] => {
      const [source, target] = [projects.get(crate.root), projects.get(root)];
      if (source === undefined || target === undefined || source === target) return [];
      return [{ source, target, sourceFile: crate.manifest, type: 'static' }];
    }),
  );
}

function rootsOf(crate: LinkedCrate, dev: boolean): readonly string[] {
  return crate.dependencies.filter(({ kind }) => (kind === 'dev') === dev).map(({ root }) => root);
}

function reaches(edges: ReadonlyMap<string, ReadonlySet<string>>, from: string, to: string): boolean {
  const seen = new Set([from]);
  for (const at of seen) {
    if (at === to) return true;
    for (const next of edges.get(at) ?? []) seen.add(next);
  }
  return false;
}
