import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { digest } from '../system/digest.js';
import { runRecords, type RunRecords } from '../system/run-records.js';
import { aTempFolder } from '../testkit/temp.js';
import { compareKeys } from '../why/compare.js';
import { HASH_OF_NOTHING } from '../why/key-part.js';
import { readKey, readRuns } from './read.js';
import { recordRun, type FinishedRun, type FinishedTask } from './record-run.js';
import { KEPT_RUNS } from './sweep.js';

const folder = aTempFolder('record-run');
let count = 0;

/** Stands in for Nx's hash. */
const hashOf = (texts: readonly string[]): string => (texts.join('') === '' ? HASH_OF_NOTHING : String(BigInt(`0x${digest(texts.join('')).slice(0, 15)}`)));

interface Given {
  readonly nodes: Readonly<Record<string, string>>;
  readonly key?: string;
  readonly when?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly more?: Partial<FinishedRun>;
}

/** A workspace, and runs of its one task in it. */
function aWorkspace(): { readonly root: string; readonly records: RunRecords; readonly run: (given: Given) => Promise<void> } {
  const root = join(folder, `ws-${++count}`);
  const above = join(folder, `records-${count}`);
  mkdirSync(join(root, '.nx/workspace-data'), { recursive: true });
  writeFileSync(join(root, 'nx.json'), '{ "plugins": [{ "plugin": "nx-cargo-cross", "options": { "profile": "dev" } }] }');
  writeFileSync(join(root, '.nx/workspace-data/file-map.json'), JSON.stringify({ fileMap: { projectFileMap: { app: [{ file: 'app/src/main.rs', hash: '1' }] }, nonProjectFiles: [{ file: 'nx.json', hash: '2' }] } }));
  writeFileSync(join(root, '.nx/workspace-data/project-graph.json'), JSON.stringify({ nodes: { app: { data: { root: 'app', targets: { lint: { executor: 'x' } } } } }, externalNodes: { 'npm:zig': { data: { version: '0.16.0' } } } }));
  const records = runRecords(root, { NX_CARGO_CROSS_RECORDS: above });
  if (!records) throw new Error('no records');
  const run = ({ nodes, key = '1111', when = 1, env = {}, more = {} }: Given): Promise<void> => {
    const task: FinishedTask = { task: { id: 'app:cross-x', hash: key, hashDetails: { nodes: { 'cargo-closure:app:x': hashOf(['digest']), ...nodes } } }, status: 'success' };
    const infer: FinishedRun['infer'] = () => ({ digests: new Map([['cargo-closure:app:x', 'digest']]), explanations: new Map([['cargo-closure:app:x', () => ({ plugin: '1', big: 3n })]]) });
    return recordRun({ root, id: `run-${when}`, started: when - 1, when, argv: [], tasks: [task], env: { PATH: process.env['PATH'], ...env, NX_CARGO_CROSS_RECORDS: above }, hashOf, infer, ...more });
  };
  return { root, records, run };
}

describe('what is kept of a run', () => {
  test('is what every part is made of, as far as it is what Nx hashed', async () => {
    const { records, run } = aWorkspace();
    const nodes = {
      'env:CFLAGS': hashOf(['-O2']),
      'env:CXXFLAGS': hashOf(['of the daemon']),
      'env:AR': HASH_OF_NOTHING,
      'runtime:echo 1.2; echo x >&2': hashOf(['1.2x']),
      'runtime:date +%s%N': hashOf(['another time']),
      'app:app/**/*': hashOf(['1app/src/main.rs']),
      'app:app/*': 'of files that are not there any more',
      'workspace:[{workspaceRoot}/nx.json,{workspaceRoot}/.gitignore]': '6',
      'app:ProjectConfiguration': '7',
      'npm:zig': '8',
      'app:TsConfig': '9',
    };
    await run({ nodes, env: { CFLAGS: '-O2', CXXFLAGS: 'of this process' } });
    const { record, parts } = readKey(records, 'app:cross-x', '1111');
    expect(record.nodes).toMatchObject(nodes);
    expect(parts).toEqual({
      'cargo-closure:app:x': { plugin: '1', big: { '\u0000number': '3' } },
      'env:CFLAGS': { value: '-O2' },
      'runtime:echo 1.2; echo x >&2': { text: '1.2x' },
      'runtime:date +%s%N': { unknown: true },
      'app:app/**/*': { files: { 'app/src/main.rs': '1' } },
      'workspace:[{workspaceRoot}/nx.json,{workspaceRoot}/.gitignore]': { files: { 'nx.json': '2' }, nxJson: { plugins: { 'nx-cargo-cross': { options: { profile: 'dev' } } } } },
      'app:ProjectConfiguration': { root: 'app', targets: { lint: { executor: 'x' } } },
      'npm:zig': { version: '0.16.0' },
    });
    expect(readRuns(records)).toEqual([{ id: 'run-1', when: 1, started: 0, skippedCache: false, tasks: { 'app:cross-x': { key: '1111', status: 'success', cacheable: true, uncovered: [] } } }]);
  });

  test.each<[string, string, string | undefined, Readonly<Record<string, string>> | undefined]>([
    ['a project in a folder', 'app:{projectRoot}/**/*', 'app', { 'app/src/main.rs': '1', 'app/build.rs': '2' }],
    ['what is left out of it', 'app:{projectRoot}/**/*,!{projectRoot}/build.rs', 'app', { 'app/src/main.rs': '1' }],
    ['the project at the root', 'app:{projectRoot}/app/src/*', '.', { 'app/src/main.rs': '1' }],
    ['a project that no graph has', 'app:{projectRoot}/**/*', undefined, undefined],
  ])('has files by globs that begin with the project root, as older Nx 22 names them: %s', async (_, name, projectRoot, files) => {
    const { root, records, run } = aWorkspace();
    const write = (file: string, value: unknown): void => writeFileSync(join(root, '.nx/workspace-data', file), JSON.stringify(value));
    write('file-map.json', { fileMap: { projectFileMap: { app: [{ file: 'app/src/main.rs', hash: '1' }, { file: 'app/build.rs', hash: '2' }] } } });
    write('project-graph.json', { nodes: projectRoot === undefined ? {} : { app: { data: { root: projectRoot } } } });
    await run({ nodes: { [name]: hashOf([Object.entries(files ?? { 'app/src/main.rs': '1' }).map(([file, hash]) => hash + file).join('')]) } });
    expect(readKey(records, 'app:cross-x', '1111').parts[name]).toEqual(files && { files });
  });

  test('holds no value of a variable that may be secret, nor a hash of it that is the same elsewhere', async () => {
    const [here, there] = [aWorkspace(), aWorkspace()];
    const nodes = { 'env:TOKEN': hashOf(['secret']) };
    for (const { run } of [here, there]) await run({ nodes, env: { TOKEN: 'secret' } });
    await here.run({ nodes: { 'env:TOKEN': hashOf(['other']) }, key: '2222', when: 2 });
    const [mine, theirs, later] = [readKey(here.records, 'app:cross-x', '1111'), readKey(there.records, 'app:cross-x', '1111'), readKey(here.records, 'app:cross-x', '2222')];
    expect(mine.record.nodes['env:TOKEN']).toMatch(/^hidden:[0-9a-f]{16}$/);
    expect(mine.record.nodes['env:TOKEN']).not.toBe(theirs.record.nodes['env:TOKEN']);
    expect(JSON.stringify(mine)).not.toContain('secret');
    expect(compareKeys(mine, theirs)).toEqual({ changes: [], untold: ['TOKEN'] });
    expect(compareKeys(mine, later).changes).toEqual([{ kind: 'variable', name: 'TOKEN', note: 'changed (its values are not kept)' }]);
  });

  test.each<[string, Partial<FinishedRun>, boolean]>([
    ['--skip-nx-cache', { argv: ['nx', 'run', 'app:cross', '--skip-nx-cache'] }, true],
    ['--skipNxCache=true', { argv: ['--skipNxCache=true'] }, true],
    ['nothing', { argv: ['nx', 'run', 'app:cross'] }, false],
  ])('knows whether Nx looked into its cache: %s', async (_, more, skippedCache) => {
    const { records, run } = aWorkspace();
    await run({ nodes: {}, more });
    expect(readRuns(records)).toMatchObject([{ skippedCache }]);
  });

  test.each<[string, FinishedTask]>([
    ["somebody else's", { task: { id: 'a:b', hash: '1', hashDetails: { nodes: { 'env:A': '1' } } }, status: 'success' }],
    ['skipped', { task: { id: 'a:b', hash: '1', hashDetails: { nodes: { 'cargo-closure:a:b': '1' } } }, status: 'skipped' }],
    ['without a key', { task: { id: 'a:b', hashDetails: { nodes: { 'cargo-closure:a:b': '1' } } }, status: 'failure' }],
    ['without details', { task: { id: 'a:b', hash: '1' }, status: 'success' }],
  ])('is nothing where the task is %s', async (_, task) => {
    const { records, run } = aWorkspace();
    await run({ nodes: {}, more: { tasks: [task] } });
    expect(statSync(records.folder, { throwIfNoEntry: false })).toBeUndefined();
  });

  test('is whole where many runs keep theirs at once', async () => {
    const { records, run } = aWorkspace();
    await Promise.all(Array.from({ length: 8 }, (_, index) => run({ nodes: { 'env:CFLAGS': hashOf(['-O2']) }, env: { CFLAGS: '-O2' }, when: index + 1 })));
    expect(readRuns(records)).toHaveLength(8);
    expect(readKey(records, 'app:cross-x', '1111').parts['env:CFLAGS']).toEqual({ value: '-O2' });
    expect(['runs', 'keys', 'parts'].flatMap((kind) => readdirSync(join(records.folder, kind))).filter((name) => !name.endsWith('.json.gz'))).toEqual([]);
  });

  test('goes with its runs when these are too many', async () => {
    const { records, run } = aWorkspace();
    for (let when = 1; when <= KEPT_RUNS + 51; when++) records.put('runs', String(when).padStart(15, '0'), { id: 'x', when, tasks: {} });
    await run({ nodes: {}, when: KEPT_RUNS + 100 });
    expect(records.names('runs')).toHaveLength(KEPT_RUNS);
    expect(readRuns(records).at(-1)).toMatchObject({ when: KEPT_RUNS + 100 });
    expect(readKey(records, 'app:cross-x', '1111').parts['cargo-closure:app:x']).toBeDefined();
  });
});

describe('trouble with a record is no trouble of the run', () => {
  test('a folder that cannot be made', async () => {
    const { run } = aWorkspace();
    const file = join(folder, `file-${count}`);
    writeFileSync(file, '');
    await expect(run({ nodes: {}, more: { env: { NX_CARGO_CROSS_RECORDS: join(file, 'below') } } })).resolves.toBeUndefined();
  });

  test('files of Nx that are not what they should be, and a graph that cannot be made', async () => {
    const { root, records, run } = aWorkspace();
    for (const name of ['file-map.json', 'project-graph.json']) writeFileSync(join(root, '.nx/workspace-data', name), '{');
    const infer = (): never => {
      throw new Error('no graph');
    };
    await run({ nodes: { 'app:app/**/*': '5', 'app:ProjectConfiguration': '6', 'env:CFLAGS': hashOf(['-O2']) }, env: { CFLAGS: '-O2' }, more: { infer } });
    expect(readKey(records, 'app:cross-x', '1111').parts).toEqual({ 'env:CFLAGS': { value: '-O2' } });
  });
});
