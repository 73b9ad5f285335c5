import { describe, expect, test } from '@jest/globals';
import { renderUncovered, renderUncoveredRun } from './render.js';
import { parseUncovered, type InputsUncovered, type Uncovered, type UncoveredNote } from './uncovered.js';

const WORDS: Uncovered = { kind: 'file', what: 'words.txt', reader: 'app/src/main.rs:1', line: { manifest: 'app/Cargo.toml', key: 'inputs', entry: '../words.txt' } };
const MODE: Uncovered = { kind: 'variable', what: 'MODE', reader: 'the build script of app 0.1.0', line: { manifest: 'app/Cargo.toml', key: 'env-inputs', entry: 'MODE' } };
const PROFILE: Uncovered = { kind: 'option', what: 'profile = "dist"', reader: "the command line or the target's options", line: undefined };

function found(platform: string, ...uncovered: readonly Uncovered[]): InputsUncovered {
  return { code: 'inputs-uncovered', crate: 'app', platform, task: `app:cross-${platform}`, uncovered };
}

function note(failure: InputsUncovered, wrote: readonly string[] = []): UncoveredNote {
  return { failure, wrote };
}

describe('a whole run', () => {
  test('is told once of what several tasks read', () => {
    expect(renderUncoveredRun([note(found('x86_64-linux', WORDS, MODE)), note(found('aarch64-linux', WORDS))])).toBe(`warning[inputs-uncovered]: 2 tasks were built from what no cache key holds: a change of it would not be noticed
  words.txt, read by app/src/main.rs:1
  the variable MODE, read by the build script of app 0.1.0
  help: Add to app/Cargo.toml, below [package.metadata.nx-cargo-cross]:
          inputs = ["../words.txt"]
          env-inputs = ["MODE"]
        Or have it written: the same command with --fix-inputs
  They are not kept in the cache.`);
  });

  test('names the task where it is one', () => {
    expect(renderUncoveredRun([note(found('x86_64-linux', MODE))])).toMatch(/^warning\[inputs-uncovered\]: app:cross-x86_64-linux was built [^]*\n  It is not kept in the cache\.$/);
  });

  test('says what was written, once, in the place of what is to be written', () => {
    const wrote = ['app/Cargo.toml: added inputs = ["../words.txt"]'];
    expect(renderUncoveredRun([note(found('x86_64-linux', WORDS), wrote), note(found('aarch64-linux', WORDS), wrote)])).toBe(`warning[inputs-uncovered]: 2 tasks were built from what no cache key holds: a change of it would not be noticed
  words.txt, read by app/src/main.rs:1
  app/Cargo.toml: added inputs = ["../words.txt"]
  They are not kept in the cache this time.`);
  });

  test('that read nothing else is told nothing', () => expect(renderUncoveredRun([])).toBe(''));
});

test('an option is said with what would put it into the key', () => {
  expect(renderUncovered({ failure: found('x86_64-linux', PROFILE), wrote: [], kept: [] })).toBe(`warning[inputs-uncovered]: app for x86_64-linux was built from what no cache key holds: a change of it would not be noticed
  profile = "dist", said by the command line or the target's options
  help: A key is made for the options of nx.json and of the manifests. What is to be kept, write there: profile = "dist"`);
});

test.each<[string, unknown, boolean]>([
  ['what was noted', JSON.parse(JSON.stringify(note(found('x86_64-linux', WORDS)))), true],
  ['nothing', undefined, false],
  ['null', null, false],
  ['another kind of note', { failure: { code: 'other', task: 'a:b', uncovered: [] }, wrote: [] }, false],
  ['a note without words', { failure: { code: 'inputs-uncovered', task: 'a:b', uncovered: [{}] }, wrote: [] }, false],
])('%s read again', (_, value, known) => {
  expect(parseUncovered(value) !== undefined).toBe(known);
});
