/** Runs one cargo call: its output goes to the terminal and to the log, its JSON messages are kept, its progress is told. */
import { mergeEnvironment } from '../backend/env-edit.js';
import { parseArtifactMessage, parseBuildScriptMessage, type ArtifactMessage, type BuildScriptMessage } from '../cargo/messages.js';
import { makeCargoProgress, type CargoOutput } from '../cargo/progress.js';
import { quoteWords } from '../diagnostics/quote.js';
import type { CargoCall, PlannedBuild } from '../plan/plan.js';
import { openLogFile } from '../system/log-file.js';
import type { RunOutcome } from '../system/process.js';
import type { System } from '../system/system.js';
import type { Emit, RequestRef } from './events.js';

export interface CargoOutcome extends RunOutcome {
  readonly messages: readonly ArtifactMessage[];
  readonly scripts: readonly BuildScriptMessage[];
  /** The end of what cargo printed, plain enough to be searched. */
  readonly tail: string;
}

export interface CargoRun {
  readonly system: System;
  readonly planned: PlannedBuild;
  readonly ref: RequestRef;
  readonly rustcWrapper: string | undefined;
  readonly emit: Emit;
  readonly signal: AbortSignal | undefined;
}

/** Characters. A linker's words come behind a command line of thousands, and other jobs print on while one fails. */
const TAIL = 262_144;

/** Runs the call. Appends to the build's log. Never throws for what cargo does. */
export async function runCargoCall(run: CargoRun, call: CargoCall): Promise<CargoOutcome> {
  const { system, planned, ref, emit } = run;
  const command = quoteWords([call.cargo, ...call.args]);
  const log = openLogFile(planned.log);
  log.write(`$ ${command}\n`);
  emit({ type: 'started', command, ...ref });

  const messages: ArtifactMessage[] = [];
  const scripts: BuildScriptMessage[] = [];
  let line = '';
  let tail = '';
  const progress = makeCargoProgress();
  const tell = ({ text, latest, blockedOn }: CargoOutput): void => {
    if (text !== '') {
      log.write(text);
      tail = (tail + text).slice(-TAIL);
      emit({ type: 'output', text, ...ref });
    }
    if (blockedOn !== undefined) emit({ type: 'preparing', what: `waiting for ${blockedOn}, held by another cargo`, ...ref });
    if (latest) emit({ type: 'progress', ...latest, ...ref });
  };
  const outcome = await system.stream({
    command: call.cargo,
    args: call.args,
    cwd: planned.directory,
    env: {
      ...mergeEnvironment(system.env, call.env),
      ...(run.rustcWrapper === undefined ? {} : { RUSTC: run.rustcWrapper }),
      CARGO_TERM_PROGRESS_WHEN: 'always',
      CARGO_TERM_PROGRESS_WIDTH: '120',
    },
    ...(run.signal ? { signal: run.signal } : {}),
    onStdout: (chunk) => {
      const lines = (line + chunk).split('\n');
      line = lines.pop() ?? '';
      for (const whole of lines) {
        const message = parseArtifactMessage(whole);
        if (message) messages.push(message);
        const script = parseBuildScriptMessage(whole);
        if (script) scripts.push(script);
      }
    },
    onStderr: (chunk) => tell(progress.push(chunk)),
  });
  tell(progress.end());
  log.write(`exit code ${outcome.exitCode ?? outcome.signal ?? outcome.spawnError ?? 'unknown'}\n`);
  await log.close();
  return { ...outcome, messages, scripts, tail };
}
