/** Ends a process and all that it started, as far as they can still be told to be its own. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Kills at once; a process that is gone already is no error. */
export function killTree(pid: number): void {
  if (pid <= 0) return;
  if (process.platform === 'win32') {
    quietly(() => execFileSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' }));
    return;
  }
  const parents = quietly(parentsByPid) ?? new Map<number, number>();
  const doomed = [pid];
  for (const parent of doomed) for (const [child, of] of parents) if (of === parent) doomed.push(child);
  for (const one of doomed) quietly(() => process.kill(one, 'SIGKILL'));
}

/** Parent by process id. Field 4 of /proc/<pid>/stat, proc(5); else POSIX ps. */
function parentsByPid(): Map<number, number> {
  const parents = new Map<number, number>();
  if (process.platform === 'linux') {
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      const stat = quietly(() => readFileSync(`/proc/${name}/stat`, 'utf8')) ?? '';
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    }
    return parents;
  }
  for (const line of execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).split('\n')) {
    const [child, parent] = line.trim().split(/\s+/).map(Number);
    if (child !== undefined && parent !== undefined) parents.set(child, parent);
  }
  return parents;
}

function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
