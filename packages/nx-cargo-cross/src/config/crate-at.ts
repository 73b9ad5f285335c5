/** One crate with its options, found by its folder: what a task needs at run time, resolved by the same code as the graph. */
import type { CargoWorkspace, Crate } from '../cargo/model.js';
import { fileIn } from '../cargo/paths.js';
import type { SourceTree } from '../cargo/source-tree.js';
import { makeRepository, type Repository } from '../cargo/workspace-model.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import { NX_JSON, selectNxOptions } from './nx-options.js';
import { resolveCrate } from './resolve.js';
import type { CrateConfig } from './resolved.js';

/** A crate, all that it belongs to, and its options. */
export interface ResolvedCrate {
  readonly repository: Repository;
  readonly workspace: CargoWorkspace;
  readonly crate: Crate;
  readonly config: CrateConfig;
}

/**
 * The crate in a folder, its workspace and its options.
 * Fails with what is wrong in the manifests of its workspace or in the options, and with `nothing-to-build` where the folder holds no crate.
 * @param root the folder, relative to the Nx workspace root, `''` for the root itself.
 */
export function resolveCrateAt(root: string, tree: SourceTree): Result<ResolvedCrate> {
  const manifest = fileIn(root, 'Cargo.toml');
  const repository = makeRepository([manifest], tree);
  if (!repository.ok) return repository;
  for (const workspace of repository.value.workspaces) {
    const crate = workspace.crates.find((candidate) => candidate.root === root);
    if (!crate) continue;
    const nxJson = tree.readText(NX_JSON);
    const options = nxJson && 'text' in nxJson ? selectNxOptions(nxJson.text, manifest) : undefined;
    const config = resolveCrate(repository.value, workspace, crate, options);
    return config.ok ? success({ repository: repository.value, workspace, crate, config: config.value }) : config;
  }
  return failed({ code: 'nothing-to-build', crate: root === '' ? '.' : root, location: { file: manifest } });
}
