import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AggregateCreateNodesError, type CreateDependenciesContext, type CreateNodesResult } from '@nx/devkit';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { aRepository } from './testkit/cargo-files.js';
import { aTempFolder } from './testkit/temp.js';
import type { Files } from './testkit/tree.js';
import { createDependencies, createNodes, createNodesV2, name } from './index.js';

const root = aTempFolder('index');
const REPOSITORY = aRepository()
  .workspace('')
  .bin('crates/app', { dependencies: ['lib = { path = "../lib" }'] })
  .lib('crates/lib')
  .file('nx.json', '{}');

function write(files: Files): readonly string[] {
  rmSync(root, { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return Object.keys(files).filter((file) => /Cargo\.(toml|lock)$/.test(file));
}

async function nodesOf(files: Files, options?: unknown): Promise<readonly (readonly [string, CreateNodesResult])[]> {
  return createNodes[1](write(files), options, { workspaceRoot: root, nxJsonConfiguration: {} });
}

async function errorOf(files: Files, options?: unknown): Promise<AggregateCreateNodesError> {
  try {
    await nodesOf(files, options);
  } catch (error) {
    if (error instanceof AggregateCreateNodesError) return error;
  }
  throw new Error('no AggregateCreateNodesError');
}

beforeEach(() => {
  mkdirSync(root, { recursive: true });
});

describe('the graph hooks', () => {
  test('have the names that Nx 22 to 24 look for', () => {
    expect(name).toBe('nx-cargo-cross');
    expect(createNodesV2).toBe(createNodes);
    expect(createNodes[0]).toContain('Cargo.lock');
  });

  test('give nodes by manifest', async () => {
    const nodes = await nodesOf(REPOSITORY.files());
    expect(nodes.map(([file, { projects }]) => [file, Object.keys(projects ?? {})])).toEqual([
      ['crates/app/Cargo.toml', ['crates/app']],
      ['crates/lib/Cargo.toml', ['crates/lib']],
      ['Cargo.toml', ['.']],
    ]);
    const externals = nodes.flatMap(([, { externalNodes }]) => Object.values(externalNodes ?? {}));
    expect(externals.map(({ data }) => data.version).every((version) => /^[0-9a-f]{64}$/.test(version))).toBe(true);
  });

  test('see what changed since they were last asked', async () => {
    const targets = async (files: Files): Promise<number> =>
      Object.values((await nodesOf(files))[0]?.[1].projects ?? {}).flatMap(({ targets: all }) => Object.keys(all ?? {})).length;
    expect(await targets(REPOSITORY.files())).toBe(10);
    expect(await targets({ ...REPOSITORY.files(), 'rust-toolchain.toml': '[toolchain]\nchannel = "stable"\ntargets = ["x86_64-apple-darwin"]' })).toBe(4);
    expect(await targets(REPOSITORY.files())).toBe(10);
  });

  test('tie each failure to its file, and keep what is whole', async () => {
    const error = await errorOf(
      REPOSITORY.file('crates/lib/Cargo.toml', '[package]\nname = 3')
        .file('nx.json', '{ "plugins": [{ "plugin": "nx-cargo-cross", "options": { "profil": "x" } }] }')
        .files(),
      { profil: 'x' },
    );
    expect(error.errors.map(([file, { message }]) => [file, message.split('\n')[0]])).toEqual([
      ['crates/lib/Cargo.toml', 'error[manifest-invalid]: "package.name" must be a string'],
      ['nx.json', 'error[unknown-word]: Unknown option "profil"'],
    ]);
    expect(error.partialResults.map(([file]) => file)).toContain('Cargo.toml');
  });

  test('do without manifests', async () => {
    expect(await nodesOf({ 'Cargo.lock': 'version = 4' })).toEqual([]);
  });

  test('draw the edges between projects, under whatever names Nx knows them', async () => {
    const files = write(REPOSITORY.files());
    const projects = { renamed: { root: 'crates/app' }, lib: { root: 'crates/lib' }, 'cargo-workspace': { root: '.' } };
    const fileMap = {
      projectFileMap: { renamed: [{ file: 'crates/app/Cargo.toml', hash: '' }] },
      nonProjectFiles: files.slice(1).map((file) => ({ file, hash: '' })),
    };
    const context = {
      projects,
      fileMap,
      externalNodes: {},
      nxJsonConfiguration: {},
      workspaceRoot: root,
      filesToProcess: fileMap,
    } as CreateDependenciesContext;
    expect(await createDependencies(undefined, context)).toEqual([{ source: 'renamed', target: 'lib', sourceFile: 'crates/app/Cargo.toml', type: 'static' }]);
  });
});

describe('the graph of a large repository', () => {
  const count = 120;
  const large = Array.from({ length: count }, (_, index) => index).reduce(
    (made, index) => made.bin(`crates/c${index}`, { dependencies: index === 0 ? [] : [`c${index - 1} = { path = "../c${index - 1}" }`] }),
    aRepository().workspace('').file('nx.json', '{}'),
  );

  /** As another start of Nx asks: the nodes as text, and when the kept graph was written. */
  function askedAnew(files: readonly string[]): readonly [string, number] {
    const script = `const [index, root, files] = process.argv.slice(1); const { createNodes } = await import(index); process.stdout.write(JSON.stringify(await createNodes[1](JSON.parse(files), {}, { workspaceRoot: root, nxJsonConfiguration: {} })));`;
    const env = { ...process.env, NX_WORKSPACE_DATA_DIRECTORY: '', NX_PROJECT_GRAPH_CACHE_DIRECTORY: '', NODE_OPTIONS: '' };
    const text = execFileSync(process.execPath, ['--input-type=module', '-e', script, new URL('./index.js', import.meta.url).href, root, JSON.stringify(files)], { encoding: 'utf8', env, maxBuffer: 1e8 });
    const data = join(root, '.nx/workspace-data');
    const [kept = ''] = readdirSync(data);
    return [text, statSync(join(data, kept)).mtimeMs];
  }

  test('is kept for the next start of Nx, for as long as nothing changed', () => {
    const files = write(large.files());
    const [first, written] = askedAnew(files);
    expect(askedAnew(files)).toEqual([first, written]);
    expect(first).toContain('cargo-closure:crates/c119:');

    const changed = join(root, 'crates/c0/Cargo.toml');
    writeFileSync(changed, `${readFileSync(changed, 'utf8')}\n[features]\nmore = []\n`);
    const [second, rewritten] = askedAnew(files);
    expect(second).not.toBe(first);
    expect(rewritten).toBeGreaterThan(written);
  }, 60_000);
});
