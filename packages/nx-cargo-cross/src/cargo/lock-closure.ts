/** The packages of a lock file that a package's build can reach. Pure graph walking: what is local, and what its manifest says, is asked of the caller. */
import { dependencyName, resolveDependency, type Lock, type LockPackage } from './lock.js';
import { compareText } from './order.js';

/**
 * The closure of some packages, themselves included, sorted by name, version and source.
 * @param skips whether a dependency of a local package, by its name, is one of its dev-dependencies alone. A lock file doesn't tell kinds apart; those
 *   of local packages stand in their manifests, and packages from registries and git never list dev-dependencies in a lock file.
 */
export function lockClosure(lock: Lock, start: readonly LockPackage[], skips: (from: LockPackage, name: string) => boolean): readonly LockPackage[] {
  const reached = new Set(start);
  const queue = [...start];
  for (let at = queue.pop(); at; at = queue.pop()) {
    for (const dependency of at.dependencies) {
      if (at.source === undefined && skips(at, dependencyName(dependency))) continue;
      for (const found of resolveDependency(lock, dependency)) {
        if (reached.has(found)) continue;
        reached.add(found);
        queue.push(found);
      }
    }
  }
  return [...reached].sort(comparePackages);
}

function comparePackages(a: LockPackage, b: LockPackage): number {
  return compareText(a.name, b.name) || compareText(a.version, b.version) || compareText(a.source ?? '', b.source ?? '');
}
