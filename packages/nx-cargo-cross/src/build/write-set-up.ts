/** Writes what a build's programs start: scripts in the plugin's cache folder, which other builds may be using; and an empty log. */
import { dirname, join } from 'node:path';
import { failed, success, type Result } from '../diagnostics/result.js';
import type { PlannedBuild } from '../plan/plan.js';
import { attempt, mkdir, rm, writeIfDifferent } from '../system/files.js';

/**
 * A file that is there is what it is to be, since its folder is named after it, and is left alone.
 * Fails with `cache-unwritable` or `stage-failed`.
 */
export async function writeSetUp(planned: Pick<PlannedBuild, 'scripts' | 'files' | 'filesDirectory' | 'log' | 'targetDir'>, cacheFolder: string): Promise<Result<undefined>> {
  const shared = await attempt(async () => {
    for (const { path, text, executable } of planned.scripts) await writeIfDifferent(path, text, executable);
    for (const file of planned.files) await writeIfDifferent(join(planned.filesDirectory, file.path), file.text, file.executable);
  });
  if (!shared.ok) return failed({ code: 'cache-unwritable', directory: cacheFolder, cause: shared.cause });
  const written = await attempt(async () => {
    await mkdir(dirname(planned.log), { recursive: true });
    await rm(planned.log, { force: true });
  });
  return written.ok ? success(undefined) : stageFailed(planned, written.cause);
}

export function stageFailed({ targetDir }: Pick<PlannedBuild, 'targetDir'>, cause: string): ReturnType<typeof failed> {
  return failed({ code: 'stage-failed', directory: targetDir, cause, help: `Make room and leave to write in ${targetDir}, then run the same command again.` });
}
