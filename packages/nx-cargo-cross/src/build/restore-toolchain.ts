/**
 * Puts a toolchain that was made elsewhere where builds look for it: entries of zig's global cache, and a std that was built. Nothing that is there is overwritten. zig takes an entry by the digest of all that it was made from, and holds
 * the files against it again, so that one which does not fit costs its room and nothing else; std goes into the folder that is named after the very rustc, and after nothing else.
 */
import { basename, join } from 'node:path';
import { linksCxx } from '../graph/toolchain-targets.js';
import { ARCHIVE_NAME, INDEX_NAME, parseToolchainIndex, partsOf, type ToolchainIndex } from '../layer/toolchain-index.js';
import type { PlannedBuild } from '../plan/plan.js';
import { readArchive } from '../system/brotli-archive.js';
import { digest } from '../system/digest.js';
import { attempt, mkdir, rm, swapDirectory, writeFile } from '../system/files.js';
import { existsNow, readTextNow } from '../system/files-now.js';
import { withLock } from '../system/locks.js';
import { placeNow } from '../system/place-now.js';
import type { System } from '../system/system.js';
import { zigCacheFolder } from '../system/user-folders.js';
import type { Toolchain } from '../toolchain/identity.js';
import { cachedSysroot, canonicalSysroot, hasStd, installedStd } from '../toolchain/std-sysroot.js';
import type { Probed } from './probe.js';
import type { ToolchainSource } from './toolchain-source.js';

export interface Bringing {
  readonly system: System;
  readonly source: ToolchainSource;
  readonly planned: Pick<PlannedBuild, 'request' | 'triple' | 'linksStd'>;
  readonly probed: Probed;
  readonly signal: AbortSignal | undefined;
  readonly say: (what: string) => void;
  /** What is printed while it is made, in whole lines. */
  readonly hear: (text: string) => void;
  /** Told why the toolchain is of no use. */
  readonly unusable: (why: string) => void;
}

/** Asks for a build's toolchain, once for each machine. Never fails a build. */
export async function bringToolchain(bringing: Bringing): Promise<void> {
  const { system, source, planned, probed, signal, say, hear, unusable } = bringing;
  const { request } = planned;
  const wish = source.wishOf(request);
  if (!wish || (await isNothingBuilt(bringing))) return;
  const zig = probed.probe.tools['zig'];
  const cache = zig && zigCacheFolder(system.env);
  const { label, commit, sysroot } = probed.toolchain;
  const note = join(system.cacheFolder, 'toolchains', digest(JSON.stringify([wish.id, zig?.version, zig?.env, cache, label, commit, sysroot])).slice(0, 24));
  // Whoever throws zig's cache away is asked again.
  const isAsked = (): boolean => existsNow(note) && (cache === undefined || existsNow(join(cache, 'h')));
  if (isAsked()) return;
  const asked = await attempt(() =>
    withLock(
      `${note}.lock`,
      `asking for the toolchain of ${request.build.platform.name}`,
      (holder) => say(`waiting for process ${holder.pid}, which is ${holder.what}`),
      async () => {
        if (isAsked()) return;
        say('asking for the toolchain of its platform');
        const missing = await source.bring(request, hear, signal);
        if (signal?.aborted) return;
        const begin = system.now();
        const put = missing ?? (await putToolchain(bringing, wish.folder, cache));
        if (typeof put === 'string') unusable(put);
        else if (put.parts > 0) say(`${put.parts} parts of the toolchain of ${planned.triple} are put in place (${(put.size / 1e6).toFixed(1)} MB), in ${((system.now() - begin) / 1000).toFixed(1)} s`);
        if (cache !== undefined) await mkdir(join(cache, 'h'), { recursive: true });
        await writeFile(note, '');
      },
      signal,
    ),
  );
  if (!asked.ok) unusable(asked.cause);
}

/** Where std is installed, and brings the C library, nothing is in the toolchain but the C++ library of those who want it. */
async function isNothingBuilt({ system, planned: { request, triple, linksStd }, probed }: Bringing): Promise<boolean> {
  return linksStd && !linksCxx(request.closure) && (await stdPlace(system, probed.toolchain, triple)) === undefined;
}

/** Where std for a triple is built into; undefined where the toolchain has its own. */
export async function stdPlace({ cacheFolder }: Pick<System, 'cacheFolder'>, toolchain: Toolchain, triple: string): Promise<{ readonly root: string; readonly lib: string } | undefined> {
  if (await hasStd(installedStd(toolchain, triple))) return undefined;
  const sysroot = await canonicalSysroot(cachedSysroot(cacheFolder, toolchain));
  return { root: sysroot.root, lib: sysroot.libOf(triple) };
}

type Put = { readonly parts: number; readonly size: number } | string;

async function putToolchain(bringing: Bringing, folder: string, cache: string | undefined): Promise<Put> {
  const { system, planned, probed } = bringing;
  const read = readTextNow(join(folder, INDEX_NAME));
  if (read === undefined) return `${INDEX_NAME} is missing`;
  const parsed = parseToolchainIndex(read);
  if (!parsed.ok) return parsed.why;
  const { index } = parsed;
  const built = await stdPlace(system, probed.toolchain, planned.triple);
  const std = built && index.sysroot === basename(built.root) && !(await hasStd(built.lib)) ? built : undefined;
  const zig = cache !== undefined && index.zigLib === probed.probe.tools['zig']?.env['ZIG_LIB_DIR'] ? cache : undefined;
  const placeOf = (part: string): string | undefined => {
    if (part === 'std') return std?.lib;
    return zig === undefined || existsNow(join(zig, part.slice('zig/'.length))) ? undefined : join(zig, part.slice('zig/'.length));
  };
  const missing = new Map(partsOf(index.files).flatMap((part): [string, string][] => {
    const place = placeOf(part);
    return place === undefined ? [] : [[part, place]];
  }));
  return missing.size === 0 ? { parts: 0, size: index.size } : unpack(bringing, { folder, index, missing, zig, std });
}

interface Unpacking {
  readonly folder: string;
  readonly index: ToolchainIndex;
  /** Parts that are not there, and where they go. */
  readonly missing: ReadonlyMap<string, string>;
  readonly zig: string | undefined;
  readonly std: { readonly root: string; readonly lib: string } | undefined;
}

async function unpack({ signal }: Bringing, { folder, index, missing, zig, std }: Unpacking): Promise<Put> {
  // Beside where they go, so that each is there in one step.
  const drafts = { zig: zig === undefined ? undefined : join(zig, 'tmp', 'nx-cargo-cross-toolchain'), std: std && join(std.root, 'unpacked-std') };
  const draftOf = (path: string): string | undefined => {
    const draft = path.startsWith('std/') ? drafts.std : drafts.zig;
    return draft === undefined ? undefined : join(draft, path);
  };
  const all = [drafts.zig, drafts.std].filter((draft) => draft !== undefined);
  const work = async (): Promise<Put> => {
    for (const draft of all) await rm(draft, { recursive: true, force: true });
    const files = index.files.map(({ path, size }) => ({ size, executable: false, to: missing.has(partsOf([{ path }])[0] ?? '') ? draftOf(path) : undefined }));
    for (const parent of new Set(files.flatMap(({ to }) => (to === undefined ? [] : [join(to, '..')])))) await mkdir(parent, { recursive: true });
    const unpacked = await readArchive(join(folder, ARCHIVE_NAME), index.sha256, files);
    if (!unpacked.ok) return `${ARCHIVE_NAME} cannot be unpacked: ${unpacked.cause}`;
    const now = new Date();
    for (const [part, place] of missing) {
      if (part === 'std') {
        if (drafts.std !== undefined && !(await hasStd(place))) await swapDirectory(join(drafts.std, 'std'), place);
        continue;
      }
      const failure = drafts.zig === undefined ? undefined : placeNow(join(drafts.zig, part), place, now);
      // A zig that runs may have made the same meanwhile.
      if (failure !== undefined && !existsNow(place)) return failure;
    }
    return { parts: missing.size, size: index.size };
  };
  try {
    // The lock of those who unpack into these folders, and the one under which std is built there.
    const locks = [...(drafts.zig === undefined ? [] : [`${drafts.zig}.lock`]), ...(std ? [join(std.root, 'build.lock')] : [])];
    const locked = locks.reduceRight<() => Promise<Put>>((inner, lock) => async () => (await withLock(lock, 'unpacking a toolchain', () => undefined, inner, signal)) ?? 'it was stopped', work);
    return await locked();
  } finally {
    for (const draft of all) await attempt(() => rm(draft, { recursive: true, force: true }));
  }
}
