/**
 * What was read of a tree of files, noted so that somebody later can tell whether he would read the same: exactly, and mostly without reading.
 *
 * A file or folder whose identity (times, size, number on its disk) is the noted one says what it said. That is not so where it was written within the grain of the
 * clock before it was read: it may have been written once more since, with the same times. Such a one is read again, and held against the noted answer, as is one whose identity changed. The rule
 * is git's, for its index ("racy git"); the grain is that of the coarsest file system, FAT. What was older than that has other times by seconds after any later change.
 *
 * A folder of that identity has the very entries that it had, so they need not be asked for one by one; but for symbolic links, behind which all may change.
 */
import { statSync } from 'node:fs';
import type { FolderOrLink, ReadText, SourceTree } from '../cargo/source-tree.js';
import { baseName, fileIn, parentOf } from '../cargo/paths.js';
import { digest } from './digest.js';
import { makeSourceTree, placeOf } from './source-tree.js';

/** One question, and what was answered; of a folder also what was asked of names in it, as far as its own identity answers that. */
export type ReadNote = readonly [question: keyof SourceTree, path: string, identity: string, answer: string, names: readonly NameNote[]];
type NameNote = readonly [question: keyof SourceTree, name: string, answer: string];

/** A tree that notes what it is asked. The same question gets the same answer, whatever happens between. */
export interface TreeRecorder {
  readonly tree: SourceTree;
  notes(): readonly ReadNote[];
}

/** In milliseconds. */
const GRAIN = 2000;

/** Of what is not there. */
const ABSENT = '-';

/** Not to be relied on. */
const UNSURE = '';

/** @param now milliseconds since 1970; for tests */
export function recordTree(root: string, now: () => number = Date.now): TreeRecorder {
  const disk = makeSourceTree(root);
  const texts = new Map<string, ReadText | undefined>();
  const files = new Map<string, boolean>();
  const lists = new Map<string, readonly string[]>();
  const folders = new Map<string, readonly FolderOrLink[]>();
  const identities = new Map<string, string>();
  const remember = <T>(known: Map<string, T>, path: string, ask: (path: string) => T): T => {
    if (known.has(path)) return known.get(path) as T;
    const answer = ask(path);
    known.set(path, answer);
    return answer;
  };
  const read = <T>(known: Map<string, T>, path: string, ask: (path: string) => T): T =>
    remember(known, path, () => {
      // Before it is read: what is written afterwards has another.
      const identity = identities.get(path) ?? identityOf(root, path, now());
      const answer = ask(path);
      identities.set(path, identity === ABSENT && saysSomething(answer) ? UNSURE : identity);
      return answer;
    });
  const noted = <T>(question: keyof SourceTree, known: ReadonlyMap<string, T>): readonly ReadNote[] =>
    // Whether there is a file is asked as quickly as which it is.
    [...known].map(([path, answer]) => [question, path, question === 'isFile' ? UNSURE : (identities.get(path) ?? UNSURE), said(answer), []]);
  return {
    tree: {
      readText: (path) => read(texts, path, disk.readText),
      isFile: (path) => remember(files, path, disk.isFile),
      list: (path) => read(lists, path, disk.list),
      foldersAndLinks: (path) => read(folders, path, disk.foldersAndLinks),
    },
    notes: () => group([...noted('foldersAndLinks', folders), ...noted('readText', texts), ...noted('isFile', files), ...noted('list', lists)], folders),
  };
}

/** Moves what a folder's identity tells to the folder: that of its names, links aside. */
function group(notes: readonly ReadNote[], folders: ReadonlyMap<string, readonly FolderOrLink[]>): readonly ReadNote[] {
  const linksOf = new Map([...folders].map(([folder, entries]) => [folder, new Set(entries.flatMap(({ name, to }) => (to === undefined ? [] : name.toLowerCase())))]));
  const below = new Map<string, NameNote[]>(notes.flatMap(([question, path, identity]) => (question === 'foldersAndLinks' && identity !== UNSURE && identity !== ABSENT ? [[path, []]] : [])));
  const rest = notes.filter(([question, path, identity, answer]) => {
    const [folder = '', name] = [parentOf(path), baseName(path)];
    const names = path === '' ? undefined : below.get(folder);
    if (!names || (question !== 'isFile' && identity !== ABSENT) || linksOf.get(folder)?.has(name.toLowerCase())) return true;
    names.push([question, name, answer]);
    return false;
  });
  return rest.map(([question, path, identity, answer]): ReadNote => [question, path, identity, answer, question === 'foldersAndLinks' ? (below.get(path) ?? []) : []]);
}

/** Whether all that was noted would be answered so again. */
export function stillTrue(root: string, notes: readonly ReadNote[]): boolean {
  const disk = makeSourceTree(root);
  return notes.every(([question, path, identity, answer, names]) => {
    if (identity !== UNSURE && identity === identityOf(root, path, undefined)) return true;
    return said(disk[question](path)) === answer && names.every(([asked, name, before]) => said(disk[asked](fileIn(path, name))) === before);
  });
}

/** @param now where it must not be too young */
function identityOf(root: string, path: string, now: number | undefined): string {
  try {
    const found = statSync(placeOf(root, path), { throwIfNoEntry: false });
    if (!found) return ABSENT;
    // What a folder's times tell of its entries, file systems of Windows do not agree on.
    if (process.platform === 'win32' && found.isDirectory()) return UNSURE;
    const { mtimeMs, ctimeMs, size, ino, dev, mode } = found;
    if (now !== undefined && (mtimeMs > now - GRAIN || ctimeMs > now - GRAIN)) return UNSURE;
    return `${mtimeMs} ${ctimeMs} ${size} ${ino} ${dev} ${mode}`;
  } catch {
    return UNSURE;
  }
}

function saysSomething(answer: unknown): boolean {
  return Array.isArray(answer) ? answer.length > 0 : answer !== undefined;
}

function said(answer: unknown): string {
  if (typeof answer === 'boolean') return answer ? '1' : '0';
  return saysSomething(answer) ? digest(JSON.stringify(answer)) : ABSENT;
}
