/** Asks cargo what a build really compiles, where the recipes for crates depend on it. Cargo takes about a tenth of a second for each crate and platform. */
import { BUILDERS_RECIPE } from '../backend/recipes/builders.js';
import { wantsCertainty } from '../backend/recipes/recipe.js';
import { RECIPES } from '../backend/recipes/table.js';
import { makeCargoTreeArgs, parseCargoTree, pathPackagesOf, type UsedPackage } from '../cargo/tree.js';
import type { BuildRequest } from '../plan/request.js';
import type { System } from '../system/system.js';
import { questionOf, type KeptAnswers } from './cargo-answers.js';
import { userCargoConfigText } from './user-cargo-config.js';

/** Fetching a registry's index and packages, as the build itself would, may take its time. */
const TIMEOUT_MS = 300_000;

export interface Using {
  readonly system: System;
  readonly cargo: string;
  /** Where cargo runs, absolute. */
  readonly directory: string;
  readonly kept: KeptAnswers;
}

/** Undefined where no recipe asks, or where cargo did not answer: the build that follows will say why. */
export async function usedPackages({ system, cargo, directory, kept }: Using, { crate, build, closure }: BuildRequest): Promise<readonly UsedPackage[] | undefined> {
  // A backend with a C compiler does not care who else compiles C.
  const asking = RECIPES.filter((recipe) => recipe !== BUILDERS_RECIPE || build.backend.id === 'lld');
  if (!wantsCertainty(asking, closure)) return undefined;
  const { features, defaultFeatures } = build;
  const args = makeCargoTreeArgs({ packageSpec: `${crate.name}@${crate.version}`, triple: build.platform.triple.name, features, defaultFeatures });
  const env = { ...system.env, ...build.env };
  const question = questionOf({ directory, command: cargo, args, env, config: userCargoConfigText(system, directory) });
  const before = await kept.recall(question);
  if (typeof before === 'string') return parseCargoTree(before);
  const { exitCode, stdout } = await system.capture({ command: cargo, args, cwd: directory, env, timeout: TIMEOUT_MS });
  if (exitCode !== 0) return undefined;
  await kept.keep(question, stdout, pathPackagesOf(stdout));
  return parseCargoTree(stdout);
}
