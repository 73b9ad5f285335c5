import { describe, expect, test } from '@jest/globals';
import { NOTHING_NOTED, asSeenFrom, judgeReads, parseNote, renderNote, trackedVariables, type LeftUnit, type NotedReads, type NotedUnit, type Present } from './noted-reads.js';

/** Compiled at 100. */
const UNIT: LeftUnit = { name: 'dev/deps/a.d', made: 100n, isOwn: true, files: ['/ws/a.rs'], folders: new Map(), variables: ['MODE'], sets: [] };
const NOTED: NotedUnit = { made: '100', files: { '/ws/a.rs': { digest: 'one', stamp: 'before' } }, folders: {}, variables: ['MODE'], sets: [] };

interface Case {
  /** When the file was written, as it says, and when it really was changed; null where it is gone. */
  readonly file: readonly [modified: bigint, changed: bigint, digest: string, stamp?: string] | null;
  readonly unit?: Partial<LeftUnit>;
  readonly noted?: Partial<NotedUnit> | null;
}

function judge({ file, unit, noted = {} }: Case, ended = false): { readonly touch: readonly string[]; readonly digest: string | undefined } {
  const present: Present = {
    stamp: () => (file ? { modified: file[0], changed: file[1], stamp: file[3] ?? 'now' } : undefined),
    digest: () => file?.[2],
    folder: () => undefined,
  };
  const verdict = judgeReads([{ ...UNIT, ...unit }], noted ? { [UNIT.name]: { ...NOTED, ...noted } } : {}, present, ended);
  return { touch: verdict.touch, digest: verdict.noted[UNIT.name]?.files['/ws/a.rs']?.digest };
}

const TOUCHED = ['/ws/a.rs'];

test.each<[string, Case, readonly string[], string]>([
  ['nothing changed', { file: [10n, 10n, 'one', 'before'] }, [], 'one'],
  ['another content and an older time', { file: [5n, 200n, 'two'] }, TOUCHED, 'one'],
  ['another content and the time of the unit', { file: [100n, 200n, 'two'] }, TOUCHED, 'one'],
  ['another content and a newer time, which cargo notices', { file: [101n, 200n, 'two'] }, [], 'one'],
  ['written again as it was', { file: [5n, 200n, 'one'] }, [], 'one'],
  ['gone, which cargo notices', { file: null }, [], 'one'],
  ['a unit of another time, and nothing changed since', { file: [5n, 50n, 'two'], noted: { made: '70' } }, [], 'two'],
  ['a unit of another time, and the file put back as it was noted', { file: [5n, 200n, 'one'], noted: { made: '70' } }, TOUCHED, ''],
  ['no note, and nothing changed since', { file: [10n, 100n, 'one'], noted: null }, [], 'one'],
  ['no note, and an older file put in its place', { file: [10n, 101n, 'one'], noted: null }, TOUCHED, ''],
  ['no note, and a unit from another machine', { file: [10n, 50n, 'one'], noted: null, unit: { isOwn: false } }, TOUCHED, ''],
  ['a note and a unit from another machine', { file: [10n, 50n, 'one'], unit: { isOwn: false } }, [], 'one'],
  ['a note, a unit from another machine, and another content', { file: [10n, 50n, 'two'], unit: { isOwn: false } }, TOUCHED, 'one'],
])('a source: %s', (_, given, touch, digest) => expect(judge(given)).toEqual({ touch, digest }));

test('a source that changed while it was compiled is not noted', () => expect(judge({ file: [90n, 110n, 'two'], noted: null }, true)).toEqual({ touch: TOUCHED, digest: '' }));

test('two units of one source are two: one that was compiled from an older one is told', () => {
  const present: Present = { stamp: () => ({ modified: 10n, changed: 300n, stamp: 'now' }), digest: () => 'two', folder: () => undefined };
  const late: LeftUnit = { ...UNIT, name: 'dev/deps/b.d', made: 250n };
  const noted: NotedReads = { [UNIT.name]: NOTED, [late.name]: { ...NOTED, made: '250', files: { '/ws/a.rs': { digest: 'two', stamp: 'then' } } } };
  expect(judgeReads([late], noted, present, false).touch).toEqual([]);
  expect(judgeReads([UNIT, late], noted, present, false).touch).toEqual(TOUCHED);
});

test('what is gone of the units is gone of the note', () => expect(judgeReads([], { [UNIT.name]: NOTED }, { stamp: () => undefined, digest: () => undefined, folder: () => undefined }, true).noted).toEqual({}));

describe('a folder', () => {
  const script = { ...UNIT, files: [], folders: new Map([['/ws/app', '/ws/app/Cargo.toml']]) };
  const look = (now: readonly [names: string, modified: bigint, changed: bigint] | undefined, names: string | undefined, ended = false): readonly [readonly string[], string | undefined] => {
    const present: Present = { stamp: () => undefined, digest: () => undefined, folder: () => now && { names: now[0], modified: now[1], changed: now[2] } };
    const noted: NotedReads = names === undefined ? {} : { [UNIT.name]: { ...NOTED, files: {}, folders: { '/ws/app': { names, touch: '/ws/app/Cargo.toml' } } } };
    const verdict = judgeReads([script], noted, present, ended);
    return [verdict.touch, verdict.noted[UNIT.name]?.folders['/ws/app']?.names];
  };
  const touched = ['/ws/app/Cargo.toml'];

  test.each<[string, Parameters<typeof look>, ReturnType<typeof look>]>([
    ['as it was', [['a b', 10n, 10n], 'a b'], [[], 'a b']],
    ['a file less', [['a', 10n, 200n], 'a b'], [touched, 'a b']],
    ['a file less, and a newer one, which cargo notices', [['a c', 101n, 200n], 'a b'], [[], 'a b']],
    ['gone', [undefined, 'a b'], [[], 'a b']],
    ['no note, and nothing came or went since', [['a b', 10n, 100n], undefined], [[], 'a b']],
    ['no note, and something came or went', [['a', 10n, 101n], undefined], [touched, '']],
    ['cargo has just ended', [['a', 10n, 101n], undefined, true], [[], 'a']],
  ])('%s', (_, args, expected) => expect(look(...args)).toEqual(expected));
});

describe('variables', () => {
  const unit = (path: string, ...variables: readonly string[]): NotedUnit => ({ ...NOTED, files: { [path]: { digest: 'x', stamp: 'y' } }, variables });
  const note: NotedReads = {
    'a.d': unit('/ws/a/src/lib.rs', 'STAMP'),
    'build/a-1/output': unit('/ws/a/build.rs', 'MODE'),
    'b.d': unit('/ws/a/b/src/lib.rs', 'KIND'),
    'build/b-1/output': { ...unit('/ws/a/b/build.rs'), sets: ['KIND'] },
    'build/ring-1/output': { ...unit('', 'RING'), files: {} },
  };

  test.each<[string, Parameters<typeof trackedVariables>[1], readonly string[]]>([
    ['what units named', [], ['STAMP', 'MODE', 'RING']],
    ['what a package says and named', [{ root: '/ws/a', variables: ['MODE', 'STAMP'] }, { root: '/ws/a/b', variables: [] }], ['STAMP', 'MODE', 'RING']],
    ['what a package says, and only another named', [{ root: '/ws/a', variables: ['MODE'] }, { root: '/ws/a/b', variables: ['MODE'] }], ['STAMP', 'RING']],
    ['what a package says that is not built here', [{ root: '/ws/a', variables: [] }, { root: '/ws/c', variables: ['MODE'] }], ['STAMP', 'MODE', 'RING']],
  ])('%s', (_, claims, expected) => expect([...trackedVariables([note], claims)]).toEqual(expected));
});

describe('a note', () => {
  const note: NotedReads = { [UNIT.name]: { ...NOTED, folders: { '/ws/app': { names: 'x', touch: '/ws/app/Cargo.toml' } } } };

  test('is read as it was written', () => expect(parseNote(renderNote({ root: '/ws', units: note }))).toEqual({ root: '/ws', units: note }));

  test.each(['', '{', 'null', '[]', '{"root":1}', '{"units":1}', '{"units":{"a":1}}', '{"units":{"a":{"made":1,"variables":[]}}}', '{"units":{"a":{"made":"1"}}}'])('that says %j knows nothing', (text) => expect(parseNote(text)).toEqual(NOTHING_NOTED));

  test('what is damaged in it is not known', () =>
    expect(parseNote('{"units":{"a":{"made":"1","files":{"x":{"digest":1}},"folders":{"y":{}},"variables":[1,"V"],"sets":[]}}}').units).toEqual({ a: { made: '1', files: {}, folders: {}, variables: ['V'], sets: [] } }));

  test.each<[string, string | undefined, NotedReads, boolean]>([
    ['this checkout', '/ws', note, false],
    ['nobody knows which', undefined, note, false],
    ['another', '/elsewhere', {}, true],
  ])('of %s', (_, root, noted, isForeign) => expect(asSeenFrom('/ws', { root, units: note })).toEqual({ noted, isForeign }));
});
