/** Makes the runner of a platform ready on this machine: the first of its ways of which everything is there. */
import { dirname, isAbsolute, join } from 'node:path';
import type { NotRunnable } from '../diagnostics/run-failure.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import type { Triple } from '../platform/triple.js';
import { RANDOM_DLL, randomDll } from '../runner/random-dll.js';
import { runWays, WINE_UNSET, type RunHost, type RunnerKind, type RunWay } from '../runner/ways.js';
import { WASI_WORD, type RunnerSpec } from '../runner/spec.js';
import { attempt, exists, mkdir, writeFile } from '../system/files.js';
import { withLock } from '../system/locks.js';
import { ownProgram } from '../system/own-package.js';
import type { System } from '../system/system.js';

/** How programs are started here. */
export interface Runner {
  readonly kind: RunnerKind;
  /** As said to the user: `directly`, `qemu-aarch64`, `wine`, `Node's WASI`. */
  readonly label: string;
  readonly command: RunnerSpec['command'];
  readonly env: RunnerSpec['env'];
  readonly unset: RunnerSpec['unset'];
}

/** Of a program. */
export interface RunNeed {
  readonly triple: Triple;
  /** The loader that it names; undefined for a static one, and where the format has none. */
  readonly interpreter: string | undefined;
}

/** The words that start a program under a runner. Behind them come the spec's file and the program. */
export const RUN_UNDER = ownProgram('runUnder');

/** Finds the runner and makes it ready. Fails with `not-runnable`. */
export async function findRunner(system: System, host: RunHost, { triple, interpreter }: RunNeed): Promise<Result<Runner>> {
  const { ways, why } = runWays(triple, host);
  const missing: string[] = [];
  for (const way of ways) {
    const found = await findWay(system, way, interpreter);
    if (typeof found === 'string') missing.push(found);
    else if (found.kind === 'wine') return readyWine(system, triple, found);
    else return success(found);
  }
  const install = ways.flatMap((way) => way.install ?? []).at(-1);
  return notRunnable(triple, missing.length > 0 ? missing : [why], install);
}

function notRunnable(triple: Triple, reasons: readonly string[], install: string | undefined): Result<never> {
  return failed({ code: 'not-runnable', triple: triple.name, reasons, install } satisfies NotRunnable);
}

/** The way as a runner, or what is missing of it. */
async function findWay(system: System, way: RunWay, interpreter: string | undefined): Promise<Runner | string> {
  const { kind, args, env } = way;
  const program = await firstProgram(system, way.programs);
  if (way.programs.length > 0 && program === undefined) return `${way.programs.join(' and ')}: not on this machine`;
  const root = interpreter === undefined || kind === 'wasi' ? '' : await firstRoot(system, way.roots, interpreter);
  if (root === undefined) return `${way.roots.map((folder) => `${folder}${interpreter ?? ''}`).join(' and ')}: not on this machine, and the program needs it as its loader`;
  // Where Debian's multiarch has the same libraries, /etc/ld.so.cache leads there, and a loader with another build's libc hangs at the first thread (seen with
  // 2.36-8 and 2.36-9): the root's own libraries are named first.
  const library = root === '' ? [] : ['-L', root, '-E', `LD_LIBRARY_PATH=${root}/lib`];
  const words: Readonly<Record<RunnerKind, readonly string[]>> = {
    direct: [],
    qemu: [program ?? '', ...args, ...library],
    wine: [program ?? ''],
    wasi: [WASI_WORD],
  };
  return { kind, label: labelOf(kind, way), command: words[kind], env, unset: [] };
}

function labelOf(kind: RunnerKind, { programs: [name = ''] }: RunWay): string {
  switch (kind) {
    case 'direct':
      return 'directly';
    case 'qemu':
      return name;
    case 'wine':
      return 'wine';
    case 'wasi':
      return "Node's WASI";
  }
}

async function firstProgram(system: System, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    const found = isAbsolute(name) ? ((await system.exists(name)) ? name : undefined) : await system.findOnPath(name, system.env);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** qemu reads `QEMU_LD_PREFIX` itself; what the user says there holds. */
async function firstRoot(system: System, roots: readonly string[], interpreter: string): Promise<string | undefined> {
  if (system.env['QEMU_LD_PREFIX'] !== undefined && roots.some((root) => root !== '')) return '';
  for (const root of roots) if (await system.exists(`${root}${interpreter}`)) return root;
  return undefined;
}

const WINE_START_MS = 180_000;

/** A prefix of the plugin's own, made once (7 s), with the library that older wines lack. The user's own prefix is never touched. */
async function readyWine(system: System, triple: Triple, runner: Runner): Promise<Result<Runner>> {
  const prefix = join(system.cacheFolder, 'wine', triple.facts.bits === 64 ? 'prefix64' : 'prefix32');
  const env = { ...runner.env, WINEPREFIX: prefix, WINEARCH: triple.facts.bits === 64 ? 'win64' : 'win32' };
  const { command: [wine = ''] } = runner;
  const library = join(prefix, 'drive_c', 'windows', 'system32', RANDOM_DLL);
  const made = await attempt(async () => {
    await mkdir(prefix, { recursive: true });
    return withLock(join(prefix, 'nx-cargo-cross.lock'), 'making a wine prefix', () => undefined, async () => {
      if (await exists(library)) return '';
      const parent = Object.fromEntries(Object.entries(system.env).filter(([name]) => !WINE_UNSET.some((unset) => unset === name)));
      const started = await system.capture({ command: wine, args: ['wineboot', '--init'], env: { ...parent, ...env }, timeout: WINE_START_MS });
      if (started.exitCode !== 0) return started.spawnError ?? (started.stderr.trim().split('\n').at(-1) || `exit code ${started.exitCode ?? started.signal ?? '?'}`);
      if (!(await exists(library))) {
        await mkdir(dirname(library), { recursive: true });
        await writeFile(library, randomDll(triple.facts.bits));
      }
      return '';
    });
  });
  const problem = made.ok ? made.value : made.cause;
  if (problem !== '') return notRunnable(triple, [`${wine} cannot make its folder ${prefix}: ${problem ?? 'stopped'}`], undefined);
  return success({ ...runner, env, unset: WINE_UNSET });
}
