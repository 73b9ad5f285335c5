import { describe, expect, test } from '@jest/globals';
import { closureChanges } from '../generators/sync/files.js';
import { aRepository } from '../testkit/cargo-files.js';
import { digestsOf, inferOf, projectOf, projectsOf, targetOf } from '../testkit/repository.js';
import type { Files } from '../testkit/tree.js';
import { parseClosureFile } from './closure-file.js';

const OPTIONS = { platforms: ['aarch64-linux', 'x86_64-windows'], closureFile: true };
const FILE = 'app/cross-closure.json';
const FILES: Files = aRepository().bin('app').bin('other').files();
const LINUX = 'cross-aarch64-linux';

/** The files, with closure files as the generator writes them. */
function synced(files: Files, options: object = OPTIONS): Files {
  const projects = Object.entries(projectsOf(inferOf(files, options))).map(([root, { targets = {} }]) => ({ root, targets }));
  const written = closureChanges(projects, (file) => files[file]).flatMap(({ file, text }): [string, string][] => (text === undefined ? [] : [[file, text]]));
  return { ...files, ...Object.fromEntries(written) };
}

const SYNCED = synced(FILES);
const SETTINGS = { input: 'cargo-workspace', projects: ['tag:cargo-workspace:app'] };
const LINE = { json: `{projectRoot}/cross-closure.json`, fields: [`targets.${LINUX}`] };

describe('a closure file', () => {
  test.each<[string, Files, object, { readonly line: boolean; readonly settings: boolean; readonly cache: boolean; readonly lockOfAll: boolean }]>([
    ['that is right stands for what is above the crate', SYNCED, OPTIONS, { line: true, settings: false, cache: true, lockOfAll: false }],
    ['that is not there stands for nothing', FILES, OPTIONS, { line: false, settings: true, cache: false, lockOfAll: true }],
    ['that is out of date stands for nothing', { ...SYNCED, 'app/Cargo.toml': `${FILES['app/Cargo.toml'] ?? ''}\n[profile.release]\nlto = true\n` }, OPTIONS, { line: false, settings: true, cache: false, lockOfAll: true }],
    ['in the middle of a merge stands for nothing', { ...SYNCED, [FILE]: `<<<<<<<\n${SYNCED[FILE] ?? ''}` }, OPTIONS, { line: false, settings: true, cache: false, lockOfAll: true }],
    ['that nobody wants is not looked at', SYNCED, { ...OPTIONS, closureFile: false }, { line: false, settings: true, cache: true, lockOfAll: true }],
  ])('%s', (_, files, options, { line, settings, cache, lockOfAll }) => {
    const inferred = inferOf(files, options);
    const target = targetOf(inferred, 'app', LINUX);
    expect(target.inputs?.some((input) => JSON.stringify(input) === JSON.stringify(LINE))).toBe(line);
    expect(target.inputs?.some((input) => JSON.stringify(input) === JSON.stringify(SETTINGS))).toBe(settings);
    expect(target.cache).toBe(cache);
    expect(targetOf(inferred, 'app', 'cross').inputs?.includes('{workspaceRoot}/app/Cargo.lock')).toBe(lockOfAll);
  });

  test('of which one line is out of date is right for the others', () => {
    const text = (SYNCED[FILE] ?? '').replace(/("cross-x86_64-windows": ")/, '$1old ');
    const inferred = inferOf({ ...SYNCED, [FILE]: text }, OPTIONS);
    const current = [LINUX, 'cross-x86_64-windows', 'cross-test-x86_64-windows'].map((name) => targetOf(inferred, 'app', name).metadata?.closure?.current);
    expect(current).toEqual([true, false, true]);
    // Nx 22 and 23 ask by project.
    expect(targetOf(inferred, 'app', 'cross').inputs).toContain('{workspaceRoot}/app/Cargo.lock');
  });

  test('says nothing of the plugin, whose next version must not make it out of date', () => {
    const inferred = inferOf(SYNCED, OPTIONS);
    expect(digestsOf(inferred)['app:aarch64-linux']).toContain('"plugin":"0.1.0"');
    expect(targetOf(inferred, 'app', LINUX).metadata?.closure?.digest).not.toContain('"plugin":');
  });

  test('is kept by the generator that each of its targets names', () => {
    const { targets = {} } = projectOf(inferOf(SYNCED, OPTIONS), 'app');
    const named = Object.entries(targets).filter(([, { syncGenerators }]) => syncGenerators?.includes('nx-cargo-cross:sync'));
    expect(named.map(([name]) => name)).toEqual(Object.keys(targets).filter((name) => !['cross', 'cross-test'].includes(name)));
  });

  test('is no input of its own for Nx 22, which knows no such inputs and selects projects', () => {
    const { inputs, cache } = targetOf(inferOf(SYNCED, OPTIONS, false), 'app', LINUX);
    expect(inputs?.filter((input) => JSON.stringify(input).includes('cross-closure.json') || JSON.stringify(input) === JSON.stringify(SETTINGS))).toEqual([]);
    expect(cache).toBe(true);
  });

  test('knows targets whose names have dots', () => {
    const options = { ...OPTIONS, targetName: 'cross.now' };
    const target = targetOf(inferOf(synced(FILES, options), options), 'app', 'cross.now-aarch64-linux');
    expect(target.inputs).toContainEqual({ json: '{projectRoot}/cross-closure.json', fields: ['targets.cross_now-aarch64-linux'] });
  });

  test('is no source, of builds or tests', () => {
    const inferred = inferOf(SYNCED, OPTIONS);
    expect(targetOf(inferred, 'app', 'cross-test-aarch64-linux').inputs).toContain('!{projectRoot}/cross-closure.json');
  });

  test.each(['', '[]', 'null', '{"targets": 1}', '{'])('with the text %j says nothing', (text) => expect(parseClosureFile(text)).toEqual({}));
});
