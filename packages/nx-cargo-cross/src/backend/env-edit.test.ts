import { describe, expect, test } from '@jest/globals';
import { applyEnvEdits, mergeEnvironment, type EnvEdit, type EnvOutcome } from './env-edit.js';

const user = { PATH: '/usr/bin:/bin', TARGET_CC: 'my-cc', CFLAGS: '-O1', EMPTY: '' };

describe('an edit', () => {
  test.each<readonly [string, EnvEdit, EnvOutcome]>([
    ['set holds against the user', { kind: 'set', name: 'CFLAGS', value: '-O2' }, { name: 'CFLAGS', value: '-O2' }],
    ['set-if-missing sets what is missing', { kind: 'set-if-missing', name: 'CC', value: 'cc', spellings: ['OTHER_CC'] }, { name: 'CC', value: 'cc' }],
    [
      'set-if-missing leaves the user his value',
      { kind: 'set-if-missing', name: 'CFLAGS', value: '-O2', spellings: [] },
      { name: 'CFLAGS', value: '-O1', keptFrom: 'CFLAGS' },
    ],
    [
      "set-if-missing gives way to the user's other spelling, and sets nothing beside it",
      { kind: 'set-if-missing', name: 'CC_x', value: 'cc', spellings: ['CC-x', 'TARGET_CC'] },
      { name: 'CC_x', value: undefined, keptFrom: 'TARGET_CC' },
    ],
    ['set-if-missing takes an empty value for a value', { kind: 'set-if-missing', name: 'EMPTY', value: 'x', spellings: [] }, { name: 'EMPTY', value: '', keptFrom: 'EMPTY' }],
    ["append comes behind the user's words", { kind: 'append', name: 'CFLAGS', value: '-g' }, { name: 'CFLAGS', value: '-O1 -g' }],
    ['append goes to the spelling that hides its own', { kind: 'append', name: 'A_x', value: '-g', stronger: ['A-x', 'CFLAGS'] }, { name: 'CFLAGS', value: '-O1 -g' }],
    ['append takes along the words that it would hide', { kind: 'append', name: 'A_x', value: '-g', weaker: ['A', 'CFLAGS'] }, { name: 'A_x', value: '-O1 -g' }],
    ['append begins a missing variable', { kind: 'append', name: 'LDFLAGS', value: '-g' }, { name: 'LDFLAGS', value: '-g' }],
    ['append begins an empty variable without a blank', { kind: 'append', name: 'EMPTY', value: '-g' }, { name: 'EMPTY', value: '-g' }],
    ['prepend-path comes first', { kind: 'prepend-path', name: 'PATH', value: '/ours' }, { name: 'PATH', value: '/ours:/usr/bin:/bin' }],
    ['prepend-path begins a missing variable without a delimiter', { kind: 'prepend-path', name: 'LIBPATH', value: '/ours' }, { name: 'LIBPATH', value: '/ours' }],
    ['prepend-path begins an empty variable without a delimiter', { kind: 'prepend-path', name: 'EMPTY', value: '/ours' }, { name: 'EMPTY', value: '/ours' }],
    ['unset takes away', { kind: 'unset', name: 'CFLAGS' }, { name: 'CFLAGS', value: undefined }],
  ])('%s', (_, edit, outcome) => {
    expect(applyEnvEdits(user, [edit], ':')).toEqual([outcome]);
  });

  test('works on what the ones before it left', () => {
    const edits: readonly EnvEdit[] = [
      { kind: 'prepend-path', name: 'PATH', value: '/a' },
      { kind: 'prepend-path', name: 'PATH', value: '/b' },
      { kind: 'unset', name: 'CFLAGS' },
      { kind: 'append', name: 'CFLAGS', value: '-g' },
      { kind: 'set', name: 'X', value: '1' },
      { kind: 'append', name: 'X', value: '2' },
    ];
    expect(applyEnvEdits(user, edits, ';')).toEqual([
      { name: 'CFLAGS', value: '-g' },
      { name: 'PATH', value: '/b;/a;/usr/bin:/bin' },
      { name: 'X', value: '1 2' },
    ]);
  });

  test("gives way to the user's environment, not to an earlier edit", () => {
    const once: EnvEdit = { kind: 'set-if-missing', name: 'CC', value: 'first', spellings: [] };
    expect(applyEnvEdits({}, [once, { ...once, value: 'second' }], ':')).toEqual([{ name: 'CC', value: 'second' }]);
  });
});

describe('outcomes', () => {
  test('come sorted by name, and are the same for the same edits', () => {
    const edits = ['b', 'C', 'a', 'B'].map((name): EnvEdit => ({ kind: 'set', name, value: name }));
    expect(applyEnvEdits({}, edits, ':').map(({ name }) => name)).toEqual(['B', 'C', 'a', 'b']);
  });

  test('merged into the environment give a whole one, without what is undefined', () => {
    const merged = mergeEnvironment({ KEPT: '1', GONE: '2', CHANGED: '3', NEVER: undefined }, [
      { name: 'GONE', value: undefined },
      { name: 'CHANGED', value: '4' },
      { name: 'NEW', value: '' },
      { name: 'CC_x', value: undefined, keptFrom: 'TARGET_CC' },
    ]);
    expect(merged).toStrictEqual({ KEPT: '1', CHANGED: '4', NEW: '' });
  });
});
