/** Has cargo notice what changed, see `noted-reads.ts`: files get the present time. And notes what units were compiled from, for the next call. */
import { dirname, join } from 'node:path';
import { failed, success, type Result } from '../diagnostics/result.js';
import { quoteWord } from '../diagnostics/quote.js';
import { digest } from '../system/digest.js';
import { attempt, canonicalPath, readFile, writeIfDifferent } from '../system/files.js';
import { canonicalNow, existsNow, readBytesNow, stampNow, touchNow } from '../system/files-now.js';
import { visibleFiles } from '../system/git.js';
import { withLock } from '../system/locks.js';
import type { System } from '../system/system.js';
import { leftUnits } from './left-units.js';
import { NOTHING_NOTED, asSeenFrom, judgeReads, parseNote, renderNote, trackedVariables, type Claim, type LeftUnit, type Note, type Present } from './noted-reads.js';

export interface Noticing {
  readonly system: System;
  readonly workspaceRoot: string;
  /** Where cargo runs, absolute. */
  readonly directory: string;
  /** Where its calls write, absolute. */
  readonly targetDirs: readonly string[];
  readonly triple: string;
  /** Where builds write, absolute: nothing there is a source. */
  readonly made: readonly string[];
}

/** To be called before cargo is. Fails with `stage-failed` where a file's time cannot be set. */
export async function touchUnnoticed(noticing: Noticing, say: (what: string) => void): Promise<Result<undefined>> {
  for (const path of await judgeAll(noticing, false)) {
    say(`${path} has changed, and its time has not, by which cargo goes: it gets the present time`);
    const cause = touchNow(path);
    if (cause !== undefined) return failed({ code: 'stage-failed', directory: path, cause, help: `cargo would take what it made of the file as it was. Give it the present time: touch ${quoteWord(path)}` });
  }
  return success(undefined);
}

/** To be called after cargo was, however it ended. What cannot be noted is compiled again where it might be another. */
export async function noteReads(noticing: Noticing): Promise<void> {
  await judgeAll(noticing, true);
}

/**
 * The variables that cargo looks at by itself, by what earlier calls left.
 * @param written what packages say that they read, by their folders relative to the Nx workspace root
 */
export async function variablesOfCargo(noticing: Noticing, written: readonly Claim[]): Promise<ReadonlySet<string>> {
  const notes = await Promise.all(treesOf(noticing).map(({ tree, targetDir }) => readNote(noteOf(tree, targetDir))));
  const root = canonicalNow(noticing.workspaceRoot);
  return trackedVariables(notes.map((note) => asSeenFrom(root, note).noted), written.map((claim) => ({ root: canonicalNow(join(root, claim.root)), variables: claim.variables })));
}

export interface Tree {
  readonly tree: string;
  readonly targetDir: string;
}

/** A triple's part of each target folder, and what is for the machine that builds. */
export function treesOf({ targetDirs, triple }: Pick<Noticing, 'targetDirs' | 'triple'>): readonly Tree[] {
  return [...new Set(targetDirs)].flatMap((targetDir) => [{ tree: join(targetDir, triple), targetDir }, { tree: targetDir, targetDir }]);
}

function noteOf(tree: string, targetDir: string): string {
  return tree === targetDir ? join(targetDir, 'host.read.json') : `${tree}.read.json`;
}

async function readNote(note: string): Promise<Note> {
  const read = await attempt(() => readFile(note, 'utf8'));
  return read.ok ? parseNote(read.value) : NOTHING_NOTED;
}

/** What is a source of the repository's own. Paths are absolute and without symbolic links. */
export function makeIsSource({ workspaceRoot, made }: Pick<Noticing, 'workspaceRoot' | 'made'>): (path: string) => boolean {
  const root = canonicalNow(workspaceRoot);
  const below = made.map(canonicalNow);
  return (path) => isIn(path, root) && !below.some((folder) => isIn(path, folder));
}

async function judgeAll(noticing: Noticing, ended: boolean): Promise<readonly string[]> {
  const { workspaceRoot, directory } = noticing;
  const root = canonicalNow(workspaceRoot);
  const isSource = makeIsSource(noticing);
  const base = await canonicalPath(directory);
  const digests = new Map<string, string | undefined>();
  const touch: string[] = [];
  for (const { tree, targetDir } of treesOf(noticing)) {
    const note = noteOf(tree, targetDir);
    if (!existsNow(tree)) continue;
    const judge = async (): Promise<void> => {
      const { noted, isForeign } = asSeenFrom(root, await readNote(note));
      const left = leftUnits({ tree, targetDir, base, isSource }, noted);
      const { units, folders } = await withFolders(noticing.system, root, isForeign ? left.map((unit) => ({ ...unit, isOwn: false })) : left);
      const verdict = judgeReads(units, noted, { stamp: stampNow, digest: (path) => digestOf(path, digests), folder: (path) => folders.get(path) }, ended);
      touch.push(...verdict.touch);
      await writeIfDifferent(note, renderNote({ root, units: verdict.noted }), false);
    };
    await attempt(() => withLock(`${note}.lock`, `noting what ${tree} was compiled from`, () => undefined, judge));
  }
  return [...new Set(touch)];
}

/** Looks at the folders that build scripts read, and takes the files in them in. */
async function withFolders(system: System, root: string, units: readonly LeftUnit[]): Promise<{ readonly units: readonly LeftUnit[]; readonly folders: ReadonlyMap<string, ReturnType<Present['folder']>> }> {
  const folders = new Map<string, ReturnType<Present['folder']>>();
  const filesIn = new Map<string, readonly string[]>();
  for (const [path, touch] of units.flatMap((unit) => [...unit.folders])) {
    if (filesIn.has(path)) continue;
    const files = stampNow(path) === undefined ? [] : (await visibleFiles(system, root, path)).map((file) => join(root, file)).sort();
    filesIn.set(path, files);
    folders.set(path, stampNow(path) === undefined ? undefined : folderOf(path, touch, files));
  }
  return { units: units.map((unit) => ({ ...unit, files: [...new Set([...unit.files, ...[...unit.folders.keys()].flatMap((path) => filesIn.get(path) ?? [])])] })), folders };
}

/** The folder's own time is one of those that cargo looks at where a script names it, and not where it says nothing. */
function folderOf(path: string, touch: string, files: readonly string[]): ReturnType<Present['folder']> {
  const newest = (times: readonly (bigint | undefined)[]): bigint => times.reduce<bigint>((most, time) => (time !== undefined && time > most ? time : most), 0n);
  const inside = [...new Set([path, ...files.map((file) => dirname(file))])];
  return {
    names: digest(files.join('\0')),
    modified: newest([...(touch === path ? [path] : []), ...files].map((one) => stampNow(one)?.modified)),
    changed: newest(inside.map((one) => stampNow(one)?.changed)),
  };
}

function digestOf(path: string, known: Map<string, string | undefined>): string | undefined {
  if (!known.has(path)) {
    const bytes = readBytesNow(path);
    known.set(path, bytes && digest(bytes));
  }
  return known.get(path);
}

function isIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(join(folder, '/'));
}
