/** Takes away what an earlier build made with tools or variables that are others now, before cargo takes it for fresh. */
import { dirname } from 'node:path';
import { failed, success, type Result } from '../diagnostics/result.js';
import type { KeyContents } from '../graph/key-contents.js';
import type { BuildRequest } from '../plan/request.js';
import { digest } from '../system/digest.js';
import { attempt, exists, readFile, rm, writeIfDifferent } from '../system/files.js';
import { withLock } from '../system/locks.js';
import type { System } from '../system/system.js';
import { knownAnswer } from './key-answers.js';
import { cargoWatches, parseWatched, together, type Watched } from './watched.js';

export interface Clearing {
  readonly system: System;
  readonly workspaceRoot: string;
  /** Folders of outputs, absolute. */
  readonly outputs: readonly string[];
  /** Undefined where Nx keeps no result: then `own` alone counts. */
  readonly key: Pick<KeyContents, 'commands' | 'variables'> | undefined;
  /** What else decides the outputs, by name. */
  readonly own: Readonly<Record<string, string>>;
  /** Variables that cargo is known to look at by itself: see `watched.ts`. */
  readonly tracked: ReadonlySet<string>;
  /** What commands said, for all requests of a run. */
  readonly answers: Answers;
  /** Told where something is taken away. */
  readonly say: (what: string) => void;
  readonly signal: AbortSignal | undefined;
}

/** By command, the digest of what it said. */
export type Answers = Map<string, Promise<string>>;

/** The variables of the crate's own configuration, which another crate of the same target folder need not have. */
export function ownVariables({ build, crate }: Pick<BuildRequest, 'build' | 'crate'>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(build.env).map(([name, value]) => [`${crate.root}: ${name}`, value]));
}

/**
 * Holds what the outputs were made with against what the key says now; where it differs, they go. Of cargo's target folder that is a triple's part. What runs on the
 * machine that builds stays: cargo watches rustc, and no key asks more of it. Fails with `stage-failed`, in the system's words.
 */
export async function clearOutdated(clearing: Clearing): Promise<Result<undefined>> {
  const { say, signal } = clearing;
  const now = await watch(clearing);
  for (const outputs of new Set(clearing.outputs)) {
    const note = `${outputs}.made-with.json`;
    const cleared = await attempt(() => withLock(`${outputs}.lock`, `looking at what ${outputs} was made with`, () => undefined, async () => {
      const read = await attempt(() => readFile(note, 'utf8'));
      const all = read.ok ? together(parseWatched(read.value), now) : undefined;
      if (!all && (await exists(outputs))) {
        say('building all for the platform anew: its tools, or variables that nothing else watches, have changed');
        await rm(outputs, { recursive: true, force: true });
      }
      await writeIfDifferent(note, `${JSON.stringify(all ?? now)}\n`, false);
    }, signal));
    if (!cleared.ok) return failed({ code: 'stage-failed', directory: outputs, cause: cleared.cause, help: `Make room and leave to write in ${dirname(outputs)}, then run the same command again.` });
  }
  return success(undefined);
}

/** The answers to the key's own questions, and the values of its variables. */
async function watch({ system, workspaceRoot, key, own, tracked, answers }: Clearing): Promise<Watched> {
  const ask = async (command: string): Promise<string> => {
    const known = knownAnswer(command, workspaceRoot, system.env);
    if (known !== undefined) return digest(`${known}\0`);
    const { stdout, stderr } = await system.capture({ command: 'sh', args: ['-c', command], cwd: workspaceRoot, env: system.env });
    return digest(`${stdout}\0${stderr}`);
  };
  const answered = await Promise.all(
    [...(key?.commands ?? [])].map(async (command): Promise<[string, string]> => {
      const answer = answers.get(command) ?? ask(command);
      answers.set(command, answer);
      return [command, await answer];
    }),
  );
  const values = [...(key?.variables ?? [])].filter((name) => !cargoWatches(name, tracked)).map((name): [string, string] => [name, digest(system.env[name] ?? '')]);
  return Object.fromEntries([...answered, ...values, ...Object.entries(own).map(([name, text]): [string, string] => [name, digest(text)])]);
}
