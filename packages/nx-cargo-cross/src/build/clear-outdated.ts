/** Takes away what an earlier build made with tools or variables that are others now, before cargo takes it for fresh. */
import { join } from 'node:path';
import { failed, success, type Result } from '../diagnostics/result.js';
import type { KeyContents } from '../graph/key-contents.js';
import type { BuildRequest } from '../plan/request.js';
import { digest } from '../system/digest.js';
import { attempt, exists, readFile, rm, writeIfDifferent } from '../system/files.js';
import { withLock } from '../system/locks.js';
import type { System } from '../system/system.js';
import { parseWatched, together, type Watched } from './watched.js';

export interface Clearing {
  readonly system: System;
  readonly workspaceRoot: string;
  readonly request: BuildRequest;
  readonly triple: string;
  /** Target folders, absolute. */
  readonly folders: readonly string[];
  readonly key: Pick<KeyContents, 'commands' | 'variables'>;
  /** What commands said, for all requests of a run. */
  readonly answers: Map<string, Promise<string>>;
  /** Told where something is taken away. */
  readonly say: (what: string) => void;
  readonly signal: AbortSignal | undefined;
}

/**
 * Holds what the outputs in the target folders were made with against what the key says now; where it differs, the triple's outputs go. Those of the machine that builds stay:
 * cargo watches rustc, and no key asks more of them. Fails with `stage-failed`, in the system's words.
 */
export async function clearOutdated(clearing: Clearing): Promise<Result<undefined>> {
  const { triple, say, signal } = clearing;
  const now = await watch(clearing);
  for (const folder of new Set(clearing.folders)) {
    const outputs = join(folder, triple);
    const note = `${outputs}.made-with.json`;
    const cleared = await attempt(() => withLock(`${outputs}.lock`, `looking at what ${outputs} was made with`, () => undefined, async () => {
      const read = await attempt(() => readFile(note, 'utf8'));
      const all = read.ok ? together(parseWatched(read.value), now) : undefined;
      if (!all && (await exists(outputs))) {
        say('compiling all for the platform anew: its tools, or variables that cargo does not watch, have changed');
        await rm(outputs, { recursive: true, force: true });
      }
      await writeIfDifferent(note, `${JSON.stringify(all ?? now)}\n`, false);
    }, signal));
    if (!cleared.ok) return failed({ code: 'stage-failed', directory: folder, cause: cleared.cause, help: `Make room and leave to write in ${folder}, then run the same command again.` });
  }
  return success(undefined);
}

/** The answers to the key's own questions, and the values of its variables. */
async function watch({ system, workspaceRoot, request: { build, crate }, key: { commands, variables }, answers }: Clearing): Promise<Watched> {
  const ask = async (command: string): Promise<string> => {
    const { stdout, stderr } = await system.capture({ command: 'sh', args: ['-c', command], cwd: workspaceRoot, env: system.env });
    return digest(`${stdout}\0${stderr}`);
  };
  const answered = await Promise.all(
    [...commands].map(async (command): Promise<[string, string]> => {
      const answer = answers.get(command) ?? ask(command);
      answers.set(command, answer);
      return [command, await answer];
    }),
  );
  const values = [...variables].map((name): [string, string] => [name, digest(system.env[name] ?? '')]);
  const own = Object.entries(build.env).map(([name, value]): [string, string] => [`${crate.root}: ${name}`, digest(value)]);
  return Object.fromEntries([...answered, ...values, ...own]);
}
