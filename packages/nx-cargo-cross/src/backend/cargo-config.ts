/**
 * A linker of the user's own, named in a cargo configuration of the repository or in the environment. Nothing that the user set is touched, and nothing is
 * offered that is not known: whether the linker's folder holds a C compiler too is for the user to say (`CC_<triple>`).
 * Source of the precedence: the Cargo book, "Configuration": `CARGO_TARGET_<TRIPLE>_LINKER` before `target.<triple>.linker` before `target.<cfg>.linker`.
 */
import { askFirst } from '../diagnostics/ask.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import { screamingTriple, type Triple } from '../platform/triple.js';
import type { Backend, CrossSetUp, SetUpInput, ToolIdentity } from './contract.js';
import { crtStatic } from './crt-static.js';
import type { EnvEdit } from './env-edit.js';
import { interpreterFlags } from './interpreter.js';

export const cargoConfig: Backend = {
  id: 'cargo-config',
  // A linker of the user's own can serve anything; that there is one is looked at where the configuration is known, in `setUp`.
  refuses: () => undefined,
  needs: () => [],
  setUp,
  identity,
};

function setUp({ triple, linkage, minOs, env, linker, interpreter }: SetUpInput): Result<CrossSetUp> {
  const variable = `CARGO_TARGET_${screamingTriple(triple.name)}_LINKER`;
  const named = env[variable] ?? linker;
  if (named === undefined || named === '') {
    return failed({
      code: 'triple-unserved',
      triple: triple.name,
      backend: 'cargo-config',
      why: `No linker is named for it. Write one into .cargo/config.toml: [target.${triple.name}] linker = "...", or set ${variable}.`,
      alternatives: [],
    });
  }
  return success({ files: [], env: deploymentTarget(triple, minOs), rustflags: [...crtStatic(triple, linkage), ...interpreterFlags(triple, linkage, interpreter)], tools: undefined, version: '' });
}

/** The minimum macOS is a promise of the platform, not a tool; it gives way to the user's own like everything else. */
function deploymentTarget({ facts }: Triple, minOs: string | undefined): readonly EnvEdit[] {
  if (facts.os !== 'macos' || minOs === undefined) return [];
  return [{ kind: 'set-if-missing', name: 'MACOSX_DEPLOYMENT_TARGET', value: minOs, spellings: [] }];
}

/** The linker itself is asked besides (`graph/identity.ts`); which C compiler and libraries it takes, the machine decides. */
function identity(triple: Triple): ToolIdentity {
  return { pins: [], asksHost: true, runtimes: [askFirst('cc --version')], env: [`CARGO_TARGET_${screamingTriple(triple.name)}_LINKER`] };
}
