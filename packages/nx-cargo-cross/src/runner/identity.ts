/** Who runs a platform's programs, as far as the key of a test must know it. */
import { askFirst } from '../diagnostics/ask.js';
import type { Triple } from '../platform/triple.js';
import { runWays, type RunHost } from './ways.js';

export interface RunnerIdentity {
  /** Commands whose output is the identity; one that is not there is one too. */
  readonly runtimes: readonly string[];
  readonly env: readonly string[];
}

/** Any of them: the commands are asked on the machine itself. */
const HOSTS: readonly RunHost[] = [
  { triple: 'x86_64-unknown-linux-gnu', os: 'linux' },
  { triple: 'aarch64-apple-darwin', os: 'macos' },
];

/** The machine always; the emulator, its C library and wine where one may be used. */
export function runnerIdentity(triple: Triple): RunnerIdentity {
  const ways = HOSTS.flatMap((host) => runWays(triple, host).ways);
  const programs = ways.flatMap(({ programs: names }) => (names.length > 0 ? [askFirst(...names.map((name) => `${name} --version`))] : []));
  // A dynamic program runs on the C library that the emulator is given.
  const libraries = ways.flatMap(({ roots }) => roots.flatMap((root) => (root === '' ? [] : [askFirst(`cksum ${root}/lib/libc.so.6`)])));
  const machine = triple.facts.os === 'wasi' ? 'node --version' : 'node -p process.platform+process.arch';
  return {
    runtimes: [...new Set([machine, ...programs, ...libraries])],
    env: [...(ways.some(({ kind }) => kind === 'qemu') ? ['QEMU_LD_PREFIX', 'QEMU_CPU', 'QEMU_STACK_SIZE'] : [])],
  };
}
