/**
 * What a crate that carries C needs besides a compiler, as data: variables, host tools, and the cases that cannot work, said before anything is compiled.
 * The recipes themselves are in `table.ts`.
 */
import type { UsedPackage } from '../../cargo/tree.js';
import type { BackendId } from '../../config/backend-id.js';
import type { Failure } from '../../diagnostics/failure.js';
import type { Triple } from '../../platform/triple.js';
import type { ClosurePackage, FoundTools, Host, ToolNeed } from '../contract.js';
import type { EnvEdit, Environment } from '../env-edit.js';

export interface Recipe {
  readonly id: string;
  /** The packages that it is for; it counts once for each that is there. */
  readonly crates: readonly string[];
  /** What of the crate's build asks for it, and where that is written. */
  readonly why: string;
  readonly source: string;
  readonly env?: (use: RecipeUse) => readonly EnvEdit[];
  /** Tools of the host. */
  readonly needs?: (use: CertainUse) => readonly ToolNeed[];
  /** Why it cannot work, with at least one way out; undefined where it can. */
  readonly refuses?: (use: PlannedUse) => Refusal | undefined;
}

export interface Refusal {
  /** The crate that is at fault, where it is not the recipe's own. */
  readonly crate?: ClosurePackage;
  readonly why: string;
  readonly help: readonly [string, ...string[]];
}

/** One crate in one build. */
export interface RecipeUse {
  readonly triple: Triple;
  readonly host: Host;
  readonly backend: BackendId;
  readonly crate: ClosurePackage;
  /** The user's, with the package's own `env` in it. */
  readonly env: Environment;
}

/** A use of which cargo said that it is really compiled. */
export interface CertainUse extends RecipeUse {
  readonly used: UsedPackage;
  readonly all: readonly UsedPackage[];
}

/** A use with what was found on the machine. */
export interface PlannedUse extends CertainUse {
  readonly tools: FoundTools;
  /** Whether the backend brings a compiler for C, and one for C++. */
  readonly compiles: { readonly c: boolean; readonly cxx: boolean };
  /** The platform's name, and the crate that is built, for what is to be written into its Cargo.toml. */
  readonly platform: string;
  readonly wanted: string;
}

/** What the recipes are asked about. */
export interface RecipeContext {
  readonly triple: Triple;
  readonly host: Host;
  readonly backend: BackendId;
  /** What Cargo.lock lets the build reach. */
  readonly closure: readonly ClosurePackage[];
  /** What cargo says that the build compiles; undefined where it could not be asked. */
  readonly used: readonly UsedPackage[] | undefined;
  readonly env: Environment;
}

/** The variables of all recipes. A crate that only may be there counts too: the variables are read by nobody else. */
export function recipeEnv(recipes: readonly Recipe[], context: RecipeContext): readonly EnvEdit[] {
  const edits = recipes.flatMap((recipe) => usesOf(recipe, context).flatMap((use) => recipe.env?.(use) ?? []));
  return [...new Map(edits.map((edit) => [edit.name, edit])).values()];
}

/** Whether a recipe would ask for tools or refuse, so that it must be known exactly what is compiled. */
export function wantsCertainty(recipes: readonly Recipe[], closure: readonly ClosurePackage[]): boolean {
  const names = new Set(closure.map(({ name }) => name));
  return recipes.some(({ needs, refuses, crates }) => (needs ?? refuses) !== undefined && crates.some((crate) => names.has(crate)));
}

/** A tool that a crate's build script starts. */
export interface CrateNeed {
  readonly need: ToolNeed;
  /** `tikv-jemalloc-sys 0.7.1`; of a crate that is there for build scripts alone also whose: `libz-ng-sys, through cmake 0.1.58`. */
  readonly crate: string;
}

/** The tools of all recipes, each once. */
export function recipeNeeds(recipes: readonly Recipe[], context: RecipeContext): readonly CrateNeed[] {
  const needs = new Map<string, CrateNeed>();
  for (const recipe of recipes) {
    for (const use of certainUses(recipe, context)) {
      for (const need of recipe.needs?.(use) ?? []) if (!needs.has(need.key)) needs.set(need.key, { need, crate: throughWhom(use) });
    }
  }
  return [...needs.values()];
}

/** What cannot work, as failures. */
export function recipeRefusals(recipes: readonly Recipe[], context: RecipeContext, planned: Pick<PlannedUse, 'tools' | 'compiles' | 'platform' | 'wanted'>): readonly Failure[] {
  const failures = new Map<string, Failure>();
  for (const recipe of recipes) {
    for (const use of certainUses(recipe, context)) {
      const refusal = recipe.refuses?.({ ...use, ...planned });
      if (!refusal) continue;
      const { crate: fault = use.crate, why, help } = refusal;
      const crate = label(fault);
      if (!failures.has(crate)) failures.set(crate, { code: 'crate-unbuildable', crate, triple: context.triple.name, backend: context.backend, why, help });
    }
  }
  return [...failures.values()];
}

function usesOf({ crates }: Recipe, { closure, used, ...rest }: RecipeContext): readonly RecipeUse[] {
  return (used ?? closure).filter(({ name }) => crates.includes(name)).map(({ name, version }) => ({ ...rest, crate: { name, version } }));
}

function certainUses({ crates }: Recipe, { closure: _, used = [], ...rest }: RecipeContext): readonly CertainUse[] {
  return used.filter(({ name }) => crates.includes(name)).map((one) => ({ ...rest, crate: { name: one.name, version: one.version }, used: one, all: used }));
}

/** Nobody knows that he uses the crate cmake, but everybody which crate does. */
function throughWhom({ used, crate }: CertainUse): string {
  return used.part === 'host' && used.usedBy.length > 0 ? `${used.usedBy.join(', ')}, through ${label(crate)}` : label(crate);
}

function label({ name, version }: ClosurePackage): string {
  return `${name} ${version}`;
}
