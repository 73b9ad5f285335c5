import { expect, test } from '@jest/globals';
import { aRepository } from '../testkit/cargo-files.js';
import { crateOf, repositoryOf } from '../testkit/repository.js';
import type { Files } from '../testkit/tree.js';
import { outsideFolder } from './outside-folder.js';

const path = (name: string, folder: string): string => `${name} = { path = "${folder}" }`;
const workspace = (more = ''): string => `[workspace]\nmembers = ["app", "lib"]\n${more}`;
const rust = (app: readonly string[], lib: readonly string[] = [], more = '') => aRepository().workspace('rust', workspace(more)).bin('rust/app', { dependencies: app }).lib('rust/lib', { dependencies: lib });

test.each<readonly [string, Files, string, string]>([
  ['none', rust([path('lib', '../lib')]).files(), 'rust/app', 'none'],
  ['in a folder of the workspace that is no member', rust([path('other', '../other')], [], 'exclude = ["other"]').lib('rust/other').files(), 'rust/app', 'none'],
  ['beside the workspace', rust([path('shared', '../../shared')]).lib('shared').files(), 'rust/app', 'local'],
  ['of another member: the target folder is one', rust([], [path('shared', '../../shared')]).lib('shared').files(), 'rust/app', 'local'],
  ['far below', rust([path('a', '../a')], [], 'exclude = ["a"]').lib('rust/a', { dependencies: [path('b', '../../b')] }).lib('b').files(), 'rust/app', 'local'],
  ['of a lone crate', aRepository().bin('app', { dependencies: [path('shared', '../shared')] }).lib('shared').files(), 'app', 'local'],
  ['a member that lies elsewhere', aRepository().workspace('rust', '[workspace]\nmembers = ["../app"]').bin('app', { toml: 'workspace = "../rust"' }).files(), 'app', 'local'],
  ['which stands in for one of a registry', rust([], [], '[patch.crates-io]\nitoa = { path = "../itoa" }').lib('itoa').files(), 'rust/app', 'any'],
  ['below one that stands in', rust([], [], 'exclude = ["itoa"]\n[patch.crates-io]\nitoa = { path = "itoa" }').lib('rust/itoa', { dependencies: [path('deep', '../../deep')] }).lib('deep').files(), 'rust/app', 'any'],
  ['for tests alone, which no build compiles', aRepository().bin('app', { devDependencies: [path('shared', '../shared')] }).lib('shared').files(), 'app', 'none'],
  ['everything is in the folder of a workspace that is the repository', aRepository().workspace('', '[workspace]\nmembers = ["app"]\nexclude = ["shared"]').bin('app', { dependencies: [path('shared', '../shared')] }).lib('shared').files(), 'app', 'none'],
])('a package outside: %s', (_, files, root, outside) => {
  const repository = repositoryOf(files);
  expect(outsideFolder(repository, crateOf(repository, root).workspace)).toBe(outside);
});
