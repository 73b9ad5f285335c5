import { describe, expect, test } from '@jest/globals';
import { aTempFolder } from '../../testkit/temp.js';
import { aZigRig } from '../../testkit/zig-rig.js';
import { NO_RUNTIME } from './no-runtime.js';
import { NO_CHECKS } from './script.js';

const gnu = aZigRig(aTempFolder('no checks'), 'aarch64-unknown-linux-gnu');
const OWN = `-T${gnu.directory}/own-debug.ld`;

describe("the runtime of zig's checks", () => {
  const told = (words: readonly string[], says = '') => gnu.run('clang', words, { env: { FAKE_LINK_SAYS: says } });

  test('is not built for a link', () => {
    expect(told(['a.o']).argv).toEqual(['cc', '-target', 'aarch64-linux-gnu.2.17', NO_CHECKS, NO_RUNTIME, 'a.o', OWN]);
  });

  test.each([[['-c', 'a.c']], [['-fsanitize=undefined', 'a.o']], [['-?']]])('is nothing that %j is told of', (words) => {
    expect(told(words).argv).not.toContain(NO_CHECKS);
  });

  test('is built where something asks for it', () => {
    const { argv, stderr, status } = told(['a.o'], 'error: ld.lld: undefined symbol: __ubsan_handle_add_overflow');
    expect([argv, stderr, status]).toEqual([['cc', '-target', 'aarch64-linux-gnu.2.17', 'a.o', OWN], '', 0]);
  });

  test('is not what another failure is about, which is said as it is', () => {
    expect(told(['a.o'], 'error: ld.lld: undefined symbol: foo')).toMatchObject({ argv: undefined, stderr: 'error: ld.lld: undefined symbol: foo\n', status: 1 });
  });
});
