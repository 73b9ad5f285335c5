/**
 * What cargo does not notice. It compares times: a file whose content is another, and whose time is not newer than what was compiled from it, is unchanged to it (`cp -p`, an archive
 * that is unpacked, git-restore-mtime, a COPY of Docker's beside a cached target folder). And of a build script that says nothing, it does not see that a file of its package is gone.
 * The task's key sees both. So for each unit that was compiled it is noted what it was compiled from: of one source, another unit may have been compiled later.
 * Source: the Cargo book, "Build scripts", "Change detection"; cargo 1.95, `core/compiler/fingerprint`.
 */

import { groupBy } from '../cargo/group-by.js';

/** A file as a unit was compiled from it. */
export interface NotedFile {
  /** Empty where it is not known. */
  readonly digest: string;
  /** The file's identity when it last had that content: the same as long as nobody writes it. */
  readonly stamp: string;
}

/** A folder of which a build script reads all. */
export interface NotedFolder {
  /** Digest of the names of all files in it; empty where it is not known. */
  readonly names: string;
  /** What makes cargo look again, where it gets another time. */
  readonly touch: string;
}

/** What a unit was compiled from, or what a run of a build script read, by absolute path. */
export interface NotedUnit {
  /** When, in nanoseconds since 1970: that of another time is another unit. */
  readonly made: string;
  readonly files: Readonly<Record<string, NotedFile>>;
  readonly folders: Readonly<Record<string, NotedFolder>>;
  /** Variables that rustc or the script named. */
  readonly variables: readonly string[];
  /** Of a script: variables that it sets for rustc. */
  readonly sets: readonly string[];
}

/** By the path of what cargo left of a unit, relative to the folder that the note is about. */
export type NotedReads = Readonly<Record<string, NotedUnit>>;

/** A unit that is there. */
export interface LeftUnit {
  readonly name: string;
  /** The time that cargo compares with, or a later one. */
  readonly made: bigint;
  /** Whether it was compiled where it lies, and not copied or unpacked: then what has not been changed since is what it was compiled from. */
  readonly isOwn: boolean;
  readonly files: readonly string[];
  /** By path, what makes cargo look again. */
  readonly folders: ReadonlyMap<string, string>;
  readonly variables: readonly string[];
  readonly sets: readonly string[];
}

/** Things as they are. Times are in nanoseconds since 1970; undefined is what is not there, and cargo notices that. */
export interface Present {
  /** `changed`: when its content, name or place last changed, which nobody can set. */
  stamp(path: string): { readonly stamp: string; readonly modified: bigint; readonly changed: bigint } | undefined;
  digest(path: string): string | undefined;
  /** `modified`: the newest time that cargo looks at. `changed`: the newest of all folders in it. */
  folder(path: string): { readonly names: string; readonly modified: bigint; readonly changed: bigint } | undefined;
}

export interface Verdict {
  /** What has to get another time, so that cargo notices that it is another, or that something in it is. */
  readonly touch: readonly string[];
  readonly noted: NotedReads;
}

/**
 * Holds what is there against what units were compiled from.
 * @param ended whether cargo has just ended: then folders are as they were for it, whatever the script itself wrote into them
 */
export function judgeReads(units: readonly LeftUnit[], noted: NotedReads, present: Present, ended: boolean): Verdict {
  const touch = new Set<string>();
  const judged = units.map((unit): [string, NotedUnit] => {
    const made = String(unit.made);
    const before = noted[unit.name];
    const known = before?.made === made ? before : undefined;
    const files = unit.files.map((path): [string, NotedFile] => {
      const file = known?.files[path] ?? UNKNOWN;
      const now = present.stamp(path);
      if (!now || (file.digest !== '' && file.stamp === now.stamp)) return [path, file];
      if (unit.isOwn && now.changed <= unit.made) return [path, { digest: file.digest === '' ? (present.digest(path) ?? '') : file.digest, stamp: now.stamp }];
      if (file.digest !== '' && file.digest === present.digest(path)) return [path, { digest: file.digest, stamp: now.stamp }];
      if (now.modified <= unit.made) touch.add(path);
      return [path, file];
    });
    const folders = [...unit.folders].map(([path, touched]): [string, NotedFolder] => {
      const names = known?.folders[path]?.names ?? '';
      const now = present.folder(path);
      if (!now) return [path, { names, touch: touched }];
      const isAsThen = ended || (unit.isOwn && now.changed <= unit.made);
      const then = names === '' && isAsThen ? now.names : names;
      if (then !== now.names && now.modified <= unit.made) touch.add(touched);
      return [path, { names: then, touch: touched }];
    });
    return [unit.name, { made, files: Object.fromEntries(files), folders: Object.fromEntries(folders), variables: unit.variables, sets: unit.sets }];
  });
  return { touch: [...touch], noted: Object.fromEntries(judged) };
}

const UNKNOWN: NotedFile = { digest: '', stamp: '' };

/** A package of the repository. */
export interface Claim {
  /** Its folder, absolute and without symbolic links. */
  readonly root: string;
  /** What its options say that it reads. */
  readonly variables: readonly string[];
}

/**
 * The variables that cargo looks at by itself: rustc or a build script named them. Not those of which a package says that it reads them, and none of its units told cargo so: where the
 * script of another did, cargo would run that again and leave this as it is.
 */
export function trackedVariables(noted: readonly NotedReads[], claims: readonly Claim[]): ReadonlySet<string> {
  const roots = claims.map(({ root }) => root).sort((one, other) => other.length - one.length);
  // Of a package that is not the repository's own nothing is said in its options.
  const rootOf = ([, { files, folders }]: Named): string => {
    const [path] = [...Object.keys(files), ...Object.keys(folders)];
    return (path === undefined ? undefined : roots.find((root) => path === root || path.startsWith(`${root}/`))) ?? '';
  };
  const named = new Map([...groupBy(noted.flatMap((note) => Object.entries(note)), rootOf)].map(([root, units]) => [root, namedBy(units)]));
  const silent = new Set(claims.flatMap(({ root, variables }) => variables.filter((name) => named.get(root)?.has(name) === false)));
  return new Set([...named.values()].flatMap((names) => [...names]).filter((name) => !silent.has(name)));
}

type Named = readonly [name: string, unit: NotedUnit];

/** What the units of a package named. What its script sets for rustc, rustc knows as the script made it of whatever that read. */
function namedBy(units: readonly Named[]): ReadonlySet<string> {
  const sets = new Set(units.flatMap(([, unit]) => unit.sets));
  return new Set(units.flatMap(([name, { variables }]) => (name.endsWith('/output') ? variables : variables.filter((variable) => !sets.has(variable)))));
}

/** What is kept beside cargo's outputs. */
export interface Note {
  /** The checkout whose sources the units were compiled from; undefined where it is not known. */
  readonly root: string | undefined;
  readonly units: NotedReads;
}

export function renderNote(note: Note): string {
  return `${JSON.stringify(note)}\n`;
}

/** Reads a note. What is damaged in it is not known. */
export function parseNote(text: string): Note {
  try {
    const { root, units } = Object(JSON.parse(text)) as Partial<Record<keyof Note, unknown>>;
    return { root: typeof root === 'string' ? root : undefined, units: parseUnits(units) };
  } catch {
    return NOTHING_NOTED;
  }
}

export const NOTHING_NOTED: Note = { root: undefined, units: {} };

/**
 * A target folder that lay in another checkout, or the checkout in another place: cargo knows packages by their place in the Cargo workspace, and would take what was compiled from the sources there for what
 * these would give. So nothing is known of the units, and none was compiled from what lies here.
 */
export function asSeenFrom(root: string, note: Note): { readonly noted: NotedReads; readonly isForeign: boolean } {
  const isForeign = note.root !== undefined && note.root !== root;
  return { noted: isForeign ? {} : note.units, isForeign };
}

function parseUnits(table: unknown): NotedReads {
  const units = Object.entries(Object(table) as Record<string, unknown>).flatMap(([name, value]): [string, NotedUnit][] => {
    const { made, files, folders, variables, sets } = Object(value) as Partial<Record<keyof NotedUnit, unknown>>;
    if (typeof made !== 'string' || !Array.isArray(variables) || !Array.isArray(sets)) return [];
    return [[name, { made, files: tableOf(files, ['digest', 'stamp']), folders: tableOf(folders, ['names', 'touch']), variables: variables.filter((one) => typeof one === 'string'), sets: sets.filter((one) => typeof one === 'string') }]];
  });
  return Object.fromEntries(units);
}

function tableOf<T>(table: unknown, texts: readonly string[]): Readonly<Record<string, T>> {
  const whole = Object.entries(Object(table) as Record<string, unknown>).filter(([, value]) => {
    const fields = Object(value) as Record<string, unknown>;
    return texts.every((name) => typeof fields[name] === 'string');
  });
  return Object.fromEntries(whole) as Readonly<Record<string, T>>;
}
