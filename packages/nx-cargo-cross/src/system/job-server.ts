/**
 * A job server for one cargo call, in make's protocol: a pipe with a token in it for each job beyond the first. Named by descriptors, as cargo names its own: every cargo, rustc and make reads
 * that, while make before 4.4 and cargo before 1.69 know no `fifo:`. Source: GNU make's manual, "POSIX Jobserver Interaction".
 */
import { closeSync, constants, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { runCaptured } from './process.js';

export interface JobServer {
  /** For whom is to be its client. */
  readonly env: Readonly<Record<string, string>>;
  /** What the client inherits, from descriptor 4 on: see `RunSpec.descriptors`. */
  readonly descriptors: readonly [number, number];
  /** Puts tokens in. */
  add(count: number): void;
  /** Takes out as many tokens as nobody uses, at most `count`, and returns how many. */
  take(count: number): number;
  close(): void;
}

/**
 * A pipe is made by its name, since Node makes none, and the name is taken away at once: nothing is left behind, and nobody else can open it.
 * @param path of the name, in a folder of the user's own
 * @returns undefined where none can be had
 */
export async function openJobServer(path: string, env: Readonly<Record<string, string>>): Promise<JobServer | undefined> {
  const made = await runCaptured({ command: 'mkfifo', args: ['-m', '600', path], env });
  if (made.exitCode !== 0) return undefined;
  const opened: number[] = [];
  const open = (flags: number): number => {
    const descriptor = openSync(path, flags);
    opened.push(descriptor);
    return descriptor;
  };
  const close = (): void => {
    for (const descriptor of opened.splice(0)) closeSync(descriptor);
  };
  try {
    // Clients wait when they read, and this process must not: each end is opened by itself, first the one that waits for no other.
    const own = open(constants.O_RDWR | constants.O_NONBLOCK);
    const descriptors = [open(constants.O_RDONLY), open(constants.O_WRONLY)] as const;
    return {
      env: { CARGO_MAKEFLAGS: '-j --jobserver-fds=4,5 --jobserver-auth=4,5' },
      descriptors,
      add: (count) => {
        if (count > 0) writeSync(own, '+'.repeat(count));
      },
      take: (count) => (count > 0 ? readAtOnce(own, count) : 0),
      close,
    };
  } catch {
    close();
    return undefined;
  } finally {
    rmSync(path, { force: true });
  }
}

function readAtOnce(descriptor: number, count: number): number {
  try {
    return readSync(descriptor, Buffer.alloc(count));
  } catch {
    // EAGAIN: nothing is in it.
    return 0;
  }
}
