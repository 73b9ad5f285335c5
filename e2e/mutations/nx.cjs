/** Nx's own modules, as the workspace has them, and the project graph as it is now: nothing that Nx remembers of files is believed. */
const { createRequire } = require('node:module');
const { existsSync, rmSync } = require('node:fs');
const { join } = require('node:path');

const ofNx = createRequire(join(process.cwd(), 'node_modules/nx/package.json'));
// Nx 22.0 has it elsewhere.
const BELOW = existsSync('node_modules/nx/dist/src') ? './dist/src' : './src';
const src = (path) => ofNx(`${BELOW}/${path}`);

function srcIfThere(path) {
  try {
    return src(path);
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

const { createProjectGraphAsync } = src('project-graph/project-graph.js');
const { resetWorkspaceContext } = src('utils/workspace-context.js');

function readGraph() {
  resetWorkspaceContext();
  rmSync('.nx', { recursive: true, force: true });
  return createProjectGraphAsync({ exitOnError: false });
}

module.exports = { src, srcIfThere, readGraph, readNxJson: src('config/nx-json.js').readNxJson };
