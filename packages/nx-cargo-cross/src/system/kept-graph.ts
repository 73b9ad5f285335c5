/**
 * The graph of a large repository, kept between two starts of Nx, which by itself keeps nothing of what plugins make. It counts only where all that it was made from is the same: every file and
 * folder that was read, the question, and the plugin itself. What cannot be read, is damaged or somebody else's is as good as none.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { digest } from './digest.js';
import { uniqueSuffix } from './files.js';
import { stillTrue, type ReadNote } from './tree-record.js';

type Env = Readonly<Record<string, string | undefined>>;

/** One file of it. */
export interface KeptGraph {
  /** All that decides the graph besides files, as text. */
  readonly key: string;
  readonly notes: readonly ReadNote[];
  /** The graph, as text. */
  readonly text: string;
}

/** Nx's folder for what it knows of a workspace, which `nx reset` empties (nx 24.0.6, utils/cache-directory.js; the same in 22 and 23). */
export function workspaceDataFolder(root: string, env: Env): string {
  const named = env['NX_WORKSPACE_DATA_DIRECTORY'] || env['NX_PROJECT_GRAPH_CACHE_DIRECTORY'];
  if (!named) return join(root, '.nx', 'workspace-data');
  return isAbsolute(named) ? named : join(root, named);
}

/**
 * The graph that was kept in a file, and by what it was made, where it is still true.
 * @param root of the files that were read
 */
export function readKeptGraph(file: string, root: string, key: string): KeptGraph | undefined {
  try {
    const [head = '', text = ''] = split(readFileSync(file, 'utf8'));
    const { seal, key: keptKey, notes } = JSON.parse(head) as { readonly seal: string; readonly key: string; readonly notes: readonly ReadNote[] };
    if (keptKey !== key || seal !== sealOf(key, notes, text) || !stillTrue(root, notes)) return undefined;
    return { key, notes, text };
  } catch {
    return undefined;
  }
}

/** Whole or not at all. Where it cannot be kept it is made again. */
export function keepGraph(file: string, { key, notes, text }: KeptGraph): void {
  const written = `${file}.${uniqueSuffix()}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(written, `${JSON.stringify({ seal: sealOf(key, notes, text), key, notes })}\n${text}`);
    renameSync(written, file);
  } catch {
    remove(written);
  }
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // It is not there, or nothing can be done about it.
  }
}

function split(whole: string): readonly string[] {
  const end = whole.indexOf('\n');
  return [whole.slice(0, end), whole.slice(end + 1)];
}

/** Of all of it, so that a file that was cut off or changed is known by it. */
function sealOf(key: string, notes: readonly ReadNote[], text: string): string {
  return digest(JSON.stringify([key, notes]) + text);
}
