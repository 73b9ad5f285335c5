/**
 * What cargo answered the last time, kept for as long as everything that decides the answer is as it was: cargo takes a tenth of a second for each
 * crate and platform, and the doctor is to be called without thinking.
 */
import { join } from 'node:path';
import { digest } from '../system/digest.js';
import { attempt, readFile, writeIfDifferent } from '../system/files.js';

export interface Answers {
  /** Whether there are any from an earlier time. */
  readonly kept: boolean;
  recall(question: string): string | undefined;
  note(question: string, answer: string): void;
  /** Keeps them for the next time; where that cannot be done, the next time takes longer. */
  save(): Promise<void>;
}

/**
 * The answers about a workspace.
 * @param state all that decides them; answers of another state are forgotten.
 */
export async function openAnswers(cacheFolder: string, root: string, state: string): Promise<Answers> {
  const file = join(cacheFolder, 'doctor', `${digest(root).slice(0, 16)}.json`);
  const stateDigest = digest(state);
  const kept = await attempt(async () => readAnswers(JSON.parse(await readFile(file, 'utf8')), stateDigest));
  const answers = new Map(kept.ok ? kept.value : []);
  let changed = false;
  return {
    kept: answers.size > 0,
    recall: (question) => answers.get(question),
    note(question, answer) {
      changed = true;
      answers.set(question, answer);
    },
    async save() {
      if (!changed) return;
      const text = JSON.stringify({ state: stateDigest, answers: Object.fromEntries([...answers].sort(([a], [b]) => (a < b ? -1 : 1))) });
      await attempt(() => writeIfDifferent(file, text, false));
    },
  };
}

function readAnswers(kept: unknown, state: string): readonly (readonly [string, string])[] {
  const { state: then, answers } = Object(kept) as { readonly state?: unknown; readonly answers?: unknown };
  if (then !== state) return [];
  return Object.entries(Object(answers) as Readonly<Record<string, unknown>>).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
}
