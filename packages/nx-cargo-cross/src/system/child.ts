/** Children of the small programs that compilers start: in the caller's own process group, waited for, their output kept or let through. */
import { spawnSync } from 'node:child_process';

export interface Ran {
  /** 127 where the program could not be started. */
  readonly status: number;
  readonly stderr: string;
}

/** Runs a program to its end; what it writes to its error stream is kept, and its output goes where ours goes. */
export function runChild(command: string, args: readonly string[]): Ran {
  const { status, stderr, error } = spawnSync(command, args, { stdio: ['inherit', 'inherit', 'pipe'], encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (error && status === null) return { status: 127, stderr: `${command}: ${error.message}\n` };
  return { status: status ?? 1, stderr: stderr ?? '' };
}
