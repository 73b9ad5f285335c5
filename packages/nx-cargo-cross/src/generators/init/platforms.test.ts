import { describe, expect, test } from '@jest/globals';
import { choosePlatforms, USUAL_PLATFORMS } from './platforms.js';

function words(asked: string | undefined, targets: readonly string[] = []): readonly string[] | string {
  const chosen = choosePlatforms(asked, targets);
  return chosen.ok ? chosen.value.map(({ word }) => word) : chosen.failures.map((failure) => (failure.code === 'unknown-word' ? `${failure.word} -> ${failure.nearest}` : failure.code)).join();
}

describe('which platforms are written', () => {
  test.each([
    ['nothing asked, no toolchain file', undefined, [], [...USUAL_PLATFORMS]],
    ['an empty answer to the prompt', '', [], [...USUAL_PLATFORMS]],
    ['the targets of the toolchain file', undefined, ['aarch64-unknown-linux-gnu', 'x86_64-apple-darwin'], ['aarch64-linux', 'x86_64-macos']],
    ['targets that nobody knows are left out', undefined, ['thumbv6m-none-eabi', 'x86_64-apple-darwin'], ['x86_64-macos']],
    ['only unknown targets', undefined, ['thumbv6m-none-eabi'], [...USUAL_PLATFORMS]],
    ['short names and triples, with spaces', 'aarch64-linux-musl, x86_64-pc-windows-gnu', ['x86_64-apple-darwin'], ['aarch64-linux-musl', 'x86_64-windows']],
    ['a glibc floor', 'aarch64-linux.2.17,x86_64-unknown-linux-gnu.2.28', [], ['aarch64-linux.2.17', 'x86_64-linux.2.28']],
    ['a platform said twice', 'aarch64-linux,aarch64-unknown-linux-gnu', [], ['aarch64-linux']],
    ['mistakes, all of them', 'aarch64-linx,x86_64-windos', [], 'aarch64-linx -> aarch64-linux,x86_64-windos -> x86_64-windows'],
  ] as const)('%s', (_name, asked, targets, expected) => expect(words(asked, targets)).toEqual(expected));
});
