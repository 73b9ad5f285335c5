/** Asks cargo what a build really compiles, where the recipes for crates depend on it. */
import { BUILDERS_RECIPE } from '../backend/recipes/builders.js';
import { wantsCertainty } from '../backend/recipes/recipe.js';
import { RECIPES } from '../backend/recipes/table.js';
import { makeCargoTreeArgs, parseCargoTree, type UsedPackage } from '../cargo/tree.js';
import type { BuildRequest } from '../plan/request.js';
import type { System } from '../system/system.js';

/** Fetching a registry's index and packages, as the build itself would, may take its time. */
const TIMEOUT_MS = 300_000;

/** Undefined where no recipe asks, or where cargo did not answer: the build that follows will say why. */
export async function usedPackages(system: System, cargo: string, directory: string, { crate, build, closure }: BuildRequest): Promise<readonly UsedPackage[] | undefined> {
  // A backend with a C compiler does not care who else compiles C.
  const asking = RECIPES.filter((recipe) => recipe !== BUILDERS_RECIPE || build.backend.id === 'lld');
  if (!wantsCertainty(asking, closure)) return undefined;
  const { features, defaultFeatures, env } = build;
  const args = makeCargoTreeArgs({ packageSpec: `${crate.name}@${crate.version}`, triple: build.platform.triple.name, features, defaultFeatures });
  const { exitCode, stdout } = await system.capture({ command: cargo, args, cwd: directory, env: { ...system.env, ...env }, timeout: TIMEOUT_MS });
  return exitCode === 0 ? parseCargoTree(stdout) : undefined;
}
