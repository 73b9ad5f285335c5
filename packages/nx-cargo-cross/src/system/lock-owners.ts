/** Who holds a lock of the system's on a file, as cargo takes them: `flock(2)`. Linux tells; elsewhere nobody does. */
import { readFile, readlink, stat } from 'node:fs/promises';
import { attempt } from './files.js';

export interface LockOwner {
  readonly pid: number;
  /** Its command line, shortened; empty where it cannot be read. */
  readonly command: string;
  /** The folder that it works in; empty where it cannot be read. */
  readonly directory: string;
}

const LONGEST_COMMAND = 80;

/** The first process that holds a lock on any of the files; undefined where there is none, or the system does not say. */
export async function ownerOfLock(files: readonly string[]): Promise<LockOwner | undefined> {
  const table = await attempt(() => readFile('/proc/locks', 'utf8'));
  if (!table.ok) return undefined;
  const inodes = new Set<number>();
  for (const file of files) {
    const found = await attempt(() => stat(file));
    if (found.ok) inodes.add(found.value.ino);
  }
  const pid = lockingProcess(table.value, inodes);
  if (pid === undefined) return undefined;
  const command = await attempt(() => readFile(`/proc/${pid}/cmdline`, 'utf8'));
  const directory = await attempt(() => readlink(`/proc/${pid}/cwd`));
  const words = command.ok ? command.value.replaceAll('\0', ' ').trim() : '';
  return { pid, command: words.length > LONGEST_COMMAND ? `${words.slice(0, LONGEST_COMMAND)}...` : words, directory: directory.ok ? directory.value : '' };
}

/**
 * The holder by the table of /proc/locks, proc(5): `1: FLOCK  ADVISORY  WRITE 708 08:02:12345 0 EOF`; those who wait have an arrow before the kind. By inode alone: file
 * systems such as btrfs tell another device there than stat does.
 */
export function lockingProcess(table: string, inodes: ReadonlySet<number>): number | undefined {
  for (const line of table.split('\n')) {
    const [, pid, inode] = /^\d+:\s+FLOCK\s+\S+\s+\S+\s+(\d+)\s+\S+:(\d+)\s/.exec(line) ?? [];
    if (pid !== undefined && Number(pid) > 0 && inodes.has(Number(inode))) return Number(pid);
  }
  return undefined;
}
