/** Runs a command on borrowed cores. */
import type { Cores, CoresWish, LastCrate } from './cores.js';
import type { RunOutcome, RunSpec } from './process.js';
import type { System } from './system.js';

/** What became of a command that was stopped before it was started. */
export const STOPPED: RunOutcome = { exitCode: undefined, signal: 'SIGTERM', spawnError: undefined };

/**
 * Programs that hand open files on to what they start, and so the job server: cargo, make and shells. Node and Python do not, and a cargo below them would be told of files that are not open, and warn (1.96 on).
 */
const HANDS_ON = /(?:^|\/)(?:cargo[^/]*|g?make|(?:ba|da|k|z)?sh)$/;

/** A command that has a script ask before it compiles the last crate. */
export interface AskingLast extends LastCrate {
  /** By which the script knows that it can ask: it writes to descriptor 6, and reads from it until that ends. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Starts the command once a core is free. A cargo in it uses more as they become free: it reads of them in its environment, whose CARGO_BUILD_JOBS goes before `jobs`. Other commands have one core, and
 * what else was free is lent to whoever wants it.
 */
export async function streamWithCores(system: Pick<System, 'stream' | 'cores'>, { what, jobs, say, last }: Omit<CoresWish, 'signal'> & { readonly last?: AskingLast | undefined }, spec: RunSpec): Promise<RunOutcome> {
  const cores = await system.cores.borrow({ what, jobs: spec.env['CARGO_BUILD_JOBS'] ?? jobs, say, signal: spec.signal, last });
  if (!cores) return STOPPED;
  try {
    const { CARGO_MAKEFLAGS: server, ...others } = cores.env;
    if (server === undefined || !HANDS_ON.test(spec.command)) return await system.stream({ ...spec, env: { ...spec.env, ...others } });
    return await system.stream({ ...spec, env: { ...spec.env, ...cores.env, ...last?.env }, descriptors: cores.descriptors, ...(last ? { onSocket: answerLast(cores) } : {}) });
  } finally {
    await cores.release();
  }
}

/** Ends what is said to the script: so whoever asks later is answered, too. */
function answerLast(cores: Cores): NonNullable<RunSpec['onSocket']> {
  return (socket) => {
    socket.once('data', () => void cores.lastCrate().then(() => socket.end()));
  };
}
