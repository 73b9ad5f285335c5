/** Which builds one cargo call can do, as far as cargo can say. Builds are plain data here: some are another process's. */
import gte from 'semver/functions/gte.js';
import { groupBy } from '../cargo/group-by.js';
import { callGathering, gather, graphGathering, jointCall, judgeJoint, rectangles, type JointMember } from '../plan/joint.js';
import { KEEPS_GOING } from '../plan/layer.js';
import type { CargoCall } from '../plan/plan.js';
import type { UnitGraph } from '../plan/unit-graph.js';
import { digest } from '../system/digest.js';
import type { System } from '../system/system.js';
import type { Toolchain } from '../toolchain/identity.js';
import type { EngineOptions } from './engine.js';
import type { Prepared } from './prepare.js';
import { answersFolder, openKeptAnswers, stateOf } from './cargo-answers.js';
import { makeUnitGraphs, type UnitGraphs } from './unit-graphs.js';

/** A build that might share a call. */
export interface Candidate extends JointMember {
  /** The machine, as the build's toolchain calls it. */
  readonly host: string;
  readonly toolchain: Pick<Toolchain, 'label' | 'sysroot' | 'release'>;
  /** Where cargo's answers are kept, absolute. */
  readonly keptIn: string;
  /** The digest of everything in the repository that decides what cargo would compile; undefined where cargo is to be asked each time. */
  readonly sources: string | undefined;
}

/** Builds that one cargo call does. */
export interface Grouped<T> {
  readonly call: CargoCall;
  /** Each with what cargo compiles for it. */
  readonly members: readonly (T & { readonly graph: UnitGraph })[];
}

/** Undefined for a build of two calls: they depend on each other, as the second overwrites what the first left. */
export function candidateOf({ sources }: Pick<EngineOptions, 'sources'>, { request, planned, probed, rustcWrapper }: Prepared): Candidate | undefined {
  const [call, second] = planned.calls;
  if (!call || second) return undefined;
  const { label, sysroot, release } = probed.toolchain;
  const deciding = sources?.(request);
  return {
    triple: request.build.platform.triple.name,
    directory: planned.directory,
    rustcWrapper,
    call,
    host: probed.probe.host.triple,
    toolchain: { label, sysroot, release },
    keptIn: answersFolder(planned.targetDir, planned.directory),
    sources: deciding === undefined ? undefined : digest(deciding),
  };
}

export interface Grouping {
  readonly system: System;
  readonly workspaceRoot: string;
  /** Told when cargo is about to be asked. */
  readonly asking: () => void;
}

/** The groups of more than one. All candidates have the environment of `system`. */
export async function groupCalls<T extends Candidate>(grouping: Grouping, candidates: readonly T[]): Promise<readonly Grouped<T>[]> {
  const { env } = grouping.system;
  const byHost = [...groupBy(candidates, ({ host }) => host)];
  const classes = byHost.flatMap(([host, members]) => gather(members, () => callGathering<T>({ host, env }))).filter((members) => members.length > 1);
  if (classes.length === 0) return [];
  grouping.asking();
  return (await Promise.all(classes.map((members) => splitClass(grouping, members)))).flat();
}

type Known<T> = T & { readonly graph: UnitGraph };

async function splitClass<T extends Candidate>({ system, workspaceRoot }: Grouping, members: readonly T[]): Promise<readonly Grouped<T>[]> {
  const [first] = members;
  if (!first) return [];
  const sources = [...new Set(members.map((member) => member.sources))];
  const isKnown = sources.every((one) => one !== undefined);
  const graphs = makeUnitGraphs({ system, kept: openKeptAnswers(workspaceRoot, first.keptIn, isKnown ? stateOf(first.toolchain, sources) : undefined) });
  const answers = await Promise.all(members.map(async (member) => ({ member, graph: await graphs.of(member, member.call) })));
  const known = answers.flatMap(({ member, graph }): readonly Known<T>[] => (graph ? [{ ...member, graph }] : []));
  return (await Promise.all(gather(known, () => graphGathering<Known<T>>()).flatMap(rectangles).map((group) => proven(graphs, group)))).flat();
}

/** Holds the joint graph of a group against each alone; where it is not equal, the group falls apart. Builds that share with nobody are left out. */
async function proven<T extends Candidate>(graphs: UnitGraphs, group: readonly Known<T>[]): Promise<readonly Grouped<T>[]> {
  const [first, ...rest] = group;
  if (!first || rest.length === 0) return [];
  const call = jointCall([first, ...rest], gte(first.toolchain.release, KEEPS_GOING));
  const graph = await graphs.of(first, jointCall([first, ...rest], false));
  if (!graph) return [];
  const { equal, unequal } = judgeJoint(graph, group.map((build) => ({ build, graph: build.graph })));
  if (unequal.length === 0) return [{ call, members: group }];
  const half = Math.ceil(group.length / 2);
  const parts = equal.length === 0 ? [group.slice(0, half), group.slice(half)] : [equal, unequal];
  return (await Promise.all(parts.flatMap(rectangles).map((part) => proven(graphs, part)))).flat();
}
