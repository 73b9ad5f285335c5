/** Runs one cargo call: its output goes to whoever hears it and to logs, its JSON messages are kept, its progress is told. */
import { mergeEnvironment } from '../backend/env-edit.js';
import { parseArtifactMessage, parseBuildScriptMessage, type ArtifactMessage, type BuildScriptMessage } from '../cargo/messages.js';
import { makeCargoProgress, onlyAskedLeft, type CargoOutput, type CargoProgress } from '../cargo/progress.js';
import { quoteWords } from '../diagnostics/quote.js';
import { callBeside } from '../plan/beside.js';
import type { CargoCall } from '../plan/plan.js';
import { openLogFile } from '../system/log-file.js';
import type { RunOutcome, RunSpec } from '../system/process.js';
import type { System } from '../system/system.js';
import type { AskingLast } from '../system/with-cores.js';
import { makeTextTail } from './text-tail.js';
import { sayBlocked, streamInFolder, streamInTurn, type Beside, type SpecMaker, type TurnWish } from './cargo-turn.js';

export interface CargoOutcome extends RunOutcome {
  readonly messages: readonly ArtifactMessage[];
  readonly scripts: readonly BuildScriptMessage[];
  /** The end of what cargo printed, plain enough to be searched. */
  readonly tail: string;
  /** Whether it ran beside another. */
  readonly beside?: boolean;
}

export interface CargoRun {
  readonly system: System;
  /** Where cargo runs, absolute. */
  readonly directory: string;
  /** Absolute; all that cargo prints is added to each. */
  readonly logs: readonly string[];
  readonly rustcWrapper: string | undefined;
  /** For whom, as others are told who wait for it. */
  readonly task: string;
  /** `build.jobs` of cargo's configuration. */
  readonly jobs: string | number | undefined;
  readonly signal: AbortSignal | undefined;
  readonly hear: CargoEar;
  readonly beside?: Beside | undefined;
  /** What is done when it is the call's turn, before cargo is started. */
  readonly before?: (() => Promise<void>) | undefined;
  /** Whether the caller has the turn: then the call takes none. */
  readonly hasTurn?: boolean;
  /** What its last crate may wait for. */
  readonly last?: AskingLast | undefined;
  /** Told once, while cargo still runs, with what there is: nothing is left but what was asked for. Not told where cargo shows no such moment. */
  readonly nearEnd?: ((soFar: Pick<CargoOutcome, 'messages' | 'beside'>) => void) | undefined;
}

/** Who hears what cargo says while it runs. */
export interface CargoEar {
  started(command: string): void;
  /** Whole lines. */
  text(text: string): void;
  waiting(what: string): void;
  progress(latest: CargoProgress): void;
}

/** Bytes. A linker's words come behind a command line of thousands, and other jobs print on while one fails. */
const TAIL = 262_144;

/** Runs the call. Never throws for what cargo does. */
export async function runCargoCall(run: CargoRun, call: CargoCall): Promise<CargoOutcome> {
  const { system, hear } = run;
  const { targetDir, selection: { profile, packageSpec } } = call;
  const packageName = packageSpec.replace(/@.*/, '');
  const triples = call.args.flatMap((word, at) => (call.args[at - 1] === '--target' ? [word] : []));
  const turn: TurnWish = { targetDir, profile, triples, directory: run.directory, task: run.task, jobs: run.jobs, say: hear.waiting, signal: run.signal, before: run.before, beside: run.beside, last: run.last };
  const logs = run.logs.map((path) => openLogFile(path));

  const messages: ArtifactMessage[] = [];
  const scripts: BuildScriptMessage[] = [];
  const asked: Promise<void>[] = [];
  let line = '';
  const tail = makeTextTail(TAIL);
  const progress = makeCargoProgress();
  let isBeside = false;
  let nearEnd = run.nearEnd;
  const tell = ({ text, latest, blockedOn }: CargoOutput): void => {
    if (text !== '') {
      for (const log of logs) log.write(text);
      tail.add(text);
      hear.text(text);
    }
    if (blockedOn !== undefined) asked.push(sayBlocked(blockedOn, { targetDir, profile, triples, cargoHome: system.cargoHome }).then(hear.waiting));
    if (latest) hear.progress(latest);
    if (latest && nearEnd && onlyAskedLeft(latest, call.expected.length, packageName)) {
      nearEnd({ messages, beside: isBeside });
      nearEnd = undefined;
    }
  };
  const specOf = (made: CargoCall): Omit<RunSpec, 'signal'> => ({
    command: made.cargo,
    args: made.args,
    cwd: run.directory,
    env: {
      ...mergeEnvironment(system.env, made.env),
      ...(run.rustcWrapper === undefined ? {} : { RUSTC: run.rustcWrapper }),
      // Whatever the user's configuration says: in a folder of its own, nobody would see what is outdated (cargo 1.91).
      CARGO_BUILD_BUILD_DIR: made.targetDir,
      CARGO_TERM_PROGRESS_WHEN: 'always',
      CARGO_TERM_PROGRESS_WIDTH: '120',
    },
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
  const start: SpecMaker = (_, beside) => {
    isBeside = beside !== undefined;
    const made = beside === undefined ? call : callBeside(call, beside);
    const command = quoteWords([made.cargo, ...made.args]);
    for (const log of logs) log.write(`$ ${command}\n`);
    hear.started(command);
    return specOf(made);
  };
  const outcome = await (run.hasTurn ? streamInFolder : streamInTurn)(system, turn, start);
  tell(progress.end());
  await Promise.all(asked);
  for (const log of logs) {
    log.write(`exit code ${outcome.exitCode ?? outcome.signal ?? outcome.spawnError ?? 'unknown'}\n`);
    await log.close();
  }
  return { ...outcome, messages, scripts, tail: tail.text(), beside: isBeside };
}
