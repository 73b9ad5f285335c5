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

/** Whether two builds could be one call, as far as their command lines and environments say. */
export function mayShare(a: JointMember, b: JointMember, surroundings: JointSurroundings): boolean {
  return a.directory === b.directory && a.rustcWrapper === b.rustcWrapper && linesAgree(a, b) && environmentsAgree(a, b, surroundings);
}

function linesAgree({ call: a }: JointMember, { call: b }: JointMember): boolean {
  const [one, two] = [a.selection, b.selection];
  const samePackage = one.packageSpec === two.packageSpec;
  const sameTriple = one.triple === two.triple;
  return (
    a.cargo === b.cargo &&
    a.targetDir === b.targetDir &&
    one.profile === two.profile &&
    one.defaultFeatures === two.defaultFeatures &&
    one.color === two.color &&
    one.lib === two.lib &&
    (one.bins === 'all') === (two.bins === 'all') &&
    (!samePackage || (same(one.features, two.features) && same(one.bins, two.bins))) &&
    // Two files of one name in cargo's folder would be whichever came last.
    (!sameTriple || (!samePackage && same(one.rustflags, two.rustflags) && !a.expected.some(({ fileName }) => b.expected.some((other) => other.fileName === fileName))))
  );
}

function environmentsAgree(a: JointMember, b: JointMember, { host, env }: JointSurroundings): boolean {
  const names = new Set([...a.call.env, ...b.call.env].map(({ name }) => name));
  const isOf = (name: string, { triple }: JointMember): boolean => triple !== host && isScoped(name, triple);
  return [...names].every((name) => (a.triple !== b.triple && (isOf(name, a) || isOf(name, b))) || valueOf(name, a, env) === valueOf(name, b, env));
}

function valueOf(name: string, { call }: JointMember, env: Environment): string | undefined {
  const outcome = call.env.find((one) => one.name === name);
  return outcome ? outcome.value : env[name];
}

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

/** Whether two builds alone say that a joint one would be neither: no package that both compile has other features in one than in the other. */
export function graphsAgree(a: Planned, b: Planned): boolean {
  if (a.triple === b.triple && !(a.graph.lto === b.graph.lto && a.graph.lto !== 'mixed')) return false;
  const features = new Map(a.graph.units.map((unit) => [unitName(unit), unit.features.join(' ')]));
  return b.graph.units.every((unit) => (features.get(unitName(unit)) ?? unit.features.join(' ')) === unit.features.join(' '));
}

export interface Planned {
  readonly triple: string;
  readonly graph: UnitGraph;
}

function unitName({ packageId, targetName, targetKinds, triple, mode }: Unit): string {
  return JSON.stringify([packageId, targetName, targetKinds, triple !== undefined, mode]);
}

/** Sorts builds into the fewest groups that a look at each pair allows, first come first served. `agree` need not be symmetrical. */
export function groupBuilds<T>(builds: readonly T[], agree: (a: T, b: T) => boolean): readonly (readonly T[])[] {
  const groups: T[][] = [];
  for (const build of builds) {
    const group = groups.find((members) => members.every((member) => agree(member, build)));
    if (group) group.push(build);
    else groups.push([build]);
  }
  return groups;
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

function same(a: 'all' | readonly string[], b: 'all' | readonly string[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
