import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { aTempFolder } from '../testkit/temp.js';
import { keepGraph, readKeptGraph, workspaceDataFolder, type KeptGraph } from './kept-graph.js';
import { recordTree } from './tree-record.js';

const root = aTempFolder('kept');
const file = join(root, 'data/kept.json');

function graph(): KeptGraph {
  const recorder = recordTree(root);
  recorder.tree.readText('Cargo.toml');
  return { key: 'k', notes: recorder.notes(), text: '{"the":"graph"}' };
}

beforeEach(() => {
  rmSync(join(root, 'data'), { recursive: true, force: true });
  writeFileSync(join(root, 'Cargo.toml'), '[workspace]');
  keepGraph(file, graph());
});

describe('a kept graph', () => {
  test('is found by its key, and nothing lies beside it', () => {
    expect(readKeptGraph(file, root, 'k')).toEqual(graph());
    expect(readdirSync(join(root, 'data'))).toEqual(['kept.json']);
  });

  const whole = (): string => readFileSync(file, 'utf8');
  test.each<[string, () => void]>([
    ['for another question', () => keepGraph(file, { ...graph(), key: 'other' })],
    ['where a file changed', () => writeFileSync(join(root, 'Cargo.toml'), '[workspace]\n')],
    ['where there is none', () => rmSync(file)],
    ['that was cut off', () => writeFileSync(file, whole().slice(0, -3))],
    ['of which a letter changed', () => writeFileSync(file, whole().replace('graph"}', 'graqh"}'))],
    ['that is empty', () => writeFileSync(file, '')],
    ['that is no text of ours', () => writeFileSync(file, '{"notes":[]}\n{}')],
    ['that is a folder', () => void (rmSync(file), mkdirSync(file))],
  ])('%s is none', (_, change) => {
    change();
    expect(readKeptGraph(file, root, 'k')).toBeUndefined();
  });

  test('that cannot be written is none, and no failure', () => {
    keepGraph(join(root, 'Cargo.toml/below.json'), graph());
    expect(readKeptGraph(join(root, 'Cargo.toml/below.json'), root, 'k')).toBeUndefined();
  });

  test.each([
    [{}, '/w/.nx/workspace-data'],
    [{ NX_WORKSPACE_DATA_DIRECTORY: 'elsewhere' }, '/w/elsewhere'],
    [{ NX_WORKSPACE_DATA_DIRECTORY: '/far' }, '/far'],
    [{ NX_PROJECT_GRAPH_CACHE_DIRECTORY: '/old' }, '/old'],
  ])('lies where Nx keeps what it knows: %j', (env, expected) => {
    expect(workspaceDataFolder('/w', env)).toBe(expected);
  });
});
