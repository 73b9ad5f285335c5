/** What programs say of themselves, kept for as long as their file is the same: starting one costs more than reading what it said. */
import type { BigIntStats } from 'node:fs';
import { join } from 'node:path';
import { digest } from './digest.js';
import { attempt, canonicalPath, readFile, stat, writeIfDifferent } from './files.js';
import { runCaptured, type Captured, type CaptureSpec } from './process.js';

/**
 * As `runCaptured`, for a program whose answer depends on nothing but its own file and the words. An answer that is no success is not kept.
 * @param cacheFolder the plugin's own.
 */
export async function captureOnce(spec: CaptureSpec, cacheFolder: string): Promise<Captured> {
  const path = await canonicalPath(spec.command);
  const info = await attempt(() => stat(path, { bigint: true }));
  if (!info.ok) return runCaptured(spec);
  const file = answerFile(cacheFolder, path, spec.args, info.value);
  const kept = await attempt(() => readFile(file, 'utf8'));
  if (kept.ok) return { exitCode: 0, signal: undefined, spawnError: undefined, stdout: kept.value, stderr: '' };
  const captured = await runCaptured(spec);
  // Where it cannot be kept it is asked again.
  if (captured.exitCode === 0) await attempt(() => writeIfDifferent(file, captured.stdout, false));
  return captured;
}

/** Where the answer of a program is kept: by its path, its words, and what tells one content of the file from the next. */
export function answerFile(cacheFolder: string, path: string, args: readonly string[], { size, mtimeNs, ctimeNs, ino }: BigIntStats): string {
  return join(cacheFolder, 'said', digest(JSON.stringify([path, args, ...[size, mtimeNs, ctimeNs, ino].map(String)])));
}
