/** A linker of the user's own, configured in `.cargo/config.toml`. Nothing is set, so that nothing of the user's is hidden. */
import { success } from '../diagnostics/result.js';
import type { Backend } from './contract.js';
import { crtStatic } from './crt-static.js';

export const cargoConfig: Backend = {
  id: 'cargo-config',
  // A linker of the user's own can serve anything.
  refuses: () => undefined,
  needs: () => [],
  setUp: ({ triple, linkage }) => success({ files: [], env: [], rustflags: crtStatic(triple, linkage), tools: undefined, version: '' }),
  identity: () => ({ pins: [], runtimes: ['rustc -vV', 'cc --version'], env: [] }),
};
