/** `nx-cargo-cross why`: what of a task's key changed between two runs. */
import { resolve } from 'node:path';
import { failed, success, type Result } from '../diagnostics/result.js';
import { meantTasks, tasksOf, type KnownTask } from '../history/known-tasks.js';
import { nxGraph } from '../history/nx-data.js';
import { readKey, readRuns } from '../history/read.js';
import { attempt, readFile, writeFile } from '../system/files.js';
import { findRepositoryRoot } from '../system/repository-root.js';
import { runRecords, type RunRecords } from '../system/run-records.js';
import { compareKeys } from '../why/compare.js';
import { historyOf, pickRuns, whyAgain, type Entry, type Picked } from '../why/history.js';
import { parseExport, type ExportedTask, type KnownKey, type RunRecord } from '../why/record.js';
import { sayHistory, sayTask, type SayWhen, type Told } from '../why/say.js';
import { misused, type Command, type ExitCode, type Words, type World } from './command.js';
import { refuse } from './run.js';
import { sayMoment } from './when.js';

export const why: Command = {
  name: 'why',
  usage: 'PROJECT:TARGET [--list] [--from RUN] [--to RUN] [--record FILE] [--json]',
  doc: 'Says why a task was built anew: what of its key changed since the last run that had another one.',
  flags: [
    { name: 'list', doc: 'The recorded runs of the task, the last one first.' },
    { name: 'from', value: 'RUN', doc: 'The earlier run: its number in the list, its key, or a file that --record wrote.' },
    { name: 'to', value: 'RUN', doc: 'The later run; else the last one.' },
    { name: 'record', value: 'FILE', doc: 'Write down the run and all that is known of its key, to compare with on another machine.' },
  ],
  run: runWhy,
};

async function runWhy(words: Words, world: World): Promise<ExitCode> {
  const json = words.has('json');
  const root = findRepositoryRoot(world.cwd);
  if (root === undefined) return refuse([misused(why, 'there is no workspace here')], json, world);
  const [word, more] = words.operands;
  if (word === undefined) return refuse([misused(why, 'of which task? Say PROJECT:TARGET, as app:cross-aarch64-linux; app:cross stands for all platforms')], json, world);
  if (more !== undefined) return refuse([misused(why, `one task at a time: "${more}" is one more`)], json, world);
  if (!/^.+:.+$/.test(word)) return refuse([misused(why, `"${word}" names no target: say PROJECT:TARGET, as ${word.replace(/:$/, '')}:cross`)], json, world);

  const records = runRecords(root, world.system.env);
  const runs = records ? readRuns(records) : [];
  const configured = tasksOf(await nxGraph(root, world.system.env));
  const tasks = meantTasks(word, [...recordedTasks(runs, configured, records), ...configured], records?.folder);
  if (!tasks.ok) return refuse(tasks.failures, json, world);
  if (!records) return refuse([{ code: 'no-record', task: word, command: word, folder: undefined }], json, world);

  const when: SayWhen = (moment) => sayMoment(moment, Date.now());
  if (words.has('list')) {
    const lists = tasks.value.map((task) => ({ task, kind: kindOf(records, task, historyOf(runs, task)), history: historyOf(runs, task) }));
    world.out(json ? asJson({ tasks: lists.map(({ task, history }) => ({ task, runs: history.map(entryJson) })) }) : lists.map(({ task, kind, history }) => sayHistory(task, kind, history, when)).join(''));
    return 0;
  }
  const told: Asked[] = [];
  for (const task of tasks.value) {
    const one = await tell(task, { words, world, records, runs });
    if (!one.ok) return refuse(one.failures, json, world);
    told.push(one.value);
  }
  const file = words.text('record');
  if (file !== undefined) {
    const written = await attempt(() => writeFile(resolve(world.cwd, file), `${JSON.stringify({ schema: 1, tasks: told.map(exported) })}\n`));
    if (!written.ok) return refuse([misused(why, `${file} cannot be written: ${written.cause}`)], json, world);
  }
  world.out(json ? asJson({ tasks: told.map((one) => toldJson(one, when)) }) : told.map((one) => sayTask(one, when)).join(''));
  return 0;
}

interface Asked extends Told {
  readonly to: KnownKey;
}

interface Asking {
  readonly words: Words;
  readonly world: World;
  readonly records: RunRecords;
  readonly runs: readonly RunRecord[];
}

/** Compares two runs of one task. */
async function tell(task: string, { words, world, records, runs }: Asking): Promise<Result<Asked>> {
  const history = historyOf(runs, task);
  const [last, ...earlier] = history;
  if (!last) return failed({ code: 'no-record', task, command: task, folder: records.folder });
  const kind = kindOf(records, task, history);
  const file = words.text('from');
  const foreign = file !== undefined && isFile(file) ? await readExport(file, task, world) : undefined;
  if (foreign && !foreign.ok) return foreign;
  const picked = pickRuns([last, ...earlier], { from: foreign ? undefined : file, to: words.text('to') }, task);
  if (!picked.ok) return picked;
  const to = readKey(records, task, picked.value.to.key);
  const from: Entry | undefined = foreign ? foreignEntry(foreign.value, file ?? '') : picked.value.from;
  const known = foreign?.value.known ?? (from && readKey(records, task, from.key));
  const chosen: Picked = { from, to: picked.value.to };
  return success({ task, kind, history, picked: chosen, to, comparison: known && compareKeys(known, to) });
}

/** Neither a number nor a key. */
function isFile(word: string): boolean {
  return !/^\d+…?$/.test(word);
}

async function readExport(file: string, task: string, { cwd }: World): Promise<Result<ExportedTask>> {
  const read = await attempt(() => readFile(resolve(cwd, file), 'utf8'));
  if (!read.ok) return failed({ code: 'file-unreadable', file, cause: read.cause });
  const parsed = await attempt(async () => JSON.parse(read.value) as unknown);
  const tasks = parsed.ok ? parseExport(parsed.value) : undefined;
  if (!tasks) return failed(misused(why, `${file} is no file that "nx-cargo-cross why PROJECT:TARGET --record FILE" wrote`));
  const found = tasks.find(({ known }) => known.record.task === task);
  return found ? success(found) : failed(misused(why, `${file} tells nothing of ${task}; it has ${tasks.map(({ known }) => known.record.task).join(', ')}`));
}

function foreignEntry({ when, status, known }: ExportedTask, file: string): Entry {
  return { number: 0, when, started: when, status, key: known.record.key, cacheable: true, uncovered: [], skippedCache: false, file };
}

function recordedTasks(runs: readonly RunRecord[], configured: readonly KnownTask[], records: RunRecords | undefined): readonly KnownTask[] {
  const ids = new Set(runs.flatMap(({ tasks }) => Object.keys(tasks)));
  return [...ids].map((id) => ({ id, recorded: true, kind: configured.find((task) => task.id === id)?.kind ?? (records ? kindOf(records, id, historyOf(runs, id)) : 'build') }));
}

function kindOf(records: RunRecords, task: string, [last]: readonly Entry[]): 'build' | 'test' {
  return last ? readKey(records, task, last.key).record.kind : 'build';
}

function exported({ picked: { to }, to: known }: Asked): ExportedTask {
  return { when: to.when, status: to.status, known };
}

function entryJson({ number, key, when, status, file }: Entry): object {
  return { ...(file === undefined ? { number } : { file }), key, when: new Date(when).toISOString(), status };
}

function toldJson({ task, history, picked: { from, to }, comparison }: Told, when: SayWhen): object {
  const again = whyAgain(history, to, when);
  const differs = from !== undefined && from.key !== to.key;
  return { task, from: from && entryJson(from), to: entryJson(to), same: !differs, changes: differs ? (comparison?.changes ?? []) : [], untold: differs ? (comparison?.untold ?? []) : [], ...(again === undefined ? {} : { again }) };
}

function asJson(value: object): string {
  return `${JSON.stringify({ schema: 1, ...value }, undefined, 2)}\n`;
}
