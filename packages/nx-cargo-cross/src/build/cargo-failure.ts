/** What a failed cargo call means. */
import { diagnose, type BuildFacts } from '../diagnostics/diagnose.js';
import type { Failure } from '../diagnostics/failure.js';
import { quoteWord, quoteWords } from '../diagnostics/quote.js';
import type { CargoCall, PlannedBuild } from '../plan/plan.js';
import type { CargoOutcome } from './cargo-call.js';

const ESCAPES = /\u001b\[[0-9;]*[A-Za-z]/g;

/** cargo 1.60 to 1.96 word it in two ways: "needs to be updated but --locked was passed", "cannot update the lock file ... because --locked was passed". */
const STALE_LOCK = /lock file .*(needs to be updated|because --locked was passed)/;

/**
 * Reads the end of a failed call.
 * @param linkedBy the crates that ask for a library which is missing, where one is (`who-links.ts`).
 */
export function cargoFailure(planned: PlannedBuild, call: Pick<CargoCall, 'cargo' | 'args'>, outcome: CargoOutcome, linkedBy: readonly string[] = []): Failure {
  const { crate, workspace } = planned.request;
  const tail = outcome.tail.replace(ESCAPES, '');
  if (outcome.signal !== undefined) return { code: 'interrupted', crate: crate.name, triple: planned.triple, signal: outcome.signal };
  if (outcome.spawnError !== undefined) {
    return { code: 'tool-broken', tool: 'cargo', path: call.cargo, message: outcome.spawnError, install: 'rustup toolchain install stable' };
  }
  const stale = STALE_LOCK.exec(tail);
  if (stale) {
    const line = tail.split('\n').find((candidate) => STALE_LOCK.test(candidate)) ?? '';
    return {
      code: 'lock-stale',
      file: workspace.lockFile,
      message: line.trim(),
      command: `cargo update --workspace --manifest-path ${quoteWord(workspace.manifest)}`,
    };
  }
  return {
    code: 'compile-failed',
    crate: crate.name,
    triple: planned.triple,
    exitCode: outcome.exitCode,
    log: planned.log,
    command: `cd ${quoteWord(planned.directory)} && ${quoteWords([call.cargo, ...call.args])}`,
    diagnoses: diagnose(tail, factsOf(planned, linkedBy)),
  };
}

function factsOf({ request, triple, backend, toolchain }: PlannedBuild, linkedBy: readonly string[]): BuildFacts {
  const { platform } = request.build;
  const { os, libc } = platform.triple.facts;
  return { crate: request.crate.name, platform: platform.name, triple, backend: backend.id, os, libc, toolchain, manifest: quoteWord(request.workspace.manifest), linkedBy };
}
