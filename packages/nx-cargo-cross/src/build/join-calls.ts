/** Sorts builds into cargo calls: the fewest that compile for each what a call of its own would, as far as cargo can say. */
import { join } from 'node:path';
import gte from 'semver/functions/gte.js';
import { groupBy } from '../cargo/group-by.js';
import { callGathering, gather, graphGathering, jointCall, judgeJoint, rectangles, type JointMember } from '../plan/joint.js';
import type { CargoCall } from '../plan/plan.js';
import type { UnitGraph } from '../plan/unit-graph.js';
import { digest } from '../system/digest.js';
import type { EngineOptions } from './engine.js';
import type { Prepared } from './prepare.js';
import { makeUnitGraphs, type UnitGraphs } from './unit-graphs.js';

/** Builds that one cargo call does. */
export interface Joined {
  readonly call: CargoCall;
  readonly members: readonly JoinedMember[];
}

export interface JoinedMember extends JointMember {
  readonly build: Prepared;
  /** What cargo compiles for it. */
  readonly graph: UnitGraph;
}

interface Member extends JointMember {
  readonly build: Prepared;
}

/** The first cargo that has `--keep-going`. */
const KEEPS_GOING = '1.74.0';

/** Every build is in exactly one group, in the order of its first; a build that shares with nobody comes as it is. */
export async function joinCalls(options: EngineOptions, builds: readonly Prepared[]): Promise<readonly (Joined | Prepared)[]> {
  const candidates = builds.flatMap(candidateOf);
  const [some] = builds;
  if (candidates.length < 2 || !some) return builds;
  const { env } = options.system;
  const byHost = [...groupBy(candidates, hostOf)];
  const classes = byHost.flatMap(([host, members]) => gather(members, () => callGathering<Member>({ host, env }))).filter((members) => members.length > 1);
  if (classes.length === 0) return builds;
  options.emit({ type: 'preparing', what: 'asking cargo which builds can share a call', ...some.ref });
  const joined = (await Promise.all(classes.map((members) => splitClass(options, members)))).flat();
  const groupOf = new Map(joined.flatMap((group) => group.members.map(({ build }) => [build, group] as const)));
  return [...new Set(builds.map((build) => groupOf.get(build) ?? build))];
}

/** The machine, as each build's toolchain calls it. */
function hostOf({ build }: Member): string {
  return build.probed.probe.host.triple;
}

/** Two calls of one build depend on each other: the second overwrites what the first left. */
function candidateOf(build: Prepared): readonly Member[] {
  const [call, second] = build.planned.calls;
  if (!call || second) return [];
  return [{ build, triple: build.request.build.platform.triple.name, directory: build.planned.directory, rustcWrapper: build.rustcWrapper, call }];
}

async function splitClass(options: EngineOptions, members: readonly Member[]): Promise<readonly Joined[]> {
  const [first] = members;
  if (!first) return [];
  const { label, sysroot } = first.build.probed.toolchain;
  const sources = new Set(members.map(({ build }) => options.sources?.(build.request)));
  const graphs = makeUnitGraphs({
    system: options.system,
    workspaceRoot: options.workspaceRoot,
    // Several Cargo workspaces may share a target folder, and each keeps only what holds now.
    folder: join(first.build.planned.targetDir, 'unit-graphs', digest(first.directory).slice(0, 16)),
    state: sources.has(undefined) ? undefined : [label, sysroot, ...sources].join('\n'),
  });
  const answers = await Promise.all(members.map(async (member) => ({ member, graph: await graphs.of(member, member.call) })));
  const known = answers.flatMap(({ member, graph }): readonly JoinedMember[] => (graph ? [{ ...member, graph }] : []));
  return (await Promise.all(gather(known, () => graphGathering<JoinedMember>()).flatMap(rectangles).map((group) => proven(graphs, group)))).flat();
}

/** Holds the joint graph of a group against each alone; where it is not equal, the group falls apart. Builds that share with nobody are left out. */
async function proven(graphs: UnitGraphs, group: readonly JoinedMember[]): Promise<readonly Joined[]> {
  const [first, ...rest] = group;
  if (!first || rest.length === 0) return [];
  const call = jointCall([first, ...rest], gte(first.build.probed.toolchain.release, KEEPS_GOING));
  const graph = await graphs.of(first, jointCall([first, ...rest], false));
  if (!graph) return [];
  const { equal, unequal } = judgeJoint(graph, group.map((build) => ({ build, graph: build.graph })));
  if (unequal.length === 0) return [{ call, members: group }];
  const half = Math.ceil(group.length / 2);
  const parts = equal.length === 0 ? [group.slice(0, half), group.slice(half)] : [equal, unequal];
  return (await Promise.all(parts.flatMap(rectangles).map((part) => proven(graphs, part)))).flat();
}
