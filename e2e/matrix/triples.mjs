/** Platforms by the names of the plugin's own table. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PACKAGE } from '../../tools/lib/paths.mjs';

const { parsePlatform } = await import(pathToFileURL(join(PACKAGE, 'dist/platform/platform.js')).href);

/** @param {string} platform @returns {string} */
export function tripleOf(platform) {
  const parsed = parsePlatform(platform, new Map());
  if (!parsed.ok) throw new Error(`${platform} is no platform`);
  return parsed.platform.triple.name;
}
