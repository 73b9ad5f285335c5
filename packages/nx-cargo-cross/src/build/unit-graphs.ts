/**
 * Asks cargo what it would compile, and keeps the answers.
 *
 * `--unit-graph` is unstable, so this one call is given RUSTC_BOOTSTRAP; a build never is, since crates that look for nightly's features would be built differently.
 */
import { join } from 'node:path';
import { mergeEnvironment } from '../backend/env-edit.js';
import type { JointMember } from '../plan/joint.js';
import type { CargoCall } from '../plan/plan.js';
import { parseUnitGraph, type UnitGraph } from '../plan/unit-graph.js';
import { digest } from '../system/digest.js';
import { attempt, canonicalPath, listDirectory, readFile, rm, writeIfDifferent } from '../system/files.js';
import type { System } from '../system/system.js';
import { userCargoConfigText } from './user-cargo-config.js';

export interface UnitGraphs {
  /** What the call would compile; undefined where cargo does not say. */
  of(member: JointMember, call: CargoCall): Promise<UnitGraph | undefined>;
}

/** Fetching a registry's index and packages, as the build itself would, may take its time. */
const TIMEOUT_MS = 300_000;

export interface Asking {
  readonly system: System;
  readonly workspaceRoot: string;
  /** Where answers are kept, absolute. */
  readonly folder: string;
  /** Everything in the repository that decides the answers, and which toolchain gives them; undefined where that is not known, and nothing is kept. */
  readonly state: string | undefined;
}

/** Many questions may be asked at once: `system.capture` lets only a few of them run. */
export function makeUnitGraphs({ system, workspaceRoot, folder, state }: Asking): UnitGraphs {
  const known = new Map<string, Promise<UnitGraph | undefined>>();
  const stateDigest = state === undefined ? undefined : digest(state).slice(0, 16);
  const configs = new Map<string, string>();
  const configOf = (directory: string): string => {
    const text = configs.get(directory) ?? userCargoConfigText(system, directory);
    configs.set(directory, text);
    return text;
  };
  const ask = async (member: JointMember, call: CargoCall, env: Readonly<Record<string, string>>, question: string): Promise<UnitGraph | undefined> => {
    const file = stateDigest === undefined ? undefined : join(folder, stateDigest, `${question.slice(0, 32)}.json`);
    const kept = file === undefined ? undefined : await attempt(async () => JSON.parse(await readFile(file, 'utf8')) as unknown);
    if (kept?.ok && isGraph(kept.value)) return kept.value;
    const { exitCode, stdout } = await system.capture({ command: call.cargo, args: [...call.args, '--unit-graph', '-Zunstable-options'], cwd: member.directory, env: { ...env, RUSTC_BOOTSTRAP: '1' }, timeout: TIMEOUT_MS });
    const graph = exitCode === 0 ? parseUnitGraph(stdout, digest) : undefined;
    if (graph && file !== undefined && (await isWithin(workspaceRoot, graph))) await attempt(() => keep(file, graph));
    return graph;
  };
  const keep = async (file: string, graph: UnitGraph): Promise<void> => {
    await writeIfDifferent(file, JSON.stringify(graph), false);
    for (const other of await listDirectory(folder)) if (other !== stateDigest) await rm(join(folder, other), { recursive: true, force: true });
  };
  return {
    of(member, call) {
      const env = { ...mergeEnvironment(system.env, call.env), ...(member.rustcWrapper === undefined ? {} : { RUSTC: member.rustcWrapper }) };
      const deciding = Object.entries(env).filter(([name]) => /^(?:CARGO|RUST)/.test(name)).sort(([a], [b]) => (a < b ? -1 : 1));
      const question = digest(JSON.stringify([member.directory, call.cargo, call.args, deciding, configOf(member.directory)]));
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

/** Manifests elsewhere are in no state. */
async function isWithin(workspaceRoot: string, { units }: UnitGraph): Promise<boolean> {
  const roots = [workspaceRoot, await canonicalPath(workspaceRoot)];
  return units.every(({ packageId }) => {
    const path = /(?:^|\()path\+file:\/\/([^#)?]+)/.exec(packageId)?.[1];
    return path === undefined || roots.some((root) => path === encodeURI(root) || path.startsWith(`${encodeURI(root)}/`));
  });
}
