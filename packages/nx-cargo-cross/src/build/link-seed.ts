/** Links a crate that uses nothing but std by the set-up of a build, so that what links builds what it lacks for the platform. */
import { join } from 'node:path';
import { makeCargoBuildArgs } from '../cargo/argv.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import type { ToolchainLinks } from '../graph/toolchain-targets.js';
import type { CargoCall } from '../plan/plan.js';
import { seedFiles, SEED } from '../plan/toolchain-seed.js';
import { attempt, mkdir, rm, writeFile } from '../system/files.js';
import type { System } from '../system/system.js';
import { runCargoCall, type CargoEar } from './cargo-call.js';
import { cargoFailure } from './cargo-failure.js';
import { roomIn } from './keep-files.js';
import type { Prepared } from './prepare.js';

export interface SeedRun {
  readonly system: System;
  readonly signal: AbortSignal | undefined;
  readonly hear: CargoEar;
  /** For whom, as others are told who wait for it. */
  readonly task: string;
  /** Absolute. */
  readonly log: string;
}

export interface Seed {
  /** A folder for it alone, absolute; emptied first. */
  readonly work: string;
  readonly links: ToolchainLinks;
  /** Whether a library is linked, too. */
  readonly library: boolean;
  /** Variables in the place of the build's. */
  readonly env: Readonly<Record<string, string>>;
}

/** Fails as the build would. */
export async function linkSeed({ system, signal, hear, task, log }: SeedRun, { planned, rustcWrapper, probed }: Pick<Prepared, 'planned' | 'rustcWrapper' | 'probed'>, { work, links, library, env }: Seed): Promise<Result<undefined>> {
  const written = await attempt(async () => {
    await rm(work, { recursive: true, force: true });
    await mkdir(join(work, 'src', 'bin'), { recursive: true });
    for (const [path, text] of seedFiles(links)) await writeFile(join(work, path), text);
  });
  if (!written.ok) return failed({ code: 'stage-failed', directory: work, cause: written.cause, help: roomIn(work) });
  const own = Object.entries(env).map(([name, value]) => ({ name, value }));
  for (const call of planned.calls) {
    const targetDir = join(work, 'target');
    const selection = { ...call.selection, packageSpec: SEED, profile: 'release', features: [], defaultFeatures: true, bins: 'all' as const, lib: library && call.linkage !== 'static', targetDir };
    const seeding: CargoCall = { ...call, targetDir, selection, args: makeCargoBuildArgs(selection), env: [...call.env.filter(({ name }) => !own.some((variable) => variable.name === name)), ...own], expected: [] };
    const outcome = await runCargoCall({ system, directory: work, logs: [log], rustcWrapper, task, jobs: probed.probe.jobs, signal, hear }, seeding);
    if (outcome.exitCode !== 0) return failed(cargoFailure(planned, seeding, outcome));
  }
  return success(undefined);
}
