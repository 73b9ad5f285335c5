/**
 * The standard library for the triples of a plan: what is installed is used; else rustup installs it for the very toolchain that builds; else it is
 * built once from rust-src into a sysroot in the plugin's cache folder, and reused ever after.
 */
import { join } from 'node:path';
import { failed, success, type Result } from '../diagnostics/result.js';
import { attempt, exists, makeWritable, writeIfDifferent } from '../system/files.js';
import { withLock } from '../system/locks.js';
import type { System } from '../system/system.js';
import type { TripleName } from '../platform/triple.js';
import { quoteWord } from '../diagnostics/quote.js';
import { otherWays } from './other-toolchains.js';
import type { Toolchain } from './identity.js';
import { buildStd } from './std-build.js';
import { cachedSysroot, canonicalSysroot, hasStd, installedStd, linkInstalledStd, stdSource, type CachedSysroot } from './std-sysroot.js';

export interface StdContext {
  readonly system: System;
  readonly toolchain: Toolchain;
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Told what is being waited for or made, in words. */
  readonly onProgress: (what: string, counted?: { readonly done: number; readonly total: number }) => void;
}

/** How cargo must be called so that std is found. */
export interface StdReady {
  /** The rustc to name in RUSTC; undefined where the toolchain's own finds everything. */
  readonly rustcWrapper: string | undefined;
  /** The sysroot that the wrapper names. */
  readonly sysroot: string | undefined;
}

/**
 * Makes std available for every triple. Several triples that must be built are built in one cargo call.
 * Fails with `std-missing`, `std-build-failed` or `cache-unwritable`.
 */
export async function ensureStd(context: StdContext, triples: readonly TripleName[]): Promise<Result<StdReady>> {
  const lacking = await notInstalled(context.toolchain, triples);
  if (lacking.length === 0) return success({ rustcWrapper: undefined, sysroot: undefined });
  const named = cachedSysroot(context.system.cacheFolder, context.toolchain);
  const writable = await attempt(() => makeWritable(named.root));
  if (!writable.ok) return failed({ code: 'cache-unwritable', directory: context.system.cacheFolder, cause: writable.cause });
  const sysroot = await canonicalSysroot(named);
  if ((await notCached(sysroot, lacking)).length === 0) return ready(context, sysroot);

  const tried = await addWithRustup(context, lacking);
  const stillLacking = await notCached(sysroot, await notInstalled(context.toolchain, lacking));
  if (stillLacking.length === 0) return readyOrInstalled(context, sysroot, triples);

  const source = stdSource(context.toolchain);
  if (!(await exists(join(source, 'std', 'Cargo.toml')))) {
    const ways = await otherWays(context);
    const [first = 'wasm32-unknown-unknown' as TripleName, ...rest] = stillLacking;
    const failureOf = (triple: TripleName) =>
      ({
        code: 'std-missing',
        triple,
        toolchain: context.toolchain.label,
        tried: [...tried, `std's source is not there either: ${source}`],
        commands: ways(triple),
      }) as const;
    return failed(failureOf(first), ...rest.map(failureOf));
  }
  const built = await withLock(
    join(sysroot.root, 'build.lock'),
    `building std for ${stillLacking.join(', ')}`,
    (holder) => context.onProgress(`waiting for process ${holder.pid}, which is ${holder.what}`),
    async () => {
      const needed = await notCached(sysroot, stillLacking);
      return needed.length === 0 ? success(undefined) : buildStd(context, sysroot, source, needed);
    },
    context.signal,
  );
  if (!built) return failed({ code: 'interrupted', crate: 'std', triple: stillLacking.join(', '), signal: 'while waiting for another build' });
  return built.ok ? ready(context, sysroot) : built;
}

async function readyOrInstalled(context: StdContext, sysroot: CachedSysroot, triples: readonly TripleName[]): Promise<Result<StdReady>> {
  const lacking = await notInstalled(context.toolchain, triples);
  return lacking.length === 0 ? success({ rustcWrapper: undefined, sysroot: undefined }) : ready(context, sysroot);
}

/** Links what is installed into the cached sysroot too, so that one wrapper serves every triple of a call. */
async function ready(context: StdContext, sysroot: CachedSysroot): Promise<Result<StdReady>> {
  await linkInstalledStd(context.toolchain, sysroot);
  const script = `#!/bin/sh\nexec ${quoteWord(context.toolchain.realRustc)} --sysroot ${quoteWord(sysroot.root)} "$@"\n`;
  await writeIfDifferent(sysroot.rustc, script, true);
  return success({ rustcWrapper: sysroot.rustc, sysroot: sysroot.root });
}

async function addWithRustup(context: StdContext, triples: readonly TripleName[]): Promise<readonly string[]> {
  const { system, toolchain, env } = context;
  const rustup = await system.findOnPath('rustup', env);
  if (rustup === undefined) return ['rustup is not on the PATH'];
  if (toolchain.rustupName === undefined) return ['the toolchain is not one that rustup manages'];
  context.onProgress(`installing std for ${triples.join(', ')} with rustup`);
  const args = ['target', 'add', '--toolchain', toolchain.rustupName, ...triples];
  const command = `rustup ${args.join(' ')}`;
  const answer = await withLock(
    join(system.cacheFolder, 'rustup.lock'),
    `running ${command}`,
    (holder) => context.onProgress(`waiting for process ${holder.pid}, which is ${holder.what}`),
    () => system.capture({ command: rustup, args, cwd: context.directory, env, timeout: 600_000 }),
    context.signal,
  );
  if (!answer) return [`${command}: stopped while waiting for another rustup`];
  if (answer.exitCode === 0) return [`${command}: done`];
  return [`${command}: ${firstError(answer.stderr) ?? answer.spawnError ?? answer.signal ?? `exit code ${answer.exitCode ?? '?'}`}`];
}

function firstError(stderr: string): string | undefined {
  const lines = stderr.split('\n').map((line) => line.trim());
  return lines.find((line) => line.startsWith('error:')) ?? lines.find((line) => line !== '');
}

async function notInstalled(toolchain: Toolchain, triples: readonly TripleName[]): Promise<readonly TripleName[]> {
  return filterAsync(triples, async (triple) => !(await hasStd(installedStd(toolchain, triple))));
}

async function notCached(sysroot: CachedSysroot, triples: readonly TripleName[]): Promise<readonly TripleName[]> {
  return filterAsync(triples, async (triple) => !(await hasStd(sysroot.libOf(triple))));
}

async function filterAsync<T>(items: readonly T[], keep: (item: T) => Promise<boolean>): Promise<readonly T[]> {
  const kept = await Promise.all(items.map(keep));
  return items.filter((_, index) => kept[index]);
}

