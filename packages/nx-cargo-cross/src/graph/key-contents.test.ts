import { describe, expect, test } from '@jest/globals';
import { inferOf, projectsOf, targetOf } from '../testkit/repository.js';
import { OPTIONS, SAMPLE } from '../testkit/sample.js';
import { readKey, type Held, type KeyContents } from './key-contents.js';

/** The key of a target, from what the plugin itself infers. */
function keyOf(files: ReturnType<typeof SAMPLE.files>, root = 'crates/app'): KeyContents {
  const inferred = inferOf(files, OPTIONS);
  const byRoot = projectsOf(inferred);
  const projects = Object.fromEntries(Object.entries(byRoot).map(([at, { name, tags, namedInputs }]) => [name ?? at, { root: at, ...(tags ? { tags } : {}), ...(namedInputs ? { namedInputs } : {}) }]));
  return readKey({ inputs: targetOf(inferred, root, 'cross-aarch64-linux').inputs ?? [], project: byRoot[root]?.name ?? '', projects, namedInputs: {}, dependenciesOf: () => [] });
}

describe('the key of an inferred target', () => {
  const written = '[package.metadata.nx-cargo-cross]\ninputs = ["../../schemas", "../../data/*.bin", "!../../schemas/x", "!NOTES.md"]\n';
  const key = keyOf(SAMPLE.bin('crates/app', { dependencies: ['lib = { path = "../lib" }', 'itoa.workspace = true'], toml: written }).file('crates/app/nested/Cargo.toml', '[package]\nname = "nested"\n[workspace]\n').file('crates/app/nested/src/main.rs', '').files());

  test.each<[string, Held]>([
    ['crates/app/src/main.rs', 'held'],
    ['crates/app/.hidden/a', 'held'],
    ['crates/app/README.md', 'held'],
    ['crates/app/NOTES.md', 'taken-out'],
    ['crates/app/Cargo.toml', 'taken-out'],
    ['crates/app/tests/a.rs', 'taken-out'],
    ['crates/app/tests/a.json', 'held'],
    ['crates/app/target/x', 'taken-out'],
    ['crates/app/nested/src/main.rs', 'absent'],
    ['crates/lib/src/lib.rs', 'held'],
    ['crates/lib/tests/a.rs', 'taken-out'],
    ['crates/tool/src/main.rs', 'absent'],
    ['schemas/a/b.json', 'held'],
    ['schemas/x', 'taken-out'],
    ['schemas2/a', 'absent'],
    ['data/a.bin', 'held'],
    ['data/a/b.bin', 'absent'],
    ['README.md', 'absent'],
  ])('%s: %s', (path, held) => {
    expect(key.file(path)).toBe(held);
  });

  test('knows variables and commands, and no ignored file', () => {
    expect(key.variables.has('RUSTFLAGS')).toBe(true);
    expect(key.commands.has('outside aarch64-unknown-linux-gnu')).toBe(true);
    expect(key.ignoredFile('crates/app/src/main.rs')).toBe(false);
  });
});

describe('inputs of the user\'s own', () => {
  const projects = {
    app: { root: 'apps/[app]', namedInputs: { mine: ['{projectRoot}/src/**/*', '!{projectRoot}/src/*.md'] } },
    lib: { root: 'libs/lib', tags: ['scope:shared'] },
    deep: { root: 'libs/deep' },
  };
  const dependencies: Record<string, string[]> = { app: ['lib'], lib: ['deep', 'app'] };
  const read = (...inputs: unknown[]): KeyContents => readKey({ inputs, project: 'app', projects, namedInputs: { production: ['default', '!{projectRoot}/**/*.test.rs', { env: 'SHARED' }] }, dependenciesOf: (name) => dependencies[name] ?? [] });

  test.each<[string, unknown[], string, Held]>([
    ['default', ['default'], 'apps/[app]/x', 'held'],
    ['a named input of the project', ['mine'], 'apps/[app]/src/a.rs', 'held'],
    ['what it takes out', ['mine'], 'apps/[app]/src/a.md', 'taken-out'],
    ['a named input of nx.json', ['production'], 'apps/[app]/a.test.rs', 'taken-out'],
    ['of dependencies', ['^production'], 'libs/deep/a.rs', 'held'],
    ['of dependencies, not of itself', ['^production'], 'apps/[app]/a.rs', 'absent'],
    ['of dependencies, as an object', [{ input: 'default', dependencies: true }], 'libs/lib/a.rs', 'held'],
    ['a fileset of dependencies', ['^{projectRoot}/src/**'], 'libs/lib/src/a.rs', 'held'],
    ['of tagged projects', [{ input: 'default', projects: ['tag:scope:shared'] }], 'libs/lib/a.rs', 'held'],
    ['of projects by a glob', [{ input: 'default', projects: 'd*' }], 'libs/deep/a.rs', 'held'],
    ['of no other project', [{ input: 'default', projects: ['lib'] }], 'libs/deep/a.rs', 'absent'],
    ['a fileset as an object', [{ fileset: '{workspaceRoot}/docs/**' }], 'docs/a.md', 'held'],
    ['a folder', ['{workspaceRoot}/docs'], 'docs/a/b.md', 'held'],
    ['a negation of another group', ['{workspaceRoot}/docs/**', '!{projectRoot}/**'], 'docs/a.md', 'held'],
    ['nothing of what is unknown', ['unknown', { strange: 1 }, 7, null], 'apps/[app]/x', 'absent'],
  ])('%s', (_, inputs, path, held) => {
    expect(read(...inputs).file(path)).toBe(held);
  });

  test('variables of named inputs count; ignored files where an input says so, and outputs of other tasks', () => {
    expect(read('production').variables.has('SHARED')).toBe(true);
    expect(read({ fileset: '{workspaceRoot}/web/dist/**', includeIgnored: true }).ignoredFile('web/dist/a.js')).toBe(true);
    expect(read({ dependentTasksOutputFiles: '**/*.js', transitive: true }).ignoredFile('web/dist/a.js')).toBe(true);
    expect(read({ fileset: '{workspaceRoot}/web/dist/**' }).ignoredFile('web/dist/a.js')).toBe(false);
  });
});
