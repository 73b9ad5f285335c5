/** Finds out what a part of a key is made of, after Nx hashed it. What can be held against Nx's hash is, so that nothing wrong is recorded. */
import { answerWords, chosenFiles, configurationWords, nxJsonWords } from '../why/part-words.js';
import { HASH_OF_NOTHING, isHarmless, keyPartOf, type KeyPart } from '../why/key-part.js';
import { fields } from '../why/record.js';
import type { Explanations } from '../graph/nx-shapes.js';
import { canonicalJson } from '../cargo/canonical.js';
import { attempt, join, readFile } from '../system/files.js';
import { digest } from '../system/digest.js';
import { runCaptured } from '../system/process.js';
import { nxFiles, nxGraph, type NxFiles, type NxGraph } from './nx-data.js';

export interface PartSources {
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  /** Nx's own hash of texts: `hashArray`. */
  hashOf(texts: string[]): string;
  /** The graph of the plugin, made of the workspace's files. */
  infer(files: readonly string[]): Inference;
}

/** External nodes by name: their digest, and what it is made of. */
export interface Inference {
  readonly digests: ReadonlyMap<string, string>;
  readonly explanations: Explanations;
}

/** Undefined where it cannot be found out, or where there is nothing to say. */
export type FindWords = (name: string, hash: string) => Promise<unknown>;

export function makeFindWords(sources: PartSources): FindWords {
  const { root, env, hashOf } = sources;
  const files = once(() => nxFiles(root, env));
  const graph = once(() => nxGraph(root, env));
  const inference = once(async () => sources.infer((await files()).all.map(({ file }) => file)));
  return async (name, hash) => {
    if (hash === HASH_OF_NOTHING) return undefined;
    const part = keyPartOf(name);
    switch (part.kind) {
      case 'variable': {
        // Below Nx's daemon this process has not the environment that was hashed.
        const value = env[part.name] ?? '';
        return isHarmless(part.name) && hashOf([value]) === hash ? { value } : undefined;
      }
      case 'answer':
        return answer(part.command, hash, sources);
      case 'decisions':
        return decisions(name, hash, await inference(), hashOf);
      case 'files':
        return filesOf({ ...part, globs: await inWorkspace(part, graph) }, hash, await files(), sources);
      case 'configuration':
        return configurationOf(part.project, await graph());
      case 'package':
        return packageOf(name, await graph());
      case 'tsconfig':
      case 'closure line':
      case 'other':
        return undefined;
    }
  };
}

/** Milliseconds. Nx itself waits as long as it takes. */
const PATIENCE = 10_000;

/** Nx asked in this very run; what is said now counts only where it is the same. Source: native/tasks/hashers/hash_runtime.rs. */
async function answer(command: string, hash: string, { root, env, hashOf }: PartSources): Promise<unknown> {
  const shell = process.platform === 'win32' ? (['cmd', '/C'] as const) : (['sh', '-c'] as const);
  const { stdout, stderr } = await runCaptured({ command: shell[0], args: [shell[1], command], cwd: root, env, timeout: PATIENCE });
  const text = stdout.trim() + stderr.trim();
  return hashOf([text]) === hash ? { text: answerWords(command, text, digest) } : { unknown: true };
}

function decisions(name: string, hash: string, { digests, explanations }: Inference, hashOf: PartSources['hashOf']): unknown {
  const made = digests.get(name);
  // Not the node that Nx hashed: the files have changed since.
  if (made === undefined || hashOf([made]) !== hash) return undefined;
  return JSON.parse(canonicalJson(explanations.get(name)?.())) as unknown;
}

const IN_PROJECT = /^(!?)\{projectRoot\}\//;

/** Globs relative to the workspace root: older releases of Nx 22 name a part by the globs as they were written (22.0.0; 22.7.12 does not). */
async function inWorkspace({ project, globs }: Extract<KeyPart, { kind: 'files' }>, graph: () => Promise<NxGraph>): Promise<readonly string[]> {
  if (project === undefined || !globs.some((glob) => IN_PROJECT.test(glob))) return globs;
  const { root } = fields((await graph()).projects[project]);
  if (typeof root !== 'string') return globs;
  const folder = root === '.' ? '' : `${root}/`;
  return globs.map((glob) => glob.replace(IN_PROJECT, (_, not: string) => `${not}${folder}`));
}

/** Globs of a project choose among its own files, and their hashes and paths are hashed in that order (nx 24.0.6, native/tasks/hashers/hash_project_files.rs). */
async function filesOf({ project, globs }: Extract<KeyPart, { kind: 'files' }>, hash: string, { all, ofProject }: NxFiles, { root, hashOf }: PartSources): Promise<unknown> {
  const files = project === undefined ? all : (ofProject.get(project) ?? []);
  if (files.length === 0) return undefined;
  const chosen = chosenFiles(files, globs);
  if (project !== undefined && hashOf([Object.entries(chosen).map(([file, own]) => own + file).join('')]) !== hash) return undefined;
  if (!('nx.json' in chosen)) return { files: chosen };
  const text = await attempt(() => readFile(join(root, 'nx.json'), 'utf8'));
  return { files: chosen, nxJson: text.ok ? nxJsonWords(text.value, digest) : {} };
}

function configurationOf(project: string, { projects }: NxGraph): unknown {
  return project in projects ? configurationWords(projects[project], digest) : undefined;
}

function packageOf(name: string, { packages }: NxGraph): unknown {
  const { version } = fields(packages[name]);
  return typeof version === 'string' ? { version } : undefined;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
