/** The guards of the runs that this process serves: a plugin worker serves one run, or, below Nx's daemon, many at once. */
import { join } from 'node:path';
import { renderUncoveredRun } from '../diagnostics/render.js';
import { parseUncovered } from '../diagnostics/uncovered.js';
import { sayUnguarded } from '../remote/trouble.js';
import { attempt, mkdir, readFile, rm, writeFile } from './files.js';
import { existsNow } from './files-now.js';
import { startRemoteGuard, type RemoteGuard } from './remote-guard.js';
import { proxyFor, withoutProxyHere } from './remote-proxy.js';
import { isUncovered, readUncovered, uncoveredKeys } from './uncovered-marks.js';
import { cacheFolder } from './user-folders.js';

type Env = Readonly<Record<string, string | undefined>>;

/** Nx 24.0.6, tasks-runner/cache.js: read when the tasks runner starts, after `preTasksExecution`. */
const SERVER = 'NX_SELF_HOSTED_REMOTE_CACHE_SERVER';

/** `false`: no guard. `strict`: only sealed entries. */
const SWITCH = 'NX_CARGO_CROSS_REMOTE_GUARD';

/** The address of the guard, for an Nx that a task starts. */
const GUARDED = 'NX_CARGO_CROSS_GUARDED';

/** Which server a guard stands for; kept after its end, since below Nx's daemon the environment may still name it in the next run. */
const servers = new Map<string, string>();

interface Run {
  readonly guard: RemoteGuard;
  /** Says what went wrong, once; whether it did so now. */
  readonly say: () => boolean;
  readonly before: Readonly<Record<string, string>>;
}

const runs = new Map<string, Run>();

/** How long the answers of lookups under way are waited for, so that they are in the same warning; milliseconds. */
const COLLECTED = 1500;

/** How long Nx needs to read what a worker printed, before it ends the worker; milliseconds. */
const HEARD = 200;

/**
 * Puts a guard in front of the remote cache that the environment names.
 * @returns the variables to set for the run; none where there is no such cache, or it is not to be guarded
 */
export async function openGuard(id: string, argv: readonly string[], env: Env): Promise<Readonly<Record<string, string>>> {
  const named = env[SERVER] ?? '';
  const server = servers.get(named) ?? named;
  if (server === '' || isOff(argv, env)) return {};
  const base = baseOf(server);
  if (base === undefined) return refuse(`${SERVER} is not the address of a server`, { [SERVER]: '' });
  // The guard of another Nx, above this one.
  if (env[GUARDED] === named && !servers.has(named)) return {};
  if (proxyFor(base, env) !== undefined) return refuse(`${base} is reached through a proxy (${proxyFor(base, env) ?? ''}). To have it guarded, add its host to NO_PROXY`, {});
  let said = false;
  const say = (): boolean => {
    const warning = said ? undefined : guard.warning();
    if (warning === undefined) return false;
    said = true;
    process.stderr.write(`\n${warning}\n`);
    return true;
  };
  // Trouble that may pass is told when the run is over, in one warning; that there is no remote cache any more, at once.
  const onOff = (): void => void setTimeout(say, COLLECTED).unref();
  const patience = 1000 * (Number(env['NX_CARGO_CROSS_REMOTE_TIMEOUT']) || 10);
  const distrusted = new Set(await readDistrusted(env));
  const started = await attempt(() => startRemoteGuard({ upstream: { base, patience }, distrusted, withheld: (hash) => isUncovered(cacheFolder(definedOnly(env)), hash), sealedOnly: env[SWITCH] === 'strict', onOff }));
  if (!started.ok) return refuse(`No guard can be put before the remote cache (${started.cause})`, {});
  const guard = started.value;
  runs.set(id, { guard, say, before: { [SERVER]: server, [GUARDED]: '' } });
  servers.set(guard.url, server);
  return { [SERVER]: guard.url, [GUARDED]: guard.url, ...withoutProxyHere(env) };
}

/**
 * Ends a run's guard, and says what went wrong and was not said.
 * @returns the variables as they were before: below Nx's daemon, this process serves the next run, too
 */
export async function closeGuard(id: string): Promise<Readonly<Record<string, string>>> {
  const run = runs.get(id);
  runs.delete(id);
  if (!run) return {};
  run.guard.close();
  if (run.say()) await new Promise((resolve) => setTimeout(resolve, HEARD));
  return run.before;
}

/** Takes entries out of Nx's own cache (nx 24.0.6: `<cacheDir>/<hash>`), so that the tasks are looked up elsewhere, or built. */
export async function dropFromNx(hashes: readonly string[], cacheDir: string): Promise<void> {
  for (const hash of hashes) await attempt(() => rm(join(cacheDir, hash), { recursive: true, force: true }));
}

/** The same for all results that were built from what their keys do not hold. */
export async function dropUncovered(cacheDir: string, env: Env): Promise<void> {
  const keys = await uncoveredKeys(cacheFolder(definedOnly(env)));
  await dropFromNx(keys.filter((hash) => existsNow(join(cacheDir, hash))), cacheDir);
}

/**
 * Says once for a whole run which results are not kept: Nx 24 shows no output of tasks that went well, where there are several.
 * @param hashes keys of the tasks that were run now
 */
export async function sayUncovered(hashes: readonly string[], env: Env): Promise<void> {
  const found = await Promise.all(hashes.map((hash) => readUncovered(cacheFolder(definedOnly(env)), hash)));
  const text = renderUncoveredRun(found.flatMap((one) => parseUncovered(one) ?? []));
  if (text === '') return;
  process.stderr.write(`\n${text}\n`);
  await new Promise((resolve) => setTimeout(resolve, HEARD));
}

/** Has guards on this machine refuse entries of the remote cache from now on. */
export async function distrust(hashes: readonly string[], env: Env): Promise<void> {
  const folder = cacheFolder(definedOnly(env));
  const all = [...new Set([...(await readDistrusted(env)), ...hashes])].slice(-KEPT);
  await attempt(async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, DISTRUSTED), `${JSON.stringify(all)}\n`);
  });
}

const DISTRUSTED = 'distrusted-entries.json';
const KEPT = 1000;

async function readDistrusted(env: Env): Promise<readonly string[]> {
  const read = await attempt(async () => JSON.parse(await readFile(join(cacheFolder(definedOnly(env)), DISTRUSTED), 'utf8')) as unknown);
  return read.ok && Array.isArray(read.value) ? read.value.filter((hash) => typeof hash === 'string') : [];
}

function isOff(argv: readonly string[], env: Env): boolean {
  return (
    env[SWITCH] === 'false' ||
    [env['NX_SKIP_REMOTE_CACHE'], env['NX_DISABLE_REMOTE_CACHE']].includes('true') ||
    argv.some((word) => /^--(skip-?remote-?cache|disable-?remote-?cache)(=true)?$/i.test(word))
  );
}

/** The address as the protocol's paths are put behind it; credentials in it would be refused by fetch, and the protocol has a token. */
function baseOf(server: string): string | undefined {
  if (!URL.canParse(server)) return undefined;
  const { protocol, host, pathname } = new URL(server);
  return /^https?:$/.test(protocol) ? `${protocol}//${host}${pathname.replace(/\/+$/, '')}` : undefined;
}

function refuse(why: string, changes: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  process.stderr.write(`\n${sayUnguarded(why, SERVER in changes)}\n`);
  return changes;
}

function definedOnly(env: Env): Record<string, string> {
  return Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
