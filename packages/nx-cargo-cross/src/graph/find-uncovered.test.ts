import { describe, expect, test } from '@jest/globals';
import { ASK_LIBRARY_VARIABLES } from '../cargo/library-variables.js';
import type { Uncovered } from '../diagnostics/uncovered.js';
import { aTriple } from '../testkit/builders.js';
import { findUncovered, type CoverFacts, type FileRead, type FolderRead, type VariableRead } from './find-uncovered.js';
import { readKey } from './key-contents.js';
import { ASK_COMMIT } from './written-inputs.js';

const SOURCES = ['{projectRoot}/**/*', '!{projectRoot}/Cargo.toml', '!{projectRoot}/tests/**/*.rs'];

function facts(more: Partial<CoverFacts> = {}, inputs: readonly unknown[] = []): CoverFacts {
  const projects = { app: { root: 'crates/app', namedInputs: { sources: SOURCES } }, lib: { root: 'crates/lib', namedInputs: { sources: SOURCES } }, other: { root: 'crates/other' } };
  return {
    key: readKey({ inputs: ['sources', { input: 'sources', projects: ['lib'] }, { env: 'KNOWN' }, '{workspaceRoot}/schemas/**', ...inputs], project: 'app', projects, namedInputs: {}, dependenciesOf: () => [] }),
    crateRoot: 'crates/app',
    triple: aTriple('aarch64-unknown-linux-gnu'),
    host: 'x86_64-unknown-linux-gnu',
    written: [],
    forced: new Set(),
    locate: () => undefined,
    ...more,
  };
}

const LIB = { package: 'lib 0.1.0', root: 'crates/lib' };
const RING = { package: 'ring 0.17.14', root: undefined };
const file = (path: string, more: Partial<FileRead> = {}): FileRead => ({ ...LIB, by: 'compiler', path, place: 'inside', ignored: false, ...more });
const folder = (path: string, files: readonly string[], more: Partial<FolderRead> = {}): FolderRead => ({ ...LIB, by: 'script', path, files, ignored: false, ...more });
const variable = (name: string, more: Partial<VariableRead> = {}): VariableRead => ({ ...LIB, by: 'script', name, ...more });
const find = (reads: { files?: readonly FileRead[]; folders?: readonly FolderRead[]; variables?: readonly VariableRead[] }, of: CoverFacts = facts()): readonly Uncovered[] => findUncovered({ files: [], folders: [], variables: [], ...reads }, of);
/** `inputs ../x in crates/lib/Cargo.toml`, or the kind where no line helps. */
const said = (found: readonly Uncovered[]): readonly string[] => found.map(({ kind, line }) => (line ? `${kind}: ${line.key} ${line.entry} in ${line.manifest}` : kind));

describe('a file', () => {
  test.each<[string, FileRead, string | undefined]>([
    ['of the package is covered', file('crates/lib/src/lib.rs'), undefined],
    ['named by an input is covered', file('schemas/a.json'), undefined],
    ['elsewhere is named from the package that reads it', file('data/a.json'), 'file: inputs ../../data/a.json in crates/lib/Cargo.toml'],
    ['of a crate that is no part of the build too', file('crates/other/a.rs'), 'file: inputs ../other/a.rs in crates/lib/Cargo.toml'],
    ['read by a package of a registry is named from the crate that is built', file('data/a.json', RING), 'file: inputs ../../data/a.json in crates/app/Cargo.toml'],
    ['that is not there counts by its path', file('proto/none.proto', { by: 'script' }), 'file: inputs ../../proto/none.proto in crates/lib/Cargo.toml'],
    ['of the tests that a program is made from', file('crates/lib/tests/a.rs'), 'file: inputs tests/a.rs in crates/lib/Cargo.toml'],
    ['Cargo.toml in a program counts as it is', file('crates/lib/Cargo.toml'), 'file: inputs Cargo.toml in crates/lib/Cargo.toml'],
    ['Cargo.toml for a build script counts by what it says', file('crates/lib/Cargo.toml', { by: 'script' }), undefined],
    ['.cargo/config.toml for a build script too', file('.cargo/config.toml', { by: 'script' }), undefined],
    ['Cargo.lock counts as it is: it lists more than what is built', file('Cargo.lock', { by: 'script' }), 'file: inputs ../../Cargo.lock in crates/lib/Cargo.toml'],
    ['that git ignores is nothing that Nx sees', file('crates/lib/src/made.rs', { ignored: true }), 'ignored'],
    ['outside the repository', file('/etc/words', { place: 'outside' }), 'outside'],
    ['of git', file('.git/HEAD', { by: 'script' }), 'commit: inputs ../../.git/HEAD in crates/lib/Cargo.toml'],
    ['of git, elsewhere', file('/main/.git/worktrees/x/HEAD', { by: 'script', place: 'outside' }), 'commit: inputs ../../.git/HEAD in crates/lib/Cargo.toml'],
  ])('%s', (_, read, expected) => {
    expect(said(find({ files: [read] }))).toEqual(expected === undefined ? [] : [expected]);
  });

  test('of git is covered where the key has the commit', () => {
    expect(find({ files: [file('.git/HEAD')] }, facts({}, [{ runtime: ASK_COMMIT[0] }]))).toEqual([]);
  });

  test.each(['crates/lib/NOTES.md', 'crates/lib/gen/a.rs', 'other/x'])('that the options take out is the user\'s word: %s', (path) => {
    const written = [{ root: 'crates/lib', variables: [], entries: ['../schemas/**', '!NOTES.md', '!gen', '!../../other/*'] }];
    expect(find({ files: [file(path), file(path, { ignored: true })] }, facts({ written }))).toEqual([]);
  });

  test('that git ignores is covered as the output of a task', () => {
    expect(find({ files: [file('web/dist/a.js', { ignored: true })] }, facts({}, [{ dependentTasksOutputFiles: 'web/dist/**', transitive: false }]))).toEqual([]);
  });

  test('stands for its folder where there are many of it', () => {
    const found = find({ files: ['a', 'b', 'c'].map((name) => file(`data/in/${name}`)) });
    expect(said(found)).toEqual(['folder: inputs ../../data/in/** in crates/lib/Cargo.toml']);
  });

  test('is told once for whoever has to name it, with the place where it is read', () => {
    const locate = (name: string, text: string): string => `${name}:${text}`;
    const found = find({ files: [file('data/a.json'), file('data/a.json'), file('data/a.json', { by: 'script' }), file('data/a.json', { package: 'app 0.1.0', root: 'crates/app' })] }, facts({ locate }));
    expect(found.map(({ reader }) => reader)).toEqual(['the build script of lib 0.1.0', 'app 0.1.0:a.json"']);
  });
});

describe('a folder that a build script watches', () => {
  test.each<[string, FolderRead, string | undefined]>([
    ['of the package is covered, tests and manifest or not', folder('crates/lib', ['crates/lib/src/lib.rs', 'crates/lib/tests/a.rs', 'crates/lib/Cargo.toml']), undefined],
    ['that an input names is covered', folder('schemas', ['schemas/a.json']), undefined],
    ['that an input names is covered while it is empty', folder('schemas', []), undefined],
    ['elsewhere is named with all below it', folder('proto', ['proto/a.proto']), 'folder: inputs ../../proto/** in crates/lib/Cargo.toml'],
    ['elsewhere is named while it is empty', folder('proto', []), 'folder: inputs ../../proto/** in crates/lib/Cargo.toml'],
    ['that is covered in part is named', folder('', ['schemas/a.json', 'docs/a.md']), 'folder: inputs ../../** in crates/lib/Cargo.toml'],
    ['that git ignores', folder('web/dist', [], { ignored: true }), 'ignored'],
    ['of git', folder('.git/refs', []), 'commit: inputs ../../.git/HEAD in crates/lib/Cargo.toml'],
  ])('%s', (_, read, expected) => {
    expect(said(find({ folders: [read] }))).toEqual(expected === undefined ? [] : [expected]);
  });
});

describe('a variable', () => {
  test.each<[string, VariableRead, string | undefined]>([
    ['of the key', variable('KNOWN'), undefined],
    ['that cargo sets', variable('CARGO_PKG_VERSION', { by: 'compiler' }), undefined],
    ['that the configuration forces', variable('FORCED'), undefined],
    ['of a build script', variable('MODE'), 'variable: env-inputs MODE in crates/lib/Cargo.toml'],
    ['of a program', variable('MODE', { by: 'compiler' }), 'variable: env-inputs MODE in crates/lib/Cargo.toml'],
    ['of a package of a registry', variable('MODE', RING), 'variable: env-inputs MODE in crates/app/Cargo.toml'],
    ['of a form that tells of libraries, where nobody asks for those', variable('FOO_LIB_DIR'), 'variable: env-inputs FOO_LIB_DIR in crates/lib/Cargo.toml'],
    ['PATH, where a script looks for programs', variable('PATH'), undefined],
    ['PATH, written into the program', variable('PATH', { by: 'compiler' }), 'variable: env-inputs PATH in crates/lib/Cargo.toml'],
  ])('%s', (_, read, expected) => {
    expect(said(find({ variables: [read] }, facts({ forced: new Set(['FORCED']) })))).toEqual(expected === undefined ? [] : [expected]);
  });

  test('of a form that tells of libraries is covered where the key asks for those', () => {
    expect(find({ variables: [variable('FOO_LIB_DIR', RING)] }, facts({}, [{ runtime: ASK_LIBRARY_VARIABLES }]))).toEqual([]);
  });
});
