import { expect, test } from '@jest/globals';
import { wantsColor } from './terminal.js';

test.each([
  [{}, true, true],
  [{}, false, false],
  [{ NO_COLOR: '1' }, true, false],
  [{ NO_COLOR: '' }, true, true],
  [{ FORCE_COLOR: 'true' }, false, true],
  [{ FORCE_COLOR: '0' }, true, false],
  [{ FORCE_COLOR: 'false' }, true, false],
  [{ FORCE_COLOR: '' }, false, false],
  [{ NO_COLOR: '1', FORCE_COLOR: 'true' }, true, false],
])('%j on a terminal (%s) wants colours: %s', (env, isTerminal, wanted) => {
  expect(wantsColor(env as unknown as Record<string, string>, isTerminal)).toBe(wanted);
});
