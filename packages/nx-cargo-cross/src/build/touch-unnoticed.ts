/** Has cargo notice what changed, see `noted-reads.ts`: files get the present time. And notes what a build read, for the next one. */
import { join } from 'node:path';
import { failed, success, type Result } from '../diagnostics/result.js';
import { quoteWord } from '../diagnostics/quote.js';
import { digest } from '../system/digest.js';
import { attempt, readFile, writeIfDifferent } from '../system/files.js';
import { canonicalNow, isFolderNow, readBytesNow, stampNow, touchNow } from '../system/files-now.js';
import { visibleFiles } from '../system/git.js';
import { withLock } from '../system/locks.js';
import type { System } from '../system/system.js';
import { NOTHING, parseNotedReads, unnoticed, type NotedFile, type NotedFolder, type NotedReads, type Present } from './noted-reads.js';
import type { PackageReads } from './read-inputs.js';

export interface Noticing {
  readonly system: System;
  readonly workspaceRoot: string;
  /** The triple's part of the target folder, absolute: the note lies beside it. */
  readonly outputs: string;
  readonly say: (what: string) => void;
}

/** To be called before cargo is. Fails with `stage-failed` where a file's time cannot be set. */
export async function touchUnnoticed({ system, workspaceRoot, outputs, say }: Noticing): Promise<Result<undefined>> {
  const read = await attempt(() => readFile(noteBeside(outputs), 'utf8'));
  if (!read.ok) return success(undefined);
  const noted = parseNotedReads(read.value);
  const folders = new Map<string, ReturnType<Present['folder']>>();
  for (const [path, { touch }] of Object.entries(noted.folders)) folders.set(path, await folderNow(system, workspaceRoot, path, touch));
  for (const path of unnoticed(noted, { stamp: stampNow, digest: digestOf, folder: (path) => folders.get(path) })) {
    say(`${path} has changed, and its time has not, by which cargo goes: it gets the present time`);
    const cause = touchNow(path);
    if (cause !== undefined) return failed({ code: 'stage-failed', directory: path, cause, help: `cargo would take what it made of the file as it was. Give it the present time: touch ${quoteWord(path)}` });
  }
  return success(undefined);
}

/**
 * To be called after cargo was. What cannot be noted is not noticed the next time, as without a note.
 * @param made where a build writes: nothing there is a source
 */
export async function noteReads({ system, workspaceRoot, outputs }: Omit<Noticing, 'say'>, reads: readonly PackageReads[], made: readonly string[]): Promise<void> {
  const root = canonicalNow(workspaceRoot);
  const below = made.map(canonicalNow);
  const isSource = (path: string): boolean => isIn(path, root) && !below.some((folder) => isIn(path, folder));
  const files = new Set<string>();
  const folders = new Map<string, string>();
  for (const read of reads) {
    const isSilent = read.by === 'script' && read.paths.length === 0 && read.variables.length === 0;
    if (isSilent && isSource(canonicalNow(read.folder))) folders.set(canonicalNow(read.folder), join(canonicalNow(read.folder), 'Cargo.toml'));
    for (const path of read.paths.map(canonicalNow).filter(isSource)) {
      if (read.by === 'script' && isFolderNow(path)) folders.set(path, path);
      else files.add(path);
    }
  }
  for (const path of folders.keys()) for (const file of await visibleFiles(system, root, path)) files.add(join(root, file));
  const note = noteBeside(outputs);
  await attempt(() =>
    withLock(`${note}.lock`, `noting what was read for ${outputs}`, () => undefined, async () => {
      const before = await attempt(() => readFile(note, 'utf8'));
      const known = before.ok ? parseNotedReads(before.value) : NOTHING;
      const when = Date.now();
      const now: NotedReads = {
        files: { ...still(known.files), ...Object.fromEntries([...files].flatMap((path) => noteFile(path, known.files[path], when))) },
        variables: [...new Set([...known.variables, ...reads.flatMap((read) => read.variables)])].sort(),
        folders: { ...still(known.folders), ...Object.fromEntries(await Promise.all([...folders].map(([path, touch]) => noteFolder(system, workspaceRoot, path, touch, when)))) },
      };
      await writeIfDifferent(note, `${JSON.stringify(now)}\n`, false);
    }),
  );
}

/** Variables that rustc or a build script named in earlier builds. */
export async function trackedVariables(outputs: string): Promise<ReadonlySet<string>> {
  const read = await attempt(() => readFile(noteBeside(outputs), 'utf8'));
  return new Set(read.ok ? parseNotedReads(read.value).variables : []);
}

function noteBeside(outputs: string): string {
  return `${outputs}.read.json`;
}

/** Without what is gone. */
function still<T>(noted: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(noted).filter(([path]) => stampNow(path) !== undefined));
}

function noteFile(path: string, known: NotedFile | undefined, when: number): readonly [string, NotedFile][] {
  const now = stampNow(path);
  if (!now) return [];
  const content = known?.stamp === now.stamp ? known.digest : digestOf(path);
  return content === undefined ? [] : [[path, { digest: content, stamp: now.stamp, when }]];
}

async function noteFolder(system: System, workspaceRoot: string, path: string, touch: string, when: number): Promise<[string, NotedFolder]> {
  return [path, { names: (await folderNow(system, workspaceRoot, path, touch))?.names ?? '', when, touch }];
}

/** The files that git does not ignore, and the newest time that cargo looks at: the folder's own is one of these where a script names it, and not where it says nothing. */
async function folderNow(system: System, workspaceRoot: string, path: string, touch: string): Promise<ReturnType<Present['folder']>> {
  const root = canonicalNow(workspaceRoot);
  if (stampNow(path) === undefined) return undefined;
  const files = (await visibleFiles(system, root, path)).map((file) => join(root, file)).sort();
  const times = [...(touch === path ? [path] : []), ...files].map((one) => stampNow(one)?.modified ?? 0);
  return { names: digest(files.join('\0')), newest: Math.max(...times) };
}

function digestOf(path: string): string | undefined {
  const bytes = readBytesNow(path);
  return bytes && digest(bytes);
}

function isIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(join(folder, '/'));
}
