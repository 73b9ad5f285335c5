/** Whether a Cargo workspace is built from packages that lie in the repository and outside of its own folder. */
import { followPaths } from './local-package.js';
import type { CargoWorkspace } from './model.js';
import { isWithin } from './paths.js';
import type { Repository } from './workspace-model.js';

/**
 * Cargo tells crates apart by a digest of all that they are made from. Packages in the workspace's folder are in it by their path from there, all others by the
 * absolute one, which is another in each checkout. `local`: only local packages can be made from such; `any`: packages of registries can, too, since a local
 * one that stands in for another is. Source: cargo 1.95, `core/source_id.rs`, `SourceId::stable_hash`.
 */
export type OutsideFolder = 'none' | 'local' | 'any';

/** Of all crates of the workspace, since they share a target folder. */
export function outsideFolder({ packages, details }: Pick<Repository, 'packages' | 'details'>, { root, crates }: Pick<CargoWorkspace, 'root' | 'crates'>): OutsideFolder {
  const { patched = [], overrides = [] } = details.get(root) ?? {};
  const reaches = (roots: readonly (string | undefined)[]): boolean => followPaths(packages, roots, ({ kind }) => kind !== 'dev').some((found) => !isWithin(found.root, root));
  if (reaches([...patched, ...overrides])) return 'any';
  return reaches(crates.map((crate) => crate.root)) ? 'local' : 'none';
}
