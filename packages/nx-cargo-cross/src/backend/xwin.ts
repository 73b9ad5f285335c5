/** Microsoft's files as xwin lays them out, with clang-cl and lld-link. */
import { failed } from '../diagnostics/result.js';
import type { Backend } from './contract.js';

const WHY = 'It is not in this version.';

export const xwin: Backend = {
  id: 'xwin',
  refuses: () => WHY,
  needs: () => [],
  setUp: ({ triple }) => failed({ code: 'triple-unserved', triple: triple.name, backend: 'xwin', why: WHY, alternatives: [] }),
  identity: () => ({ pins: [], runtimes: [], env: [] }),
};
