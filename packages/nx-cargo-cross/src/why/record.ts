/** What is kept of runs: the shapes, and how they are read back from a file that anything may have happened to. */

/** What Nx said of a task: `success`, `failure`, `local-cache`, `local-cache-kept-existing`, `remote-cache`. */
export type TaskStatus = string;

/** One run of Nx, as far as it concerns tasks of this plugin. */
export interface RunRecord {
  readonly id: string;
  /** When it ended; milliseconds since 1970. */
  readonly when: number;
  readonly started: number;
  /** Whether Nx was told not to look into its cache. */
  readonly skippedCache: boolean;
  readonly tasks: Readonly<Record<string, RunTask>>;
}

export interface RunTask {
  readonly key: string;
  readonly status: TaskStatus;
  /** False where the target is never cached. */
  readonly cacheable: boolean;
  /** In words, what it was built from beside its key: then no cache keeps its result. */
  readonly uncovered: readonly string[];
}

/** What a key is made of. */
export interface KeyRecord {
  readonly task: string;
  readonly key: string;
  readonly kind: 'build' | 'test';
  /** Nx's hash of every part, by Nx's name; of variables that are not shown, `HIDDEN` and a digest with this machine's salt. */
  readonly nodes: Readonly<Record<string, string>>;
  /** What was said on the command line. */
  readonly overrides: Readonly<Record<string, unknown>>;
  /** Stands for the salt: digests of two salts say nothing of each other. */
  readonly salt: string;
}

export const HIDDEN = 'hidden:';

/** A key with what its parts are made of, as far as it is known. */
export interface KnownKey {
  readonly record: KeyRecord;
  /** By the name that Nx gives the part. */
  readonly parts: Readonly<Record<string, unknown>>;
}

/** One task of one run, whole: for another machine. */
export interface ExportedTask {
  readonly when: number;
  readonly status: TaskStatus;
  readonly known: KnownKey;
}

/** Undefined for what is no record of a run. */
export function parseRun(value: unknown): RunRecord | undefined {
  const { id, when, started, skippedCache, tasks } = fields(value);
  if (typeof id !== 'string' || typeof when !== 'number' || !isObject(tasks)) return undefined;
  const read = Object.entries(tasks).flatMap(([task, entry]): [string, RunTask][] => {
    const { key, status, cacheable, uncovered } = fields(entry);
    return typeof key === 'string' && typeof status === 'string' ? [[task, { key, status, cacheable: cacheable !== false, uncovered: Array.isArray(uncovered) ? uncovered.map(String) : [] }]] : [];
  });
  return { id, when, started: typeof started === 'number' ? started : when, skippedCache: skippedCache === true, tasks: Object.fromEntries(read) };
}

/** Undefined for what is no record of a key. */
export function parseKey(value: unknown): KeyRecord | undefined {
  const { task, key, kind, nodes, overrides, salt } = fields(value);
  if (typeof task !== 'string' || typeof key !== 'string' || !isObject(nodes)) return undefined;
  const hashes = Object.entries(nodes).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return { task, key, kind: kind === 'test' ? 'test' : 'build', nodes: Object.fromEntries(hashes), overrides: isObject(overrides) ? overrides : {}, salt: String(salt) };
}

/** The tasks in a file that `--record` wrote; undefined for what is no such file. */
export function parseExport(value: unknown): readonly ExportedTask[] | undefined {
  const { schema, tasks } = fields(value);
  if (schema !== 1 || !Array.isArray(tasks)) return undefined;
  return tasks.flatMap((entry): ExportedTask[] => {
    const { when, status, known } = fields(entry);
    const record = parseKey(fields(known)['record']);
    const { parts } = fields(known);
    return record && typeof when === 'number' && typeof status === 'string' ? [{ when, status, known: { record, parts: isObject(parts) ? parts : {} } }] : [];
  });
}

/** The entries of an object; none of anything else. */
export function fields(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
