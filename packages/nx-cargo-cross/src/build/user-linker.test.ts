import { expect, test } from '@jest/globals';
import { aRequest } from '../testkit/builders.js';
import { aSystem, type FakeAnswers } from '../testkit/fake-system.js';
import type { UserLinker } from './user-cargo-config.js';
import { checkLinker } from './user-linker.js';

const LINKER = 'CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER';
const BARE: UserLinker = { value: 'my-gcc', file: '/ws/.cargo/config.toml', path: undefined };
const AS_PATH: UserLinker = { value: 'tools/my-gcc', file: '/ws/.cargo/config.toml', path: '/ws/tools/my-gcc' };
const PRESENT = { onPath: { 'my-gcc': '/usr/bin/my-gcc' }, exists: { '/ws/tools/my-gcc': true } };
const ABSENT = { exists: { '/ws/tools/my-gcc': false } };

test.each<readonly [string, UserLinker | undefined, FakeAnswers, string | undefined]>([
  ['on the PATH', BARE, PRESENT, undefined],
  ['at its path', AS_PATH, PRESENT, undefined],
  ['named by nobody, which is for the plan to say', undefined, {}, undefined],
  ['not on the PATH', BARE, ABSENT, 'my-gcc: my-gcc on the PATH: linking for aarch64-unknown-linux-gnu, as /ws/.cargo/config.toml says'],
  ['not at its path', AS_PATH, ABSENT, 'tools/my-gcc: /ws/tools/my-gcc: linking for aarch64-unknown-linux-gnu, as /ws/.cargo/config.toml says'],
  ['named by the environment first', BARE, { ...PRESENT, env: { [LINKER]: 'other' } }, `other: other on the PATH: linking for aarch64-unknown-linux-gnu, as $${LINKER} says`],
  ['named by an empty variable, which is none', BARE, { ...PRESENT, env: { [LINKER]: '' } }, undefined],
])('a linker %s', async (_, configured, answers, missing) => {
  const result = await checkLinker(aSystem(answers), '/ws', aRequest('aarch64-linux'), configured);
  const told = result.ok ? undefined : result.failures.map((failure) => (failure.code === 'tool-missing' ? `${failure.tool}: ${failure.searched.join()}: ${failure.neededFor}` : failure.code)).join();
  expect(told).toBe(missing);
});
