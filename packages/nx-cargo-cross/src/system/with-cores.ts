/** Runs a command on borrowed cores. */
import type { CoresWish } from './cores.js';
import type { RunOutcome, RunSpec } from './process.js';
import type { System } from './system.js';

/** What became of a command that was stopped before it was started. */
export const STOPPED: RunOutcome = { exitCode: undefined, signal: 'SIGTERM', spawnError: undefined };

/** Starts the command once a core is free. A cargo in it uses more as they become free, whatever starts it: it reads of them in its environment, whose CARGO_BUILD_JOBS goes before `jobs`. */
export async function streamWithCores(system: Pick<System, 'stream' | 'cores'>, { what, jobs, say }: Omit<CoresWish, 'signal'>, spec: RunSpec): Promise<RunOutcome> {
  const cores = await system.cores.borrow({ what, jobs: spec.env['CARGO_BUILD_JOBS'] ?? jobs, say, signal: spec.signal });
  if (!cores) return STOPPED;
  try {
    return await system.stream({ ...spec, env: { ...spec.env, ...cores.env }, descriptors: cores.descriptors });
  } finally {
    await cores.release();
  }
}
