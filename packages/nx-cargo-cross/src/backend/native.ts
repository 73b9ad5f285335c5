/** The machine's own toolchain, for triples that the host links by itself. It sets next to nothing, and so stands in nobody's way. */
import { askFirst } from '../diagnostics/ask.js';
import { success } from '../diagnostics/result.js';
import type { Triple } from '../platform/triple.js';
import { askLibraries } from '../diagnostics/ask-libraries.js';
import { deploymentTargetEnv } from './apple/deployment-target.js';
import type { Backend, Host, ToolNeed } from './contract.js';
import { crtStatic } from './crt-static.js';
import { interpreterFlags } from './interpreter.js';

export const native: Backend = {
  id: 'native',
  refuses,
  needs,
  setUp: ({ triple, linkage, minOs, env, interpreter }) =>
    success({
      files: [],
      env: deploymentTargetEnv(triple.facts, minOs, env),
      rustflags: [...crtStatic(triple, linkage), ...interpreterFlags(triple, linkage, interpreter)],
      tools: undefined,
      version: '',
    }),
  identity: () => ({ pins: [], asksHost: true, runtimes: [askFirst('cc --version'), askLibraries('cc')], env: [] }),
};

/** What the machine's own compiler makes: its own triple, and its own processor's family under its own system. */
function refuses({ name, facts }: Triple, host: Host): string | undefined {
  if (name === host.triple || (facts.os === 'macos' && host.os === 'macos')) return undefined;
  if (facts.os === 'macos') return "The machine's own linker makes macOS programs only on a Mac.";
  if (facts.os === host.os && FAMILIES.some((family) => family.includes(facts.arch) && family.includes(host.triple.split('-')[0] ?? ''))) return undefined;
  return `The machine's own compiler makes programs for ${host.triple}. For a linker of your own take backend "cargo-config".`;
}

/** Processors that one compiler makes programs for. */
const FAMILIES: readonly (readonly string[])[] = [['x86_64', 'i686', 'i586'], ['aarch64'], ['riscv64gc'], ['powerpc64le'], ['s390x'], ['loongarch64'], ['armv7', 'thumbv7neon', 'arm', 'armv5te']];

function needs(triple: Triple, host: Host): readonly ToolNeed[] {
  if (triple.facts.format === 'wasm' || triple.name !== host.triple) return [];
  const install = host.os === 'macos' ? 'xcode-select --install' : 'apt-get install gcc libc6-dev';
  return [{ key: 'cc', label: 'cc', candidates: [{ from: 'path', name: 'cc' }], version: undefined, install }];
}
