/** The machine's own toolchain, for triples that the host links by itself. It sets next to nothing, and so stands in nobody's way. */
import { success } from '../diagnostics/result.js';
import type { Triple } from '../platform/triple.js';
import { deploymentTargetEnv } from './apple/deployment-target.js';
import type { Backend, Host, ToolNeed } from './contract.js';
import { crtStatic } from './crt-static.js';

export const native: Backend = {
  id: 'native',
  refuses,
  needs,
  setUp: ({ triple, linkage, minOs, env }) =>
    success({
      files: [],
      env: deploymentTargetEnv(triple.facts, minOs, env),
      rustflags: crtStatic(triple, linkage),
      tools: undefined,
      version: '',
    }),
  // The machine's own tools decide, so the machine's own triple is in the key, however exactly Rust is pinned.
  identity: () => ({ pins: [], runtimes: ['rustc -vV', 'cc --version'], env: [] }),
};

/** A linker of the user's own can serve anything, so only what is known to fail is refused: an Apple platform without Apple's linker. */
function refuses(triple: Triple, host: Host): string | undefined {
  if (triple.facts.os === 'macos' && host.os !== 'macos') return 'The machine\'s own linker makes macOS programs only on a Mac.';
  return undefined;
}

function needs(triple: Triple, host: Host): readonly ToolNeed[] {
  if (triple.facts.format === 'wasm' || triple.name !== host.triple) return [];
  const install = host.os === 'macos' ? 'xcode-select --install' : 'apt-get install gcc libc6-dev';
  return [{ key: 'cc', label: 'cc', candidates: [{ from: 'path', name: 'cc' }], version: undefined, install }];
}
