/** Outputs that Nx took from a cache, held against their manifests. */
import { createHash } from 'node:crypto';
import { join, relative, sep } from 'node:path';
import pLimit from 'p-limit';
import { holdFolder, looksLikeManifest, MANIFEST_NAME, type FoundFile } from '../artifact/hold-folder.js';
import type { RestoredDamaged } from '../diagnostics/run-failure.js';
import { attempt, filesBelow, readFile, rm } from '../system/files.js';

/** A task whose outputs Nx says it restored, or left as they were. */
export interface RestoredTask {
  readonly id: string;
  /** Relative to the workspace root. */
  readonly outputs: readonly string[];
}

/** Files are read one by one, but of several tasks at once. */
const AT_ONCE = 4;

/**
 * Finds the tasks whose restored outputs are not what their manifests say, and removes these outputs: nobody may take them for good. Tasks of others are left
 * alone.
 * @param outDir where each task's outputs are expected to have a manifest, relative to the workspace root
 */
export async function refuseDamaged(workspaceRoot: string, outDir: string, tasks: readonly RestoredTask[]): Promise<readonly RestoredDamaged[]> {
  const few = pLimit(AT_ONCE);
  const found = await Promise.all(tasks.map((task) => few(() => examine(workspaceRoot, outDir, task))));
  const damaged = found.filter((failure) => failure !== undefined);
  for (const { directory } of damaged) await attempt(() => rm(join(workspaceRoot, directory), { recursive: true, force: true }));
  return damaged;
}

async function examine(workspaceRoot: string, outDir: string, { id, outputs }: RestoredTask): Promise<RestoredDamaged | undefined> {
  const folders = outputs.map((output) => output.replace(/\/+$/, '')).filter((output) => !/[*?{}[\]!]/.test(output));
  const ours = folders.filter((folder) => isBelow(outDir, folder));
  let manifests = 0;
  for (const folder of folders) {
    const text = await attempt(() => readFile(join(workspaceRoot, folder, MANIFEST_NAME), 'utf8'));
    if (!text.ok || !(ours.includes(folder) || looksLikeManifest(text.value))) continue;
    manifests++;
    const wrong = holdFolder(text.value, folder.split('/').at(-2) ?? '', await readFolder(join(workspaceRoot, folder)));
    if (wrong.length > 0) return { code: 'restored-damaged', task: id, directory: folder, wrong };
  }
  // A target with several configurations lists the folders of all; the task fills one.
  const [first] = ours;
  return manifests === 0 && first !== undefined ? { code: 'restored-damaged', task: id, directory: first, wrong: [`${MANIFEST_NAME} is missing`] } : undefined;
}

/** `<outDir>/<platform>/<project>`. */
function isBelow(outDir: string, folder: string): boolean {
  return folder.startsWith(`${outDir}/`) && folder.slice(outDir.length + 1).split('/').length === 2;
}

async function readFolder(folder: string): Promise<readonly FoundFile[]> {
  const files: FoundFile[] = [];
  for (const { path, plain } of await filesBelow(folder)) {
    const name = relative(folder, path).split(sep).join('/');
    if (name === MANIFEST_NAME) continue;
    const bytes = plain ? await attempt(() => readFile(path)) : undefined;
    files.push({ path: name, size: bytes?.ok ? bytes.value.length : 0, sha256: bytes?.ok ? createHash('sha256').update(bytes.value).digest('hex') : undefined });
  }
  return files;
}
