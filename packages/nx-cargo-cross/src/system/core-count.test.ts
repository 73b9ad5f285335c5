import { availableParallelism } from 'node:os';
import { expect, test } from '@jest/globals';
import { coresGiven, quotas } from './core-count.js';

const V2 = { '/proc/self/cgroup': '0::/user/run\n' };
const V1 = { '/proc/self/cgroup': '12:memory:/docker/1\n5:cpu,cpuacct:/docker/1\n1:name=systemd:/\n0::/\n' };

test.each<[string, Readonly<Record<string, string>>, readonly number[]]>([
  ['no control groups', {}, []],
  ['a group without a limit', { ...V2, '/sys/fs/cgroup/user/run/cpu.max': 'max 100000\n' }, []],
  ['two cores', { ...V2, '/sys/fs/cgroup/user/run/cpu.max': '200000 100000\n' }, [2]],
  ['a group above with less', { ...V2, '/sys/fs/cgroup/user/run/cpu.max': '400000 100000\n', '/sys/fs/cgroup/user/cpu.max': '150000 50000\n' }, [4, 3]],
  ['the root of a container', { '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cpu.max': '250000 100000\n' }, [2]],
  ['less than a core', { ...V2, '/sys/fs/cgroup/user/run/cpu.max': '20000 100000\n' }, [1]],
  ['version 1', { ...V1, '/sys/fs/cgroup/cpu,cpuacct/docker/1/cpu.cfs_quota_us': '300000\n', '/sys/fs/cgroup/cpu,cpuacct/docker/1/cpu.cfs_period_us': '100000\n' }, [3]],
  ['version 1 in a container, which is told the path outside', { ...V1, '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '300000\n', '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n' }, [3]],
  ['version 1 without a limit', { ...V1, '/sys/fs/cgroup/cpu/docker/1/cpu.cfs_quota_us': '-1\n', '/sys/fs/cgroup/cpu/docker/1/cpu.cfs_period_us': '100000\n' }, []],
  ['what cannot be read as a number', { ...V2, '/sys/fs/cgroup/user/run/cpu.max': 'nonsense\n' }, []],
])('control groups: %s', (_, files, expected) => expect(quotas((path) => files[path])).toEqual(expected));

test('there is a core at least, and never one that the scheduler does not give', () => {
  expect(coresGiven()).toBeGreaterThanOrEqual(1);
  expect(coresGiven()).toBeLessThanOrEqual(availableParallelism());
});
