/** The options of all crates of a workspace. */
import type { CargoWorkspace, Crate, WrittenMetadata } from '../cargo/model.js';
import type { Repository } from '../cargo/workspace-model.js';
import type { Result } from '../diagnostics/result.js';
import { resolveCrate } from './resolve.js';
import type { CrateConfig } from './resolved.js';
import { everyOption, makeScopes, pickOption } from './scopes.js';

/** Keys whose words depend on the crate: its programs, its features, what lies around its folder. */
const OF_CRATES = ['bins', 'features', 'inputs'] as const;

/** As {@link resolveCrate}, for all crates of a workspace: those that say nothing of their own are resolved once, and have the same objects. */
export function makeResolver(repository: Repository, workspace: CargoWorkspace, nxOptions: WrittenMetadata | undefined): (crate: Crate) => Result<CrateConfig> {
  const scopes = makeScopes(undefined, workspace.metadata, nxOptions, []);
  const ofPlatforms = everyOption(scopes, 'platform').flatMap(({ value, scope }) => Object.values(value).map((options) => ({ ...scope, options })));
  const alike = !OF_CRATES.some((key) => pickOption([...scopes, ...ofPlatforms], key));
  const known = new Map<boolean, Result<CrateConfig>>();
  return (crate) => {
    if (!alike || crate.metadata) return resolveCrate(repository, workspace, crate, nxOptions);
    const ships = crate.artifacts.length > 0;
    const config = known.get(ships) ?? resolveCrate(repository, workspace, crate, nxOptions);
    known.set(ships, config);
    return config;
  };
}
