import { describe, expect, test } from '@jest/globals';
import { ASK_LIBRARY_VARIABLES } from '../cargo/library-variables.js';
import { answerWords, chosenFiles, configurationWords, nxJsonWords } from './part-words.js';

const digest = (text: string): string => [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7).toString(16).padStart(64, '0').split('').reverse().join('');
const ANY = expect.stringMatching(/^#[0-9a-f]{16}$/);

test.each<[readonly string[], readonly string[]]>([
  [['app/**/*'], ['app/.env', 'app/Cargo.toml', 'app/src/main.rs']],
  [['app/**/*', '!app/Cargo.toml', '!app/src/**/*'], ['app/.env']],
  [['nx.json', '.gitignore'], ['nx.json']],
  [['**/*.rs'], ['app/src/main.rs', 'lib/src/lib.rs']],
  [['app/[a].rs'], []],
])('%j choose %j', (globs, expected) => {
  const files = ['app/.env', 'app/Cargo.toml', 'app/src/main.rs', 'lib/src/lib.rs', 'nx.json'].map((file) => ({ file, hash: `of ${file}` }));
  expect(Object.keys(chosenFiles(files, globs))).toEqual(expected);
});

test('of nx.json the own options are kept, and of all else whether it is the same', () => {
  const words = (text: string): unknown => nxJsonWords(text, digest);
  const text = JSON.stringify({ nxCloudAccessToken: 'secret', plugins: ['a', { plugin: 'nx-cargo-cross', options: { profile: 'dev' } }, { plugin: 'nx-cargo-cross', include: ['b'] }, { plugin: 'a', options: { key: 'secret' } }] });
  expect(words(text)).toEqual({ nxCloudAccessToken: ANY, plugins: { a: ANY, 'nx-cargo-cross': { options: { profile: 'dev' } }, 'nx-cargo-cross (2)': { include: ['b'] }, 'a (2)': ANY } });
  expect(JSON.stringify(words(text))).not.toContain('secret');
  expect(words(text.replace('"secret"', '"other"'))).not.toEqual(words(text));
  expect([words('{'), words('3'), words('')]).toEqual([{}, {}, {}]);
});

test('of a project what Nx hashes is kept, and of options whether they are the same', () => {
  const data = { root: 'app', tags: ['t'], metadata: { x: 1 }, targets: { lint: { executor: 'e', outputs: [], options: { token: 'secret' }, dependsOn: ['x'] } } };
  expect(configurationWords(data, digest)).toEqual({ root: 'app', tags: ['t'], namedInputs: undefined, targets: { lint: { executor: 'e', outputs: [], options: ANY, configurations: undefined, parallelism: undefined } } });
  expect(configurationWords(undefined, digest)).toMatchObject({ targets: {} });
});

describe('what a command said', () => {
  const outside = 'node "x/outside-config-main.js" triple';
  test.each<[string, string, unknown]>([
    ['rustc -vV', 'rustc 1.96.0', 'rustc 1.96.0'],
    [outside, '', ''],
    [ASK_LIBRARY_VARIABLES, 'A_LIB_DIR=/a\nB_STATIC=1', 'A_LIB_DIR=/a\nB_STATIC=1'],
    [outside, '[{"build":{"rustflags":["-Ca"]}}]', '[{"build":{"rustflags":["-Ca"]}}]'],
  ])('%s: %s', (command, text, expected) => expect(answerWords(command, text, digest)).toBe(expected));

  test('holds no variable of the home', () => {
    expect(answerWords(outside, '[{"env":{"TOKEN":"secret"}}]', digest)).toMatch(/^\[\{"env":\{"TOKEN":"#[0-9a-f]{16}"\}\}\]$/);
    expect(answerWords(outside, 'secret = "', digest)).toEqual(ANY);
    expect(answerWords(ASK_LIBRARY_VARIABLES, 'A_LIB=/a\nA_SYS_TOKEN=secret\nB_LIB=x', digest)).toMatch(/^A_LIB=\/a\nA_SYS_TOKEN=#[0-9a-f]{16}\nB_LIB=x$/);
  });
});
