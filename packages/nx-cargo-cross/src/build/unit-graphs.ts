/**
 * Asks cargo what it would compile.
 *
 * `--unit-graph` is unstable, so this one call is given RUSTC_BOOTSTRAP; a build never is, since crates that look for nightly's features would be built differently.
 */
import { mergeEnvironment } from '../backend/env-edit.js';
import type { JointMember } from '../plan/joint.js';
import type { CargoCall } from '../plan/plan.js';
import { parseUnitGraph, type UnitGraph } from '../plan/unit-graph.js';
import { digest } from '../system/digest.js';
import type { System } from '../system/system.js';
import { questionOf, type KeptAnswers } from './cargo-answers.js';
import { userCargoConfigText } from './user-cargo-config.js';

export interface UnitGraphs {
  /** What the call would compile; undefined where cargo does not say. */
  of(member: JointMember, call: CargoCall): Promise<UnitGraph | undefined>;
}

/** Fetching a registry's index and packages, as the build itself would, may take its time. */
const TIMEOUT_MS = 300_000;

export interface Asking {
  readonly system: System;
  readonly kept: KeptAnswers;
}

/** Many questions may be asked at once: `system.capture` lets only a few of them run. */
export function makeUnitGraphs({ system, kept }: Asking): UnitGraphs {
  const known = new Map<string, Promise<UnitGraph | undefined>>();
  const configs = new Map<string, string>();
  const configOf = (directory: string): string => {
    const text = configs.get(directory) ?? userCargoConfigText(system, directory);
    configs.set(directory, text);
    return text;
  };
  const ask = async (member: JointMember, call: CargoCall, env: Readonly<Record<string, string>>, question: string): Promise<UnitGraph | undefined> => {
    const before = await kept.recall(question);
    if (isGraph(before)) return before;
    const { exitCode, stdout } = await system.capture({ command: call.cargo, args: [...call.args, '--unit-graph', '-Zunstable-options'], cwd: member.directory, env: { ...env, RUSTC_BOOTSTRAP: '1' }, timeout: TIMEOUT_MS });
    const graph = exitCode === 0 ? parseUnitGraph(stdout, digest) : undefined;
    if (graph) await kept.keep(question, graph, pathPackages(graph));
    return graph;
  };
  return {
    of(member, call) {
      const env = { ...mergeEnvironment(system.env, call.env), ...(member.rustcWrapper === undefined ? {} : { RUSTC: member.rustcWrapper }) };
      const question = questionOf({ directory: member.directory, command: call.cargo, args: call.args, env, config: configOf(member.directory) });
      const answer = known.get(question) ?? ask(member, call, env, question);
      known.set(question, answer);
      return answer;
    },
  };
}

function isGraph(value: unknown): value is UnitGraph {
  const { roots, units, lto } = Object(value) as { readonly roots?: unknown; readonly units?: unknown; readonly lto?: unknown };
  return Array.isArray(roots) && roots.length > 0 && Array.isArray(units) && typeof lto === 'string';
}

function pathPackages({ units }: UnitGraph): readonly string[] {
  return units.flatMap(({ packageId }) => /(?:^|\()path\+file:\/\/([^#)?]+)/.exec(packageId)?.[1] ?? []).map(decodeURI);
}
