import { describe, expect, test } from '@jest/globals';
import { aRepository } from '../testkit/cargo-files.js';
import { crateOf, repositoryOf } from '../testkit/repository.js';
import { locateNxOptions } from './nx-options.js';
import { resolveCrate } from './resolve.js';
import { makeResolver } from './resolver.js';

describe('the resolver of a workspace', () => {
  const crates = { plain: '', other: '', own: '[package.metadata.nx-cargo-cross]\nprofile = "dev"\n', featured: '[features]\nf = []\n' };
  const files = Object.entries(crates).reduce(
    (made, [name, toml]) => made.bin(`crates/${name}`, { name, toml }),
    aRepository().workspace('').lib('crates/library', { name: 'library' }),
  ).files();
  const repository = repositoryOf(files);
  const names = ['plain', 'other', 'own', 'featured', 'library'];

  test.each<[string, object]>([
    ['nothing', {}],
    ['what is alike for all', { platforms: ['aarch64-linux', 'x86_64-macos'], profile: 'dev', tests: true }],
    ['a feature that one of them has', { features: ['f'] }],
    ['a feature for a platform', { platforms: ['aarch64-linux'], platform: { 'aarch64-linux': { features: ['f'] } } }],
    ['a program that one of them has', { bins: ['plain'] }],
    ['inputs', { inputs: ['../../../outside'] }],
    ['what is wrong', { profile: 'no-such', platforms: ['no-such'] }],
    ['what is no option', { no_such: 1 }],
  ])('gives each crate what it gets alone, where nx.json says %s', (_, options) => {
    const nx = locateNxOptions(options, JSON.stringify({ plugins: [{ plugin: 'nx-cargo-cross', options }] }));
    const found = names.map((name) => crateOf(repository, `crates/${name}`));
    const resolver = makeResolver(repository, crateOf(repository, 'crates/plain').workspace, nx);
    expect(found.map(({ crate }) => resolver(crate))).toEqual(found.map(({ workspace, crate }) => resolveCrate(repository, workspace, crate, nx)));
  });
});
