/**
 * Which builds may share a cargo call, and the call that they share.
 *
 * Cargo unifies features over all packages and targets of a call, so a joint call is right only where it compiles for each build what a call of its own would. Cargo itself says whether
 * it does, by its unit graphs; and since a call has one environment, builds whose environments contradict each other never meet.
 */
import type { EnvOutcome, Environment } from '../backend/env-edit.js';
import { makeJointBuildArgs } from '../cargo/argv.js';
import { groupBy } from '../cargo/group-by.js';
import { compareText } from '../cargo/order.js';
import { screamingTriple, snakeTriple, type TripleName } from '../platform/triple.js';
import type { CargoCall } from './plan.js';
import type { Unit, UnitGraph } from './unit-graph.js';

/** One build that one cargo call does. */
export interface JointMember {
  readonly triple: TripleName;
  /** Where cargo runs. */
  readonly directory: string;
  /** What RUSTC is set to, if anything. */
  readonly rustcWrapper: string | undefined;
  readonly call: CargoCall;
}

/** What all members share. */
export interface JointSurroundings {
  /** The triple of the machine that builds: its variables reach build scripts, whatever they are built for. */
  readonly host: string;
  readonly env: Environment;
}

/** A group that takes in builds for as long as they go together. */
export interface Gathering<T> {
  /** False for a build that does not go with those that were taken. */
  take(build: T): boolean;
}

/** Sorts builds into groups, each with the first that takes it. */
export function gather<T>(builds: readonly T[], makeGathering: () => Gathering<T>): readonly (readonly T[])[] {
  const groups: { readonly gathering: Gathering<T>; readonly builds: T[] }[] = [];
  for (const build of builds) {
    const group = groups.find(({ gathering }) => gathering.take(build));
    if (group) {
      group.builds.push(build);
      continue;
    }
    const gathering = makeGathering();
    gathering.take(build);
    groups.push({ gathering, builds: [build] });
  }
  return groups.map((group) => group.builds);
}

/** Builds that could be one call, as far as their command lines and environments say. */
export function callGathering<T extends JointMember>(surroundings: JointSurroundings): Gathering<T> {
  let whole: string | undefined;
  const packages = new Map<string, string>();
  const triples = new Map<string, string>();
  const taken = new Set<string>();
  return {
    take(build) {
      const { packageSpec, triple, features, bins, rustflags } = build.call.selection;
      const { own, shared } = environmentOf(build, surroundings);
      const ofWhole = JSON.stringify([wholeCall(build), shared]);
      const ofPackage = JSON.stringify([features, bins]);
      const ofTriple = JSON.stringify([rustflags, own]);
      // Two files of one name in cargo's folder would be whichever came last.
      const places = [packageSpec, ...build.call.expected.map(({ fileName }) => `file ${fileName}`)].map((what) => `${triple} ${what}`);
      const goes = (whole ?? ofWhole) === ofWhole && (packages.get(packageSpec) ?? ofPackage) === ofPackage && (triples.get(triple) ?? ofTriple) === ofTriple && !places.some((place) => taken.has(place));
      if (!goes) return false;
      whole = ofWhole;
      packages.set(packageSpec, ofPackage);
      triples.set(triple, ofTriple);
      for (const place of places) taken.add(place);
      return true;
    },
  };
}

/** What a call says once for all that it builds. */
function wholeCall({ directory, rustcWrapper, call: { cargo, targetDir, selection } }: JointMember): unknown {
  const { profile, defaultFeatures, color, lib, bins } = selection;
  return [directory, rustcWrapper ?? null, cargo, targetDir, profile, defaultFeatures, color, lib, bins === 'all'];
}

/** What the build's environment changes: the variables of its triple alone, and those that everybody in the call would get. */
function environmentOf({ triple, call }: JointMember, { host, env }: JointSurroundings): { readonly own: readonly Change[]; readonly shared: readonly Change[] } {
  const changes = call.env.flatMap(({ name, value }): readonly Change[] => (value === env[name] ? [] : [[name, value ?? null]])).sort(([a], [b]) => compareText(a, b));
  const isOwn = ([name]: Change): boolean => triple !== host && isScoped(name, triple);
  return { own: changes.filter(isOwn), shared: changes.filter((change) => !isOwn(change)) };
}

type Change = readonly [name: string, value: string | null];

/** Whether a variable is read for that triple alone: `CC_aarch64_unknown_linux_musl`, `CARGO_TARGET_AARCH64_UNKNOWN_LINUX_MUSL_LINKER`. */
function isScoped(name: string, triple: TripleName): boolean {
  return name.endsWith(`_${snakeTriple(triple)}`) || name.endsWith(`_${triple}`) || name.startsWith(`CARGO_TARGET_${screamingTriple(triple)}_`);
}

/** The call that builds all members, who may share one. */
export function jointCall(members: readonly [JointMember, ...(readonly JointMember[])], keepGoing: boolean): CargoCall {
  const [first, ...rest] = members;
  const env = new Map<string, EnvOutcome>();
  for (const { call } of members) for (const outcome of call.env) if (!env.has(outcome.name)) env.set(outcome.name, outcome);
  // What is a triple's own is what the triple's own build says.
  for (const { triple, call } of members) for (const outcome of call.env) if (isScoped(outcome.name, triple)) env.set(outcome.name, outcome);
  return {
    ...first.call,
    args: makeJointBuildArgs([first.call.selection, ...rest.map(({ call }) => call.selection)], keepGoing),
    env: [...env.values()],
    rustflags: [],
    linkage: undefined,
    expected: members.flatMap(({ call }) => call.expected),
  };
}

/** Builds of which none says, alone, that a joint one would be another: no package that two of them compile has other features in one than in the other. */
export function graphGathering<T extends Planned>(): Gathering<T> {
  const features = new Map<string, string>();
  const lto = new Map<string, UnitGraph['lto']>();
  return {
    take({ triple, graph }) {
      const known = lto.get(triple);
      if (known !== undefined && (known !== graph.lto || known === 'mixed')) return false;
      const units = graph.units.map((unit) => [unitName(unit), unit.features.join(' ')] as const);
      if (!units.every(([name, its]) => (features.get(name) ?? its) === its)) return false;
      lto.set(triple, graph.lto);
      for (const [name, its] of units) features.set(name, its);
      return true;
    },
  };
}

export interface Planned {
  readonly triple: string;
  readonly graph: UnitGraph;
}

function unitName({ packageId, targetName, targetKinds, triple, mode }: Unit): string {
  return JSON.stringify([packageId, targetName, targetKinds, triple !== undefined, mode]);
}

/**
 * Splits builds into such as a call can name: cargo builds each package of a call for each of its triples. Packages that are asked for the same triples stay together.
 * Sorted, so that the same builds make the same call whatever order Nx has them in.
 */
export function rectangles<T extends Pick<JointMember, 'triple' | 'call'>>(builds: readonly T[]): readonly (readonly T[])[] {
  const nameOf = ({ triple, call }: T): string => `${call.selection.packageSpec} ${triple}`;
  const sorted = [...builds].sort((a, b) => compareText(nameOf(a), nameOf(b)));
  const byPackage = [...groupBy(sorted, ({ call }) => call.selection.packageSpec).values()];
  return [...groupBy(byPackage, (group) => group.map(({ triple }) => triple).join(' ')).values()].map((groups) => groups.flat());
}

/** What a joint graph says of those that it joins. */
export interface Verdict<T> {
  /** Whom the joint call builds as a call of their own would. */
  readonly equal: readonly T[];
  readonly unequal: readonly T[];
}

/** Holds a joint graph against each alone. Nobody is equal where it compiles something that nobody asked for. */
export function judgeJoint<T>(joint: UnitGraph, alone: readonly { readonly build: T; readonly graph: UnitGraph }[]): Verdict<T> {
  const made = new Set(joint.roots);
  const asked = new Set(alone.flatMap(({ graph }) => graph.roots));
  const isEqual = ({ graph }: { readonly graph: UnitGraph }): boolean => graph.roots.every((root) => made.has(root));
  const unequal = alone.filter((one) => !isEqual(one));
  // A root that is changed is one that nobody asked for; one too many, where all are as they were, is cargo's doing.
  if (unequal.length === 0 && joint.roots.some((root) => !asked.has(root))) return { equal: [], unequal: alone.map(({ build }) => build) };
  return { equal: alone.filter(isEqual).map(({ build }) => build), unequal: unequal.map(({ build }) => build) };
}
