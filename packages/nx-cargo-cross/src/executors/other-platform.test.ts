import { expect, test } from '@jest/globals';
import { otherPlatform } from './other-platform.js';

const EXECUTOR = 'nx-cargo-cross:build';
const TARGETS = {
  'cross-x86_64-linux': { executor: EXECUTOR, options: { platform: 'x86_64-linux' } },
  'cross-aarch64-linux': { executor: EXECUTOR, options: { platform: 'aarch64-linux' } },
  'cross-test-x86_64-windows': { executor: 'nx-cargo-cross:test', options: { platform: 'x86_64-windows' } },
  mine: { executor: EXECUTOR, options: {}, configurations: { pi: { platform: 'aarch64-linux' } } },
};
const context = { projectsConfigurations: { version: 2, projects: { '@acme/app': { root: 'app', targets: TARGETS } } } };

test.each<[string, string, readonly [string, string | undefined] | undefined]>([
  ['cross-x86_64-linux', 'x86_64-linux', undefined],
  ['cross-x86_64-linux', 'aarch64-linux', ['x86_64-linux', '@acme/app:cross-aarch64-linux']],
  ['cross-x86_64-linux', 'x86_64-windows', ['x86_64-linux', undefined]],
  ['mine:pi', 'aarch64-linux', undefined],
  ['mine:pi', 'x86_64-linux', ['aarch64-linux', '@acme/app:cross-x86_64-linux']],
  ['mine', 'x86_64-linux', undefined],
  ['unknown', 'x86_64-linux', undefined],
])('%s with %s', (target, platform, expected) => {
  const failure = otherPlatform(context, { id: `@acme/app:${target}`, project: '@acme/app', options: { platform } });
  expect(failure && [failure.platform, failure.own]).toEqual(expected);
});
