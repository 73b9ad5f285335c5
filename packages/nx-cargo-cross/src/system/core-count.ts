/** How many cores this process may use, as cargo counts them: what the scheduler lets it run on, and what its control group is given of that. */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { posix } from 'node:path';

/** At least 1. Node asks control groups only from 22.10 on (libuv 1.49). */
export function coresGiven(): number {
  return Math.max(1, Math.min(availableParallelism(), ...quotas(readText)));
}

/** The text of a file; undefined where it cannot be read. */
export type Read = (path: string) => string | undefined;

/**
 * Whole cores that the process's control group and those above it may use at once; empty where nothing limits them.
 * Source: cgroups(7); the kernel's `cgroup-v2.rst`, "cpu.max", and `sched-bwc.rst`, "cpu.cfs_quota_us".
 */
export function quotas(read: Read): readonly number[] {
  return (read('/proc/self/cgroup') ?? '').split('\n').flatMap((line) => {
    const [, controllers = '', path = '/'] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (line !== '' && controllers === '') return upwards(path).map((folder) => quotaOf(read(`/sys/fs/cgroup${folder}cpu.max`)?.split(' ')));
    if (!controllers.split(',').includes('cpu')) return [];
    return upwards(path).flatMap((folder) => [controllers, 'cpu'].map((mount) => quotaOf(['cpu.cfs_quota_us', 'cpu.cfs_period_us'].map((name) => read(`/sys/fs/cgroup/${mount}${folder}${name}`)))));
  }).filter((quota) => quota !== undefined);
}

/** Microseconds of processor in each period of so many microseconds. */
function quotaOf([quota, period]: readonly (string | undefined)[] = []): number | undefined {
  const cores = Number(quota) / Number(period);
  return quota !== undefined && cores > 0 && Number.isFinite(cores) ? Math.max(1, Math.floor(cores)) : undefined;
}

/** The folder and all above it, each with a slash at its end. */
function upwards(path: string): readonly string[] {
  const folder = posix.join('/', path, '/');
  return folder === '/' ? ['/'] : [folder, ...upwards(posix.dirname(folder))];
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
