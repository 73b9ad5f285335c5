/** Reads what the cross builds laid out. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * @typedef {object} Build  the artifacts of one project for one platform
 * @property {string} project
 * @property {string} platform
 * @property {{version: string, files: {name: string, kind: string, size: number, sha256: string}[]}} manifest
 */

/**
 * All builds in `<folder>/<platform>/<project>/manifest.json`, by project and platform; none if there is no such folder.
 * @param {string} folder
 * @returns {Promise<Build[]>}
 */
export async function readBuilds(folder) {
  const builds = [];
  for (const platform of await foldersIn(folder)) {
    for (const project of await foldersIn(join(folder, platform))) {
      const manifest = await readJson(join(folder, platform, project, 'manifest.json'));
      if (manifest !== undefined) builds.push({ project, platform, manifest });
    }
  }
  return builds.sort((a, b) => compare(a.project, b.project) || compare(a.platform, b.platform));
}

/** Folders whose name begins with a dot hold builds that are not finished. */
async function foldersIn(folder) {
  const entries = await readdir(folder, { withFileTypes: true }).catch(unlessMissing([]));
  return entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name);
}

async function readJson(file) {
  const text = await readFile(file, 'utf8').catch(unlessMissing(undefined));
  return text === undefined ? undefined : JSON.parse(text);
}

/** What to take in place of a file or folder that is not there; any other error stays one. */
function unlessMissing(instead) {
  return (error) => {
    if (error.code === 'ENOENT') return instead;
    throw error;
  };
}

/** By code unit: the same in every locale. */
function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
