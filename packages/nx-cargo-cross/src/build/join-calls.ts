/** Sorts a batch's builds into cargo calls: the fewest that compile for each what a call of its own would, as far as cargo can say. */
import type { EngineOptions } from './engine.js';
import { candidateOf, groupCalls, type Candidate, type Grouped } from './call-groups.js';
import type { Prepared } from './prepare.js';

/** Builds that one cargo call does. */
export type Joined = Grouped<Member>;

interface Member extends Candidate {
  readonly build: Prepared;
}

/** Every build is in exactly one group, in the order of its first; a build that shares with nobody comes as it is. */
export async function joinCalls(options: EngineOptions, builds: readonly Prepared[]): Promise<readonly (Joined | Prepared)[]> {
  const { system, workspaceRoot, emit } = options;
  const candidates = builds.flatMap((build): readonly Member[] => {
    const candidate = candidateOf(options, build);
    return candidate ? [{ ...candidate, build }] : [];
  });
  const [some] = builds;
  if (candidates.length < 2 || !some) return builds;
  const joined = await groupCalls({ system, workspaceRoot, asking: () => emit({ type: 'preparing', what: ASKING, ...some.ref }) }, candidates);
  const groupOf = new Map(joined.flatMap((group) => group.members.map(({ build }) => [build, group] as const)));
  return [...new Set(builds.map((build) => groupOf.get(build) ?? build))];
}

/** What the user is told meanwhile. */
export const ASKING = 'asking cargo which builds can share a call';
