/** The folder that zig takes for its library folder in links for Windows: links to zig's own files, but for those of mingw that are left out. What is left out, and why: `backend/zig/mingw-core.ts`. */
import { createHash } from 'node:crypto';
import { dirname, join, relative } from 'node:path';
import type { FoundTool } from '../backend/contract.js';
import type { MingwCore } from '../backend/zig/mingw-core.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import { attempt, canonicalPath, exists, filesBelow, listDirectory, makeWritable, mkdir, readFile, replaceSymlink, rm, swapDirectory, uniqueSuffix, writeFile, type Attempt } from '../system/files.js';
import { withLock } from '../system/locks.js';
import type { StdContext } from './std.js';

/** Where in zig's library folder mingw lies. */
const MINGW = join('libc', 'mingw');

/**
 * Makes sure that the folder is there, and that its links lead somewhere: to the zig that is used now, where the one that they led to is gone (it may have been another checkout's). Makes nothing of files that nobody
 * looked at, as of a changed zig with the same version: links are then made with all of zig's library, as they are without the folder.
 * Returns whether it was made now. Fails with `cache-unwritable` or `interrupted`.
 */
export async function ensureMingwCore(context: StdContext, triple: string, core: MingwCore | undefined, zig: FoundTool | undefined): Promise<Result<boolean>> {
  const isThere = (): Promise<boolean> => exists(join(core?.folder ?? '', 'lib', 'std'));
  if (!core || !zig || (await isThere())) return success(false);
  const origin = await libraryFolder(context, zig);
  if (origin === undefined || (await mingwDigest(origin)) !== core.digest) return success(false);
  const unwritable = (cause: string): Result<never> => failed({ code: 'cache-unwritable', directory: context.system.cacheFolder, cause });
  const writable = await attempt(() => makeWritable(dirname(core.folder)));
  if (!writable.ok) return unwritable(writable.cause);
  const made = await withLock(
    `${core.folder}.lock`,
    `preparing zig's library for ${triple}`,
    (holder) => context.onProgress(`waiting for process ${holder.pid}, which is ${holder.what}`),
    async () => {
      if (await isThere()) return success(false);
      const done = await ((await exists(join(core.folder, 'lib'))) ? attempt(() => replaceSymlink(origin, join(core.folder, 'origin'))) : makeFolder(core, origin));
      return done.ok ? success(true) : unwritable(done.cause);
    },
    context.signal,
  );
  return made ?? failed({ code: 'interrupted', crate: "zig's library", triple, signal: 'while waiting for another build' });
}

/** zig's own folder, absolute; undefined where zig does not say. */
async function libraryFolder({ system, env }: StdContext, zig: FoundTool): Promise<string | undefined> {
  const told = zig.env['ZIG_LIB_DIR'];
  if (told !== undefined) return canonicalPath(told);
  const { stdout } = await system.capture({ command: zig.path, args: ['env'], cwd: dirname(zig.path), env: { ...env, ...zig.env }, timeout: 60_000 });
  const said = /^\s*\.lib_dir = "(\/[^"\\]*)",$/m.exec(stdout)?.[1];
  return said === undefined ? undefined : canonicalPath(said);
}

/** The digest of mingw's sources and headers in zig's library folder: their paths and contents, in order. Without its lists of what Windows' libraries have, which are three quarters of the files. */
export async function mingwDigest(library: string): Promise<string> {
  const all = createHash('sha256');
  const folder = join(library, MINGW);
  for (const { path } of await filesBelow(folder)) {
    if (!/\.[chS]$/.test(path)) continue;
    const content = await readFile(path);
    all.update(`${relative(folder, path).replaceAll('\\', '/')}\n${content.length}\n`).update(content);
  }
  return all.digest('hex');
}

async function makeFolder(core: MingwCore, origin: string): Promise<Attempt<void>> {
  const work = `${core.folder}-${uniqueSuffix()}`;
  const done = await attempt(async () => {
    await replaceSymlink(origin, join(work, 'origin'));
    await mirror(work, origin, '', Object.fromEntries(Object.entries(core.files).map(([path, text]) => [join(MINGW, path), text])));
    await swapDirectory(work, core.folder);
  });
  if (!done.ok) await attempt(() => rm(work, { recursive: true, force: true }));
  return done;
}

/** Links everything in a folder of zig's library, but for the files that are given, and for folders in which such are. */
async function mirror(work: string, origin: string, folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(join(work, 'lib', folder), { recursive: true });
  for (const name of await listDirectory(join(origin, folder))) {
    const path = join(folder, name);
    const place = join(work, 'lib', path);
    const text = files[path];
    if (text !== undefined) await writeFile(place, text);
    else if (Object.keys(files).some((file) => file.startsWith(`${path}/`))) await mirror(work, origin, path, files);
    else await replaceSymlink(relative(dirname(place), join(work, 'origin', path)), place);
  }
}
