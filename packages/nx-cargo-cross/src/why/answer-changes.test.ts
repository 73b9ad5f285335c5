import { expect, test } from '@jest/globals';
import { inferOf } from '../testkit/repository.js';
import { SAMPLE } from '../testkit/sample.js';
import { toolOf } from './answer-changes.js';

test('every question that a key asks has a name that a person would know', () => {
  const platforms = ['x86_64-linux-musl', 'aarch64-linux', 'x86_64-windows', 'aarch64-macos', 'aarch64-android', 'x86_64-windows-msvc', 'wasm32-wasip1'];
  const ways = [{ '*': 'zig' }, { '*': 'gcc' }, { '*musl*': 'lld', '*android*': 'ndk', '*msvc*': 'xwin', '*darwin*': 'osxcross' }];
  const targets = ways.flatMap((backends) => [...inferOf(SAMPLE.files(), { platforms, backends }).nodes.values()]).flatMap(({ projects }) => Object.values(projects).flatMap((project) => Object.values(project.targets ?? {})));
  const asked = targets.flatMap(({ inputs = [] }) => inputs.flatMap((input) => (typeof input === 'object' && 'runtime' in input ? [input.runtime] : [])));
  const names = new Set(asked.map(toolOf));
  expect([...names].filter((name) => !/^[\w][\w .'-]{1,40}$/.test(name))).toEqual([]);
  expect([...names].filter((name) => ['for', 'if', 'test', 'export'].includes(name))).toEqual([]);
  expect(names).toEqual(new Set([...names, 'rustc', 'zig', 'lld', 'osxcross', 'the NDK', "Microsoft's files", 'aarch64-linux-gnu-gcc', 'the machine that builds', 'that SDKROOT names', 'variables of libraries']));
});
