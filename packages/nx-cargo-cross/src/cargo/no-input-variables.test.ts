import { expect, test } from '@jest/globals';
import { aTriple } from '../testkit/builders.js';
import { decidesNothing } from './no-input-variables.js';

const HOST = 'x86_64-unknown-linux-gnu';
const asked = (name: string, by: 'compiler' | 'script', host = HOST): boolean => decidesNothing(name, by, aTriple('aarch64-unknown-linux-gnu'), host);

test.each([
  ['CARGO_PKG_VERSION', true, true],
  ['CARGO_CFG_RUSTIX_USE_LIBC', true, true],
  ['CARGO_BIN_EXE_app', true, true],
  ['CARGO_TARGET_DIR', true, true],
  ['CARGO_HOME', true, true],
  ['OUT_DIR', true, true],
  ['TARGET', true, true],
  ['DEP_OPENSSL_VERSION', true, true],
  ['PATH', false, true],
  ['HOME', false, true],
  ['CC_ENABLE_DEBUG_OUTPUT', false, true],
  ['CFLAGS_x86_64_unknown_linux_gnu', false, true],
  ['CC_x86_64-unknown-linux-gnu', false, true],
  ['X86_64_UNKNOWN_LINUX_GNU_OPENSSL_DIR', false, true],
  ['CARGO_MY_OWN', false, false],
  ['USER', false, false],
  ['CI', false, false],
  ['GITHUB_SHA', false, false],
  ['TARGETS', false, false],
  ['CFLAGS', false, false],
  ['CFLAGS_aarch64_unknown_linux_gnu', false, false],
])('%s, in a program: %s, for a build script: %s', (name, compiler, script) => {
  expect([asked(name, 'compiler'), asked(name, 'script')]).toEqual([compiler, script]);
});

test('what the machine builds for itself is no other compilation', () => {
  expect(asked('CFLAGS_aarch64_unknown_linux_gnu', 'script', 'aarch64-unknown-linux-gnu')).toBe(false);
});
