/** Android's NDK. */
import { failed } from '../diagnostics/result.js';
import type { Backend } from './contract.js';

const WHY = 'It is not in this version.';

export const ndk: Backend = {
  id: 'ndk',
  refuses: () => WHY,
  needs: () => [],
  setUp: ({ triple }) => failed({ code: 'triple-unserved', triple: triple.name, backend: 'ndk', why: WHY, alternatives: [] }),
  identity: () => ({ pins: [], runtimes: [], env: [] }),
};
