/** What cargo answered about a workspace, kept below its target folder for as long as everything that decides the answer is as it was. */
import { join, sep } from 'node:path';
import { digest } from '../system/digest.js';
import { attempt, canonicalPath, listDirectory, readFile, rm, writeIfDifferent } from '../system/files.js';
import type { Toolchain } from '../toolchain/identity.js';

export interface KeptAnswers {
  /** What was parsed of the answer, as it was kept; undefined where there is none, or it is damaged. */
  recall(question: string): Promise<unknown>;
  /**
   * Keeps it, and forgets all of other states.
   * @param folders of the path dependencies that the answer is about: where one lies outside of the repository, its manifest is in no state, and nothing is kept
   */
  keep(question: string, value: unknown, folders: readonly string[]): Promise<void>;
}

/** A question with all that decides the answer, but for the state. */
export interface Question {
  readonly directory: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Of cargo's configuration, all files. */
  readonly config: string;
}

/** Of several toolchains or repositories each has its own. */
export function stateOf({ label, sysroot }: Pick<Toolchain, 'label' | 'sysroot'>, sources: readonly string[]): string {
  return [label, sysroot, ...sources].join('\n');
}

/** The answers about a Cargo workspace. Several may share a target folder, and each keeps only what holds now. */
export function answersFolder(targetDir: string, directory: string): string {
  return join(targetDir, 'answers', digest(directory).slice(0, 16));
}

/**
 * @param folder where they are kept, absolute
 * @param state everything in the repository that decides them, and which toolchain gives them; undefined where that is not known, and nothing is kept
 */
export function openKeptAnswers(workspaceRoot: string, folder: string, state: string | undefined): KeptAnswers {
  const name = state === undefined ? undefined : digest(state).slice(0, 16);
  const fileOf = (question: string): string | undefined => (name === undefined ? undefined : join(folder, name, `${question.slice(0, 32)}.json`));
  return {
    async recall(question) {
      const file = fileOf(question);
      if (file === undefined) return undefined;
      const kept = await attempt(async () => JSON.parse(await readFile(file, 'utf8')) as unknown);
      return kept.ok ? kept.value : undefined;
    },
    async keep(question, value, folders) {
      const file = fileOf(question);
      if (file === undefined || !(await areWithin(workspaceRoot, folders))) return;
      await attempt(async () => {
        await writeIfDifferent(file, JSON.stringify(value), false);
        for (const other of await listDirectory(folder)) if (other !== name) await rm(join(folder, other), { recursive: true, force: true });
      });
    },
  };
}

/** The question in a word. Variables that cargo and rustc do not read decide nothing. */
export function questionOf({ directory, command, args, env, config }: Question): string {
  const deciding = Object.entries(env).filter(([name]) => /^(?:CARGO|RUST)/.test(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  return digest(JSON.stringify([directory, command, args, deciding, config]));
}

async function areWithin(workspaceRoot: string, folders: readonly string[]): Promise<boolean> {
  const roots = [workspaceRoot, await canonicalPath(workspaceRoot)];
  return folders.every((folder) => roots.some((root) => folder === root || folder.startsWith(root + sep)));
}
