/** Rust-lld with Rust's own start files, without any C compiler. */
import { failed } from '../diagnostics/result.js';
import type { Backend } from './contract.js';

const WHY = 'It is not in this version.';

export const lld: Backend = {
  id: 'lld',
  refuses: () => WHY,
  needs: () => [],
  setUp: ({ triple }) => failed({ code: 'triple-unserved', triple: triple.name, backend: 'lld', why: WHY, alternatives: [] }),
  identity: () => ({ pins: [], runtimes: [], env: [] }),
};
