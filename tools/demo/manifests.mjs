/** Reads what the builds laid out: one manifest per project and platform. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FLEET } from '../lib/paths.mjs';

/**
 * @param {{project: string, platform: string}} cell
 * @returns {{folder: string, manifest: object} | undefined}
 */
export function readManifest({ project, platform }) {
  const folder = join(FLEET, 'dist/cross', platform, project);
  const file = join(folder, 'manifest.json');
  return existsSync(file) ? { folder, manifest: JSON.parse(readFileSync(file, 'utf8')) } : undefined;
}
