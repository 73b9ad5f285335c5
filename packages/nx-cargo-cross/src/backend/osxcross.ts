/** Apple's SDK through osxcross. */
import { failed } from '../diagnostics/result.js';
import type { Backend } from './contract.js';

const WHY = 'It is not in this version.';

export const osxcross: Backend = {
  id: 'osxcross',
  refuses: () => WHY,
  needs: () => [],
  setUp: ({ triple }) => failed({ code: 'triple-unserved', triple: triple.name, backend: 'osxcross', why: WHY, alternatives: [] }),
  identity: () => ({ pins: [], runtimes: [], env: [] }),
};
