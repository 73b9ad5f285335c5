import { mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { aTempFolder } from '../testkit/temp.js';
import { runRecords, type RunRecords } from './run-records.js';

const folder = aTempFolder('run-records');
let count = 0;

function aWorkspace(): { readonly root: string; readonly above: string } {
  const [root, above] = [join(folder, `ws-${++count}`), join(folder, `records-${count}`)];
  mkdirSync(root, { recursive: true });
  return { root, above };
}

function open(root: string, above: string): RunRecords {
  const records = runRecords(root, { NX_CARGO_CROSS_RECORDS: above });
  if (!records) throw new Error('no records');
  return records;
}

describe('records of runs', () => {
  test('are read as they were written, and made by nobody who only looks', () => {
    const { root, above } = aWorkspace();
    const records = open(root, above);
    expect([records.has('keys', 'a'), records.get('keys', 'a'), records.names('keys')]).toEqual([false, undefined, []]);
    expect(statSync(above, { throwIfNoEntry: false })).toBeUndefined();
    records.put('keys', 'b', { x: 1 });
    records.put('keys', 'a', [1]);
    expect([records.has('keys', 'a'), records.get('keys', 'b'), records.names('keys')]).toEqual([true, { x: 1 }, ['a', 'b']]);
    expect(open(root, above).get('keys', 'b')).toEqual({ x: 1 });
    expect(statSync(join(records.folder, 'keys', 'a.json.gz')).mode % 0o1000).toBe(0o600);
    expect(statSync(join(records.folder, 'keys')).mode % 0o1000).toBe(0o700);
  });

  test('of two workspaces are apart; of none where they are switched off', () => {
    const [one, other] = [aWorkspace(), aWorkspace()];
    expect(open(one.root, one.above).folder).not.toBe(open(other.root, one.above).folder);
    expect(runRecords(one.root, { NX_CARGO_CROSS_RECORDS: 'false' })).toBeUndefined();
    expect(runRecords(one.root, { NX_CARGO_CROSS_CACHE: other.above })?.folder.startsWith(join(other.above, 'runs'))).toBe(true);
  });

  test('that are damaged are none', () => {
    const { root, above } = aWorkspace();
    const records = open(root, above);
    records.put('runs', 'a', 1);
    writeFileSync(join(records.folder, 'runs', 'a.json.gz'), 'no gzip');
    writeFileSync(join(records.folder, 'runs', 'draft.json.gz.123-abc'), '');
    expect([records.get('runs', 'a'), records.names('runs')]).toEqual([undefined, ['a']]);
  });

  test('have one salt, whoever asks first', () => {
    const { root, above } = aWorkspace();
    const salts = Array.from({ length: 8 }, () => open(root, above)).map((records) => records.salt());
    expect(new Set(salts)).toEqual(new Set([expect.stringMatching(/^[0-9a-f]{32}$/)]));
    expect(readdirSync(open(root, above).folder).sort()).toEqual(['keys', 'parts', 'place.json', 'runs', 'salt']);
    expect(open(aWorkspace().root, above).salt()).not.toBe(salts[0]);
  });

  test('that are new may be needed by somebody; old ones go', () => {
    const { root, above } = aWorkspace();
    const records = open(root, above);
    for (const name of ['new', 'old', 'any']) records.put('parts', name, 1);
    const yesterday = Date.now() / 1000 - 86_400;
    utimesSync(join(records.folder, 'parts', 'old.json.gz'), yesterday, yesterday);
    records.drop('parts', 'new', false);
    records.drop('parts', 'old', false);
    records.drop('parts', 'any', true);
    records.drop('parts', 'never there', true);
    expect(records.names('parts')).toEqual(['new']);
  });

  test('of a workspace that is gone go with the first record of another, after a week', () => {
    const [gone, gone2, there, fresh] = [aWorkspace(), aWorkspace(), aWorkspace(), aWorkspace()];
    const { above } = gone;
    const eightDays = Date.now() / 1000 - 8 * 86_400;
    for (const { root } of [gone, gone2, there]) open(root, above).put('runs', 'a', 1);
    for (const { root } of [gone, there]) utimesSync(join(open(root, above).folder, 'runs'), eightDays, eightDays);
    const folders = [gone, gone2, there].map(({ root }) => open(root, above).folder);
    for (const { root } of [gone, gone2]) rmSync(root, { recursive: true });
    open(fresh.root, above).put('runs', 'a', 1);
    expect(folders.map((path) => statSync(path, { throwIfNoEntry: false }) !== undefined)).toEqual([false, true, true]);
  });
});
