/** Keeps what the keys of a run's tasks are made of, for `nx-cargo-cross why`. Trouble with it is no trouble of the run. */
import pLimit from 'p-limit';
import { parseUncovered, sayUncovered } from '../diagnostics/uncovered.js';
import { digest } from '../system/digest.js';
import { attempt } from '../system/files.js';
import { readUncovered } from '../system/uncovered-marks.js';
import { cacheFolder } from '../system/user-folders.js';
import { runRecords, type RunRecords } from '../system/run-records.js';
import { HASH_OF_NOTHING, isHarmless, isOurs, keyPartOf, taskKind } from '../why/key-part.js';
import { HIDDEN, type KeyRecord, type RunRecord, type RunTask } from '../why/record.js';
import { makeFindWords, type FindWords, type PartSources } from './part-words.js';
import { keyName, partName } from './names.js';
import { sweep } from './sweep.js';

/** As much of Nx's `TaskResult` as is looked at. */
export interface FinishedTask {
  readonly task: {
    readonly id: string;
    readonly hash?: string;
    readonly cache?: boolean;
    readonly overrides?: unknown;
    readonly hashDetails?: { readonly nodes: Readonly<Record<string, string>> };
  };
  readonly status: string;
}

export interface FinishedRun {
  readonly root: string;
  readonly id: string;
  /** When it began and ended; milliseconds since 1970. */
  readonly started: number;
  readonly when: number;
  readonly argv: readonly string[];
  readonly tasks: readonly FinishedTask[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly hashOf: PartSources['hashOf'];
  readonly infer: PartSources['infer'];
}

/** Records a run. Nothing is thrown. */
export async function recordRun(run: FinishedRun): Promise<void> {
  const records = runRecords(run.root, run.env);
  if (records) await attempt(() => keep(run, records));
}

/** So many parts are looked into at a time: some start a program. */
const AT_ONCE = 4;

/** Milliseconds. What is not found out by then is found out after the next run that needs it. */
const BUDGET = 2000;

async function keep(run: FinishedRun, records: RunRecords): Promise<void> {
  const tasks = run.tasks.filter(({ task, status }) => task.hash !== undefined && status !== 'skipped' && isOurs(task.hashDetails?.nodes ?? {}));
  if (tasks.length === 0) return;
  const env = Object.fromEntries(Object.entries(run.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  const find = makeFindWords({ root: run.root, env, hashOf: run.hashOf, infer: run.infer });
  const few = pLimit(AT_ONCE);
  const end = performance.now() + BUDGET;
  const parts = new Map(tasks.flatMap(({ task }) => Object.entries(task.hashDetails?.nodes ?? {}).filter(([name, hash]) => hasWords(name, hash)).map((part) => [partName(...part), part] as const)));
  await Promise.all([...parts].map(([file, part]) => (records.has('parts', file) ? undefined : few(() => (performance.now() > end ? undefined : keepPart(file, part, find, records))))));
  for (const { task } of tasks) keepKey(task, records);
  records.put('runs', `${String(run.when).padStart(15, '0')}-${run.id}`, await runRecord(run, tasks, cacheFolder(env)));
  sweep(records);
}

/** One that cannot be found out keeps no other from being kept. */
async function keepPart(file: string, [name, hash]: readonly [string, string], find: FindWords, records: RunRecords): Promise<void> {
  await attempt(async () => {
    const words = await find(name, hash);
    if (words !== undefined) records.put('parts', file, words);
  });
}

/** Most parts are variables that are not set. */
function hasWords(name: string, hash: string): boolean {
  if (hash === HASH_OF_NOTHING) return false;
  const part = keyPartOf(name);
  return part.kind === 'variable' ? isHarmless(part.name) : !['tsconfig', 'closure line', 'other'].includes(part.kind);
}

function keepKey({ id, hash = '', hashDetails, overrides }: FinishedTask['task'], records: RunRecords): void {
  const file = keyName(id, hash);
  if (records.has('keys', file)) return;
  const { __overrides_unparsed__: _, ...said } = Object(overrides) as Readonly<Record<string, unknown>>;
  const nodes = hashDetails?.nodes ?? {};
  const salt = Object.entries(nodes).some(([name, part]) => isHidden(name, part)) ? records.salt() : '';
  // Nx's hash of a short text is as good as the text.
  const hidden = ([name, part]: readonly [string, string]): [string, string] => [name, isHidden(name, part) ? `${HIDDEN}${digest(`${salt}\0${name}\0${part}`).slice(0, 16)}` : part];
  const key: KeyRecord = { task: id, key: hash, kind: taskKind(nodes), nodes: Object.fromEntries(Object.entries(nodes).map(hidden)), overrides: said, salt: digest(salt).slice(0, 8) };
  records.put('keys', file, key);
}

function isHidden(name: string, hash: string): boolean {
  const part = keyPartOf(name);
  return part.kind === 'variable' && hash !== HASH_OF_NOTHING && !isHarmless(part.name);
}

async function runRecord({ id, started, when, argv, env }: FinishedRun, tasks: readonly FinishedTask[], caches: string): Promise<RunRecord> {
  const told = [env['NX_SKIP_NX_CACHE'], env['NX_DISABLE_NX_CACHE']].includes('true') || argv.some((word) => /^--(skip-?nx-?cache|disable-?nx-?cache)(=true)?$/i.test(word));
  const entries = tasks.map(async ({ task, status }): Promise<[string, RunTask]> => {
    const note = status === 'success' ? parseUncovered(await readUncovered(caches, task.hash ?? '')) : undefined;
    return [task.id, { key: task.hash ?? '', status, cacheable: task.cache !== false, uncovered: note?.failure.uncovered.map(sayUncovered) ?? [] }];
  });
  return { id, when, started, skippedCache: told, tasks: Object.fromEntries(await Promise.all(entries)) };
}
